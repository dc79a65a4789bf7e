/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a model costs is bounded three times: by attempts of one draft, by what
 * a mailbox and the site may ask in a day, and by the breaker. Every way out of
 * here but a text leads to the template's reply.
 */
#include "ask.h"

#include "base/log.h"
#include "drafting/answer.h"
#include "drafting/person.h"
#include "faults.h"
#include "llm.h"
#include "orders.h"
#include "store/budget.h"

typedef struct Booking {
	const Asking *asking;
	BudgetLimits limits;
	BudgetCall call;
} Booking;

static BudgetLimits
limits_of(const Asking *asking)
{
	const Settings *settings = asking->office->kit->settings;
	const Mailbox *mailbox = asking->box->mailbox;

	return (BudgetLimits){
		.calls = mailbox->mailbox_calls_per_day,
		.tokens = mailbox->mailbox_tokens_per_day,
		.calls_in_all = settings->drafter_calls_per_day,
		.tokens_in_all = settings->drafter_tokens_per_day,
		.calls_of_writer = mailbox->mailbox_calls_per_writer,
	};
}

static bool
book(void *data, unsigned tokens, GError **error)
{
	static const char *const why[] = {
		[BUDGET_SPENT_MAILBOX] = "the mailbox's budget is spent",
		[BUDGET_SPENT_ALL] = "the site's budget is spent",
		[BUDGET_SPENT_WRITER] = "the writer's budget is spent",
		[BUDGET_NO_DRAFT] = "the draft has ended meanwhile",
	};
	Booking *booking = data;
	BudgetVerdict verdict;

	booking->call.tokens = tokens;
	if (!budget_book(booking->asking->office->store, &booking->limits,
	                 &booking->call, &verdict, error))
		return false;
	if (verdict == BUDGET_BOOKED)
		return true;
	g_set_error_literal(error, LLM_ERROR, LLM_ERROR_BUDGET, why[verdict]);
	return false;
}

/* What was booked too much is given back; if that fails, it stays booked. */
static void
settle(const Booking *booking, const LlmUsage *usage)
{
	g_autoptr(GError) error = NULL;

	if (usage->tokens_in < 0 || usage->tokens_out < 0)
		return;
	if (!budget_settle(booking->asking->office->store, &booking->call,
	                   usage->tokens_in + usage->tokens_out, &error))
		log_debug(NULL, EVENT("store_unavailable"),
		          STR("why", error->message));
}

/* ---------------------------------------------------------------- prompt */

static Redaction *
redaction_for(const Asking *asking)
{
	/* the first of the setting's choices */
	bool all = asking->office->kit->settings->drafter_redact == 0;
	Redaction *redaction = redaction_new(all ? REDACT_ALL : 0);
	const Material *mail = asking->material;
	const PersonInput known = { .display = mail->from_name,
		                    .address = mail->from,
		                    .signature = mail->signature,
		                    .text = mail->new_text };
	g_auto(Person) person = { 0 };

	if (!all)
		return redaction;
	person_read(&known, &person);
	redaction_add_name(redaction, mail->from_name);
	if (person.full != NULL)
		redaction_add_name(redaction, person.full);
	if (person.first != NULL)
		redaction_add_name(redaction, person.first);
	return redaction;
}

/* Each article as far as it is for who wrote so; the text is freed with
 * `texts`. */
static void
add_grounds(const Asking *asking, PromptGround *grounds, GPtrArray *texts)
{
	const Rules *rules = asking->office->kit->rules;

	for (size_t i = 0; i < asking->n_articles; i++) {
		const Article *article = asking->articles[i];
		char *text = template_article(article, rules, asking->findings);

		g_ptr_array_add(texts, text);
		grounds[i] = (PromptGround){ article->title, text };
	}
}

static Prompt *
prompt_for(const Asking *asking, Redaction *redaction)
{
	const Kit *kit = asking->office->kit;
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	PromptGround grounds[SEARCH_ARTICLES_MAX];
	PromptInput input = {
		.language = asking->text->language,
		.rules = kit->rules,
		.findings = asking->findings,
		.formal_address = asking->text->form == ADDRESS_FORMAL,
		.subject = asking->material->subject,
		.mail = asking->material->new_text,
		.template_reply = asking->text->body,
		.grounds = grounds,
		.n_grounds = asking->n_articles,
		.examples = asking->examples,
		.lessons = asking->lessons,
		.redaction = redaction,
		.insist = asking->again_after > 0,
	};

	add_grounds(asking, grounds, texts);
	return prompt_make(kit->prompts, &input);
}

/* Where it goes, how much of what was taken out before, and how many answers
 * to others. */
static char *
describe(const Asking *asking, const Redaction *redaction)
{
	GString *left = g_string_new(llm_endpoint(asking->box->llm));
	unsigned examples = 0;

	for (unsigned kind = 0; kind < REDACT_KIND_N; kind++) {
		unsigned n = redaction_count(redaction, (RedactKind)kind);

		if (n > 0)
			g_string_append_printf(
				left, " %s %u",
				redact_kind_name((RedactKind)kind), n);
	}
	while (asking->examples != NULL && asking->examples[examples] != NULL)
		examples++;
	if (examples > 0)
		g_string_append_printf(left, " EXAMPLE %u", examples);
	return g_string_free(left, FALSE);
}

/* ------------------------------------------------------------------- ask */

/* Milliseconds for the call; 0: as many as one may take. */
static int64_t
time_for(const Asking *asking)
{
	const Settings *settings = asking->office->kit->settings;

	return asking->again_after > 0 ? MAX(settings->drafter_answer_time_max -
	                                             asking->again_after,
	                                     1)
	                               : 0;
}

static AskVerdict
no_answer(const Asking *asking, const GError *failure, const LlmUsage *usage,
          Asked *asked)
{
	g_free(asked->reason);
	asked->reason =
		g_strconcat("llm-", llm_error_reason(asking->box->llm), NULL);
	log_info(NULL, EVENT("model_failed"),
	         STR("id", asking->task->public_id),
	         STR("why", failure->message), INT("ms", usage->milliseconds));
	asked->wait = (usage->retry_ms + 999) / 1000;
	switch ((LlmError)failure->code) {
	case LLM_ERROR_RETRY:
	case LLM_ERROR_BREAKER:
		return ASK_LATER;
	case LLM_ERROR_STOPPED:
		return ASK_STOPPED;
	default:
		return ASK_TEMPLATE;
	}
}

static AskVerdict
ask(const Asking *asking, const Redaction *redaction, Asked *asked)
{
	Llm *llm = asking->box->llm;
	g_autofree char *left = describe(asking, redaction);
	Booking booking = {
		asking,
		limits_of(asking),
		{ .draft = asking->task->id, .at = office_now(), .left = left }
	};
	const LlmRequest request = {
		.prompt = asked->prompt,
		.attempt = (unsigned)MAX(asking->task->attempts - 1, 0),
		.book = book,
		.book_data = &booking,
		.total_ms = time_for(asking),
		.stop = &orders_stop,
	};
	g_autoptr(GError) failure = NULL;
	g_autofree char *text = NULL;
	LlmUsage usage;
	bool answered = llm_ask(llm, &request, &text, &usage, &failure);

	faults_point("answered");
	settle(&booking, &usage);
	asked->milliseconds = usage.milliseconds;
	if (!answered)
		return no_answer(asking, failure, &usage, asked);
	log_info(NULL, EVENT("model_answered"),
	         STR("id", asking->task->public_id),
	         INT("ms", usage.milliseconds), INT("in", usage.tokens_in),
	         INT("out", usage.tokens_out));
	asked->text = redaction_restore(redaction, text, NULL);
	answer_drop_signature(asked->text, asking->box->signature);
	return ASK_TEXT;
}

AskVerdict
ask_model(const Asking *asking, Asked *ret_asked)
{
	g_autoptr(Redaction) redaction = NULL;

	*ret_asked = (Asked){ .reason = g_strdup("") };
	if (asking->box->llm == NULL) {
		g_free(ret_asked->reason);
		ret_asked->reason = g_strdup("llm-setup");
		return ASK_TEMPLATE;
	}
	redaction = redaction_for(asking);
	ret_asked->prompt = prompt_for(asking, redaction);
	return ask(asking, redaction, ret_asked);
}

void
asked_clear(Asked *asked)
{
	g_free(asked->text);
	g_free(asked->reason);
	prompt_free(asked->prompt);
	*asked = (Asked){ 0 };
}
