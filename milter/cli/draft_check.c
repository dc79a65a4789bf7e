/* SPDX-License-Identifier: Apache-2.0 */
#include "draft_check.h"

#include <string.h>

#include "base/error.h"
#include "context.h"
#include "drafting/article.h"
#include "drafting/mail.h"
#include "print.h"

struct DraftChecks {
	Rules *rules, *blocked;
	GPtrArray *articles;
	GPtrArray *grounds; /* char * */
	char *plain;        /* the text without marks */
};

void
draft_checks_free(DraftChecks *self)
{
	if (self == NULL)
		return;
	rules_free(self->rules);
	rules_free(self->blocked);
	g_clear_pointer(&self->articles, g_ptr_array_unref);
	g_clear_pointer(&self->grounds, g_ptr_array_unref);
	g_free(self->plain);
	g_free(self);
}

/* A mark's words, or NULL when there is no whole one. `ret_end`: behind it. */
static char *
mark_at(const char *mark, const char **ret_end)
{
	const char *from = mark + strlen(CHECK_MARK);
	size_t n = strcspn(from, "]\n");
	char *words;

	if (from[n] != ']')
		return NULL;
	words = g_strndup(from, n);
	*ret_end = from + n + 1;
	return g_strstrip(words);
}

/* `text` with the words of its marks alone, or with nothing in their place;
 * the words into `marked`, if that is not NULL. */
static char *
unmark(const char *text, bool keep, GPtrArray *marked)
{
	GString *plain = g_string_new(NULL);
	const char *mark;

	while ((mark = strstr(text, CHECK_MARK)) != NULL) {
		const char *end = mark + strlen(CHECK_MARK);
		char *words = mark_at(mark, &end);

		g_string_append_len(plain, text, mark - text);
		if (keep && words != NULL)
			g_string_append(plain, words);
		if (marked != NULL && words != NULL)
			g_ptr_array_add(marked, words);
		else
			g_free(words);
		text = end;
	}
	g_string_append(plain, text);
	return g_string_free(plain, FALSE);
}

static bool
has(const GPtrArray *list, const char *words)
{
	return g_ptr_array_find_with_equal_func((GPtrArray *)list, words,
	                                        g_str_equal, NULL);
}

/* What stood there without a mark, and that of which the mark is gone. */
static void
add_vouched(DraftChecks *self, const char *before, const char *text)
{
	g_autoptr(GPtrArray) then = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) now = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(self->grounds, unmark(before, false, then));
	self->plain = unmark(text, true, now);
	for (unsigned i = 0; i < then->len; i++)
		if (!has(now, then->pdata[i]))
			g_ptr_array_add(self->grounds,
			                g_strdup(then->pdata[i]));
}

static void
add_article(DraftChecks *self, const Article *article)
{
	g_ptr_array_add(self->grounds, g_strdup(article->title));
	for (unsigned k = 0; k < ARTICLE_SECTIONS; k++)
		if (article->section[k] != NULL)
			g_ptr_array_add(self->grounds,
			                g_strdup(article->section[k]));
}

static void
add_articles(DraftChecks *self, const DraftOne *one)
{
	g_auto(GStrv) ids = g_strsplit(one->articles, " ", -1);

	for (unsigned i = 0; i < self->articles->len; i++) {
		const Article *article = self->articles->pdata[i];

		if (article->language == one->sheet->language &&
		    g_strv_contains((const char *const *)ids, article->id))
			add_article(self, article);
	}
}

static bool
load(DraftChecks *self, const Settings *settings, const Options *options,
     GError **error)
{
	g_auto(GStrv) dirs = context_rule_dirs(options, settings);
	const char *const *from = (const char *const *)dirs;

	self->rules = rules_load_untrained(
		from, (const char *const *)settings->analysis_traits, error);
	if (self->rules == NULL)
		return false;
	self->blocked = rules_load_blocked(from, error);
	if (self->blocked == NULL)
		return false;
	self->articles = articles_load(from, error);
	return self->articles != NULL;
}

static bool
gather(DraftChecks *self, const DraftOne *one, const Mailbox *mailbox,
       GError **error)
{
	char *signature = mailbox != NULL ? draft_mail_signature(mailbox, error)
	                                  : g_strdup("");

	if (signature == NULL)
		return false;
	self->grounds = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(self->grounds, signature);
	add_articles(self, one);
	return true;
}

DraftChecks *
draft_checks_new(const DraftSite *site, const Options *options,
                 const DraftOne *one, GError **error)
{
	const Settings *settings = site->site.settings;
	const Mailbox *mailbox = settings_mailbox(settings, one->mailbox);
	g_autoptr(DraftChecks) self = g_new0(DraftChecks, 1);

	if (!load(self, settings, options, error) ||
	    !gather(self, one, mailbox, error))
		return NULL;
	return g_steal_pointer(&self);
}

static void
run(const DraftChecks *self, const DraftOne *one, CheckResult *ret_result)
{
	const Material *material = one->material;
	const char *const addresses[] = { material->from, one->mailbox, NULL };
	const CheckInput input = {
		.text = self->plain,
		.language = one->sheet->language,
		.rules = self->rules,
		.blocked = self->blocked,
		.subject = material->subject,
		.mail = material->new_text,
		.earlier = material->body_text,
		.from_name = material->from_name,
		.grounds = (const char *const *)self->grounds->pdata,
		.addresses = addresses,
		.holding = one->sheet->holding,
	};

	(void)checks_run(&input, ret_result);
}

static Sheet *
sheet_of(const DraftOne *one, const CheckResult *result, const char *text)
{
	const Sheet *before = one->sheet;
	Sheet *sheet = sheet_of_text(result->text != NULL ? result->text : text,
	                             before->language, result->remarks);

	sheet->form = before->form;
	sheet->holding = before->holding;
	sheet_set(&sheet->left, before->left);
	sheet_set(&sheet->refused, before->refused);
	return sheet;
}

Sheet *
draft_checks_run(DraftChecks *self, const DraftOne *one, const char *text,
                 char **ret_names, GError **error)
{
	g_auto(CheckResult) result = { 0 };

	add_vouched(self, one->sheet->body, text);
	g_ptr_array_add(self->grounds, NULL);
	if (self->plain[strspn(self->plain, " \t\n")] == '\0') {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "draft %s: there is no text left; tact draft "
		            "reject ends it",
		            one->public_id);
		return NULL;
	}
	run(self, one, &result);
	*ret_names = g_strdelimit(checks_format(result.found), ",", ' ');
	return sheet_of(one, &result, text);
}
