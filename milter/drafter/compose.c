/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A template's reply that a check refuses is made again without articles: then
 * it only says that somebody will look at it. When that is refused too, the
 * texts themselves must be mended, and the reason says by which check.
 */
#include "compose.h"

#include <string.h>

#include "ask.h"
#include "base/id.h"
#include "base/log.h"
#include "drafting/checks.h"
#include "examples.h"
#include "lesson.h"
#include "search.h"
#include "store/budget.h"
#include "store/mails.h"

#define AGAIN_MS_MIN 1000 /* an answer takes no less */
#define USED_DRAFTS 3     /* whose modules are not taken again */

typedef struct Job {
	const Office *office;
	const DraftTask *task;
	const Material *material;
	const KitMailbox *box;
	Findings findings;
	GPtrArray *used; /* char *; NULL-terminated */
	Guide *guide;    /* what humans' edits taught */
	const Article *articles[SEARCH_ARTICLES_MAX];
	size_t n_articles;
	GPtrArray *grounds;  /* char *; NULL-terminated */
	GPtrArray *examples; /* the same */
} Job;

static void
add_used(const char *modules, void *data)
{
	g_auto(GStrv) names = g_strsplit(modules, " ", 0);

	for (char **name = names; *name != NULL; name++)
		g_ptr_array_add(data, g_strdup(*name));
}

/* What cannot be read is no reason to write nothing: the draft may then open
 * as the last one did. */
static void
read_used(Job *job)
{
	const DraftReader reader = { .customer = job->task->customer,
		                     .thread = job->task->thread,
		                     .max = USED_DRAFTS };
	g_autoptr(GError) error = NULL;

	job->used = g_ptr_array_new_with_free_func(g_free);
	if (!drafts_each_modules(job->office->store, &reader, add_used,
	                         job->used, &error))
		log_debug(NULL, EVENT("store_unavailable"),
		          STR("why", error->message));
	g_ptr_array_add(job->used, NULL);
}

static void
job_begin(Job *job)
{
	const Kit *kit = job->office->kit;

	mails_findings(kit->rules, job->task->facts, &job->findings);
	job->findings.language = (uint8_t)job->task->language;
	read_used(job);
	job->guide =
		guide_read(job->office->store, kit->pack, job->task->mailbox,
	                   job->task->language, office_now());
	job->n_articles =
		search_articles(job->office, job->task->language, job->material,
	                        &job->findings, job->articles);
}

/* For a model alone; the templates have no use for them. */
static void
read_examples(Job *job)
{
	g_clear_pointer(&job->examples, g_ptr_array_unref);
	job->examples = examples_find(job->office, job->task, job->material);
	g_ptr_array_add(job->examples, NULL);
}

static void
job_clear(Job *job)
{
	g_clear_pointer(&job->used, g_ptr_array_unref);
	g_clear_pointer(&job->grounds, g_ptr_array_unref);
	g_clear_pointer(&job->examples, g_ptr_array_unref);
	g_clear_pointer(&job->guide, guide_free);
}

static DraftText *
compose_template(const Job *job, GError **error)
{
	const Kit *kit = job->office->kit;
	const Mailbox *mailbox = job->box->mailbox;
	const char *name = mailbox->mailbox_from_name;
	const char *id = job->task->public_id;
	TemplateInput input = {
		.language = job->task->language,
		.findings = &job->findings,
		.rules = kit->rules,
		.from_name = job->material->from_name,
		.from_address = job->material->from,
		.signature = job->material->signature,
		.subject = job->material->subject,
		.text = job->material->new_text,
		.team = name[0] != '\0' ? name : NULL,
		.contact = job->task->contact,
		.articles = (const Article *const *)job->articles,
		.n_articles = job->n_articles,
		.house_form = (AddressForm)mailbox->mailbox_address_form,
		.seed = id_hash(id, strlen(id)),
		.used = (const char *const *)job->used->pdata,
		.weigh = guide_weigh,
		.weigh_data = job->guide,
	};
	g_autoptr(DraftText) text = template_compose(kit->pack, &input, error);
	AddressForm form;

	if (text == NULL || input.house_form != ADDRESS_BY_MAIL)
		return g_steal_pointer(&text);
	form = guide_address(job->guide, text->form);
	if (form == text->form)
		return g_steal_pointer(&text);
	input.house_form = form;
	return template_compose(kit->pack, &input, error);
}

/* What a text of this draft may rest on: the articles, whole, the signature
 * and the template's own words. */
static void
gather_grounds(Job *job, const DraftText *text)
{
	g_clear_pointer(&job->grounds, g_ptr_array_unref);
	job->grounds = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i < job->n_articles; i++) {
		const Article *article = job->articles[i];

		g_ptr_array_add(job->grounds, g_strdup(article->title));
		for (unsigned k = 0; k < ARTICLE_SECTIONS; k++)
			if (article->section[k] != NULL)
				g_ptr_array_add(job->grounds,
				                g_strdup(article->section[k]));
	}
	g_ptr_array_add(job->grounds, g_strdup(job->box->signature));
	g_ptr_array_add(job->grounds, g_strdup(text->body));
	g_ptr_array_add(job->grounds, NULL);
}

/* `asked`: the text is a model's, else the template's. */
static bool
check_text(const Job *job, const DraftText *text, const Asked *asked,
           CheckResult *ret_result)
{
	const Kit *kit = job->office->kit;
	const Material *material = job->material;
	const char *const addresses[] = { material->from,
		                          job->box->mailbox->address, NULL };
	CheckInput input = {
		.text = text->body,
		.language = text->language,
		.rules = kit->rules,
		.blocked = kit->blocked,
		.subject = material->subject,
		.mail = material->new_text,
		.earlier = material->body_text,
		.from_name = material->from_name,
		.grounds = (const char *const *)job->grounds->pdata,
		.addresses = addresses,
		.holding = text->holding,
	};

	if (asked != NULL) {
		input.text = asked->text;
		input.instructions = asked->prompt->system;
		input.canary = asked->prompt->canary;
	}
	return checks_run(&input, ret_result);
}

static char *
list_parts(const DraftText *text, bool articles)
{
	GString *list = g_string_new(NULL);

	for (size_t i = 0; i < text->n_parts; i++) {
		const char *id = text->parts[i].id;

		if (g_str_has_prefix(id, "article/") != articles)
			continue;
		if (list->len + strlen(id) + 1 > DRAFT_LIST_MAX)
			break;
		g_string_append_printf(list, "%s%s", list->len > 0 ? " " : "",
		                       articles ? id + strlen("article/") : id);
	}
	return g_string_free(list, FALSE);
}

static char *
list_checks(uint32_t found)
{
	return g_strdelimit(checks_format(found), ",", ' ');
}

/* "check-unknown-url": the first that refuses. */
static char *
refusal_of(uint32_t found)
{
	for (unsigned i = 0; i < CHECK_N; i++)
		if ((found & 1u << i) && check_refuses((Check)i))
			return g_strconcat("check-", check_name((Check)i),
			                   NULL);
	return g_strdup("check");
}

static void
take_template(Composed *composed, const DraftText *text,
              const CheckResult *result)
{
	composed->sheet =
		sheet_of_template(text, result->text, result->remarks);
	composed->engine = "template";
	composed->modules = list_parts(text, false);
	composed->articles = list_parts(text, true);
	composed->checks = list_checks(result->found);
}

static char *
list_articles(const Job *job)
{
	GString *list = g_string_new(NULL);

	for (size_t i = 0; i < job->n_articles; i++)
		g_string_append_printf(list, "%s%s", i > 0 ? " " : "",
		                       job->articles[i]->id);
	return g_string_free(list, FALSE);
}

static void
take_model(const Job *job, const DraftText *text, const CheckResult *result,
           Composed *composed)
{
	composed->sheet =
		sheet_of_text(result->text, text->language, result->remarks);
	composed->sheet->form = text->form;
	composed->sheet->holding = text->holding;
	composed->engine = "model";
	composed->modules = g_strdup("");
	composed->articles = list_articles(job);
	composed->checks = list_checks(result->found);
}

/* ------------------------------------------------------------ the engines */

/* The template's reply, checked, into `ret_text`; false: see
 * composed->reason. */
static bool
write_template(Job *job, DraftText **ret_text, CheckResult *ret_result,
               Composed *composed)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DraftText) text = compose_template(job, &error);

	g_free(composed->reason);
	composed->reason = NULL;
	if (text == NULL) {
		composed->reason = g_strdup("template");
		log_warning(NULL, EVENT("draft_failed"),
		            STR("id", job->task->public_id),
		            STR("why", error->message));
		return false;
	}
	gather_grounds(job, text);
	if (!check_text(job, text, NULL, ret_result)) {
		composed->reason = refusal_of(ret_result->found);
		return false;
	}
	*ret_text = g_steal_pointer(&text);
	return true;
}

static AskVerdict
ask_for(Job *job, const DraftText *text, int64_t again_after, Asked *asked)
{
	const Asking asking = {
		.office = job->office,
		.task = job->task,
		.material = job->material,
		.box = job->box,
		.findings = &job->findings,
		.text = text,
		.articles = (const Article *const *)job->articles,
		.n_articles = job->n_articles,
		.examples = (const char *const *)job->examples->pdata,
		.again_after = again_after,
		.lessons = guide_advice(job->guide),
	};

	return ask_model(&asking, asked);
}

/* An answer in another language is asked for once more, if there is as much
 * time left as that one took: a call that cannot end would be held against the
 * endpoint. What keeps that from being answered is no reason to ask a third
 * time later. */
static AskVerdict
ask_again(Job *job, const DraftText *text, Asked *asked)
{
	int64_t most = job->office->kit->settings->drafter_answer_time_max;
	int64_t spent = MAX(asked->milliseconds, 1);
	g_auto(Asked) again = { 0 };
	AskVerdict verdict;

	if (most - spent < MAX(spent, AGAIN_MS_MIN))
		return ASK_TEMPLATE;
	log_info(NULL, EVENT("model_failed"), STR("id", job->task->public_id),
	         STR("why", "another language; asked once more"),
	         INT("ms", spent));
	verdict = ask_for(job, text, spent, &again);
	if (verdict == ASK_LATER)
		return ASK_TEMPLATE;
	if (verdict == ASK_TEXT) {
		asked_clear(asked);
		*asked = again;
		again = (Asked){ 0 };
	}
	return verdict;
}

static bool
is_other_language(const CheckResult *refused)
{
	return (refused->found & 1u << CHECK_LANGUAGE) != 0;
}

/* The model's text, checked. */
static bool
take_checked(const Job *job, const DraftText *text, const Asked *asked,
             Composed *composed, CheckResult *ret_result)
{
	check_result_clear(ret_result);
	if (!check_text(job, text, asked, ret_result))
		return false;
	take_model(job, text, ret_result, composed);
	return true;
}

/* The model's reply to the same; ASK_TEXT: it was taken. */
static AskVerdict
try_model(Job *job, const DraftText *text, Composed *composed,
          CheckResult *ret_refused)
{
	g_auto(Asked) asked = { 0 };
	AskVerdict verdict;

	read_examples(job);
	verdict = ask_for(job, text, 0, &asked);
	composed->wait = asked.wait;
	composed->reason = g_strdup(asked.reason);
	if (verdict != ASK_TEXT)
		return verdict;
	if (take_checked(job, text, &asked, composed, ret_refused))
		return ASK_TEXT;
	verdict = is_other_language(ret_refused) ? ask_again(job, text, &asked)
	                                         : ASK_TEMPLATE;
	if (verdict == ASK_TEXT &&
	    take_checked(job, text, &asked, composed, ret_refused))
		return ASK_TEXT;
	g_free(composed->reason);
	composed->reason = refusal_of(ret_refused->found);
	return verdict == ASK_STOPPED ? ASK_STOPPED : ASK_TEMPLATE;
}

/* What all calls for this draft sent away, those of earlier tries too. */
static void
tell_left(const Job *job, Sheet *sheet)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *left = NULL;
	g_autofree char *all = NULL;
	int64_t calls;

	if (!budget_left(job->office->store, job->task->id, &left, &calls,
	                 &error)) {
		log_debug(NULL, EVENT("store_unavailable"),
		          STR("why", error->message));
		return;
	}
	all = calls > 1 ? g_strdup_printf("%s (%d requests)", left, (int)calls)
	                : g_strdup(left);
	sheet_set(&sheet->left, all);
}

/* By the mailbox's engine, with the template's reply as grounds and resort. */
static ComposeVerdict
finish(Job *job, const DraftText *text, const CheckResult *result,
       Composed *composed)
{
	g_auto(CheckResult) refused = { NULL, 0, NULL };
	AskVerdict verdict = ASK_TEMPLATE;

	if (job->box->model)
		verdict = try_model(job, text, composed, &refused);
	if (verdict == ASK_LATER)
		return COMPOSE_LATER;
	if (verdict == ASK_STOPPED)
		return COMPOSE_STOPPED;
	if (verdict == ASK_TEMPLATE)
		take_template(composed, text, result);
	tell_left(job, composed->sheet);
	if (verdict == ASK_TEMPLATE && refused.found != 0) {
		g_autofree char *names = checks_format(refused.found);

		sheet_set(&composed->sheet->refused, names);
	}
	return COMPOSE_DONE;
}

static ComposeVerdict
compose_job(Job *job, Composed *composed)
{
	g_autoptr(DraftText) text = NULL;
	g_auto(CheckResult) result = { NULL, 0, NULL };
	g_auto(CheckResult) again = { NULL, 0, NULL };

	if (write_template(job, &text, &result, composed))
		return finish(job, text, &result, composed);
	if (job->n_articles == 0)
		return COMPOSE_NEVER;
	job->n_articles = 0;
	return write_template(job, &text, &again, composed)
	               ? finish(job, text, &again, composed)
	               : COMPOSE_NEVER;
}

ComposeVerdict
compose_draft(const Office *office, const DraftTask *task,
              const Material *material, Composed *ret_composed)
{
	Job job = { .office = office, .task = task, .material = material };
	ComposeVerdict verdict;

	*ret_composed = (Composed){ 0 };
	job.box = kit_mailbox(office->kit, task->mailbox);
	if (job.box == NULL) {
		ret_composed->reason = g_strdup("mailbox");
		return COMPOSE_NEVER;
	}
	job_begin(&job);
	verdict = compose_job(&job, ret_composed);
	job_clear(&job);
	return verdict;
}

void
composed_clear(Composed *composed)
{
	sheet_free(composed->sheet);
	g_free(composed->modules);
	g_free(composed->articles);
	g_free(composed->checks);
	g_free(composed->reason);
	*composed = (Composed){ 0 };
}
