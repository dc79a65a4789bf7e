/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The order is that of trust: first who may not be judged at all, then whether
 * the mail is here already, then what it changes. A mail that comes again
 * changes nothing and is answered like the first time.
 */
#include "store/mails.h"

#include <string.h>

#include "store/profiles.h"
#include "store/threads.h"
#include "store/writers.h"

#define SECONDS_A_DAY 86400

/* A mail that came in, on its way through the tables. */
typedef struct Arrival {
	Store *store;
	const MailSite *site;
	const MailRecord *record;
	Writer writer;
	Pseudonym key;
	int64_t mailbox;
	int64_t row; /* of the mail, when it came before */
	Thread thread;
	MailAnswer *answer;
	MailPlace *place;
} Arrival;

/* Two writers who use one Message-ID wrote two mails; one who sends the same
 * mail to two mailboxes too. */
static Pseudonym
mail_key(const MailSite *site, const MailRecord *record)
{
	const Trace *trace = record->trace;
	char hash[TRACE_TEXT_SIZE];
	g_autofree char *text = NULL;

	trace_text(trace->has_id ? &trace->id : &trace->content, hash);
	text = g_strdup_printf("%c\n%s\n%s\n%s",
	                       record->direction == MAIL_IN ? 'i' : 'o',
	                       record->mailbox->address, hash, trace->from);
	return keys_pseudonym(site->keys, PSEUDONYM_MAIL, text);
}

static bool
find_mail(Store *store, const Pseudonym *key, int64_t *ret_row,
          int64_t *ret_thread, GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_mail_find);
	StepResult result;

	statement_bind_bytes(find, 1, key->bytes, sizeof(key->bytes));
	result = statement_step(find, error);
	*ret_row = result == STEP_ROW ? statement_int(find, 0) : 0;
	*ret_thread = result == STEP_ROW ? statement_int(find, 1) : 0;
	return result != STEP_FAILED;
}

static bool
insert_mail(const Arrival *a, const char *facts, GError **error)
{
	g_autoptr(Statement) insert =
		store_statement(a->store, SQL_mail_insert);

	statement_bind_bytes(insert, 1, a->key.bytes, sizeof(a->key.bytes));
	statement_bind_id(insert, 2, a->writer.customer);
	statement_bind_id(insert, 3, a->thread.id);
	statement_bind_int(insert, 4, a->mailbox);
	statement_bind_int(insert, 5, a->record->at);
	statement_bind_int(insert, 6, a->record->direction);
	statement_bind_text(insert, 7, a->record->public_id);
	statement_bind_bytes(insert, 8, facts, strlen(facts));
	if (!statement_run(insert, error))
		return false;
	a->place->mail = store_last_id(a->store);
	return true;
}

/* The manner as it was before this mail tells of it; then it counts. */
static bool
weigh_manner(const Arrival *a, GError **error)
{
	const MailRecord *record = a->record;
	const Rules *rules = a->site->rules;
	Profile profile;

	if (a->writer.customer == 0 || !a->writer.personal ||
	    a->writer.consent < CONSENT_BASIC)
		return true;
	if (!profiles_read(a->store, a->writer.customer, &profile, error))
		return false;
	manner_blend(&profile.manner, rules, &a->answer->findings);
	if (a->row == 0 && (record->findings->status == FINDINGS_SCORED ||
	                    record->findings->status == FINDINGS_ABSTAINED)) {
		profile_note(&profile, rules, record->findings, record->at);
		if (!profiles_write(a->store, a->writer.customer, &profile,
		                    error))
			return false;
	}
	a->answer->trend = (uint8_t)manner_trend(&profile.manner);
	return true;
}

static bool
count_contact(const Arrival *a, GError **error)
{
	g_autoptr(Statement) count =
		store_statement(a->store, SQL_mail_contact);

	statement_bind_int(count, 1, a->thread.id);
	statement_bind_int(count, 2, a->row);
	if (statement_step(count, error) != STEP_ROW)
		return false;
	a->answer->contact = (uint32_t)MIN(statement_int(count, 0), UINT32_MAX);
	return true;
}

/* A mail that is here already: what it is due by and the how-manieth it is. */
static bool
answer_again(Arrival *a, GError **error)
{
	int64_t id = a->thread.id;

	a->answer->again = 1;
	if (!threads_read(a->store, id, &a->thread, error))
		return false;
	if (a->thread.id == 0)
		return true;
	if (a->thread.due_at != 0)
		a->answer->due_at = a->thread.due_at;
	return count_contact(a, error);
}

static ThreadQuiet
quiet_of(const Writer *writer)
{
	if (writer->restricted)
		return QUIET_RESTRICTED;
	return writer->consent == CONSENT_NONE ? QUIET_CONSENT : QUIET_NO;
}

static bool
join_thread(Arrival *a, GError **error)
{
	Contact contact = { .mailbox = a->mailbox,
		            .customer = a->writer.customer,
		            .at = a->record->at,
		            .due_at = a->answer->due_at,
		            .tier = (Tier)a->answer->tier,
		            .quiet = quiet_of(&a->writer) };

	if (!threads_find(a->store, a->site, a->record, &contact, &a->thread,
	                  error) ||
	    !threads_contact(a->store, &contact, &a->thread, error) ||
	    !threads_refer(a->store, a->site, a->record, a->thread.id, error))
		return false;
	a->answer->contact = (uint32_t)MIN(a->thread.contacts, UINT32_MAX);
	a->answer->due_at = a->thread.due_at;
	return true;
}

static bool
keep(Arrival *a, GError **error)
{
	g_autofree char *facts =
		mails_facts(a->site->rules, a->record->findings);

	return trust_count(a->store, a->record->at / SECONDS_A_DAY,
	                   a->writer.trust, a->writer.known, error) &&
	       threads_mailbox(a->store, a->record->mailbox->address,
	                       &a->mailbox, error) &&
	       join_thread(a, error) && insert_mail(a, facts, error);
}

static void
answer_due(const Arrival *a)
{
	const MailSite *site = a->site;

	a->answer->standing = (uint8_t)a->writer.standing;
	a->answer->due_at =
		desk_due(site->desk, a->record->mailbox, a->answer->tier,
	                 a->answer->has_risk ? a->answer->risk : RISK_LOW,
	                 a->record->at);
}

static bool
arrive(Arrival *a, GError **error)
{
	const MailRecord *record = a->record;

	if (!writers_find(a->store, a->site, record, &a->writer, error))
		return false;
	if (a->writer.standing == STANDING_OBJECTED) {
		answer_due(a);
		return true;
	}
	a->key = mail_key(a->site, record);
	if (!find_mail(a->store, &a->key, &a->row, &a->thread.id, error))
		return false;
	if (a->row == 0 &&
	    !writers_welcome(a->store, a->site, record, &a->writer, error))
		return false;
	if (!writers_worth(a->store, a->site, &a->writer, record->at, a->answer,
	                   error) ||
	    !weigh_manner(a, error))
		return false;
	answer_due(a);
	return a->row != 0 ? answer_again(a, error) : keep(a, error);
}

static bool
leave(Arrival *a, GError **error)
{
	a->key = mail_key(a->site, a->record);
	if (!find_mail(a->store, &a->key, &a->row, &a->thread.id, error))
		return false;
	if (a->row != 0)
		return true;
	return threads_mailbox(a->store, a->record->mailbox->address,
	                       &a->mailbox, error) &&
	       threads_answer(a->store, a->site, a->record, a->mailbox,
	                      &a->thread.id, error) &&
	       (a->thread.id == 0 || threads_refer(a->store, a->site, a->record,
	                                           a->thread.id, error)) &&
	       insert_mail(a, "", error);
}

/* A thread's customer is that of all its mails, and so is what may be done with
 * them: of an answer too. */
static bool
find_customer(Arrival *a, GError **error)
{
	g_autoptr(Statement) find =
		store_statement(a->store, SQL_thread_customer);
	StepResult step;

	statement_bind_int(find, 1, a->thread.id);
	step = statement_step(find, error);
	if (step != STEP_ROW)
		return step == STEP_DONE;
	a->writer.customer = statement_int(find, 0);
	a->writer.consent =
		statement_int(find, 1) != QUIET_NO ? CONSENT_NONE
		: statement_is_null(find, 2)
			? (Consent)a->site->settings->privacy_consent
			: (Consent)CLAMP(statement_int(find, 2), 0,
	                                 CONSENT_FULL);
	a->writer.restricted = statement_int(find, 1) == QUIET_RESTRICTED ||
	                       statement_int(find, 3) != 0;
	return true;
}

static void
tell_place(const Arrival *a)
{
	MailPlace *place = a->place;

	place->again = a->row != 0;
	if (place->again)
		place->mail = a->row;
	place->mailbox = a->mailbox;
	place->thread = a->thread.id;
	place->customer = a->writer.customer;
	place->consent = (int)a->writer.consent;
	place->restricted = a->writer.restricted;
}

bool
mails_record_at(Store *store, const MailSite *site, const MailRecord *record,
                MailAnswer *ret_answer, MailPlace *ret_place, GError **error)
{
	MailAnswer answer;
	MailPlace place = { 0 };
	Arrival arrival = { .store = store,
		            .site = site,
		            .record = record,
		            .answer = &answer,
		            .place = &place };

	memset(&answer, 0, sizeof(answer));
	answer.findings = *record->findings;
	if (record->direction == MAIL_IN ? !arrive(&arrival, error)
	                                 : !leave(&arrival, error))
		return false;
	if (record->direction == MAIL_OUT && arrival.thread.id != 0 &&
	    !find_customer(&arrival, error))
		return false;
	tell_place(&arrival);
	*ret_answer = answer;
	*ret_place = place;
	return true;
}

bool
mails_record(Store *store, const MailSite *site, const MailRecord *record,
             MailAnswer *ret_answer, GError **error)
{
	MailPlace place;

	return mails_record_at(store, site, record, ret_answer, &place, error);
}
