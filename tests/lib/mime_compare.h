/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mime_compare - our reading of a mail beside what mail-parser's JSON says.
 *
 * Compared are the parts, their order, nesting, types and charsets, which are
 * the text, the HTML and the attachments, and every decoded inline text; also
 * of the messages within, which are mails of their own.
 *
 * Owns:    compare_mail() returns a string of the caller's.
 */
#ifndef TESTS_MIME_COMPARE_H
#define TESTS_MIME_COMPARE_H

#include <glib.h>
#include <jansson.h>
#include <string.h>

#include "message/body.h"
#include "message/charset.h"
#include "message/mime.h"

/* A mail to compare; messages within it are added behind it. */
typedef struct Item {
	const json_t *expected;
	char *bytes;
	size_t size;
} Item;

typedef struct Compare {
	GQueue items;
	GString *differences;
} Compare;

static void
item_free(gpointer data)
{
	Item *item = data;

	g_free(item->bytes);
	g_free(item);
}

static void
item_add(Compare *compare, const json_t *expected, char *bytes, size_t size)
{
	Item *item = g_new(Item, 1);

	*item = (Item){ expected, bytes, size };
	g_queue_push_tail(&compare->items, item);
}

static G_GNUC_PRINTF(2, 3) void differ(Compare *compare, const char *format,
                                       ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_string_append_vprintf(compare->differences, format, arguments);
	va_end(arguments);
	g_string_append(compare->differences, "; ");
}

static const json_t *
content_type(const json_t *part)
{
	const json_t *headers = json_object_get(part, "headers");
	size_t i;
	const json_t *header;

	json_array_foreach(headers, i, header)
	{
		const char *name =
			json_string_value(json_object_get(header, "name"));

		if (g_strcmp0(name, "content_type") == 0)
			return json_object_get(json_object_get(header, "value"),
			                       "ContentType");
	}
	return NULL;
}

static void
compare_type(Compare *compare, size_t i, const json_t *type,
             const MimePart *part)
{
	const char *main_type =
		json_string_value(json_object_get(type, "c_type"));
	const char *subtype =
		json_string_value(json_object_get(type, "c_subtype"));
	g_autofree char *both = NULL;
	g_autofree char *lower = NULL;

	if (main_type == NULL || subtype == NULL)
		return;
	both = g_strconcat(main_type, "/", subtype, NULL);
	lower = g_ascii_strdown(both, -1);
	if (strcmp(lower, part->type) != 0)
		differ(compare, "part %zu is %s, not %s", i, part->type, lower);
}

static void
compare_charset(Compare *compare, size_t i, const json_t *type,
                const MimePart *part)
{
	const json_t *attributes = json_object_get(type, "attributes");
	size_t n;
	const json_t *attribute;

	json_array_foreach(attributes, n, attribute)
	{
		const char *name =
			json_string_value(json_object_get(attribute, "name"));
		const char *value =
			json_string_value(json_object_get(attribute, "value"));

		if (g_strcmp0(name, "charset") == 0 && value != NULL &&
		    g_ascii_strcasecmp(value, part->charset) != 0)
			differ(compare, "part %zu has charset %s, not %s", i,
			       part->charset, value);
	}
}

/* What is no matter here: NUL, \r, line ends at the end. */
static char *
normalise(const char *text, size_t size)
{
	GString *out = g_string_sized_new(size + 1);

	for (size_t i = 0; i < size; i++)
		if (text[i] != '\r' && text[i] != '\0')
			g_string_append_c(out, text[i]);
	while (out->len > 0 && out->str[out->len - 1] == '\n')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

/* Where they differ; NULL when not. Where theirs gave a byte up (U+FFFD), any
 * character of ours will do: we guess charsets that were not declared. */
static const char *
first_difference(const char *ours, const char *theirs)
{
	while (*ours != '\0' && *theirs != '\0') {
		gunichar a = g_utf8_get_char(ours);
		gunichar b = g_utf8_get_char(theirs);

		if (a != b && b != 0xfffd)
			return ours;
		ours = g_utf8_next_char(ours);
		theirs = g_utf8_next_char(theirs);
	}
	return *ours == *theirs ? NULL : ours;
}

static void
compare_text(Compare *compare, size_t i, const json_t *expected,
             const Mime *mime)
{
	const MimePart *part = mime_part(mime, i);
	size_t size;
	g_autofree char *content = mime_decode(mime, part, 1 << 20, &size);
	g_autofree char *utf8 = charset_to_utf8(part->charset, content, size,
	                                        1 << 20, &size, NULL);
	g_autofree char *plain = normalise(utf8, size);
	g_autofree char *ours = g_utf8_make_valid(plain, -1);
	g_autofree char *theirs = normalise(json_string_value(expected),
	                                    json_string_length(expected));
	const char *at = first_difference(ours, theirs);

	if (at != NULL)
		differ(compare, "part %zu at %zu: \"%.20s\", not \"%.20s\"", i,
		       (size_t)(at - ours), at,
		       theirs + MIN(strlen(theirs), (size_t)(at - ours)));
}

static void
compare_children(Compare *compare, size_t i, const json_t *children,
                 const Mime *mime)
{
	size_t n;
	const json_t *child;

	if (mime_part(mime, i)->kind != MIME_MULTIPART) {
		differ(compare, "part %zu is no multipart", i);
		return;
	}
	json_array_foreach(children, n, child)
	{
		size_t index = (size_t)json_integer_value(child);

		if (index >= mime_count(mime) ||
		    mime_part(mime, index)->parent != (int)i)
			differ(compare, "part %zu is not in %zu", index, i);
	}
}

static void
compare_message(Compare *compare, size_t i, const json_t *expected,
                const Mime *mime)
{
	const MimePart *part = mime_part(mime, i);
	size_t size;
	char *content;

	if (part->kind != MIME_MESSAGE) {
		differ(compare, "part %zu is no message", i);
		return;
	}
	content = mime_decode(mime, part, 1 << 24, &size);
	item_add(compare, expected, content, size);
}

static bool
is_text(const MimePart *part)
{
	return part->kind == MIME_LEAF && !part->attachment &&
	       (strcmp(part->type, "text/plain") == 0 ||
	        strcmp(part->type, "text/html") == 0);
}

static void
compare_part(Compare *compare, size_t i, const json_t *expected,
             const Mime *mime)
{
	const json_t *body = json_object_get(expected, "body");
	const json_t *type = content_type(expected);
	const json_t *value;

	compare_type(compare, i, type, mime_part(mime, i));
	compare_charset(compare, i, type, mime_part(mime, i));
	if ((value = json_object_get(body, "Multipart")) != NULL)
		compare_children(compare, i, value, mime);
	else if ((value = json_object_get(body, "Message")) != NULL)
		compare_message(compare, i, value, mime);
	else if (is_text(mime_part(mime, i)) &&
	         ((value = json_object_get(body, "Text")) != NULL ||
	          (value = json_object_get(body, "Html")) != NULL))
		compare_text(compare, i, value, mime);
}

/* The indexes in the list that are texts to both, as "1,2,". */
static char *
expected_list(const json_t *list, const Mime *mime)
{
	GString *out = g_string_new(NULL);
	size_t n;
	const json_t *value;

	json_array_foreach(list, n, value)
	{
		size_t i = (size_t)json_integer_value(value);

		if (i < mime_count(mime) && is_text(mime_part(mime, i)))
			g_string_append_printf(out, "%zu,", i);
	}
	return g_string_free(out, FALSE);
}

static char *
our_list(const GArray *list, const Mime *mime)
{
	GString *out = g_string_new(NULL);

	for (guint n = 0; n < list->len; n++) {
		unsigned i = g_array_index(list, unsigned, n);

		if (is_text(mime_part(mime, i)))
			g_string_append_printf(out, "%u,", i);
	}
	return g_string_free(out, FALSE);
}

static void
compare_list(Compare *compare, const char *name, const Item *item,
             const GArray *list, const Mime *mime)
{
	g_autofree char *theirs =
		expected_list(json_object_get(item->expected, name), mime);
	g_autofree char *ours = our_list(list, mime);

	if (strcmp(ours, theirs) != 0)
		differ(compare, "%s is %s not %s", name, ours, theirs);
}

static void
compare_item(Compare *compare, const Item *item)
{
	const json_t *parts = json_object_get(item->expected, "parts");
	g_autoptr(GError) error = NULL;
	g_autoptr(Mime) mime = mime_parse(item->bytes, item->size, &error);
	g_auto(BodyParts) chosen = { 0 };

	if (mime == NULL) {
		differ(compare, "refused: %s", error->message);
		return;
	}
	if (mime_count(mime) != json_array_size(parts)) {
		differ(compare, "%zu parts, not %zu", mime_count(mime),
		       json_array_size(parts));
		return;
	}
	for (size_t i = 0; i < mime_count(mime); i++)
		compare_part(compare, i, json_array_get(parts, i), mime);
	body_parts_choose(mime, &chosen);
	compare_list(compare, "text_body", item, chosen.text, mime);
	compare_list(compare, "html_body", item, chosen.html, mime);
	compare_list(compare, "attachments", item, chosen.attachments, mime);
}

/* What differs, "" when nothing does. */
static char *
compare_mail(const json_t *expected, const char *bytes, size_t size)
{
	Compare compare = { .differences = g_string_new(NULL) };
	Item *item;

	g_queue_init(&compare.items);
	item_add(&compare, expected, g_memdup2(bytes, size), size);
	while ((item = g_queue_pop_head(&compare.items)) != NULL) {
		compare_item(&compare, item);
		item_free(item);
	}
	return g_string_free(compare.differences, FALSE);
}

#endif
