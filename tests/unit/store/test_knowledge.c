/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index is that of the files and is written only where they changed; a
 * search finds by words, whatever stands in them.
 */
#include <glib.h>
#include <string.h>

#include "draft_fixture.h"
#include "store/knowledge.h"

typedef struct Words {
	const char *id;
	Language language;
	const char *title, *tags, *body;
	int64_t from, until;
} Words;

static const Words site[] = {
	{ "password", LANGUAGE_DA, "nulstil adgangskod", "login glemt kod",
	  "gaa til siden og vaelg glemt adgangskod", 0, 0 },
	{ "invoice", LANGUAGE_DA, "hent faktur", "regning betaling",
	  "login paa kontoen og hent din faktur", 0, 0 },
	{ "opening", LANGUAGE_DA, "aabningstid", "telefon",
	  "vi svarer hver dag", 0, 0 },
	{ "password", LANGUAGE_EN, "reset password", "login forgot",
	  "choose forgot password", 0, 0 },
	{ "summer", LANGUAGE_DA, "sommerferi", "ferie", "vi holder ferie",
	  DRAFT_NOW - 10, DRAFT_NOW + 10 },
	{ "blue", LANGUAGE_DA, "blaa \xc3\xa5l", "\xc3\xa5l fisk",
	  "fisk \xc3\xa6\xc3\xb8\xc3\xa5", 0, 0 },
};

typedef struct Reads {
	const Words *words;
	int n;
} Reads;

static void
read_words(KnowledgeArticle *article, size_t at, void *data)
{
	Reads *reads = data;

	article->title = reads->words[at].title;
	article->tags = reads->words[at].tags;
	article->body = reads->words[at].body;
	reads->n++;
}

static unsigned changes_max; /* of one call; 0: any number */

static KnowledgeSync
sync_with(const DraftFixture *fixture, const Words *words, size_t n,
          const char *stemmer, int *ret_reads)
{
	g_autofree KnowledgeArticle *articles = g_new0(KnowledgeArticle, n + 1);
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(fixture->drafter, &error);
	Reads reads = { .words = words };
	const KnowledgeSource source = {
		.articles = articles,
		.n = n,
		.read = read_words,
		.data = &reads,
		.changes_max = changes_max,
	};
	KnowledgeSync sync;

	for (size_t i = 0; i < n; i++) {
		g_autofree char *bytes =
			g_strdup_printf("%s|%s|%s", words[i].title,
		                        words[i].tags, words[i].body);

		articles[i] =
			(KnowledgeArticle){ .language = words[i].language,
			                    .id = words[i].id,
			                    .valid_from = words[i].from,
			                    .valid_until = words[i].until };
		knowledge_hash(stemmer, bytes, strlen(bytes), articles[i].hash);
	}
	g_assert_true(knowledge_sync(fixture->drafter, &source, &sync, &error));
	g_assert_no_error(error);
	g_assert_true(store_commit(txn, &error));
	*ret_reads = reads.n;
	return sync;
}

static void
fill(const DraftFixture *fixture)
{
	int reads;

	sync_with(fixture, site, G_N_ELEMENTS(site), "1", &reads);
}

static int64_t
rows_of_words(const DraftFixture *fixture)
{
	return draft_ask(fixture, "SELECT count(*) FROM article_words");
}

static void
test_sync(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	Words words[G_N_ELEMENTS(site)];
	KnowledgeSync sync;
	int reads;

	memcpy(words, site, sizeof(site));
	sync = sync_with(fixture, words, 6, "1", &reads);
	g_assert_cmpint(sync.added, ==, 6);
	g_assert_cmpint(reads, ==, 6);
	g_assert_cmpint(rows_of_words(fixture), ==, 6);
	/* Nothing is read again. */
	sync = sync_with(fixture, words, 6, "1", &reads);
	g_assert_cmpint(sync.same, ==, 6);
	g_assert_cmpint(reads, ==, 0);
	words[1].body = "noget andet";
	sync = sync_with(fixture, words, 5, "1", &reads);
	g_assert_cmpint(sync.changed, ==, 1);
	g_assert_cmpint(sync.removed, ==, 1);
	g_assert_cmpint(sync.same, ==, 4);
	g_assert_cmpint(reads, ==, 1);
	g_assert_cmpint(rows_of_words(fixture), ==, 5);
	/* Another stemmer: all of it. */
	sync = sync_with(fixture, words, 5, "2", &reads);
	g_assert_cmpint(sync.changed, ==, 5);
	sync = sync_with(fixture, words, 0, "2", &reads);
	g_assert_cmpint(sync.removed, ==, 5);
	g_assert_cmpint(rows_of_words(fixture), ==, 0);
}

/* Two changes a transaction: whoever ends it between two finds whole articles,
 * and the rest comes by and by. */
static void
test_steps(void)
{
	static const int rows_after[] = { 2, 4, 6, 6 };
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	Words words[G_N_ELEMENTS(site)];
	KnowledgeSync sync;
	int reads;

	memcpy(words, site, sizeof(site));
	changes_max = 2;
	for (size_t i = 0; i < G_N_ELEMENTS(rows_after); i++) {
		sync = sync_with(fixture, words, 6, "1", &reads);
		g_assert_true(sync.more == (i < 2));
		g_assert_cmpint(reads, ==, i < 3 ? 2 : 0);
		g_assert_cmpint(rows_of_words(fixture), ==, rows_after[i]);
		g_assert_cmpint(
			draft_ask(fixture, "SELECT count(*) FROM article"), ==,
			rows_after[i]);
	}
	/* One changes, three go. */
	words[0].body = "noget andet";
	sync = sync_with(fixture, words, 3, "1", &reads);
	g_assert_cmpint(sync.changed, ==, 1);
	g_assert_cmpint(sync.removed, ==, 1);
	g_assert_true(sync.more);
	sync = sync_with(fixture, words, 3, "1", &reads);
	g_assert_cmpint(sync.removed, ==, 2);
	g_assert_false(sync.more);
	g_assert_cmpint(rows_of_words(fixture), ==, 3);
	/* Of what waits for its turn nothing is dropped meanwhile. */
	sync = sync_with(fixture, words, 3, "2", &reads);
	g_assert_cmpint(sync.changed, ==, 2);
	g_assert_cmpint(sync.removed, ==, 0);
	g_assert_cmpint(rows_of_words(fixture), ==, 3);
	changes_max = 0;
}

/* Two files of one id: one of them, and no failure. */
static void
test_twice(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	const Words words[] = { site[0], site[0] };
	int reads;

	g_assert_cmpint(sync_with(fixture, words, 2, "1", &reads).added, ==, 1);
	g_assert_cmpint(sync_with(fixture, words, 2, "1", &reads).same, ==, 1);
}

static void
see(const KnowledgeHit *hit, void *data)
{
	GString *seen = data;

	g_string_append_printf(seen, "%s%s:%u%s", seen->len > 0 ? " " : "",
	                       hit->id, hit->words, hit->in_title ? "!" : "");
}

/* Words separated by spaces; "%20" stands for a space in one. */
static const struct row {
	const char *name;
	Language language;
	const char *words;
	const char *found; /* "id:words", ! in title or tags */
} rows[] = {
	{ "title", LANGUAGE_DA, "adgangskod", "password:1!" },
	{ "title-before-body", LANGUAGE_DA, "faktur login",
	  "invoice:2! password:1!" },
	{ "tag-before-body", LANGUAGE_DA, "login", "password:1! invoice:1" },
	{ "none", LANGUAGE_DA, "xylofon", "" },
	{ "language", LANGUAGE_EN, "login adgangskod", "password:1!" },
	{ "no-article-of-it", LANGUAGE_FI, "login", "" },
	{ "letters", LANGUAGE_DA, "\xc3\xa5l", "blue:1!" },
	{ "letters-matter", LANGUAGE_DA, "al", "" },
	{ "case", LANGUAGE_DA, "LOGIN", "password:1! invoice:1" },
	{ "twice-is-once", LANGUAGE_DA, "telefon telefon", "opening:1!" },
	{ "valid", LANGUAGE_DA, "sommerferi", "summer:1!" },
	/* hostile ones: data, not syntax */
	{ "operator", LANGUAGE_DA, "NOT telefon", "opening:1!" },
	{ "operators", LANGUAGE_DA, "OR AND NEAR", "" },
	{ "star", LANGUAGE_DA, "tele*", "" },
	{ "quote", LANGUAGE_DA, "\" \"\" tele\"fon telefon\"", "opening:1!" },
	{ "column", LANGUAGE_DA, "title:telefon", "" },
	{ "brackets", LANGUAGE_DA, "(telefon) {tags}", "opening:1!" },
	{ "caret", LANGUAGE_DA, "^aabningstid", "opening:1!" },
	{ "near", LANGUAGE_DA, "NEAR(telefon,3)", "" },
	{ "nothing-in-it", LANGUAGE_DA, "- ' ; \xe2\x80\x94 ''", "" },
	{ "not-utf8", LANGUAGE_DA, "\xff\xfe telefon", "opening:1!" },
	{ "sql", LANGUAGE_DA, "');DROP%20TABLE%20article;-- telefon",
	  "opening:1!" },
};

static void
search(const DraftFixture *fixture, const KnowledgeSearch *search,
       GString *found)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(
		knowledge_search(fixture->drafter, search, see, found, &error));
	g_assert_no_error(error);
}

static void
test_search(const void *data)
{
	const struct row *row = data;
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_auto(GStrv) words = g_strsplit(row->words, " ", -1);
	g_autoptr(GString) found = g_string_new(NULL);
	const KnowledgeSearch asked = { .language = row->language,
		                        .words = (const char *const *)words,
		                        .n = g_strv_length(words),
		                        .now = DRAFT_NOW,
		                        .max = 5 };

	for (char **word = words; *word != NULL; word++) {
		g_autofree char *old = *word;
		g_auto(GStrv) parts = g_strsplit(old, "%20", -1);

		*word = g_strjoinv(" ", parts);
	}
	fill(fixture);
	search(fixture, &asked, found);
	g_assert_cmpstr(found->str, ==, row->found);
	g_assert_cmpint(rows_of_words(fixture), ==, 6);
}

static void
test_validity(void)
{
	static const struct {
		int at;
		const char *found;
	} moments[] = { { -11, "" },
		        { -10, "summer:1!" },
		        { 9, "summer:1!" },
		        { 10, "" } };
	static const char *const word[] = { "sommerferi" };
	g_autoptr(DraftFixture) fixture = draft_fixture_new();

	fill(fixture);
	for (size_t i = 0; i < G_N_ELEMENTS(moments); i++) {
		g_autoptr(GString) found = g_string_new(NULL);
		const KnowledgeSearch asked = { .language = LANGUAGE_DA,
			                        .words = word,
			                        .n = 1,
			                        .now = DRAFT_NOW +
			                               moments[i].at,
			                        .max = 5 };

		search(fixture, &asked, found);
		g_assert_cmpstr(found->str, ==, moments[i].found);
	}
}

/* More words than are looked for, a word too long, no room for hits. */
static void
test_bounds(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) found = g_string_new(NULL);
	KnowledgeSearch asked = { .language = LANGUAGE_DA, .max = 1 };

	fill(fixture);
	for (int i = 0; i < 3 * KNOWLEDGE_WORDS_MAX; i++)
		g_ptr_array_add(words, g_strdup_printf("ord%d", i));
	g_ptr_array_add(words, g_strdup("telefon"));
	asked.words = (const char *const *)words->pdata;
	asked.n = words->len;
	search(fixture, &asked, found);
	g_assert_cmpstr(found->str, ==, "");
	g_free(words->pdata[0]);
	words->pdata[0] = g_strdup("login");
	g_free(words->pdata[1]);
	words->pdata[1] = g_strnfill(100000, 'x');
	search(fixture, &asked, found);
	g_assert_cmpstr(found->str, ==, "password:1!");
}

/* An article larger than is indexed, and one that is no text. */
static void
test_large(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GString) body = g_string_new(NULL);
	Words words = { "large", LANGUAGE_DA, "stor", "", NULL, 0, 0 };
	int64_t count = 0;
	int reads;

	while (body->len <= (gsize)2 * KNOWLEDGE_TEXT_MAX)
		g_string_append(body, "\xc3\xa5\xc3\xa5\xc3\xa5 ");
	words.body = body->str;
	sync_with(fixture, &words, 1, "1", &reads);
	g_assert_cmpint(draft_ask(fixture, "SELECT length(CAST(body AS BLOB))"
	                                   " FROM article_words"),
	                <=, KNOWLEDGE_TEXT_MAX);
	g_assert_true(knowledge_count(fixture->admin, &count, NULL));
	g_assert_cmpint(count, ==, 1);
}

static void
see_gap(const KnowledgeGap *gap, void *data)
{
	g_string_append_printf(data, "%d %s %s %zu\n", (int)gap->customer,
	                       language_code(gap->language), gap->request,
	                       g_bytes_get_size((GBytes *)gap->words));
}

static void
test_gaps(void)
{
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GBytes) words = g_bytes_new_static("sealed", 6);
	g_autoptr(GString) seen = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	KnowledgeGap gap = { .thread = 1,
		             .language = LANGUAGE_SV,
		             .request = "support",
		             .public_id = "abcd",
		             .words = words,
		             .at = DRAFT_NOW };
	StoreTxn *txn;

	store_fixture_run(fixture->admin,
	                  "INSERT INTO customer (id, since, restricted)"
	                  " VALUES (1, 0, 0), (2, 0, 1)");
	txn = store_begin(fixture->drafter, &error);
	for (gap.customer = 0; gap.customer < 3; gap.customer++)
		g_assert_true(
			knowledge_gap_put(fixture->drafter, &gap, &error));
	g_assert_true(store_commit(txn, &error));
	store_end(txn);
	g_assert_true(knowledge_each_gap(fixture->admin, DRAFT_NOW, see_gap,
	                                 seen, &error));
	g_assert_cmpstr(seen->str, ==, "0 sv support 6\n1 sv support 6\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/knowledge/sync", test_sync);
	g_test_add_func("/knowledge/steps", test_steps);
	g_test_add_func("/knowledge/twice", test_twice);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *path =
			g_strconcat("/knowledge/search/", rows[i].name, NULL);

		g_test_add_data_func(path, &rows[i], test_search);
	}
	g_test_add_func("/knowledge/validity", test_validity);
	g_test_add_func("/knowledge/bounds", test_bounds);
	g_test_add_func("/knowledge/large", test_large);
	g_test_add_func("/knowledge/gaps", test_gaps);
	return g_test_run();
}
