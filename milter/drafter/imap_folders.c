/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names are compared in the server's spelling, so that of modified UTF-7 only
 * the writing is needed, which has one right answer, and no reading.
 *
 * The usual names are those that Outlook, Thunderbird, Apple Mail, Gmail,
 * Roundcube, SOGo and Horde give in our languages. A server that knows no
 * SPECIAL-USE has one of them when any client ever saved a draft.
 */
#include "imap_folders.h"

#include <string.h>

static const char *const usual[] = {
	"Drafts",         "Draft",
	"Draft Messages", "Kladder",
	"Udkast",         "Kladde",
	"Utkast",         "Kladdar",
	"Entwürfe",       "Entwurf",
	"Luonnokset",     "Luonnos",
	"Brouillons",     "Brouillon",
	"Borradores",     "Borrador",
	"Concepten",      "Concept",
	"Bozze",          "Bozza",
	"Kopie robocze",  "Wersje robocze",
	"Szkice",         "Robocze",
	"[Gmail]/Drafts", "[Gmail]/Kladder",
	"[Gmail]/Utkast", "[Gmail]/Entwürfe",
};

/* The characters of `name` from `p` that cannot stand as they are, as base64
 * of UTF-16, with "," for "/" and no padding. */
static const char *
encode_run(GString *out, const char *p)
{
	g_autoptr(GByteArray) units = g_byte_array_new();
	g_autofree char *base64 = NULL;

	while (*p != '\0' && (*p < ' ' || *p > '~')) {
		gunichar c = g_utf8_get_char(p);
		gunichar pair[2] = { c, 0 };

		if (c > 0xffff) {
			pair[0] = 0xd800 + ((c - 0x10000) >> 10);
			pair[1] = 0xdc00 + ((c - 0x10000) & 0x3ff);
		}
		for (int i = 0; i < (c > 0xffff ? 2 : 1); i++) {
			guint8 bytes[2] = { (guint8)(pair[i] >> 8),
				            (guint8)pair[i] };

			g_byte_array_append(units, bytes, 2);
		}
		p = g_utf8_next_char(p);
	}
	base64 = g_base64_encode(units->data, units->len);
	g_strdelimit(base64, "/", ',');
	base64[strcspn(base64, "=")] = '\0';
	g_string_append_printf(out, "&%s-", base64);
	return p;
}

char *
imap_name_encode(const char *name)
{
	g_autoptr(GString) out = g_string_new(NULL);

	if (!g_utf8_validate(name, -1, NULL))
		return NULL;
	for (const char *p = name; *p != '\0';) {
		if (g_ascii_iscntrl(*p))
			return NULL;
		if (*p < ' ' || *p > '~') {
			p = encode_run(out, p);
			continue;
		}
		g_string_append_c(out, *p);
		if (*p++ == '&')
			g_string_append_c(out, '-');
	}
	return g_string_free(g_steal_pointer(&out), FALSE);
}

static bool
same_name(const char *a, const char *b, bool fold)
{
	return fold ? g_ascii_strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

/* `name` with "/" between levels is this folder's, at the top or below the
 * INBOX. Only the INBOX's own name is without regard to case, and that of the
 * usual names, which nobody has twice. */
static bool
is_called(const ImapFolder *folder, const char *name, bool fold)
{
	const char inbox[] = {
		'I', 'N', 'B', 'O', 'X', folder->separator, '\0'
	};
	g_autofree char *here = g_strdup(name);

	if (folder->separator == '\0')
		return same_name(folder->name, here, fold);
	g_strdelimit(here, "/", folder->separator);
	if (same_name(folder->name, here, fold))
		return true;
	return g_ascii_strncasecmp(folder->name, inbox, strlen(inbox)) == 0 &&
	       same_name(folder->name + strlen(inbox), here, fold);
}

static const char *
find_called(const ImapFolder *folders, size_t n, const char *name, bool fold)
{
	g_autofree char *spelled = imap_name_encode(name);

	for (size_t i = 0; spelled != NULL && i < n; i++)
		if (!(folders[i].flags & IMAP_FOLDER_NO_SELECT) &&
		    is_called(&folders[i], spelled, fold))
			return folders[i].name;
	return NULL;
}

const char *
imap_folders_marked(const ImapFolder *folders, size_t n, unsigned flag)
{
	for (size_t i = 0; i < n; i++)
		if ((folders[i].flags & flag) &&
		    !(folders[i].flags & IMAP_FOLDER_NO_SELECT))
			return folders[i].name;
	return NULL;
}

const char *
imap_folders_drafts(const ImapFolder *folders, size_t n, const char *configured)
{
	const char *found;

	if (configured != NULL && *configured != '\0')
		return find_called(folders, n, configured, false);
	found = imap_folders_marked(folders, n, IMAP_FOLDER_DRAFTS);
	for (size_t i = 0; found == NULL && i < G_N_ELEMENTS(usual); i++)
		found = find_called(folders, n, usual[i], true);
	return found;
}
