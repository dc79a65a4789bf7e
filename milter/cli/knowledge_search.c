/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words are asked as a mail of one question would be; a mail is read as the
 * filter reads it. Either way the same place decides as for a draft.
 */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "context.h"
#include "drafting/shelf.h"
#include "knowledge.h"
#include "mails.h"
#include "message/thread.h"
#include "print.h"

#define HITS 5

typedef struct Search {
	const Options *options;
	const Context *context;
	GPtrArray *articles;
	Shelf *shelf;
	Language language; /* asked for; LANGUAGE_UND: any, or the mail's */
	unsigned failed;
	json_t *hits; /* of the question under way */
	json_t *why;  /* of the article under way */
} Search;

static void
add_why(const char *kind, const char *text, double points, void *data)
{
	Search *self = data;
	json_t *why = json_object();

	print_set_string(why, "kind", kind);
	print_set_string(why, "text", text);
	json_object_set_new(why, "points", json_real(points));
	json_array_append_new(self->why, why);
}

/* Where it stands among the others: the best first. */
static size_t
place_of(const json_t *hits, double score)
{
	size_t i = json_array_size(hits);

	while (i > 0 && json_real_value(json_object_get(
				json_array_get(hits, i - 1), "score")) < score)
		i--;
	return i;
}

static void
add_hit(const Article *article, double score, void *data)
{
	Search *self = data;
	json_t *hit;

	if (json_array_size(self->why) == 0)
		return;
	hit = json_object();
	print_set_string(hit, "language", language_code(article->language));
	print_set_string(hit, "article", article->id);
	print_set_string(hit, "title", article->title);
	json_object_set_new(hit, "score", json_real(score));
	print_set_bool(hit, "answers", score >= SHELF_ANSWERS);
	json_object_set_new(hit, "why", self->why);
	self->why = json_array();
	json_array_insert_new(self->hits, place_of(self->hits, score), hit);
	if (json_array_size(self->hits) > HITS)
		json_array_remove(self->hits, HITS);
}

static void
hit_text(const json_t *hit)
{
	const json_t *why;
	size_t i;

	printf("  %5.2f %s %s/%s  %s\n",
	       json_real_value(json_object_get(hit, "score")),
	       json_is_true(json_object_get(hit, "answers")) ? "answers"
	                                                     : "-      ",
	       print_string(hit, "language"), print_string(hit, "article"),
	       print_string(hit, "title"));
	json_array_foreach(json_object_get(hit, "why"), i, why)
		printf("        %-7s %5.2f  %s\n", print_string(why, "kind"),
	               json_real_value(json_object_get(why, "points")),
	               print_string(why, "text"));
}

static void
search_text(const json_t *value)
{
	const json_t *hits = json_object_get(value, "hits");
	const json_t *hit;
	size_t i;

	printf("%s:", print_string(value, "asked"));
	if (json_object_get(value, "reason") != NULL)
		printf(" no reply: %s\n", print_string(value, "reason"));
	else
		puts(json_array_size(hits) == 0 ? " nothing found" : "");
	json_array_foreach(hits, i, hit) hit_text(hit);
}

static json_t *
new_answer(const char *asked)
{
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_string(value, "asked", asked);
	return value;
}

static void
ask(Search *self, Question *question)
{
	question->now = clock_wall() / G_USEC_PER_SEC;
	shelf_explain(self->shelf, question, add_why, add_hit, self);
}

static void
search_words(Search *self)
{
	g_autofree char *said =
		g_strjoinv(" ", (char **)self->options->arguments + 1);
	g_autofree char *words = g_utf8_make_valid(said, -1);
	g_autofree char *asked = print_name(said);
	g_autofree char *text = g_strconcat(words, "?", NULL);
	json_t *value = new_answer(asked);

	self->hits = json_array();
	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		Question question = { .language = (Language)l, .text = text };
		bool wanted = self->language == LANGUAGE_UND
		                      ? l != LANGUAGE_NN
		                      : l == self->language;

		if (wanted)
			ask(self, &question);
	}
	json_object_set_new(value, "hits", self->hits);
	print_value(self->options->json, value, search_text);
}

/* Why no draft is written to it; NULL: one is. */
static const char *
no_reply(const Report *report)
{
	const Findings *findings = &report->findings;

	if (report->message == NULL || findings->status == FINDINGS_ERROR ||
	    findings->status == FINDINGS_SKIPPED)
		return findings_reason_name(findings->reason);
	return findings->escalate != 0 ? "escalated" : NULL;
}

static void
search_mail(const char *name, const char *bytes, size_t size, void *data)
{
	Search *self = data;
	g_autoptr(Report) report = context_examine(self->context, bytes, size);
	g_autofree char *file = print_name(name);
	const char *reason = no_reply(report);
	g_autofree char *subject = NULL;
	json_t *value = new_answer(file);
	Question question = {
		.language = self->language != LANGUAGE_UND
		                    ? self->language
		                    : (Language)report->findings.language,
		.findings = &report->findings,
		.rules = self->context->rules,
	};

	self->hits = json_array();
	if (reason != NULL) {
		print_set_string(value, "reason", reason);
	} else {
		subject = thread_bare_subject(message_subject(report->message));
		question.subject = subject;
		question.text = message_new_text(report->message);
		ask(self, &question);
	}
	print_set_string(value, "language", language_code(question.language));
	json_object_set_new(value, "hits", self->hits);
	print_value(self->options->json, value, search_text);
}

static int
search(Search *self)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Context) context =
		self->options->mail != NULL
			? context_open(self->options, &error)
			: context_open_untrained(self->options, &error);
	g_autoptr(GPtrArray) articles = NULL;

	if (context != NULL)
		articles = articles_load((const char *const *)context->dirs,
		                         &error);
	if (articles == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	self->context = context;
	self->shelf = shelf_new(articles);
	self->why = json_array();
	if (self->options->mail == NULL)
		search_words(self);
	else
		self->failed =
			mails_each(self->options->mail, search_mail, self);
	shelf_free(self->shelf);
	json_decref(self->why);
	return self->failed > 0 ? CLI_FOUND : CLI_FINE;
}

int
knowledge_search_for(const Options *options)
{
	Search self = { .options = options };

	if (!context_language(options, "knowledge", &self.language))
		return CLI_USAGE;
	return search(&self);
}
