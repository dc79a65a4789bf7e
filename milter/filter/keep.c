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

bool
keep_has_drafts(const Filter *filter, const Session *session)
{
	return keep_is_wanted(filter, session) &&
	       mail_has_drafts(&session->mail);
}

/* What a filter asks of the keeper. */
typedef struct Request {
	RecordRequest record;
	const Parcel *parcel;
} Request;

static bool
pass(int keeper, const Request *request, int reply)
{
	const struct iovec parts[] = {
		{ (void *)&request->record, sizeof(request->record) },
		{ request->parcel->bytes, request->parcel->head.size },
	};

	return passing_send_parts(keeper, parts, 2, reply);
}

/* The queue is full for a moment when many mails end at once. */
static bool
send_request(int keeper, const Request *request, int reply, Deadline until)
{
	struct pollfd wait = { .fd = keeper, .events = POLLOUT };

	while (!pass(keeper, request, reply))
		if (deadline_passed(until) ||
		    poll(&wait, 1, deadline_poll_ms(until)) <= 0 ||
		    (wait.revents & (POLLERR | POLLHUP)) != 0)
			return false;
	return true;
}

/* Sends it with nobody waiting; it is kept if it can be. */
static KeepResult
drop_request(Filter *filter, const Request *request)
{
	(void)pass(filter->keeper, request, -1);
	return KEEP_MISSED;
}

static KeepResult
wait_in_vain(Filter *filter, IpcResult result)
{
	StoreHealth *health = &filter->board->health;

	if (result == IPC_DEADLINE)
		health_pause(health);
	health_failed(health,
	              result == IPC_DEADLINE ? HEALTH_SILENT : HEALTH_GONE,
	              result == IPC_DEADLINE ? "the keeper did not answer"
	                                     : "the keeper ended");
	return KEEP_MISSED;
}

static KeepResult
take_answer(Filter *filter, const RecordAnswer *answer)
{
	if (!record_answer_is_valid(answer, filter->snapshot->rules)) {
		log_error(NULL, EVENT("internal"),
		          STR("what", "the keeper's answer is not valid"));
		return KEEP_MISSED;
	}
	if (answer->status == RECORD_FOREIGN)
		return KEEP_FOREIGN;
	return answer->status == RECORD_KEPT ? KEEP_DONE : KEEP_MISSED;
}

static KeepResult
exchange(Filter *filter, const Request *request, RecordAnswer *ret_answer)
{
	int64_t time = filter->snapshot->settings->store_time_max;
	/* A tenth is left for what comes before and after. */
	Deadline until = deadline_in(time * 9 / 10);
	IpcResult result = IPC_DEADLINE;
	int pair[2];
	bool sent;

	if (health_is_paused(&filter->board->health))
		return drop_request(filter, request);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return KEEP_MISSED;
	sent = send_request(filter->keeper, request, pair[1], until);
	close(pair[1]);
	if (sent)
		result = ipc_receive(pair[0], ret_answer, sizeof(*ret_answer),
		                     until);
	close(pair[0]);
	if (result != IPC_DONE)
		return wait_in_vain(filter, result);
	return take_answer(filter, ret_answer);
}

static void
fill(const Filter *filter, const Session *session, const char *id,
     const Insight *insight, Request *request)
{
	const Mail *mail = &session->mail;
	RecordRequest *record = &request->record;

	record->at = clock_wall() / 1000000;
	record->mailbox = (uint32_t)(mail->mailbox -
	                             filter->snapshot->settings->mailboxes);
	record->objects = mail->objection[0] != '\0';
	g_strlcpy(record->recipient, mail->objection,
	          sizeof(record->recipient));
	g_strlcpy(record->public_id, id, sizeof(record->public_id));
	record->trace = insight->trace;
	record->parcel = insight->parcel.head;
	request->parcel = &insight->parcel;
}

static KeepResult
count(Filter *filter, KeepResult result)
{
	score_count(filter->score, result == KEEP_MISSED ? COUNTER_store_missed
	                                                 : COUNTER_store_kept);
	return result;
}

bool
keep_arrival(Filter *filter, const Session *session, const char *id,
             const Insight *insight, Draftable draft, KeepAnswer *ret_answer)
{
	Request request;
	RecordAnswer answer;

	record_request_init(&request.record, MAIL_IN);
	fill(filter, session, id, insight, &request);
	request.record.findings = insight->findings;
	request.record.draft = (uint8_t)draft;
	if (count(filter, exchange(filter, &request, &answer)) != KEEP_DONE)
		return false;
	ret_answer->known = answer.answer;
	ret_answer->draft = (Draftable)answer.draft;
	return true;
}

KeepResult
keep_departure(Filter *filter, const Session *session, const char *id,
               const Insight *insight)
{
	Request request;
	RecordAnswer answer;

	record_request_init(&request.record, MAIL_OUT);
	fill(filter, session, id, insight, &request);
	return count(filter, exchange(filter, &request, &answer));
}
