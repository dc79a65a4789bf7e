/* SPDX-License-Identifier: Apache-2.0 */
#include "imap_reply.h"

#include <glib.h>
#include <string.h>

#include "rows.h"

static const struct status {
	const char *name, *line;
	ImapStatus status;
} statuses[] = {
	{ "ok", "t1 OK done", IMAP_OK },
	{ "ok-alone", "t1 OK", IMAP_OK },
	{ "case", "t1 ok done", IMAP_OK },
	{ "no", "t1 NO [ALERT] x", IMAP_NO },
	{ "bad", "t1 BAD x", IMAP_BAD },
	{ "bye", "* BYE x", IMAP_BYE },
	{ "continue", "+ go on", IMAP_CONTINUE },
	{ "continue-alone", "+", IMAP_CONTINUE },
	{ "data", "* 3 EXISTS", IMAP_DATA },
	{ "untagged-ok", "* OK x", IMAP_DATA },
	{ "byes", "* BYES x", IMAP_DATA },
	{ "other-tag", "t11 OK done", IMAP_GARBAGE },
	{ "no-word", "t1 OKAY done", IMAP_GARBAGE },
	{ "preauth", "t1 PREAUTH x", IMAP_GARBAGE },
	{ "empty", "", IMAP_GARBAGE },
	{ "tag-alone", "t1", IMAP_GARBAGE },
	{ "star-alone", "*", IMAP_GARBAGE },
	{ "plus-word", "+x", IMAP_GARBAGE },
	{ "http", "HTTP/1.0 200 OK", IMAP_GARBAGE },
};

static void
test_status(const void *data)
{
	const struct status *row = data;

	g_assert_cmpint(imap_reply_status(row->line, "t1"), ==, row->status);
}

static const struct code {
	const char *name, *line, *code;
	size_t n;
	bool found;
	uint32_t numbers[2];
} codes[] = {
	{ "appenduid",
	  "t1 OK [APPENDUID 7 12] x",
	  "APPENDUID",
	  2,
	  true,
	  { 7, 12 } },
	{ "max",
	  "t1 OK [APPENDUID 4294967295 1] x",
	  "APPENDUID",
	  2,
	  true,
	  { 4294967295, 1 } },
	{ "case", "t1 ok [appenduid 7 12]", "APPENDUID", 2, true, { 7, 12 } },
	{ "untagged", "* OK [UIDVALIDITY 5] x", "UIDVALIDITY", 1, true, { 5 } },
	{ "bare", "t1 NO [TRYCREATE] x", "TRYCREATE", 0, true, { 0 } },
	{ "bare-more", "t1 NO [OVERQUOTA x] x", "OVERQUOTA", 0, true, { 0 } },
	{ "too-big",
	  "t1 OK [APPENDUID 4294967296 1]",
	  "APPENDUID",
	  2,
	  false,
	  { 0 } },
	{ "zero", "t1 OK [APPENDUID 0 1]", "APPENDUID", 2, false, { 0 } },
	{ "few", "t1 OK [APPENDUID 7] x", "APPENDUID", 2, false, { 0 } },
	{ "many", "t1 OK [APPENDUID 7 8 9] x", "APPENDUID", 2, false, { 0 } },
	{ "range", "t1 OK [APPENDUID 7 8:9] x", "APPENDUID", 2, false, { 0 } },
	{ "open", "t1 OK [APPENDUID 7 8", "APPENDUID", 2, false, { 0 } },
	{ "in-text", "t1 OK x [APPENDUID 7 8]", "APPENDUID", 2, false, { 0 } },
	{ "longer", "t1 OK [APPENDUIDS 7 8]", "APPENDUID", 2, false, { 0 } },
	{ "no-status", "* 3 [APPENDUID 7 8]", "APPENDUID", 2, false, { 0 } },
	{ "empty", "", "APPENDUID", 2, false, { 0 } },
};

static void
test_code(const void *data)
{
	const struct code *row = data;
	uint32_t numbers[2] = { 0 };

	g_assert_true(imap_reply_code(row->line, row->code, numbers, row->n) ==
	              row->found);
	g_assert_cmpuint(numbers[0], ==, row->numbers[0]);
	g_assert_cmpuint(numbers[1], ==, row->numbers[1]);
}

static const struct list {
	const char *name, *line;
	const char *folder; /* NULL: none */
	unsigned flags;
	char separator;
} lists[] = {
	{ "atom", "* LIST () / INBOX", "INBOX", 0, '/' },
	{ "quoted", "* LIST (\\HasNoChildren) \".\" \"My drafts\"", "My drafts",
	  0, '.' },
	{ "escaped", "* LIST () \"\\\\\" \"a\\\"b\\\\c\"", "a\"b\\c", 0, '\\' },
	{ "nil", "* LIST () NIL x", "x", 0, '\0' },
	{ "drafts", "* LIST (\\Marked \\drafts) \"/\" D", "D",
	  IMAP_FOLDER_DRAFTS, '/' },
	{ "noselect", "* LIST (\\Noselect \\Drafts) \"/\" D", "D",
	  IMAP_FOLDER_NO_SELECT | IMAP_FOLDER_DRAFTS, '/' },
	{ "nonexistent", "* LIST (\\NonExistent) \"/\" D", "D",
	  IMAP_FOLDER_NO_SELECT, '/' },
	{ "sent-trash", "* LIST (\\Sent \\Trash) \"/\" D", "D",
	  IMAP_FOLDER_SENT | IMAP_FOLDER_TRASH, '/' },
	{ "bracket", "* LIST () \"/\" a](b", "a](b", 0, '/' },
	{ "extended", "* LIST () \"/\" a (\"CHILDINFO\" (\"x\"))", "a", 0,
	  '/' },
	{ "draft-is-not", "* LIST (\\Draft) \"/\" D", "D", 0, '/' },
	{ "open-flags", "* LIST (\\Drafts", NULL, 0, '\0' },
	{ "quote-flags", "* LIST (\"x\") \"/\" D", NULL, 0, '\0' },
	{ "open-name", "* LIST () \"/\" \"Drafts", NULL, 0, '\0' },
	{ "open-escape", "* LIST () \"/\" \"Drafts\\", NULL, 0, '\0' },
	{ "no-name", "* LIST () \"/\"", NULL, 0, '\0' },
	{ "no-flags", "* LIST \"/\" D", NULL, 0, '\0' },
	{ "lsub", "* LSUB () \"/\" D", NULL, 0, '\0' },
	{ "empty", "", NULL, 0, '\0' },
};

static void
test_list(const void *data)
{
	const struct list *row = data;
	ImapFolder folder = { 0 };

	g_assert_true(imap_reply_list(row->line, &folder) ==
	              (row->folder != NULL));
	g_assert_cmpstr(folder.name, ==, row->folder);
	g_assert_cmpuint(folder.flags, ==, row->flags);
	g_assert_cmpint(folder.separator, ==, row->separator);
	imap_folder_clear(&folder);
}

static void
test_list_long(void)
{
	g_autofree char *name = g_strnfill(IMAP_NAME_MAX + 1, 'x');
	g_autofree char *line = g_strdup_printf("* LIST () \"/\" %s", name);
	ImapFolder folder = { 0 };

	g_assert_false(imap_reply_list(line, &folder));
	line[strlen(line) - 1] = '\0';
	g_assert_true(imap_reply_list(line, &folder));
	imap_folder_clear(&folder);
}

static const struct search {
	const char *name, *line;
	bool is_one;
	uint32_t last;
	size_t n;
} searches[] = {
	{ "none", "* SEARCH", true, 0, 0 },
	{ "blank", "* SEARCH ", true, 0, 0 },
	{ "one", "* SEARCH 12", true, 12, 1 },
	{ "unsorted", "* SEARCH 2 84 3", true, 84, 3 },
	{ "modseq", "* SEARCH 2 (MODSEQ 9)", true, 2, 1 },
	{ "overflow", "* SEARCH 2 99999999999999999999 3", true, 2, 1 },
	{ "esearch", "* ESEARCH (TAG \"t1\") UID ALL 2", false, 0, 0 },
	{ "other", "* SEARCHES 2", false, 0, 0 },
};

static void
test_search(const void *data)
{
	const struct search *row = data;
	uint32_t last = 0;
	size_t n = 0;

	g_assert_true(imap_reply_search(row->line, &last, &n) == row->is_one);
	g_assert_cmpuint(last, ==, row->last);
	g_assert_cmpuint(n, ==, row->n);
}

static const struct fetch {
	const char *name, *line;
	bool is_one;
	ImapFetch fetch;
} fetches[] = {
	{ "all",
	  "* 4 FETCH (UID 12 RFC822.SIZE 99 FLAGS (\\Draft \\Seen $X))",
	  true,
	  { 12, 99, true, IMAP_FLAG_DRAFT | IMAP_FLAG_SEEN } },
	{ "order", "* 4 FETCH (FLAGS () UID 12)", true, { 12, 0, true, 0 } },
	{ "case",
	  "* 4 fetch (uid 12 flags (\\deleted))",
	  true,
	  { 12, 0, true, IMAP_FLAG_DELETED } },
	{ "unasked",
	  "* 4 FETCH (MODSEQ (7) UID 12)",
	  true,
	  { 0, 0, false, 0 } },
	{ "cut", "* 4 FETCH (UID 12 FLAGS (\\Draft", true, { 12, 0, true, 0 } },
	{ "no-list", "* 4 FETCH UID 12", false, { 0, 0, false, 0 } },
	{ "no-number", "* FETCH (UID 12)", false, { 0, 0, false, 0 } },
	{ "exists", "* 4 EXISTS", false, { 0, 0, false, 0 } },
};

static void
test_fetch(const void *data)
{
	const struct fetch *row = data;
	ImapFetch fetch = { 0 };

	g_assert_true(imap_reply_fetch(row->line, &fetch) == row->is_one);
	g_assert_cmpuint(fetch.uid, ==, row->fetch.uid);
	g_assert_cmpuint(fetch.size, ==, row->fetch.size);
	g_assert_true(fetch.has_flags == row->fetch.has_flags);
	g_assert_cmpuint(fetch.flags, ==, row->fetch.flags);
}

static const struct literal {
	const char *name, *line;
	bool is_one;
	size_t size;
} literals[] = {
	{ "one", "* LIST () \"/\" {6}", true, 6 },
	{ "none", "* LIST () \"/\" {0}", true, 0 },
	{ "text", "* OK {6} x", false, 0 },
	{ "open", "* LIST {6", false, 0 },
	{ "sign", "* LIST {-6}", false, 0 },
	{ "plus", "* LIST {6+}", false, 0 },
	{ "huge", "* LIST {4294967295}", true, 4294967295 },
	{ "overflow", "* LIST {4294967296}", false, 0 },
	{ "empty", "{}", false, 0 },
};

static void
test_literal(const void *data)
{
	const struct literal *row = data;
	size_t size = 0;

	g_assert_true(imap_reply_literal(row->line, &size) == row->is_one);
	g_assert_cmpuint(size, ==, row->size);
}

static void
test_capability(void)
{
	static const char line[] = "* CAPABILITY IMAP4rev1 UIDPLUS AUTH=PLAIN";

	g_assert_true(imap_reply_has_capability(line, "IMAP4rev1"));
	g_assert_true(imap_reply_has_capability(line, "uidplus"));
	g_assert_true(imap_reply_has_capability(line, "AUTH=PLAIN"));
	g_assert_false(imap_reply_has_capability(line, "UID"));
	g_assert_false(imap_reply_has_capability(line, "CAPABILITY"));
	g_assert_false(imap_reply_has_capability("* CAPABILITY", "UIDPLUS"));
	g_assert_false(imap_reply_has_capability("* 1 UIDPLUS", "UIDPLUS"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/imap-reply/status/", statuses, test_status);
	rows_add("/imap-reply/code/", codes, test_code);
	rows_add("/imap-reply/list/", lists, test_list);
	g_test_add_func("/imap-reply/list-long", test_list_long);
	rows_add("/imap-reply/search/", searches, test_search);
	rows_add("/imap-reply/fetch/", fetches, test_fetch);
	rows_add("/imap-reply/literal/", literals, test_literal);
	g_test_add_func("/imap-reply/capability", test_capability);
	return g_test_run();
}
