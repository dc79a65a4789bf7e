/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A signature that verifies is still a stranger's text. OpenDKIM 2.11 decodes
 * i= and writes it into its own field without quotes, so
 *
 *     i=x=3Bdkim=3Dpass=20header.d=3Dbank.example=20z.z=3D@evil.example
 *
 * in a good signature of evil.example makes a field, with our authserv-id, that
 * says dkim=pass header.d=bank.example. The field cannot tell; its source can.
 *
 * No regard is paid to whether the tag list is well formed: whatever looks like
 * one of the three tags is looked at.
 */
#include "dkim_tags.h"

#include <glib.h>
#include <string.h>

#include "message/authres.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Neither ends a value nor begins a comment or a quoted string. */
static bool
is_plain(char c)
{
	return (c & 0x80) != 0 ||
	       (g_ascii_isgraph(c) && strchr("();\"\\,<>", c) == NULL);
}

/* RFC 6376 2.11: =3B is a semicolon. */
static char
decoded(const char *p, const char *end)
{
	if (*p == '=' && end - p > 2 && g_ascii_isxdigit(p[1]) &&
	    g_ascii_isxdigit(p[2]))
		return (char)(g_ascii_xdigit_value(p[1]) * 16 +
		              g_ascii_xdigit_value(p[2]));
	return *p;
}

static bool
is_plain_value(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	while (end > p && is_blank(end[-1]))
		end--;
	for (; p < end; p++)
		if (!is_plain(*p) || !is_plain(decoded(p, end)))
			return false;
	return true;
}

/* The letter of a tag that filters repeat, past its "="; NULL for others. */
static const char *
repeated_value(const char *tag, const char *end)
{
	while (tag < end && is_blank(*tag))
		tag++;
	if (tag == end || strchr("dsiDSI", *tag) == NULL)
		return NULL;
	for (tag++; tag < end && is_blank(*tag); tag++)
		;
	return tag < end && *tag == '=' ? tag + 1 : NULL;
}

bool
dkim_tags_are_plain(const char *value)
{
	for (const char *tag = value;; tag++) {
		const char *end = tag + strcspn(tag, ";");
		const char *text = repeated_value(tag, end);

		if (text != NULL && !is_plain_value(text, end))
			return false;
		tag = end;
		if (*tag == '\0')
			return true;
	}
}

bool
auth_text_is_plain(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if (!is_plain(*p))
			return false;
	return true;
}
