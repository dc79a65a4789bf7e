/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One mail at a time, nothing kept between two. Everything that libraries load
 * on first use was loaded in the supervisor (warmup.c), since in here nothing
 * can be opened any more. Memory that parsers leak (GMime does) goes with the
 * process after a number of mails; the last answer says so.
 */
#include "analyser.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "analysis/examine.h"
#include "faults.h"
#include "ipc.h"
#include "sandbox.h"
#include "store/site.h"

#define CHANNEL STDIN_FILENO

typedef struct Request {
	IpcHeader header;
	char payload[IPC_REQUEST_MAX];
} Request;

/* At least `size` bytes of the request in all; false at the channel's end. */
static bool
read_until(Request *request, size_t *have, size_t size)
{
	while (*have < size) {
		ssize_t n = recv(CHANNEL, (char *)request + *have,
		                 sizeof(*request) - *have, 0);

		if (n == 0 || (n < 0 && errno != EINTR))
			return false;
		if (n > 0)
			*have += (size_t)n;
	}
	return true;
}

static bool
read_request(Request *request)
{
	size_t have = 0;

	return read_until(request, &have, sizeof(request->header)) &&
	       ipc_request_is_valid(&request->header) &&
	       read_until(request, &have,
	                  sizeof(request->header) + request->header.length);
}

/* Only who keeps something asks whose mail it is; the header is read once. A
 * mail past a limit has a header all the same. */
static void
trace(const Snapshot *snapshot, const Message *message, const char *mail,
      size_t size, Trace *ret_trace)
{
	if (!site_has_store(snapshot->settings))
		memset(ret_trace, 0, sizeof(*ret_trace));
	else if (message != NULL)
		trace_of(snapshot->settings, message_headers(message), mail,
		         size, ret_trace);
	else
		trace_read(snapshot->settings, mail, size, ret_trace);
}

static void
examine(const Snapshot *snapshot, const Request *request, Insight *ret_insight)
{
	char address[LIMIT_ADDRESS_BYTES + 1];
	const char *sender;
	const char *mail;
	size_t sender_size;
	size_t size;
	MessageEnvelope envelope;
	g_autoptr(Message) message = NULL;
	g_autoptr(GError) error = NULL;

	ipc_request_split(&request->header, request->payload, &sender,
	                  &sender_size, &mail, &size);
	if (sender != NULL) {
		memcpy(address, sender, sender_size);
		address[sender_size] = '\0';
	}
	envelope = snapshot_envelope(snapshot, sender ? address : NULL);
	faults_obey(mail, size);
	if (request->header.type == IPC_REQUEST || request->header.parcel)
		message = message_parse(mail, size, &envelope, &error);
	if (request->header.type == IPC_REQUEST)
		examine_parsed(snapshot->rules, message, error,
		               &ret_insight->findings);
	trace(snapshot, message, mail, size, &ret_insight->trace);
	if (request->header.parcel && message != NULL)
		parcel_make(snapshot->settings, message, &ret_insight->parcel);
}

static bool
send_answer(const Snapshot *snapshot, IpcAnswer *answer, const Parcel *parcel)
{
	struct iovec parts[] = {
		{ answer, sizeof(*answer) },
		{ parcel->bytes, parcel->head.size },
	};
	Deadline until =
		deadline_in(snapshot->settings->milter_analysis_time_max);

	return ipc_send(CHANNEL, parts, 2, until) == IPC_DONE;
}

static bool
serve_one(const Snapshot *snapshot, Request *request, bool last)
{
	Insight insight;
	IpcAnswer answer;
	bool sent;

	if (!read_request(request))
		return false;
	memset(&insight, 0, sizeof(insight));
	examine(snapshot, request, &insight);
	answer = ipc_answer(&insight.findings, &insight.trace,
	                    request->header.serial, last);
	ipc_answer_add(&answer, &insight.parcel.head);
	sent = send_answer(snapshot, &answer, &insight.parcel);
	parcel_clear(&insight.parcel);
	return sent;
}

_Noreturn void
analyser_run(const Snapshot *snapshot, int channel)
{
	int64_t left = snapshot->settings->milter_analyser_mails_max;
	Request *request = g_new(Request, 1);
	const char *what;

	if (!sandbox_keep_only(channel) ||
	    !sandbox_enter(snapshot->settings, &what))
		_exit(SANDBOX_EXIT_FAILED);
	for (; left > 0; left--)
		if (!serve_one(snapshot, request, left == 1))
			break;
	_exit(0);
}
