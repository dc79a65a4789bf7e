/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answer comes on a socket pair made for this one mail; its other end goes
 * with the request. When the keeper dies with it, that end is closed, and the
 * wait is over at once; while the request still stands in the shared queue, the
 * next keeper finds it there.
 *
 * Who waited in vain spares others the wait: for a while requests are sent, but
 * nobody waits for their answers.
 */
#include "keep.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "ipc.h"
#include "passing.h"
#include "record.h"

bool
keep_is_wanted(const Filter *filter, const Session *session)
{
	return filter->keeper >= 0 && session->mail.mailbox != NULL;
}

/* The queue is full for a moment when many mails end at once. */
static bool
send_request(int keeper, const RecordRequest *request, int reply,
             Deadline until)
{
	struct pollfd wait = { .fd = keeper, .events = POLLOUT };

	while (!passing_send(keeper, request, sizeof(*request), reply))
		if (deadline_passed(until) ||
		    poll(&wait, 1, deadline_poll_ms(until)) <= 0 ||
		    (wait.revents & (POLLERR | POLLHUP)) != 0)
			return false;
	return true;
}

/* Sends it with nobody waiting; it is kept if it can be. */
static bool
drop_request(Filter *filter, const RecordRequest *request)
{
	(void)passing_send(filter->keeper, request, sizeof(*request), -1);
	return false;
}

static bool
wait_in_vain(Filter *filter, IpcResult result)
{
	StoreHealth *health = &filter->board->health;

	if (result == IPC_DEADLINE)
		health_pause(health);
	health_failed(health,
	              result == IPC_DEADLINE ? HEALTH_SILENT : HEALTH_GONE,
	              result == IPC_DEADLINE ? "the keeper did not answer"
	                                     : "the keeper ended");
	return false;
}

static bool
take_answer(Filter *filter, const RecordAnswer *answer, MailAnswer *ret_answer)
{
	if (!record_answer_is_valid(answer, filter->snapshot->rules)) {
		log_error(NULL, EVENT("internal"),
		          STR("what", "the keeper's answer is not valid"));
		return false;
	}
	if (answer->status != RECORD_KEPT)
		return false;
	*ret_answer = answer->answer;
	return true;
}

static bool
exchange(Filter *filter, const RecordRequest *request, MailAnswer *ret_answer)
{
	int64_t time = filter->snapshot->settings->store_time_max;
	/* A tenth is left for what comes before and after. */
	Deadline until = deadline_in(time * 9 / 10);
	RecordAnswer answer;
	IpcResult result = IPC_DEADLINE;
	int pair[2];
	bool sent;

	if (health_is_paused(&filter->board->health))
		return drop_request(filter, request);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return false;
	sent = send_request(filter->keeper, request, pair[1], until);
	close(pair[1]);
	if (sent)
		result = ipc_receive(pair[0], &answer, sizeof(answer), until);
	close(pair[0]);
	if (result != IPC_DONE)
		return wait_in_vain(filter, result);
	return take_answer(filter, &answer, ret_answer);
}

static void
fill(const Filter *filter, const Session *session, const char *id,
     const Trace *trace, RecordRequest *request)
{
	const Mail *mail = &session->mail;

	request->at = clock_wall() / 1000000;
	request->mailbox = (uint32_t)(mail->mailbox -
	                              filter->snapshot->settings->mailboxes);
	request->objects = mail->objection[0] != '\0';
	g_strlcpy(request->recipient, mail->objection,
	          sizeof(request->recipient));
	g_strlcpy(request->public_id, id, sizeof(request->public_id));
	request->trace = *trace;
}

static bool
count(Filter *filter, bool kept)
{
	score_count(filter->score,
	            kept ? COUNTER_store_kept : COUNTER_store_missed);
	return kept;
}

bool
keep_arrival(Filter *filter, const Session *session, const char *id,
             const Findings *findings, const Trace *trace,
             MailAnswer *ret_answer)
{
	RecordRequest request;

	record_request_init(&request, MAIL_IN);
	fill(filter, session, id, trace, &request);
	request.findings = *findings;
	return count(filter, exchange(filter, &request, ret_answer));
}

bool
keep_departure(Filter *filter, const Session *session, const char *id,
               const Trace *trace)
{
	RecordRequest request;
	MailAnswer answer;

	record_request_init(&request, MAIL_OUT);
	fill(filter, session, id, trace, &request);
	return count(filter, exchange(filter, &request, &answer));
}
