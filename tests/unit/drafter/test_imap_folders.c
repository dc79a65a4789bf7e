/* SPDX-License-Identifier: Apache-2.0 */
#include "imap_folders.h"

#include <glib.h>

#include "rows.h"

/* RFC 3501 5.1.3, RFC 2152, and what Dovecot makes of them. */
static const struct name {
	const char *name, *utf8, *spelled;
} names[] = {
	{ "ascii", "Drafts", "Drafts" },
	{ "ampersand", "A&B", "A&-B" },
	{ "two-ampersands", "&&", "&-&-" },
	{ "german", "Entw\xc3\xbcrfe", "Entw&APw-rfe" },
	{ "run", "\xc3\xa6\xc3\xb8\xc3\xa5", "&AOYA+ADl-" },
	{ "mixed", "p\xc3\xa5 & af", "p&AOU- &- af" },
	{ "rfc",
	  "~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8"
	  "\xaa\x9e",
	  "~peter/mail/&U,BTFw-/&ZeVnLIqe-" },
	{ "emoji", "\xf0\x9f\x93\xa7", "&2D3c5w-" },
	{ "tilde", "~", "~" },
	{ "empty", "", "" },
	{ "control", "a\nb", NULL },
	{ "delete", "a\x7f", NULL },
	{ "latin1", "Entw\xfcrfe", NULL },
};

static void
test_name(const void *data)
{
	const struct name *row = data;
	g_autofree char *spelled = imap_name_encode(row->utf8);

	g_assert_cmpstr(spelled, ==, row->spelled);
}

#define D IMAP_FOLDER_DRAFTS
#define N IMAP_FOLDER_NO_SELECT

static const struct choice {
	const char *name;
	const char *configured;
	ImapFolder folders[4];
	const char *found;
} choices[] = {
	{ "marked",
	  "",
	  { { 0, '/', (char *)"Drafts" }, { D, '/', (char *)"X" } },
	  "X" },
	{ "marked-gone",
	  "",
	  { { D | N, '/', (char *)"X" }, { 0, '/', (char *)"Drafts" } },
	  "Drafts" },
	{ "usual",
	  NULL,
	  { { 0, '/', (char *)"INBOX" }, { 0, '/', (char *)"Kladder" } },
	  "Kladder" },
	{ "usual-order",
	  "",
	  { { 0, '/', (char *)"Udkast" }, { 0, '/', (char *)"Drafts" } },
	  "Drafts" },
	{ "usual-below",
	  "",
	  { { 0, '.', (char *)"INBOX.Utkast" } },
	  "INBOX.Utkast" },
	{ "usual-below-case",
	  "",
	  { { 0, '.', (char *)"Inbox.DRAFTS" } },
	  "Inbox.DRAFTS" },
	{ "usual-deeper", "", { { 0, '.', (char *)"INBOX.a.Utkast" } }, NULL },
	{ "usual-of-another", "", { { 0, '/', (char *)"a/Drafts" } }, NULL },
	{ "usual-longer", "", { { 0, '/', (char *)"Drafts 2019" } }, NULL },
	{ "gmail",
	  "",
	  { { 0, '/', (char *)"[Gmail]/Entw&APw-rfe" } },
	  "[Gmail]/Entw&APw-rfe" },
	{ "no-separator", "", { { 0, '\0', (char *)"Drafts" } }, "Drafts" },
	{ "none", "", { { 0, '/', (char *)"INBOX" } }, NULL },
	{ "configured",
	  "X",
	  { { D, '/', (char *)"Drafts" }, { 0, '/', (char *)"X" } },
	  "X" },
	{ "configured-absent", "X", { { D, '/', (char *)"Drafts" } }, NULL },
	{ "configured-case", "x", { { 0, '/', (char *)"X" } }, NULL },
	{ "configured-levels", "a/b", { { 0, '.', (char *)"a.b" } }, "a.b" },
	{ "configured-below",
	  "a/b",
	  { { 0, '.', (char *)"INBOX.a.b" } },
	  "INBOX.a.b" },
	{ "configured-full",
	  "INBOX.X",
	  { { 0, '.', (char *)"INBOX.X" } },
	  "INBOX.X" },
	{ "configured-utf8",
	  "Entw\xc3\xbcrfe",
	  { { 0, '/', (char *)"Entw&APw-rfe" } },
	  "Entw&APw-rfe" },
	{ "configured-noselect", "X", { { N, '/', (char *)"X" } }, NULL },
	{ "configured-bad", "\xff", { { 0, '/', (char *)"\xff" } }, NULL },
};

static void
test_choice(const void *data)
{
	const struct choice *row = data;
	size_t n = 0;

	while (n < G_N_ELEMENTS(row->folders) && row->folders[n].name != NULL)
		n++;
	g_assert_cmpstr(imap_folders_drafts(row->folders, n, row->configured),
	                ==, row->found);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/imap-folders/name/", names, test_name);
	rows_add("/imap-folders/choice/", choices, test_choice);
	return g_test_run();
}
