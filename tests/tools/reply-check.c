/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reply-check - template replies to many mails, each looked at.
 *
 *     reply-check [--rules DIR] [--seeds N] [--show] FILE.jsonl...
 *     reply-check [--rules DIR] --sentences CODE FILE.txt...
 *
 * Every mail that needs an answer (not escalated, in a language we have
 * modules for) gets N replies. Each must be in the mail's language as we tell
 * languages, address the customer by one form alone, the one that the mail's
 * formality asks for, hold no mark of ours, and pass all checks of a draft that
 * refuse one. Printed: counts a language; what is wrong, with the reply.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "analysis/examine.h"
#include "drafting/address_form.h"
#include "drafting/checks.h"
#include "drafting/shelf.h"
#include "drafting/template.h"
#include "message/message.h"
#include "training/corpus.h"

static gboolean show;
static int seeds = 1;
static char *rules_dir, *sentences;
static char **files;

static const GOptionEntry options[] = {
	{ "rules", 0, 0, G_OPTION_ARG_FILENAME, &rules_dir,
	  "the rules folder (default: rules)", "DIR" },
	{ "seeds", 0, 0, G_OPTION_ARG_INT, &seeds, "replies to each mail",
	  "N" },
	{ "show", 0, 0, G_OPTION_ARG_NONE, &show, "print the replies", NULL },
	{ "sentences", 0, 0, G_OPTION_ARG_STRING, &sentences,
	  "files are of sentences in that language, one a line", "CODE" },
	{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL,
	  "FILE..." },
	{ NULL, 0, 0, 0, NULL, NULL, NULL },
};

typedef struct Tally {
	unsigned mails, escalated, replies, found, bad;
	unsigned formal, informal;
	unsigned labelled, as_labelled; /* the form, by the label */
} Tally;

typedef struct Run {
	Rules *rules, *blocked;
	Pack *pack;
	GPtrArray *articles;
	Shelf *shelf;
	Tally tally[LANGUAGE_N];
	GHashTable *bodies; /* different ones */
} Run;

/* One mail, or a sentence. */
typedef struct Mail {
	const char *id, *subject, *text, *signature;
	Language language;
	const char *formality; /* as labelled; NULL: not */
} Mail;

static void
complain(Run *run, const Mail *mail, const DraftText *draft, const char *what,
         const char *words)
{
	run->tally[mail->language].bad++;
	printf("# %s (%s): %s: %s\n", mail->id, language_code(mail->language),
	       what, words);
	if (draft != NULL)
		printf("%s\n", draft->body);
}

static const char *
found_formality(const Run *run, const Findings *findings)
{
	for (unsigned f = 0; f < rules_n_findings(run->rules); f++)
		if (strcmp(rules_finding_name(run->rules, f), "formality") == 0)
			return findings->status != FINDINGS_SCORED ||
			                       findings->finding[f].abstained
			               ? "unknown"
			               : rules_value_name(
						 run->rules, f,
						 findings->finding[f].value);
	return "unknown";
}

static AddressForm
wanted_form(const Mail *mail, const char *formality)
{
	AddressForm told =
		address_form_told(mail->language, formality, mail->text);

	return address_form(mail->language, formality, told);
}

static void
look_at_form(Run *run, const Mail *mail, const Findings *findings,
             const DraftText *draft)
{
	Tally *tally = &run->tally[mail->language];
	size_t size = 0;
	const char *word =
		address_clash(mail->language, draft->body, draft->form, &size);
	g_autofree char *clash = word ? g_strndup(word, size) : NULL;

	if (clash != NULL)
		complain(run, mail, draft, "two forms of address", clash);
	if (draft->form != wanted_form(mail, found_formality(run, findings)))
		complain(run, mail, draft, "not the form of its formality",
		         address_form_name(draft->form));
	tally->formal += draft->form == ADDRESS_FORMAL;
	tally->informal += draft->form == ADDRESS_INFORMAL;
	if (mail->formality == NULL)
		return;
	tally->labelled++;
	tally->as_labelled += draft->form == wanted_form(mail, mail->formality);
}

/* Articles for Nynorsk are those of Bokmål where it has none. */
static void
look_at_language(Run *run, const Mail *mail, const DraftText *draft)
{
	ExamineText text = { "", draft->body, "" };
	unsigned score;
	Language language = examine_language(run->rules, &text, &score);

	if (language == LANGUAGE_NB && mail->language == LANGUAGE_NN &&
	    !draft->holding)
		return;
	if (language != mail->language)
		complain(run, mail, draft, "not its language",
		         language_code(language));
}

/* Marks of ours, outside of an article's text. */
static void
look_at_marks(Run *run, const Mail *mail, const DraftText *draft)
{
	for (size_t i = 0; i < draft->n_parts; i++) {
		const DraftPart *part = &draft->parts[i];
		g_autofree char *text = g_strndup(draft->body + part->start,
		                                  part->end - part->start);

		if (strstr(text, "[[") != NULL || strstr(text, "]]") != NULL ||
		    strstr(text, "[CHECK") != NULL ||
		    (!g_str_has_prefix(part->id, "article/") &&
		     strpbrk(text, "{}[]|<>") != NULL))
			complain(run, mail, draft, "a mark is left", part->id);
	}
}

static void
look_at_checks(Run *run, const Mail *mail, const DraftText *draft,
               const TemplateInput *from)
{
	const char *grounds[DRAFT_ARTICLES_MAX * ARTICLE_SECTIONS + 1] = { 0 };
	CheckInput input = {
		.text = draft->body,
		.language = mail->language,
		.rules = run->rules,
		.blocked = run->blocked,
		.subject = mail->subject,
		.mail = mail->text,
		.grounds = grounds,
		.holding = draft->holding,
	};
	g_autofree char *earlier =
		g_strconcat(mail->text, "\n", mail->signature, NULL);
	g_auto(CheckResult) result = { 0 };
	unsigned n = 0;

	input.earlier = earlier;
	for (size_t a = 0; a < from->n_articles; a++)
		for (unsigned i = 0; i < ARTICLE_SECTIONS; i++)
			if (from->articles[a]->section[i] != NULL)
				grounds[n++] = from->articles[a]->section[i];
	if (checks_run(&input, &result))
		return;
	for (unsigned i = 0; i < result.remarks->len; i++) {
		const CheckRemark *remark =
			&g_array_index(result.remarks, CheckRemark, i);

		if (check_refuses(remark->check))
			complain(run, mail, draft, check_name(remark->check),
			         remark->words);
	}
}

static void
reply(Run *run, const Mail *mail, const Findings *findings, uint64_t seed)
{
	Tally *tally = &run->tally[mail->language];
	const Article *articles[DRAFT_ARTICLES_MAX];
	g_autoptr(GError) error = NULL;
	g_autoptr(DraftText) draft = NULL;
	TemplateInput input = {
		.language = mail->language,
		.findings = findings,
		.rules = run->rules,
		.text = mail->text,
		.signature = mail->signature,
		.subject = mail->subject,
		.contact = (unsigned)(seed % 3) + 1,
		.articles = articles,
		.house_form = ADDRESS_BY_MAIL,
		.seed = g_str_hash(mail->id) + seed,
	};
	const Question question = {
		.language = mail->language,
		.subject = mail->subject,
		.text = mail->text,
		.findings = findings,
		.rules = run->rules,
		.now = G_MAXINT32,
	};

	input.n_articles =
		shelf_find(run->shelf, &question, articles, DRAFT_ARTICLES_MAX);
	draft = template_compose(run->pack, &input, &error);
	if (draft == NULL) {
		complain(run, mail, NULL, "no reply", error->message);
		return;
	}
	tally->replies++;
	tally->found += !draft->holding;
	g_hash_table_add(run->bodies, g_strdup(draft->body));
	if (show)
		printf("# %s\n%s\n", mail->id, draft->body);
	look_at_form(run, mail, findings, draft);
	look_at_language(run, mail, draft);
	look_at_marks(run, mail, draft);
	look_at_checks(run, mail, draft, &input);
}

static void
take(Run *run, const Mail *mail)
{
	ExamineText text = { mail->subject, mail->text, mail->signature };
	Tally *tally = &run->tally[mail->language];
	g_autoptr(Report) report =
		examine_text(run->rules, &text, mail->language);

	tally->mails++;
	if (report->findings.escalate != 0) {
		tally->escalated++;
		return;
	}
	for (int i = 0; i < seeds; i++)
		reply(run, mail, &report->findings, (uint64_t)i);
}

/* ---------------------------------------------------------------------- input
 */

static const char *
label_of(const Run *run, const Sample *sample)
{
	for (unsigned f = 0; f < rules_n_findings(run->rules); f++)
		if (strcmp(rules_finding_name(run->rules, f), "formality") ==
		            0 &&
		    sample->label[f] >= 0)
			return rules_value_name(run->rules, f,
			                        (unsigned)sample->label[f]);
	return NULL;
}

static bool
take_corpus(Run *run, const char *file, GError **error)
{
	g_autoptr(Corpus) corpus = corpus_new();

	if (!corpus_read(corpus, run->rules, file, -1, LANGUAGE_UND, error))
		return false;
	for (unsigned i = 0; i < corpus_size(corpus); i++) {
		const Sample *sample = corpus_sample(corpus, i);
		Mail mail = { sample->id,       sample->subject,
			      sample->text,     sample->signature,
			      sample->language, label_of(run, sample) };

		take(run, &mail);
	}
	return true;
}

static bool
take_sentences(Run *run, const char *file, GError **error)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) line = NULL;

	if (!g_file_get_contents(file, &text, NULL, error))
		return false;
	line = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; line[i] != NULL; i++) {
		g_autofree char *id = g_strdup_printf("%s:%u", file, i + 1);
		Mail mail = { id, "", line[i], "", LANGUAGE_UND, NULL };

		mail.language = language_from_code(sentences);
		if (line[i][0] != '\0')
			take(run, &mail);
	}
	return true;
}

static bool
open_run(Run *run, GError **error)
{
	const char *const dirs[] = { rules_dir ? rules_dir : "rules", NULL };
	static const char *const traits[] = { "persona", "request", NULL };

	run->rules = rules_load(dirs, traits, error);
	run->blocked = run->rules ? rules_load_blocked(dirs, error) : NULL;
	run->pack = run->blocked ? pack_load(dirs, run->rules, error) : NULL;
	run->articles = run->pack ? articles_load(dirs, error) : NULL;
	if (run->articles == NULL)
		return false;
	run->shelf = shelf_new(run->articles);
	run->bodies =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return true;
}

static void
close_run(Run *run)
{
	shelf_free(run->shelf);
	if (run->bodies != NULL)
		g_hash_table_unref(run->bodies);
	if (run->articles != NULL)
		g_ptr_array_unref(run->articles);
	pack_free(run->pack);
	rules_free(run->blocked);
	rules_free(run->rules);
}

static unsigned
print_tallies(const Run *run)
{
	unsigned bad = 0;

	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		const Tally *tally = &run->tally[l];

		bad += tally->bad;
		if (tally->mails == 0)
			continue;
		printf("%s mails %u escalated %u replies %u found %u formal %u "
		       "informal %u form-as-labelled %u/%u bad %u\n",
		       language_code((Language)l), tally->mails,
		       tally->escalated, tally->replies, tally->found,
		       tally->formal, tally->informal, tally->as_labelled,
		       tally->labelled, tally->bad);
	}
	printf("different replies: %u\n", g_hash_table_size(run->bodies));
	return bad;
}

int
main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	Run run = { 0 };
	bool good;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) ||
	    files == NULL) {
		fprintf(stderr, "reply-check: %s\n",
		        error ? error->message : "say FILE");
		return 2;
	}
	message_init();
	good = open_run(&run, &error);
	for (char **file = files; good && *file != NULL; file++)
		good = sentences ? take_sentences(&run, *file, &error)
		                 : take_corpus(&run, *file, &error);
	if (good)
		good = print_tallies(&run) == 0;
	if (error != NULL)
		fprintf(stderr, "reply-check: %s\n", error->message);
	close_run(&run);
	return good ? 0 : 1;
}
