/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 8601 section 2.2, less what no filter writes and forgers would: comments
 * within names and values, a value that runs into a comment (CVE-2020-12272),
 * half-quoted values, a property given twice. Those make the field broken.
 *
 * A value may hold more than RFC 2045 tokens: base64 in header.b, addresses and
 * IPv6 addresses stand unquoted in the wild.
 */
#include "authres_field.h"

#include <glib.h>
#include <string.h>

#include "comment.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_word(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
}

static bool
is_value(char c)
{
	return c != '\0' && c != 0x7f && (c & 0xe0) != 0 && c != ' ' &&
	       strchr("();\"\\", c) == NULL;
}

/*
 * Past the comment at `p`; NULL when it does not end, or ends where somebody
 * may have ended it who was quoted in it. Rspamd writes the envelope's sender
 * and the client's name into comments, in quotes that mean nothing there: a
 * sender of "x); dkim=pass ("@evil.example ends the comment. So a comment must
 * end outside of quotes and hold no backslash, which hides one.
 */
static const char *
skip_comment(const char *p)
{
	const char *end = comment_skip(p);
	bool quoted = false;

	if (end == NULL)
		return NULL;
	for (; p < end; p++) {
		if (*p == '\\')
			return NULL;
		if (*p == '"')
			quoted = !quoted;
	}
	return quoted ? NULL : end;
}

/* Past blanks and comments; false when a comment is not to be trusted. */
static bool
skip_cfws(AuthresField *field)
{
	while (is_blank(*field->p) || *field->p == '(') {
		const char *next = *field->p == '(' ? skip_comment(field->p)
		                                    : field->p + 1;

		if (next == NULL)
			return false;
		field->p = next;
	}
	return true;
}

/* A run of word characters, in lower case; false if none or too long. */
static bool
read_word(AuthresField *field, char *word, size_t size)
{
	size_t n = 0;

	while (is_word(*field->p)) {
		if (n + 1 >= size)
			return false;
		word[n++] = g_ascii_tolower(*field->p++);
	}
	word[n] = '\0';
	return n > 0;
}

/* Past a quoted string, its content appended; false when it does not end. */
static bool
read_quoted(AuthresField *field, char *value, size_t *n)
{
	const char *p = field->p + 1;

	for (; *p != '\0' && *p != '"'; p++) {
		if (*p == '\\' && *++p == '\0')
			return false;
		if (*n + 1 < AUTHRES_VALUE_MAX)
			value[(*n)++] = g_ascii_tolower(*p);
	}
	if (*p != '"')
		return false;
	field->p = p + 1;
	return true;
}

/*
 * A value, in lower case; a longer one than we could use is cut, and then
 * equals nothing. "Quoted local part"@domain is one value.
 */
static bool
read_value(AuthresField *field, char *value)
{
	const char *start = field->p;
	size_t n = 0;

	if (*field->p == '"') {
		if (!read_quoted(field, value, &n))
			return false;
		if (is_value(*field->p) && *field->p != '@')
			return false;
	}
	for (; is_value(*field->p); field->p++)
		if (n + 1 < AUTHRES_VALUE_MAX)
			value[n++] = g_ascii_tolower(*field->p);
	value[n] = '\0';
	return field->p > start &&
	       (*field->p == '\0' || is_blank(*field->p) || *field->p == ';');
}

/* "=" with blanks or comments around it. */
static bool
read_equals(AuthresField *field)
{
	if (!skip_cfws(field) || *field->p != '=')
		return false;
	field->p++;
	return skip_cfws(field);
}

static char *
property_slot(AuthresResult *result, const char *name)
{
	if (strcmp(name, "header.from") == 0)
		return result->header_from;
	if (strcmp(name, "header.d") == 0)
		return result->header_d;
	if (strcmp(name, "header.i") == 0)
		return result->header_i;
	if (strcmp(name, "smtp.mailfrom") == 0 ||
	    strcmp(name, "smtp.mail") == 0)
		return result->mailfrom;
	if (strcmp(name, "smtp.helo") == 0)
		return result->helo;
	return NULL;
}

static bool
read_property(AuthresField *field, AuthresResult *result)
{
	char name[AUTHRES_VALUE_MAX];
	char value[AUTHRES_VALUE_MAX];
	char *slot;

	if (!read_word(field, name, sizeof name) || !read_equals(field) ||
	    !read_value(field, value))
		return false;
	slot = property_slot(result, name);
	if (slot == NULL)
		return true;
	if (slot[0] != '\0')
		return false;
	memcpy(slot, value, sizeof value);
	return true;
}

/* "/1" after a method; another version makes the result none of ours. */
static bool
read_version(AuthresField *field, AuthresResult *result)
{
	char version[AUTHRES_WORD_MAX];

	if (*field->p != '/')
		return true;
	field->p++;
	if (!skip_cfws(field) || !read_word(field, version, sizeof version))
		return false;
	if (strcmp(version, "1") != 0)
		result->method[0] = '\0';
	return true;
}

static bool
at_end(const AuthresField *field)
{
	return *field->p == '\0' || *field->p == ';';
}

static bool
read_method(AuthresField *field, AuthresResult *result)
{
	if (!read_word(field, result->method, sizeof result->method) ||
	    !skip_cfws(field))
		return false;
	if (strcmp(result->method, "none") == 0 && at_end(field))
		return true;
	return read_version(field, result) && read_equals(field) &&
	       read_word(field, result->result, sizeof result->result) &&
	       (at_end(field) || is_blank(*field->p) || *field->p == '(');
}

AuthresStep
authres_field_next(AuthresField *field, AuthresResult *ret_result)
{
	memset(ret_result, 0, sizeof *ret_result);
	while (*field->p == ';') {
		field->p++;
		if (!skip_cfws(field))
			return AUTHRES_BROKEN;
	}
	if (*field->p == '\0')
		return AUTHRES_END;
	if (!read_method(field, ret_result) || !skip_cfws(field))
		return AUTHRES_BROKEN;
	while (!at_end(field))
		if (!read_property(field, ret_result) || !skip_cfws(field))
			return AUTHRES_BROKEN;
	return AUTHRES_RESULT;
}

/* The authserv-id, read as liberally as any reader might; *ret_plain when it
 * is written as filters write it. */
static bool
read_id(AuthresField *field, char *id, bool *ret_plain)
{
	const char *start = field->p;

	if (!skip_cfws(field))
		return false;
	*ret_plain = field->p == start && *field->p != '"';
	return read_value(field, id);
}

AuthresOwner
authres_field_begin(AuthresField *field, const char *value,
                    const char *authserv_id)
{
	char id[AUTHRES_VALUE_MAX] = "";
	char version[AUTHRES_WORD_MAX];
	bool plain = false;
	bool well;

	field->p = value;
	well = read_id(field, id, &plain);
	if (g_ascii_strcasecmp(id, authserv_id) != 0)
		return AUTHRES_OTHERS;
	if (!well || !plain || !skip_cfws(field))
		return AUTHRES_SUSPECT;
	if (at_end(field))
		return AUTHRES_OURS;
	if (!read_word(field, version, sizeof version) || !skip_cfws(field) ||
	    !at_end(field))
		return AUTHRES_SUSPECT;
	return strcmp(version, "1") == 0 ? AUTHRES_OURS : AUTHRES_OTHERS;
}
