/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tact-drafter would write without a model and without a store: articles
 * are found by plain words, nobody has read anything before, and the seed is
 * made of the mail's bytes, so that a mail always gets the same reply.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "analysis/tokens.h"
#include "context.h"
#include "drafting/article.h"
#include "drafting/shelf.h"
#include "drafting/template.h"
#include "mails.h"
#include "print.h"
#include "template.h"

typedef struct Preview {
	const Context *context;
	const Options *options;
	Language language; /* asked for; LANGUAGE_UND: the mail's */
	Pack *pack;
	GPtrArray *articles;
	Shelf *shelf;
	unsigned failed;
} Preview;

static void
preview_text(const json_t *value)
{
	const json_t *part;
	size_t i;

	printf("%s: ", print_string(value, "file"));
	if (json_object_get(value, "body") == NULL) {
		printf("no reply: %s\n", print_string(value, "reason"));
		return;
	}
	printf("%s, %s\n", print_string(value, "language"),
	       print_string(value, "form"));
	json_array_foreach(json_object_get(value, "parts"), i, part)
		printf("%s%s", i > 0 ? " " : "  ", json_string_value(part));
	printf("\n\n%s\n", print_string(value, "body"));
}

static void
add_draft(json_t *value, const DraftText *draft)
{
	json_t *parts = json_array();

	for (size_t i = 0; i < draft->n_parts; i++)
		json_array_append_new(parts, json_string(draft->parts[i].id));
	print_set_string(value, "language", language_code(draft->language));
	print_set_string(value, "form", address_form_name(draft->form));
	print_set_bool(value, "holding", draft->holding);
	json_object_set_new(value, "parts", parts);
	print_set_string(value, "body", draft->body);
}

/* Its reply, or why there is none in `ret_reason`. */
static DraftText *
compose(const Preview *preview, const Report *report, const char *bytes,
        size_t size, char **ret_reason)
{
	const Message *message = report->message;
	g_autoptr(GError) error = NULL;
	const Article *articles[DRAFT_ARTICLES_MAX];
	TemplateInput input = {
		.language = preview->language != LANGUAGE_UND
		                    ? preview->language
		                    : (Language)report->findings.language,
		.findings = &report->findings,
		.rules = preview->context->rules,
		.from_name = message_from_name(message),
		.from_address = message_from(message),
		.signature = message_signature(message),
		.subject = message_subject(message),
		.text = message_new_text(message),
		.contact = 1,
		.articles = articles,
		.house_form = ADDRESS_BY_MAIL,
		.seed = tokens_hash(TOKENS_HASH, bytes, size),
	};
	const Question question = {
		.language = input.language,
		.subject = message_subject(message),
		.text = message_new_text(message),
		.findings = &report->findings,
		.rules = preview->context->rules,
		.now = (int64_t)time(NULL),
	};
	DraftText *draft;

	input.n_articles = shelf_find(preview->shelf, &question, articles,
	                              DRAFT_ARTICLES_MAX);
	draft = template_compose(preview->pack, &input, &error);
	if (draft == NULL)
		*ret_reason = g_strdup(error->message);
	return draft;
}

/* Why nobody writes a reply to it; NULL: somebody does. */
static const char *
no_reply(const Preview *preview, const Report *report)
{
	const Findings *findings = &report->findings;

	if (report->message == NULL || findings->status == FINDINGS_ERROR ||
	    findings->status == FINDINGS_SKIPPED)
		return findings_reason_name(findings->reason);
	if (findings->escalate != 0)
		return "escalated";
	if (findings->language == LANGUAGE_UND &&
	    preview->language == LANGUAGE_UND)
		return "language";
	return NULL;
}

static void
preview_mail(const char *name, const char *bytes, size_t size, void *data)
{
	Preview *preview = data;
	g_autoptr(Report) report =
		context_examine(preview->context, bytes, size);
	g_autoptr(DraftText) draft = NULL;
	g_autofree char *file = print_name(name);
	g_autofree char *reason = g_strdup(no_reply(preview, report));
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_string(value, "file", file);
	if (reason == NULL)
		draft = compose(preview, report, bytes, size, &reason);
	if (draft != NULL)
		add_draft(value, draft);
	else
		print_set_string(value, "reason", reason);
	print_value(preview->options->json, value, preview_text);
}

static bool
open_preview(Preview *preview, const Context *context, GError **error)
{
	const char *const *dirs = (const char *const *)context->dirs;

	preview->context = context;
	preview->pack = pack_load(dirs, context->rules, error);
	if (preview->pack == NULL)
		return false;
	preview->articles = articles_load(dirs, error);
	if (preview->articles == NULL)
		return false;
	preview->shelf = shelf_new(preview->articles);
	return true;
}

static void
close_preview(Preview *preview)
{
	shelf_free(preview->shelf);
	if (preview->articles != NULL)
		g_ptr_array_unref(preview->articles);
	pack_free(preview->pack);
}

int
template_preview(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context = NULL;
	Preview preview = { .options = options };

	if (!context_language(options, "template", &preview.language))
		return CLI_USAGE;
	context = context_open(options, &error);
	if (context == NULL || !open_preview(&preview, context, &error)) {
		close_preview(&preview);
		print_failure(&error);
		return CLI_FOUND;
	}
	for (size_t i = 1; i < options->n_arguments; i++)
		preview.failed += mails_each(options->arguments[i],
		                             preview_mail, &preview);
	close_preview(&preview);
	return preview.failed > 0 ? CLI_FOUND : CLI_FINE;
}
