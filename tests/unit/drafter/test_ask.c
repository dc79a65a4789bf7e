/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What ended while its reply was being written is not asked of a model: the
 * template's reply is taken, and nobody is called. What would have been sent is
 * read all the same.
 */
#include <glib.h>
#include <string.h>

#include "ask.h"
#include "draft_fixture.h"

static const char *const dirs[] = { RULES_DIR, NULL };

static Settings *
read_settings(void)
{
	static const char text[] =
		"[store]\npath = /nowhere/tact.db\n"
		"[mailbox support@site.example]\nmode = draft\n";
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_parse("t", text, strlen(text), &error);

	g_assert_no_error(error);
	return settings;
}

/* A draft that has ended: nobody is asked, but the prompt was made. */
typedef struct Query {
	const Rules *rules;
	const Findings *findings;
	const Article *const *articles;
	size_t n_articles;
	const char *const *examples;
	const char *reply;
	int64_t again_after;
} Query;

static void
put_question(const Query *question, Asked *asked)
{
	static const LlmOptions options = { .base_url = "http://127.0.0.1:9/v1",
		                            .model = "m",
		                            .connect_ms = 1000,
		                            .first_byte_ms = 1000,
		                            .total_ms = 1000,
		                            .tokens_max = 100 };
	static const Material material = {
		.from = (char *)"anna@site.example",
		.from_name = (char *)"Anna",
		.subject = (char *)"Hej",
		.new_text = (char *)"Hvornår? Ring 22 33 44 55."
	};
	const DraftText text = { .body = (char *)question->reply,
		                 .language = LANGUAGE_DA };
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = read_settings();
	g_autoptr(Prompts) prompts = prompts_load(dirs, &error);
	const Kit kit = { .settings = settings,
		          .prompts = prompts,
		          .rules = (Rules *)question->rules };
	const Office office = { .kit = &kit, .store = fixture->drafter };
	const DraftTask task = { .id = 4711,
		                 .public_id = (char *)"aaaaaaaaaaaaaaaa",
		                 .attempts = 1 };
	g_autoptr(Llm) llm = llm_new(&options, &error);
	const KitMailbox box = { .mailbox = &settings->mailboxes[0],
		                 .llm = llm };
	const Asking asking = { .office = &office,
		                .task = &task,
		                .material = &material,
		                .box = &box,
		                .text = &text,
		                .findings = question->findings,
		                .articles = question->articles,
		                .n_articles = question->n_articles,
		                .examples = question->examples,
		                .again_after = question->again_after };

	g_assert_no_error(error);
	g_assert_cmpint(ask_model(&asking, asked), ==, ASK_TEMPLATE);
	g_assert_cmpstr(asked->reason, ==, "llm-budget");
}

static void
test_ended(void)
{
	const Query question = { .reply = "Hej Anna" };
	g_auto(Asked) asked = { NULL };

	put_question(&question, &asked);
	g_assert_null(asked.text);
}

/* ------------------------------------------------------ what is sent along */

static const char article_text[] =
	"---\ntitle: Nulstil\ntags: kode\n---\n## Short\nDet korte.\n"
	"## Steps\n1. Det trinvise.\n## Detail\nDet dybe.\n"
	"## Figures\nDet talte.\n## Prices\nDet prissatte.\n";

static const struct {
	const char *name, *finding, *value;
	const char *has, *lacks, *lacks_too;
} levels[] = {
	{ "beginner", "expertise", "beginner", "trinvise", "korte", "dybe" },
	{ "expert", "expertise", "expert", "korte.\\n\\nDet dybe", "trinvise",
	  "prissatte" },
	{ "manager", "persona", "manager", "korte.\\n\\nDet talte", "dybe",
	  "trinvise" },
	{ "buyer", "persona", "buyer", "korte.\\n\\nDet prissatte", "dybe",
	  "trinvise" },
	{ "sales", "request", "sales", "prissatte", "korte", "dybe" },
	{ "middle", "expertise", "intermediate", "korte", "dybe", "trinvise" },
	{ "unknown", "", "", "korte", "dybe", "trinvise" },
};

static Findings
one_finding(const Rules *rules, const char *name, const char *value)
{
	Findings findings = { .status = FINDINGS_SCORED,
		              .language = LANGUAGE_DA };

	findings.n_findings = (uint8_t)rules_n_findings(rules);
	for (unsigned f = 0; f < rules_n_findings(rules); f++) {
		findings.finding[f].abstained = true;
		for (unsigned v = 0; v < rules_n_values(rules, f); v++)
			if (strcmp(rules_finding_name(rules, f), name) == 0 &&
			    strcmp(rules_value_name(rules, f, v), value) == 0)
				findings.finding[f] =
					(Finding){ .value = (uint8_t)v };
	}
	return findings;
}

static void
test_level(gconstpointer data)
{
	static const char *const traits[] = { "persona", "request", NULL };
	size_t i = GPOINTER_TO_SIZE(data);
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = rules_load_untrained(dirs, traits, &error);
	g_autoptr(Article) article =
		article_parse("da/nulstil.md", LANGUAGE_DA, article_text,
	                      strlen(article_text), &error);
	const Article *const articles[] = { article };
	Findings findings =
		one_finding(rules, levels[i].finding, levels[i].value);
	const Query question = { .rules = rules,
		                 .findings = &findings,
		                 .articles = articles,
		                 .n_articles = 1,
		                 .reply = "Hej Anna" };
	g_auto(Asked) asked = { NULL };

	g_assert_no_error(error);
	put_question(&question, &asked);
	g_assert_nonnull(strstr(asked.prompt->user, levels[i].has));
	g_assert_null(strstr(asked.prompt->user, levels[i].lacks));
	g_assert_null(strstr(asked.prompt->user, levels[i].lacks_too));
}

/* The site's own number stays, the customer's goes; so in examples. */
static void
test_site(void)
{
	static const char *const examples[] = {
		"Vi ringer altid på 22334455, Anna.", NULL
	};
	const Query question = {
		.reply = "Hej Anna, nulstil adgangskode på "
			 "https://site.example/ny eller ring 70 10 20 30. Vi "
			 "ringer på 22 33 44 55.",
		.examples = examples,
		.again_after = 1,
	};
	const Query bare = { .reply = "Hej" };
	g_auto(Asked) asked = { NULL };
	g_auto(Asked) other = { NULL };

	put_question(&question, &asked);
	g_assert_nonnull(strstr(
		asked.prompt->user,
		"Hej <NAME_1>, nulstil adgangskode på https://site.example/ny "
		"eller ring 70 10 20 30. Vi ringer på <PHONE_1>."));
	g_assert_nonnull(strstr(
		asked.prompt->user,
		"\"examples\":[\"Vi ringer altid på <PHONE_2>, <NAME_1>.\"]"));
	g_assert_nonnull(
		strstr(asked.prompt->system, "answers that this desk"));
	g_assert_nonnull(strstr(asked.prompt->system,
	                        "Your last draft was not in Danish"));
	put_question(&bare, &other);
	g_assert_null(strstr(other.prompt->user, "examples"));
	g_assert_null(strstr(other.prompt->system, "answers that this desk"));
	g_assert_null(strstr(other.prompt->system, "Your last draft"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ask/ended", test_ended);
	for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
		g_autofree char *path =
			g_strdup_printf("/ask/level/%s", levels[i].name);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_level);
	}
	g_test_add_func("/ask/site", test_site);
	return g_test_run();
}
