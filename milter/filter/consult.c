/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Up to half of the time is for waiting until an analyser is free; so one that
 * misses the deadline had at least the other half for this mail, and may be
 * blamed, and so may the mail.
 *
 * A mail whose analyser died is tried once more at once: the cause may have
 * been the process. After POISON_DEATHS, here or in other filters, it is not
 * given to anybody.
 */
#include "consult.h"

#include <string.h>
#include <unistd.h>

#include "base/id.h"
#include "base/log.h"
#include "control.h"
#include "ipc.h"

/* Channels found closed before a mail was in them: each is just not there. */
#define CLOSED_MAX (2 * POOL_SLOTS)

typedef struct Consultation {
	Filter *filter;
	const Session *session;
	Deadline until;
	uint64_t hash; /* of the mail; 0: not needed yet */
	bool died;     /* an analyser did, with it */
	IpcType type;
	bool parcel; /* one is wanted */
	Insight *insight;
} Consultation;

/* What became of one try. */
typedef enum Outcome {
	OUTCOME_DONE,   /* findings, or an error that stands */
	OUTCOME_RETRY,  /* the analyser died; the mail may be tried again */
	OUTCOME_CLOSED, /* the analyser was gone before it had the mail */
} Outcome;

void
insight_init(Insight *insight, FindingsStatus status, FindingsReason reason)
{
	memset(insight, 0, sizeof(*insight));
	insight->findings.status = (uint8_t)status;
	insight->findings.reason = (uint8_t)reason;
}

void
insight_clear(Insight *insight)
{
	parcel_clear(&insight->parcel);
}

static Outcome
give_up(Consultation *c, FindingsReason reason)
{
	insight_clear(c->insight);
	insight_init(c->insight, FINDINGS_ERROR, reason);
	return OUTCOME_DONE;
}

static uint64_t
mail_hash(Consultation *c)
{
	const Buffer *buffer = &c->session->buffer;

	if (c->hash == 0)
		c->hash = id_hash(buffer->bytes, buffer->size) | 1;
	return c->hash;
}

static bool
is_poison(Consultation *c)
{
	PoisonTable *table = &c->filter->board->poison;

	return !poison_is_empty(table) &&
	       poison_deaths(table, mail_hash(c)) >= POISON_DEATHS;
}

/* The supervisor is its parent: only there no other process can have the pid
 * by now. */
static void
kill_analyser(const Filter *filter, const Channel *channel)
{
	ControlMessage message = { .type = CONTROL_KILL,
		                   .slot = channel->slot,
		                   .serial = channel->serial };

	control_send(filter->control, &message, -1);
}

/* The bytes of a Parcel follow an answer that was found valid. */
static IpcResult
receive_parcel(Consultation *c, int channel, const ParcelHead *head)
{
	Parcel *parcel = &c->insight->parcel;

	parcel->head = *head;
	if (head->size == 0)
		return IPC_DONE;
	parcel->bytes = g_malloc(head->size);
	return ipc_receive(channel, parcel->bytes, head->size, c->until);
}

static IpcResult
exchange(Consultation *c, const Channel *channel, uint64_t serial,
         IpcAnswer *ret_answer, bool *ret_sent)
{
	const Mail *mail = &c->session->mail;
	const Buffer *buffer = &c->session->buffer;
	const char *sender = mail->sender_known ? mail->sender : NULL;
	IpcHeader header = ipc_request_header(sender, buffer->size, serial);
	struct iovec parts[] = {
		{ &header, sizeof(header) },
		{ (void *)mail->sender, sender ? strlen(sender) : 0 },
		{ buffer->bytes, buffer->size },
	};
	IpcResult result;

	header.type = (uint16_t)c->type;
	header.parcel = c->parcel;
	result = ipc_send(channel->socket, parts, 3, c->until);
	*ret_sent = result == IPC_DONE;
	if (result == IPC_DONE)
		result = ipc_receive(channel->socket, ret_answer,
		                     sizeof(*ret_answer), c->until);
	return result;
}

static Outcome
analyser_died(Consultation *c)
{
	uint32_t deaths = poison_add(&c->filter->board->poison, mail_hash(c));

	c->died = true;
	score_count(c->filter->score, COUNTER_analysers_died);
	if (deaths < POISON_DEATHS && !deadline_passed(c->until))
		return OUTCOME_RETRY;
	return give_up(c, ERROR_ANALYSER);
}

static Outcome
analyser_hung(Consultation *c, const Channel *channel)
{
	log_warning(NULL, EVENT("analyser_hung"), INT("slot", channel->slot),
	            STR("queue_id", c->session->mail.queue_id));
	kill_analyser(c->filter, channel);
	poison_add(&c->filter->board->poison, mail_hash(c));
	score_count(c->filter->score, COUNTER_analysers_hung);
	return give_up(c, ERROR_TIMEOUT);
}

static Outcome
analyser_lied(Consultation *c, const Channel *channel)
{
	log_error(NULL, EVENT("internal"),
	          STR("what", "an analyser's answer is not valid"),
	          STR("queue_id", c->session->mail.queue_id));
	kill_analyser(c->filter, channel);
	return give_up(c, ERROR_INTERNAL);
}

static bool
is_believed(const Consultation *c, const IpcAnswer *answer, uint64_t serial)
{
	return ipc_answer_is_valid(answer, serial,
	                           c->filter->snapshot->rules) &&
	       (c->parcel || answer->parcel.size == 0);
}

static Outcome
analyser_answered(Consultation *c, const Channel *channel,
                  const IpcAnswer *answer)
{
	c->insight->findings = answer->findings;
	c->insight->trace = answer->trace;
	if (answer->last)
		close(channel->socket);
	else
		pool_give(c->filter->pool, channel);
	return OUTCOME_DONE;
}

static Outcome
try_once(Consultation *c, Deadline wait)
{
	static _Atomic uint64_t serials;
	uint64_t serial = atomic_fetch_add(&serials, 1) + 1;
	Channel channel;
	IpcAnswer answer;
	bool sent;
	IpcResult result;

	if (!pool_take(c->filter->pool, wait, &channel))
		return give_up(c, c->died ? ERROR_ANALYSER : ERROR_BUSY);
	result = exchange(c, &channel, serial, &answer, &sent);
	if (result == IPC_DONE && !is_believed(c, &answer, serial)) {
		close(channel.socket);
		return analyser_lied(c, &channel);
	}
	if (result == IPC_DONE)
		result = receive_parcel(c, channel.socket, &answer.parcel);
	if (result == IPC_DONE)
		return analyser_answered(c, &channel, &answer);
	close(channel.socket);
	insight_clear(c->insight);
	if (result == IPC_DEADLINE)
		return analyser_hung(c, &channel);
	return sent ? analyser_died(c) : OUTCOME_CLOSED;
}

static void
consult(Consultation *c)
{
	int64_t time = c->filter->snapshot->settings->milter_analysis_time_max;
	Deadline wait = deadline_in(time / 2);
	unsigned closed = 0;
	Outcome outcome;

	insight_init(c->insight, FINDINGS_SCORED, REASON_NONE);
	c->until = deadline_in(time);
	if (is_poison(c)) {
		give_up(c, ERROR_POISON);
		return;
	}
	do {
		outcome = try_once(c, wait);
		closed += outcome == OUTCOME_CLOSED;
	} while (outcome != OUTCOME_DONE && closed < CLOSED_MAX);
	if (outcome != OUTCOME_DONE)
		give_up(c, ERROR_BUSY);
}

void
consult_analyser(Filter *filter, const Session *session, bool parcel,
                 Insight *ret_insight)
{
	Consultation c = { .filter = filter,
		           .session = session,
		           .type = IPC_REQUEST,
		           .parcel = parcel,
		           .insight = ret_insight };

	consult(&c);
}

void
consult_trace(Filter *filter, const Session *session, bool parcel,
              Insight *ret_insight)
{
	Consultation c = { .filter = filter,
		           .session = session,
		           .type = IPC_REQUEST_TRACE,
		           .parcel = parcel,
		           .insight = ret_insight };

	consult(&c);
}
