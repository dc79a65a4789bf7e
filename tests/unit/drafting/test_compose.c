/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "drafting/template.h"
#include "rows.h"

/* Each slot says its name, so that a body tells what was chosen. */
static const char *const base[SLOT_N] = {
	[SLOT_GREETING] = "## plain\n\nHej\n\n## full\nwhen: name=full\n\n"
			  "Kære {full_name}\n\n## first\nwhen: name=first\n\n"
			  "Hej {first_name}\n",
	[SLOT_THANKS] = "## plain\n\nTak for [[din|Deres]]\nmail.\n",
	[SLOT_FEELING] = "## sorry\nwhen: emotion=frustrated\n\nØv.\n",
	[SLOT_ANSWER] = "## plain\n\nSvar om {article_title}:\n\n"
			"## none\n\nSvar:\n",
	[SLOT_HOLDING] = "## plain\n\nVent.\n\n## many\nwhen: contact=many\n\n"
			 "Vent igen.\n\n## order\n\nOrdre {order_number}.\n"
			 "\n## invoice\nwhen: gives=invoice\n\n"
			 "Faktura {invoice_number}.\n",
	[SLOT_ALSO] = "## several\nwhen: asks=several\n\nAlt.\n",
	[SLOT_QUESTION] =
		"## plain\n\nHvad?\n\n## order\nwhen: gives=order\n\n"
		"Mere?\n\n## phone\nwhen: gives=phone gives!=order\n\n"
		"Hvornår?\n\n## found\n"
		"when: knowledge=found urgency=high\n\nHjalp det?\n",
	[SLOT_NEXT] = "## plain\n\nSå.\n",
	[SLOT_CLOSING] = "## plain\n\nSlut.\n",
	[SLOT_SIGNOFF] = "## plain\n\nHilsen\n\n## team\n"
			 "when: formality=informal\n\nHilsen fra {team}\n",
};

typedef struct Site {
	char *dir;
	Pack *pack;
	Rules *rules;
	Article *article;
} Site;

static void
write_slot(const char *dir, const char *slot, const char *text)
{
	g_autofree char *path =
		g_strdup_printf("%s/templates/da/%s.md", dir, slot);
	g_autofree char *parent = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
remove_all(const char *dir)
{
	g_autofree char *sub = g_build_filename(dir, "templates", "da", NULL);
	g_autofree char *parent = g_path_get_dirname(sub);
	g_autoptr(GDir) open = g_dir_open(sub, 0, NULL);
	const char *name;

	while (open != NULL && (name = g_dir_read_name(open)) != NULL) {
		g_autofree char *path = g_build_filename(sub, name, NULL);

		g_assert_cmpint(remove(path), ==, 0);
	}
	g_assert_cmpint(remove(sub), ==, 0);
	g_assert_cmpint(remove(parent), ==, 0);
	g_assert_cmpint(remove(dir), ==, 0);
}

static Pack *
load(const char *const *dirs)
{
	g_autoptr(GError) error = NULL;
	Pack *pack = pack_load(dirs, NULL, &error);

	g_assert_no_error(error);
	return pack;
}

static const char rules_text[] =
	"finding formality\n values formal neutral informal\n"
	"finding emotion\n values frustrated neutral enthusiastic\n"
	"finding urgency\n values high normal low\n"
	"finding expertise\n values beginner intermediate expert\n"
	"trait request\n values sales feedback support\n"
	"trait persona\n values buyer manager user\n"
	"finding sentiment\n values negative neutral positive\n";

static const char article_text[] =
	"---\ntitle: Lås\ntags: dør\n---\n"
	"## Short\nKort [[du|De]].\n## Steps\n1. Et\n2. To\n"
	"## Detail\nDybt.\n## Figures\nTal.\n## Prices\nPris.\n";

static void
site_open(Site *site)
{
	static const char *const traits[] = { "request", "persona", NULL };
	g_autoptr(GError) error = NULL;
	const char *dirs[] = { NULL, NULL };

	site->dir = g_dir_make_tmp("tact-pack-XXXXXX", &error);
	g_assert_no_error(error);
	for (unsigned s = 0; s < SLOT_N; s++)
		write_slot(site->dir, slot_name((Slot)s), base[s]);
	dirs[0] = site->dir;
	site->pack = load(dirs);
	site->rules = rules_parse("t.rules", rules_text, strlen(rules_text),
	                          traits, &error);
	g_assert_no_error(error);
	site->article = article_parse("laas.md", LANGUAGE_DA, article_text,
	                              strlen(article_text), &error);
	g_assert_no_error(error);
}

static void
site_close(Site *site)
{
	remove_all(site->dir);
	g_free(site->dir);
	pack_free(site->pack);
	rules_free(site->rules);
	article_free(site->article);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Site, site_close)

/* "emotion=frustrated request=sales"; all others abstain. */
static void
set_findings(Findings *findings, const Rules *rules, const char *words)
{
	g_auto(GStrv) word = g_strsplit(words, " ", -1);

	*findings =
		(Findings){ .n_findings = (uint8_t)rules_n_findings(rules) };
	for (unsigned f = 0; f < findings->n_findings; f++)
		findings->finding[f].abstained = 1;
	for (char **at = word; *at != NULL; at++) {
		for (unsigned f = 0; f < rules_n_findings(rules); f++) {
			for (unsigned v = 0; v < rules_n_values(rules, f);
			     v++) {
				g_autofree char *both = g_strdup_printf(
					"%s=%s", rules_finding_name(rules, f),
					rules_value_name(rules, f, v));

				if (strcmp(both, *at) != 0)
					continue;
				findings->finding[f].value = (uint8_t)v;
				findings->finding[f].abstained = 0;
			}
		}
	}
}

#define TAK "Tak for din mail."
#define TAK_DE "Tak for Deres mail."
#define END "\n\nSå.\n\nSlut.\n\nHilsen\n"

static const struct reply {
	const char *name, *findings, *from;
	bool article;
	unsigned contact;
	AddressForm house;
	const char *want;
	const char *subject, *text, *signature;
} replies[] = {
	{ "nothing-known", "", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nVent. Hvad?" END, NULL, NULL, NULL },
	{ "name", "", "Anna Holm", false, 1, ADDRESS_BY_MAIL,
	  "Kære Anna Holm\n\n" TAK "\n\nVent. Hvad?" END, NULL, NULL, NULL },
	{ "frustrated", "emotion=frustrated", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK " Øv.\n\nVent. Hvad?" END, NULL, NULL, NULL },
	{ "formal", "formality=formal", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK_DE "\n\nVent. Hvad?" END, NULL, NULL, NULL },
	{ "informal-team", "formality=informal", NULL, false, 1,
	  ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nVent. Hvad?\n\nSå.\n\nSlut.\n\n"
	  "Hilsen fra Holdet\n",
	  NULL, NULL, NULL },
	{ "house-formal", "formality=informal", NULL, false, 1, ADDRESS_FORMAL,
	  "Hej\n\n" TAK_DE "\n\nVent. Hvad?\n\nSå.\n\nSlut.\n\n"
	  "Hilsen fra Holdet\n",
	  NULL, NULL, NULL },
	{ "house-informal", "formality=formal", NULL, false, 1,
	  ADDRESS_INFORMAL, "Hej\n\n" TAK "\n\nVent. Hvad?" END, NULL, NULL,
	  NULL },
	{ "third-mail", "", NULL, false, 3, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nVent igen. Hvad?" END, NULL, NULL, NULL },
	{ "article", "", NULL, true, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nSvar om Lås:\n\nKort du." END, NULL, NULL, NULL },
	{ "article-formal", "formality=formal", NULL, true, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK_DE "\n\nSvar om Lås:\n\nKort De." END, NULL, NULL,
	  NULL },
	{ "article-question", "urgency=high", NULL, true, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nSvar om Lås:\n\nKort du.\n\nHjalp det?" END, NULL,
	  NULL, NULL },
	{ "beginner", "expertise=beginner", NULL, true, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nSvar om Lås:\n\n1. Et\n2. To" END, NULL, NULL,
	  NULL },
	{ "expert", "expertise=expert", NULL, true, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nSvar om Lås:\n\nKort du.\n\nDybt." END, NULL, NULL,
	  NULL },
	{ "manager", "persona=manager expertise=expert", NULL, true, 1,
	  ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nSvar om Lås:\n\nKort du.\n\nTal." END, NULL, NULL,
	  NULL },
	{ "buyer", "persona=buyer", NULL, true, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nSvar om Lås:\n\nKort du.\n\nPris." END, NULL, NULL,
	  NULL },
	{ "sales", "request=sales persona=manager", NULL, true, 1,
	  ADDRESS_BY_MAIL, "Hej\n\n" TAK "\n\nSvar om Lås:\n\nPris." END, NULL,
	  NULL, NULL },
	{ "hostile-name", "", "{topic} [[a|b]]", false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nVent. Hvad?" END, NULL, NULL, NULL },
	{ "order-in-text", "", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nOrdre 12-345. Mere?" END, NULL,
	  "Hvor er ordrenr. 12-345?", NULL },
	{ "order-in-subject", "", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nOrdre AB-120. Mere?" END, "Ordre AB-120", "Hvor?",
	  NULL },
	{ "two-orders", "", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nVent. Mere?" END, "Ordre 12345", "Og ordre 67890.",
	  NULL },
	{ "invoice", "", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nFaktura 20931. Hvad?" END, NULL,
	  "Fakturanummeret er 20931.", NULL },
	{ "phone-in-signature", "", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nVent. Hvornår?" END, NULL, "Ring.",
	  "Tlf. +45 33 12 34 56" },
	{ "two-questions", "", NULL, false, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nVent. Alt. Hvad?" END, NULL,
	  "Hvor er den? Hvad koster den? Hvornår?", NULL },
	{ "two-questions-answered", "", NULL, true, 1, ADDRESS_BY_MAIL,
	  "Hej\n\n" TAK "\n\nSvar om Lås:\n\nKort du.\n\nAlt." END, NULL,
	  "Hvor er den? Hvad koster den? Hvornår?", NULL },
};

static DraftText *
reply_to(const Site *site, const struct reply *row, uint64_t seed)
{
	g_autoptr(GError) error = NULL;
	const Article *articles[] = { site->article };
	Findings findings;
	TemplateInput input = {
		.language = LANGUAGE_DA,
		.findings = &findings,
		.rules = site->rules,
		.from_name = row->from,
		.from_address = "a@x.example",
		.subject = row->subject,
		.text = row->text,
		.signature = row->signature,
		.team = "Holdet",
		.contact = row->contact,
		.articles = articles,
		.n_articles = row->article,
		.house_form = row->house,
		.seed = seed,
	};
	DraftText *draft;

	set_findings(&findings, site->rules, row->findings);
	draft = template_compose(site->pack, &input, &error);
	g_assert_no_error(error);
	return draft;
}

/* Parts are in order, apart, and cover all but white space. */
static void
assert_parts(const DraftText *draft)
{
	size_t end = 0;

	for (size_t i = 0; i < draft->n_parts; i++) {
		const DraftPart *part = &draft->parts[i];

		g_assert_cmpuint(part->start, >=, end);
		g_assert_cmpuint(strspn(draft->body + end, " \n"), ==,
		                 part->start - end);
		g_assert_cmpuint(part->end, >, part->start);
		end = part->end;
	}
	g_assert_cmpstr(draft->body + end, ==, "\n");
}

static void
test_reply(const void *data)
{
	const struct reply *row = data;
	g_auto(Site) site = { 0 };

	site_open(&site);
	for (uint64_t seed = 0; seed < 20; seed++) {
		g_autoptr(DraftText) draft = NULL;
		g_autofree char *want = NULL;

		draft = reply_to(&site, row, seed);
		assert_parts(draft);
		/* Two modules of one rank: either. */
		want = g_strdup(row->want);
		if (strstr(draft->body, "Svar:") != NULL) {
			g_auto(GStrv) half =
				g_strsplit(want, "Svar om Lås:", 2);

			g_free(want);
			want = g_strjoinv("Svar:", half);
		}
		g_assert_cmpstr(draft->body, ==, want);
		g_assert_cmpint(draft->language, ==, LANGUAGE_DA);
		g_assert_true(draft->holding ==
		              (strstr(draft->body, "Svar") == NULL));
	}
}

static const char greetings[] =
	"## a\n\nA\n\n## b\n\nB\n\n## c\nweight: 1\n\nC\n"
	"\n## d\nwhen: formality=formal\n\nD\n";

static double
weigh_a(Language language, const char *module, void *data)
{
	(void)language;
	return strcmp(module, "greeting/a") == 0 ? *(const double *)data : 1;
}

typedef struct Counts {
	unsigned n[4];
} Counts;

/* Which greetings a thousand seeds take. */
static Counts
count_greetings(const Site *site, const char *const *used, double *weight,
                bool formal)
{
	Counts counts = { { 0 } };
	Findings findings;
	TemplateInput input = {
		.language = LANGUAGE_DA,
		.findings = &findings,
		.rules = site->rules,
		.house_form = ADDRESS_BY_MAIL,
		.used = used,
		.weigh = weight != NULL ? weigh_a : NULL,
		.weigh_data = weight,
	};

	set_findings(&findings, site->rules, formal ? "formality=formal" : "");
	for (; input.seed < 1000; input.seed++) {
		g_autoptr(DraftText) draft =
			template_compose(site->pack, &input, NULL);
		g_autoptr(DraftText) again =
			template_compose(site->pack, &input, NULL);

		g_assert_cmpstr(draft->body, ==, again->body);
		counts.n[draft->body[0] - 'A']++;
	}
	return counts;
}

static void
test_choice(void)
{
	static const char *const read_a[] = { "greeting/a", NULL };
	static const char *const read_all[] = { "greeting/a", "greeting/b",
		                                "greeting/c", NULL };
	g_auto(Site) site = { 0 };
	const char *dirs[] = { NULL, NULL };
	double weight = 0;
	Counts counts;

	site_open(&site);
	write_slot(site.dir, "greeting", greetings);
	pack_free(site.pack);
	dirs[0] = site.dir;
	site.pack = load(dirs);
	/* 5 : 5 : 1 */
	counts = count_greetings(&site, NULL, NULL, false);
	g_assert_cmpuint(counts.n[0], >, 380);
	g_assert_cmpuint(counts.n[1], >, 380);
	g_assert_cmpuint(counts.n[2], >, 50);
	g_assert_cmpuint(counts.n[2], <, 140);
	g_assert_cmpuint(counts.n[3], ==, 0);
	counts = count_greetings(&site, NULL, NULL, true);
	g_assert_cmpuint(counts.n[3], ==, 1000);
	counts = count_greetings(&site, read_a, NULL, false);
	g_assert_cmpuint(counts.n[0], ==, 0);
	g_assert_cmpuint(counts.n[1], >, 700);
	counts = count_greetings(&site, read_all, NULL, false);
	g_assert_cmpuint(counts.n[0], >, 380);
	/* Lessons: dropped; and twice as good. */
	counts = count_greetings(&site, NULL, &weight, false);
	g_assert_cmpuint(counts.n[0], ==, 0);
	weight = 2;
	counts = count_greetings(&site, NULL, &weight, false);
	g_assert_cmpuint(counts.n[0], >, 550);
}

/* A later folder's file takes the place of the earlier one. */
static void
test_folders(void)
{
	g_autofree char *own = g_dir_make_tmp("tact-own-XXXXXX", NULL);
	g_auto(Site) site = { 0 };
	const char *dirs[] = { NULL, own, "/nowhere", NULL };
	g_autoptr(Pack) pack = NULL;

	site_open(&site);
	dirs[0] = site.dir;
	write_slot(own, "greeting", "## own\n\nMojn\n");
	pack = load(dirs);
	g_assert_cmpuint(pack_count(pack, LANGUAGE_DA, SLOT_GREETING), ==, 1);
	g_assert_cmpuint(pack_count(site.pack, LANGUAGE_DA, SLOT_GREETING), ==,
	                 3);
	g_assert_cmpuint(pack_count(pack, LANGUAGE_DA, SLOT_THANKS), ==, 1);
	g_assert_cmpint(pack_language(pack, LANGUAGE_DA), ==, LANGUAGE_DA);
	remove_all(own);
}

static void
test_names(void)
{
	g_autofree char *own = g_dir_make_tmp("tact-own-XXXXXX", NULL);
	const char *dirs[] = { own, NULL };
	g_autoptr(GError) error = NULL;

	write_slot(own, "greetings", "## own\n\nMojn\n");
	g_assert_null(pack_load(dirs, NULL, &error));
	g_assert_cmpstr(strstr(error->message, "no part of a reply"), !=, NULL);
	remove_all(own);
}

/* A language without a whole pack has no reply; Nynorsk has Bokmål's. */
static void
test_language(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Pack) pack = pack_new();
	Findings findings = { 0 };
	g_auto(Site) site = { 0 };
	TemplateInput input = { .language = LANGUAGE_DA,
		                .findings = &findings };

	g_assert_true(pack_add(pack,
	                       &(PackText){ "t.md", LANGUAGE_DA, SLOT_GREETING,
	                                    "## a\n\nA\n", 8 },
	                       &error));
	g_assert_cmpint(pack_language(pack, LANGUAGE_DA), ==, LANGUAGE_UND);
	g_assert_cmpint(pack_language(pack, LANGUAGE_UND), ==, LANGUAGE_UND);
	g_assert_cmpint(pack_language(pack, LANGUAGE_N), ==, LANGUAGE_UND);
	site_open(&site);
	input.rules = site.rules;
	g_assert_null(template_compose(pack, &input, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SETTING);
	g_clear_error(&error);
	input.language = LANGUAGE_SV;
	g_assert_null(template_compose(site.pack, &input, &error));
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SETTING);
}

/* Findings from elsewhere may hold anything. */
static void
test_wild_findings(void)
{
	g_auto(Site) site = { 0 };
	Findings findings;
	TemplateInput input = { .language = LANGUAGE_DA,
		                .findings = &findings };
	g_autoptr(DraftText) draft = NULL;

	site_open(&site);
	input.rules = site.rules;
	memset(&findings, 0xff, sizeof(findings));
	for (unsigned f = 0; f < LIMIT_FINDINGS; f++)
		findings.finding[f].abstained = 0;
	draft = template_compose(site.pack, &input, NULL);
	g_assert_nonnull(draft);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/compose/reply/", replies, test_reply);
	g_test_add_func("/compose/choice", test_choice);
	g_test_add_func("/compose/folders", test_folders);
	g_test_add_func("/compose/names", test_names);
	g_test_add_func("/compose/language", test_language);
	g_test_add_func("/compose/wild-findings", test_wild_findings);
	return g_test_run();
}
