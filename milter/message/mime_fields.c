/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Parameters are read by GMime, which knows RFC 2231 and the many wrong ways to
 * write one; prescan.c has counted them before, and no more than
 * LIMIT_HEADER_VALUE of a field is shown to it.
 */
#include "mime_fields.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "comment.h"
#include "gmime_auto.h"

/* The field without folds, control characters as blanks, at most our limit. */
static char *
field_text(const PrescanField *field)
{
	size_t size = MIN(field->size, LIMIT_HEADER_VALUE);
	char *text = g_malloc(size + 1);
	size_t n = 0;

	for (size_t i = 0; i < size; i++)
		if (field->value[i] != '\r' && field->value[i] != '\n')
			text[n++] = (guchar)field->value[i] < ' '
			                    ? ' '
			                    : field->value[i];
	text[n] = '\0';
	return g_strstrip(text);
}

static char *
parameter(GMimeContentType *type, const char *name)
{
	const char *value = g_mime_content_type_get_parameter(type, name);

	return g_strdup(value == NULL ? "" : value);
}

static void
read_parameters(MimePart *part, GMimeContentType *type)
{
	g_autofree char *format = parameter(type, "format");
	g_autofree char *delsp = parameter(type, "delsp");

	part->charset = parameter(type, "charset");
	part->named = g_mime_content_type_get_parameter(type, "name") != NULL;
	part->flowed = g_ascii_strcasecmp(format, "flowed") == 0;
	part->delsp = g_ascii_strcasecmp(delsp, "yes") == 0;
	if (strcmp(part->type, "text/calendar") == 0)
		part->method = parameter(type, "method");
	else
		part->method = parameter(type, "smime-type");
}

/* Of a Content-Type whose parameters are not apart by ";"; or "". */
static char *
stray_boundary(const char *text)
{
	g_autofree char *lower = g_ascii_strdown(text, -1);
	const char *found = strstr(lower, "boundary=");
	const char *value;

	if (found == NULL)
		return g_strdup("");
	value = text + (found - lower) + strlen("boundary=");
	if (*value == '"')
		return g_strndup(value + 1, strcspn(value + 1, "\""));
	return g_strndup(value, strcspn(value, " \t;"));
}

/* RFC 2045 5.2: what is no type/subtype is as if it were not there. GMime
 * passes over blanks and takes any byte, so its own reading is looked at too.
 */
static GMimeContentType *
parse_type(const char *text, const char *otherwise)
{
	GMimeContentType *type = g_mime_content_type_parse(NULL, text);
	g_autofree char *name = g_mime_content_type_get_mime_type(type);

	if (memchr(text, '/', strcspn(text, "; \t")) != NULL &&
	    text_is_printable_ascii(name))
		return type;
	g_object_unref(type);
	return g_mime_content_type_parse(NULL, otherwise);
}

/* Sets type and parameters; the boundary of a multipart is returned. */
static char *
read_type(MimePart *part, const PrescanField *field, const char *otherwise)
{
	g_autofree char *text = field_text(field);
	g_autoptr(GMimeContentType) type = parse_type(text, otherwise);
	g_autofree char *name = g_mime_content_type_get_mime_type(type);

	part->type = g_ascii_strdown(name, -1);
	read_parameters(part, type);
	if (!g_str_has_prefix(part->type, "multipart/"))
		return NULL;
	/* RFC 2046 5.1.1: it ends in no blank, and no delimiter would. */
	if (g_mime_content_type_get_parameter(type, "boundary") != NULL)
		return g_strchomp(parameter(type, "boundary"));
	return stray_boundary(text);
}

static void
read_disposition(MimePart *part, const PrescanField *field)
{
	g_autofree char *text = field_text(field);
	g_autofree char *lower = g_ascii_strdown(text, -1);

	part->attachment = g_str_has_prefix(lower, "attachment");
	if (strstr(lower, "filename") != NULL)
		part->named = true;
}

/* Of a field that has one word: programs quote it, or put ";" after it as in
 * Content-Type, and GMime would know none by that name. */
static char *
first_word(const char *text)
{
	while (text != NULL && *text != '\0' && strchr(" \"(", *text) != NULL)
		text = *text == '(' ? comment_skip(text) : text + 1;
	return text == NULL ? g_strdup("")
	                    : g_strndup(text, strcspn(text, " \"(;"));
}

static void
read_encoding(MimePart *part, const PrescanField *field)
{
	g_autofree char *text = field_text(field);
	g_autofree char *word = first_word(text);

	part->encoding = (int)g_mime_content_encoding_from_string(word);
}

char *
mime_fields_read(MimePart *part, const PrescanHeader *header,
                 const char *otherwise)
{
	char *boundary = read_type(part, &header->type, otherwise);

	read_disposition(part, &header->disposition);
	read_encoding(part, &header->encoding);
	if (g_str_has_prefix(part->type, "message/rfc822") ||
	    g_str_has_prefix(part->type, "message/global"))
		part->kind = MIME_MESSAGE;
	return boundary;
}
