/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A cursor over the line: words, strings, one level of parentheses. That is all
 * the IMAP there is in the answers to the commands we give; a server that says
 * more is not asked what.
 */
#include "imap_reply.h"

#include <string.h>

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

static bool
is_delimiter(char c)
{
	return c == '\0' || c == ' ' || c == '(' || c == ')' || c == ']' ||
	       c == '"';
}

static size_t
atom_size(const char *p)
{
	size_t n = 0;

	while (!is_delimiter(p[n]))
		n++;
	return n;
}

static bool
atom_is(const char *p, const char *name)
{
	size_t n = atom_size(p);

	return n == strlen(name) && g_ascii_strncasecmp(p, name, n) == 0;
}

/* Past the atom `name` and the blanks after it; NULL when it is not there. */
static const char *
after_atom(const char *p, const char *name)
{
	if (!atom_is(p, name))
		return NULL;
	return skip_blanks(p + strlen(name));
}

/* "* NAME" */
static const char *
after_star(const char *line, const char *name)
{
	if (line[0] != '*' || line[1] != ' ')
		return NULL;
	return after_atom(skip_blanks(line + 2), name);
}

/* A number of 32 bits that is not 0; NULL when there is none. */
static const char *
read_number(const char *p, uint32_t *ret)
{
	uint64_t value = 0;
	const char *start = p;

	while (g_ascii_isdigit(*p) && value <= UINT32_MAX)
		value = value * 10 + (uint64_t)(*p++ - '0');
	if (p == start || value == 0 || value > UINT32_MAX)
		return NULL;
	*ret = (uint32_t)value;
	return p;
}

/* A quoted string or an atom, unquoted; NULL when it does not end. */
static const char *
read_string(const char *p, GString *out)
{
	size_t n;

	if (*p != '"') {
		/* A folder may be called a) or a]. */
		n = strcspn(p, " \"");
		g_string_append_len(out, p, (gssize)n);
		return p + n;
	}
	for (p++; *p != '"'; p++) {
		if (*p == '\\')
			p++;
		if (*p == '\0')
			return NULL;
		g_string_append_c(out, *p);
	}
	return p + 1;
}

/* ------------------------------------------------------------- statuses */

static ImapStatus
status_of_word(const char *p)
{
	if (atom_is(p, "OK"))
		return IMAP_OK;
	if (atom_is(p, "NO"))
		return IMAP_NO;
	return atom_is(p, "BAD") ? IMAP_BAD : IMAP_GARBAGE;
}

ImapStatus
imap_reply_status(const char *line, const char *tag)
{
	size_t n = strlen(tag);

	if (line[0] == '+' && (line[1] == ' ' || line[1] == '\0'))
		return IMAP_CONTINUE;
	if (after_star(line, "BYE") != NULL)
		return IMAP_BYE;
	if (line[0] == '*' && line[1] == ' ')
		return IMAP_DATA;
	if (strncmp(line, tag, n) == 0 && line[n] == ' ')
		return status_of_word(skip_blanks(line + n + 1));
	return IMAP_GARBAGE;
}

/* At "[" of a status line: past the tag or star, and the status word. */
static const char *
find_code(const char *line)
{
	const char *p = skip_blanks(line + atom_size(line));

	if (status_of_word(p) == IMAP_GARBAGE)
		return NULL;
	p = skip_blanks(p + atom_size(p));
	return *p == '[' ? p + 1 : NULL;
}

bool
imap_reply_code(const char *line, const char *name, uint32_t *ret_numbers,
                size_t n)
{
	uint32_t numbers[2] = { 0 };
	const char *p = find_code(line);

	g_assert(n <= G_N_ELEMENTS(numbers));
	if (p == NULL || (p = after_atom(p, name)) == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		p = read_number(p, &numbers[i]);
		if (p == NULL)
			return false;
		p = skip_blanks(p);
	}
	if (n > 0 && *p != ']')
		return false;
	for (size_t i = 0; i < n; i++)
		ret_numbers[i] = numbers[i];
	return true;
}

bool
imap_reply_has_capability(const char *line, const char *name)
{
	const char *p = after_star(line, "CAPABILITY");

	while (p != NULL && *p != '\0') {
		size_t n = strcspn(p, " ");

		if (n == strlen(name) && g_ascii_strncasecmp(p, name, n) == 0)
			return true;
		p = skip_blanks(p + n);
	}
	return false;
}

/* -------------------------------------------------------------- folders */

static const struct flag {
	const char *name;
	unsigned bit;
} folder_flags[] = {
	{ "\\Noselect", IMAP_FOLDER_NO_SELECT },
	{ "\\NonExistent", IMAP_FOLDER_NO_SELECT },
	{ "\\Drafts", IMAP_FOLDER_DRAFTS },
	{ "\\Sent", IMAP_FOLDER_SENT },
	{ "\\Trash", IMAP_FOLDER_TRASH },
}, mail_flags[] = {
	{ "\\Draft", IMAP_FLAG_DRAFT },
	{ "\\Seen", IMAP_FLAG_SEEN },
	{ "\\Deleted", IMAP_FLAG_DELETED },
};

/* "(\A \B)"; past it, or NULL when it is none. */
static const char *
read_flags(const char *p, const struct flag *known, size_t n, unsigned *ret)
{
	unsigned flags = 0;

	if (*p != '(')
		return NULL;
	p = skip_blanks(p + 1);
	while (*p != ')') {
		size_t size = atom_size(p);

		if (size == 0)
			return NULL;
		for (size_t i = 0; i < n; i++)
			if (atom_is(p, known[i].name))
				flags |= known[i].bit;
		p = skip_blanks(p + size);
	}
	*ret = flags;
	return p + 1;
}

bool
imap_reply_list(const char *line, ImapFolder *ret_folder)
{
	g_autoptr(GString) separator = g_string_new(NULL);
	g_autoptr(GString) name = g_string_new(NULL);
	const char *p = after_star(line, "LIST");
	unsigned flags;

	if (p == NULL ||
	    (p = read_flags(p, folder_flags, G_N_ELEMENTS(folder_flags),
	                    &flags)) == NULL ||
	    (p = read_string(skip_blanks(p), separator)) == NULL ||
	    read_string(skip_blanks(p), name) == NULL)
		return false;
	if (name->len == 0 || name->len > IMAP_NAME_MAX)
		return false;
	ret_folder->flags = flags;
	ret_folder->separator =
		(char)(separator->len == 1 ? separator->str[0] : '\0');
	ret_folder->name = g_string_free(g_steal_pointer(&name), FALSE);
	return true;
}

void
imap_folder_clear(ImapFolder *folder)
{
	g_free((void *)folder->name);
	folder->name = NULL;
}

/* ---------------------------------------------------------------- mails */

bool
imap_reply_search(const char *line, uint32_t *ret_last, size_t *ret_n)
{
	const char *p = after_star(line, "SEARCH");
	uint32_t last = 0;
	size_t n = 0;

	if (p == NULL)
		return false;
	while (*p != '\0') {
		uint32_t uid;

		p = read_number(p, &uid);
		if (p == NULL)
			break;
		last = MAX(last, uid);
		n++;
		p = skip_blanks(p);
	}
	*ret_last = last;
	*ret_n = n;
	return true;
}

/* Past one item of a FETCH and its value; NULL for what we did not ask for. */
static const char *
read_item(const char *p, ImapFetch *fetch)
{
	const char *value;

	if ((value = after_atom(p, "UID")) != NULL)
		return read_number(value, &fetch->uid);
	if ((value = after_atom(p, "RFC822.SIZE")) != NULL)
		return read_number(value, &fetch->size);
	if ((value = after_atom(p, "FLAGS")) == NULL)
		return NULL;
	fetch->has_flags = true;
	return read_flags(value, mail_flags, G_N_ELEMENTS(mail_flags),
	                  &fetch->flags);
}

bool
imap_reply_fetch(const char *line, ImapFetch *ret_fetch)
{
	ImapFetch fetch = { 0 };
	uint32_t number;
	const char *p;

	if (line[0] != '*' || line[1] != ' ' ||
	    (p = read_number(line + 2, &number)) == NULL ||
	    (p = after_atom(skip_blanks(p), "FETCH")) == NULL || *p != '(')
		return false;
	p = skip_blanks(p + 1);
	while (p != NULL && *p != ')' && *p != '\0') {
		p = read_item(p, &fetch);
		if (p != NULL)
			p = skip_blanks(p);
	}
	*ret_fetch = fetch;
	return true;
}

bool
imap_reply_literal(const char *line, size_t *ret_size)
{
	const char *brace = strrchr(line, '{');
	uint32_t size;
	const char *end;

	if (brace == NULL)
		return false;
	/* {0} is a literal, too, but for us nothing to read */
	if (strcmp(brace, "{0}") == 0) {
		*ret_size = 0;
		return true;
	}
	end = read_number(brace + 1, &size);
	if (end == NULL || strcmp(end, "}") != 0)
		return false;
	*ret_size = size;
	return true;
}
