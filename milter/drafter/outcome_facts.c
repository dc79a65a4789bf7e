/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An answer answers what came since the one before it; a second one in a row
 * answers nothing, and has no response time.
 */
#include "outcome_facts.h"

#include <string.h>

#include "base/log.h"
#include "store/mails.h"
#include "value/calendar.h"

typedef struct Walk {
	const Rules *rules;
	Outcome *outcome;
	const SentTask *answer;
	int64_t waiting; /* the first mail since the last answer; 0: none */
	unsigned sentiment;
} Walk;

/* rules_n_findings() for none. */
static unsigned
find_sentiment(const Rules *rules)
{
	unsigned n = rules_n_findings(rules), i = 0;

	while (i < n && strcmp(rules_finding_name(rules, i), "sentiment") != 0)
		i++;
	return i;
}

static int
mood_of(const Walk *walk, const Findings *findings)
{
	const Finding *finding;

	if (walk->sentiment >= findings->n_findings)
		return -1;
	finding = &findings->finding[walk->sentiment];
	return finding->abstained ? -1 : finding->value;
}

static void
add_question(Walk *walk, const ThreadMail *mail)
{
	Outcome *outcome = walk->outcome;
	Findings findings;

	mails_findings(walk->rules, mail->facts, &findings);
	outcome->mood_last = mood_of(walk, &findings);
	if (outcome->contacts++ == 0)
		outcome->mood_first = outcome->mood_last;
	outcome->language = (Language)findings.language;
	if (walk->waiting == 0)
		walk->waiting = mail->at;
}

static bool
is_later(const ThreadMail *mail, const SentTask *answer)
{
	return mail->at > answer->at ||
	       (mail->at == answer->at && mail->id > answer->mail);
}

static void
add_mail(const ThreadMail *mail, void *data)
{
	Walk *walk = data;

	if (is_later(mail, walk->answer))
		return;
	if (!mail->out) {
		add_question(walk, mail);
		return;
	}
	walk->outcome->answers++;
	walk->outcome->asked_at = walk->waiting;
	walk->waiting = 0;
}

static int64_t
business_seconds(const Office *office, const SentTask *task, int64_t from)
{
	const Settings *settings = office->kit->settings;
	g_autoptr(GError) error = NULL;
	g_autoptr(Calendar) calendar = calendar_read(
		settings, settings_mailbox(settings, task->mailbox), &error);

	if (calendar != NULL)
		return calendar_minutes(calendar, from, task->at) * 60;
	log_debug(NULL, EVENT("outcome_partial"), STR("why", error->message));
	return -1;
}

bool
facts_read(const Office *office, const SentTask *task, Outcome *ret_outcome,
           GError **error)
{
	const Rules *rules = office->kit->rules;
	Walk walk = { .rules = rules,
		      .outcome = ret_outcome,
		      .answer = task,
		      .sentiment = find_sentiment(rules) };

	*ret_outcome = (Outcome){ .thread = task->thread,
		                  .customer = task->customer,
		                  .mailbox = task->mailbox,
		                  .at = task->at,
		                  .response = -1,
		                  .business = -1,
		                  .draft = FATE_NONE,
		                  .distance = -1,
		                  .engine = "",
		                  .mood_first = -1,
		                  .mood_last = -1 };
	if (!outcomes_each_mail(office->store, task->thread, add_mail, &walk,
	                        error))
		return false;
	if (ret_outcome->asked_at == 0)
		return true;
	ret_outcome->response = task->at - ret_outcome->asked_at;
	ret_outcome->business =
		business_seconds(office, task, ret_outcome->asked_at);
	return true;
}
