/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copies in, decides nothing; no thread-local and no lock, for a session moves
 * between threads. libmilter has no user pointer but the session's, so the
 * Filter is a static here.
 *
 * "No reply" may be asked for whatever the MTA offers: libmilter answers in
 * our place to one that needs answers. DATA keeps its reply, because mail that
 * is none of our business ends there, and body chunks keep theirs, because
 * SMFIS_SKIP is one.
 */
#include "callbacks.h"

#include <libmilter/mfapi.h>
#include <string.h>

#include "base/log.h"
#include "base/network.h"
#include "burst.h"
#include "collect.h"
#include "message/authres.h"
#include "pipeline.h"
#include "session.h"

/* Both are there once SASL has succeeded, and only then; {auth_author} is what
 * anybody may write behind AUTH= of MAIL. */
#define LOGIN_MACROS "{auth_authen} {auth_type}"

static Filter *filter;

/* The session of a connection. It is made at negotiation; and again when
 * QUIT_NC closed the one before and the connection goes on, with what any MTA
 * can do. */
static Session *
session_of(SMFICTX *context)
{
	Session *session = smfi_getpriv(context);

	if (session == NULL) {
		session = session_new(filter);
		session->can_edit = true;
		smfi_setpriv(context, session);
	}
	return session;
}

static bool
are_sessions_full(void)
{
	int64_t max = filter->snapshot->settings->milter_sessions_max;
	int64_t now = scoreboard_sessions(filter->board);

	if (now < max)
		return false;
	log_warning(NULL, EVENT("session_refused"), INT("sessions", now),
	            INT("max", max));
	score_count(filter->score, COUNTER_sessions_refused);
	return true;
}

static void
note_abilities(Session *session, unsigned long actions, unsigned long steps)
{
	const unsigned long edits = SMFIF_ADDHDRS | SMFIF_CHGHDRS;

	session->skip = steps & SMFIP_SKIP;
	session->quiet_body = !session->skip;
	session->can_edit = (actions & edits) == edits;
	if (!session->can_edit)
		log_warning(NULL, EVENT("edits_unavailable"));
}

static unsigned long
wanted_steps(unsigned long offered)
{
	const unsigned long quiet = SMFIP_NR_CONN | SMFIP_NR_HELO |
	                            SMFIP_NR_MAIL | SMFIP_NR_RCPT |
	                            SMFIP_NR_HDR;
	unsigned long optional = SMFIP_NOUNKNOWN | SMFIP_SKIP;

	/* One that can leave DATA out is one that asks there. */
	if (offered & SMFIP_NODATA)
		optional |= SMFIP_NOEOH;
	if (!(offered & SMFIP_SKIP))
		optional |= SMFIP_NR_BODY;
	return quiet | (offered & optional);
}

/* Macros cost a packet before each event, each header too: more than half of
 * what libmilter reads. Only who logged in is wanted, and the queue id at the
 * end. An MTA that cannot be asked sends what it likes. */
static void
want_few_macros(SMFICTX *context)
{
	static const int stages[] = { SMFIM_CONNECT, SMFIM_HELO, SMFIM_ENVRCPT,
		                      SMFIM_DATA, SMFIM_EOH };

	for (size_t i = 0; i < G_N_ELEMENTS(stages); i++)
		(void)smfi_setsymlist(context, stages[i], (char *)"");
	(void)smfi_setsymlist(context, SMFIM_ENVFROM, (char *)LOGIN_MACROS);
	(void)smfi_setsymlist(context, SMFIM_EOM, (char *)"i");
}

static sfsistat
/* NOLINTNEXTLINE(readability-function-size): libmilter's prototype */
on_negotiate(SMFICTX *context, unsigned long actions, unsigned long steps,
             unsigned long unused2, unsigned long unused3,
             unsigned long *ret_actions, unsigned long *ret_steps,
             unsigned long *ret_unused2, unsigned long *ret_unused3)
{
	(void)unused2;
	(void)unused3;
	if (smfi_getpriv(context) == NULL && are_sessions_full())
		return SMFIS_REJECT;
	note_abilities(session_of(context), actions, steps);
	want_few_macros(context);
	*ret_actions =
		actions & (SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_SETSYMLIST);
	*ret_steps = wanted_steps(steps);
	*ret_unused2 = *ret_unused3 = 0;
	return SMFIS_CONTINUE;
}

/* Of mail that was not made over the network some MTAs give no address;
 * Postfix gives none either, and the name "unknown", of a client that has
 * already gone. */
static bool
is_inside(const char *host, const struct sockaddr *address)
{
	char **networks = filter->snapshot->settings->milter_internal_networks;

	if (address == NULL)
		return g_ascii_strcasecmp(host, "localhost") == 0;
	return address->sa_family == AF_UNIX ||
	       networks_have((const char *const *)networks,
	                     g_strv_length(networks), address);
}

static sfsistat
on_connect(SMFICTX *context, char *host, _SOCK_ADDR *address)
{
	session_of(context)->inside = is_inside(host, address);
	return SMFIS_NOREPLY;
}

/* Our own filters repeat the name in what they say of the mail. */
static sfsistat
on_helo(SMFICTX *context, char *name)
{
	session_of(context)->odd_helo = !auth_text_is_plain(name);
	return SMFIS_NOREPLY;
}

static bool
has_macro(SMFICTX *context, const char *name)
{
	const char *value = smfi_getsymval(context, (char *)name);

	return value != NULL && value[0] != '\0';
}

/* SASL's ANONYMOUS lets anybody in. */
static bool
has_logged_in(SMFICTX *context)
{
	const char *how = smfi_getsymval(context, (char *)"{auth_type}");

	if (how != NULL && g_ascii_strcasecmp(how, "ANONYMOUS") == 0)
		return false;
	return has_macro(context, "{auth_authen}") ||
	       has_macro(context, "{auth_type}");
}

static sfsistat
on_mail(SMFICTX *context, char **argv)
{
	mail_begin(filter, session_of(context), argv[0] ? argv[0] : "",
	           has_logged_in(context));
	return SMFIS_NOREPLY;
}

static sfsistat
on_recipient(SMFICTX *context, char **argv)
{
	if (argv[0] != NULL)
		mail_recipient(filter, session_of(context), argv[0]);
	return SMFIS_NOREPLY;
}

/* Mail that is none of our business ends here, unread. */
static sfsistat
pass_or_continue(SMFICTX *context)
{
	Session *session = session_of(context);

	if (mail_route(session) != ROUTE_PASS)
		return SMFIS_CONTINUE;
	score_count(filter->score, COUNTER_mails_passed);
	mail_end(session);
	return SMFIS_ACCEPT;
}

static sfsistat
on_data(SMFICTX *context)
{
	return pass_or_continue(context);
}

static sfsistat
on_header(SMFICTX *context, char *name, char *value)
{
	collect_header(session_of(context), name, value);
	return SMFIS_NOREPLY;
}

/* Only asked for when the MTA knows no DATA step. */
static sfsistat
on_end_of_header(SMFICTX *context)
{
	return pass_or_continue(context);
}

static sfsistat
on_body(SMFICTX *context, unsigned char *chunk, size_t size)
{
	Session *session = session_of(context);
	bool more = collect_body(session, (const char *)chunk, size);

	if (session->quiet_body)
		return SMFIS_NOREPLY;
	return session->skip && !more ? SMFIS_SKIP : SMFIS_CONTINUE;
}

/* libmilter wants char *, and writes to neither. */
static bool
sink_remove(void *context, const char *name, int index)
{
	return smfi_chgheader(context, (char *)name, index, NULL) == MI_SUCCESS;
}

static bool
sink_add(void *context, const char *name, const char *value)
{
	return smfi_addheader(context, (char *)name, (char *)value) ==
	       MI_SUCCESS;
}

static bool
sink_send(void *context)
{
	(void)context;
	return burst_send();
}

static void
note_queue_id(SMFICTX *context, Mail *mail)
{
	const char *id = smfi_getsymval(context, (char *)"i");

	g_strlcpy(mail->queue_id, id ? id : "", sizeof(mail->queue_id));
}

static sfsistat
answer(SMFICTX *context, PipelineVerdict verdict)
{
	const char *refusal = pipeline_refusal(verdict);

	if (verdict == PIPELINE_LATER)
		return SMFIS_TEMPFAIL;
	if (refusal == NULL)
		return SMFIS_CONTINUE;
	/* Without a reason of its own the MTA still says 5xx. */
	(void)smfi_setreply(context, (char *)"550", (char *)"5.7.1",
	                    (char *)refusal);
	return SMFIS_REJECT;
}

static sfsistat
on_end_of_message(SMFICTX *context)
{
	Session *session = session_of(context);
	EditSink sink = { context, sink_remove, sink_add, sink_send };
	int64_t began = clock_monotonic();
	PipelineVerdict verdict;

	atomic_fetch_add(&filter->score->busy, 1);
	note_queue_id(context, &session->mail);
	burst_begin();
	verdict = pipeline_finish(filter, session, &sink);
	burst_drop();
	mail_end(session);
	score_latency(filter->score, clock_monotonic() - began);
	atomic_fetch_sub(&filter->score->busy, 1);
	return answer(context, verdict);
}

static sfsistat
on_abort(SMFICTX *context)
{
	Session *session = smfi_getpriv(context);

	if (session != NULL && session->mail.begun)
		score_count(filter->score, COUNTER_mails_aborted);
	if (session != NULL)
		mail_end(session);
	return SMFIS_CONTINUE;
}

static sfsistat
on_close(SMFICTX *context)
{
	Session *session = smfi_getpriv(context);

	session_free(filter, session);
	smfi_setpriv(context, NULL);
	return SMFIS_CONTINUE;
}

bool
callbacks_register(Filter *process)
{
	struct smfiDesc description = {
		.xxfi_name = (char *)"tact-milter",
		.xxfi_version = SMFI_VERSION,
		.xxfi_flags = SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_SETSYMLIST,
		.xxfi_connect = on_connect,
		.xxfi_helo = on_helo,
		.xxfi_envfrom = on_mail,
		.xxfi_envrcpt = on_recipient,
		.xxfi_header = on_header,
		.xxfi_eoh = on_end_of_header,
		.xxfi_body = on_body,
		.xxfi_eom = on_end_of_message,
		.xxfi_abort = on_abort,
		.xxfi_close = on_close,
		.xxfi_data = on_data,
		.xxfi_negotiate = on_negotiate,
	};

	filter = process;
	return smfi_register(description) == MI_SUCCESS;
}
