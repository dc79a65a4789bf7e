/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What crosses: a head, then the strings, each with the NUL that ends it, and
 * nothing after them. A mail waits while it is made; a GVariant of the same
 * took six times as long. The head names the form, so that a program of another
 * version says no instead of reading nonsense.
 *
 * Where all of the text is here, it crosses once: what of it is new and what is
 * the signature is found in it again by who decodes it. Otherwise all three do.
 */
#include "message/material.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "message/quote.h"

#define VERSION 1

typedef struct Head {
	uint32_t version, flags, words;
	uint32_t n_references; /* the last strings */
	int64_t date;
} Head;

/* The year 9999, which a date of RFC 5322 can still say. */
#define TIME_LAST INT64_C(253402300799)

/* Where the strings stand, in their order. */
static const size_t members[] = {
	G_STRUCT_OFFSET(Material, date_text),
	G_STRUCT_OFFSET(Material, subject),
	G_STRUCT_OFFSET(Material, from),
	G_STRUCT_OFFSET(Material, from_name),
	G_STRUCT_OFFSET(Material, reply_to),
	G_STRUCT_OFFSET(Material, message_id),
	G_STRUCT_OFFSET(Material, body_text),
	G_STRUCT_OFFSET(Material, new_text),
	G_STRUCT_OFFSET(Material, signature),
};
/* Those that do not cross where all of the text does: the last. */
#define FOUND_AGAIN 2

void
material_free(Material *material)
{
	if (material == NULL)
		return;
	g_free(material->date_text);
	g_free(material->subject);
	g_free(material->from);
	g_free(material->from_name);
	g_free(material->reply_to);
	g_free(material->message_id);
	g_strfreev(material->references);
	g_free(material->new_text);
	g_free(material->body_text);
	g_free(material->signature);
	g_free(material);
}

static void
add_string(GByteArray *out, const char *string)
{
	g_byte_array_append(out, (const guint8 *)string,
	                    (guint)strlen(string) + 1);
}

static size_t
members_of(unsigned flags)
{
	bool whole = (flags & MATERIAL_CUT) == 0;

	return G_N_ELEMENTS(members) - (whole ? FOUND_AGAIN : 0);
}

GBytes *
material_encode(const Material *m)
{
	GByteArray *out = g_byte_array_new();
	Head head = { .version = VERSION,
		      .flags = m->flags,
		      .words = m->words,
		      .n_references = g_strv_length(m->references),
		      .date = m->date };

	g_byte_array_append(out, (const guint8 *)&head, sizeof(head));
	for (size_t i = 0; i < members_of(m->flags); i++)
		add_string(out, G_STRUCT_MEMBER(char *, m, members[i]));
	for (char **id = m->references; *id != NULL; id++)
		add_string(out, *id);
	return g_byte_array_free_to_bytes(out);
}

static bool
is_control(gunichar c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* `text` is valid UTF-8. */
static bool
is_clean(const char *text, size_t max, const char *allowed)
{
	if (strlen(text) > max)
		return false;
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (is_control(c) &&
		    (c >= 0x80 || strchr(allowed, (int)c) == NULL))
			return false;
	}
	return true;
}

static bool
is_line(const char *text, size_t max)
{
	return is_clean(text, max, "");
}

static bool
is_text(const char *text, size_t max)
{
	return is_clean(text, max, "\n\t");
}

static bool
is_id(const char *id)
{
	return id[0] != '\0' && strlen(id) <= MATERIAL_LINE_MAX &&
	       text_is_printable_ascii(id) && strpbrk(id, " <>") == NULL;
}

static bool
are_ids(char *const *ids)
{
	size_t n = 0;

	for (; *ids != NULL; ids++)
		if (++n > LIMIT_REFERENCES || !is_id(*ids))
			return false;
	return true;
}

static bool
header_is_valid(const Material *m)
{
	return (m->flags & ~(unsigned)MATERIAL_FLAGS) == 0 && m->date >= 0 &&
	       m->date <= TIME_LAST &&
	       is_line(m->date_text, MATERIAL_LINE_MAX) &&
	       is_line(m->subject, MATERIAL_LINE_MAX) &&
	       is_line(m->from, LIMIT_ADDRESS_BYTES) &&
	       is_line(m->from_name, MATERIAL_LINE_MAX) &&
	       is_line(m->reply_to, LIMIT_ADDRESS_BYTES) &&
	       (m->message_id[0] == '\0' || is_id(m->message_id)) &&
	       are_ids(m->references);
}

static bool
is_valid(const Material *m)
{
	return header_is_valid(m) && is_text(m->new_text, MATERIAL_TEXT_MAX) &&
	       is_text(m->body_text, MATERIAL_TEXT_MAX) &&
	       is_text(m->signature, MATERIAL_SIGNATURE_MAX);
}

/* What is left to read. */
typedef struct Reader {
	const char *at;
	size_t left;
	bool failed;
} Reader;

/* The next string; "" when there is none that is UTF-8. */
static char *
read_string(Reader *reader)
{
	const char *string = reader->at;
	const char *end = memchr(string, '\0', reader->left);
	size_t size = end != NULL ? (size_t)(end - string) : 0;

	if (end == NULL || !g_utf8_validate(string, (gssize)size, NULL)) {
		reader->failed = true;
		return g_strdup("");
	}
	reader->at += size + 1;
	reader->left -= size + 1;
	return g_strndup(string, size);
}

static Material *
unpack(const Head *head, Reader *reader)
{
	Material *m = g_new0(Material, 1);

	m->flags = head->flags;
	m->words = head->words;
	m->date = head->date;
	m->references = g_new0(char *, head->n_references + 1);
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		G_STRUCT_MEMBER(char *, m, members[i]) =
			i < members_of(m->flags) ? read_string(reader)
						 : g_strdup("");
	for (uint32_t i = 0; i < head->n_references; i++)
		m->references[i] = read_string(reader);
	if (!reader->failed && reader->left == 0 && is_valid(m))
		return m;
	material_free(m);
	return NULL;
}

static void
split(Material *m)
{
	QuoteSplit found;

	quote_split(m->body_text, &found);
	g_free(m->new_text);
	g_free(m->signature);
	m->new_text = g_steal_pointer(&found.new_text);
	m->signature = g_steal_pointer(&found.signature);
	quote_split_clear(&found);
}

Material *
material_decode(const void *bytes, size_t size)
{
	Reader reader = { .at = (const char *)bytes + sizeof(Head) };
	Material *material;
	Head head;

	if (size < sizeof(head) || size > MATERIAL_BYTES_MAX)
		return NULL;
	memcpy(&head, bytes, sizeof(head));
	if (head.version != VERSION || head.n_references > LIMIT_REFERENCES)
		return NULL;
	reader.left = size - sizeof(head);
	material = unpack(&head, &reader);
	if (material != NULL && (material->flags & MATERIAL_CUT) == 0)
		split(material);
	return material;
}
