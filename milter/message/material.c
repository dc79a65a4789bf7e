/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A GVariant: reading one in place is bounded by its bytes, and what is not in
 * normal form is refused as a whole. The first member names the form, so that a
 * program of another version says no instead of reading nonsense.
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
#define FORM "(yuuxssssssassss)"
/* The year 9999, which a date of RFC 5322 can still say. */
#define TIME_LAST INT64_C(253402300799)

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

GBytes *
material_encode(const Material *m)
{
	bool whole = (m->flags & MATERIAL_CUT) == 0;
	g_autoptr(GVariant) variant = g_variant_ref_sink(g_variant_new(
		"(yuuxssssss^assss)", VERSION, m->flags, m->words, m->date,
		m->date_text, m->subject, m->from, m->from_name, m->reply_to,
		m->message_id, m->references, whole ? "" : m->new_text,
		m->body_text, whole ? "" : m->signature));

	return g_variant_get_data_as_bytes(variant);
}

static bool
is_control(gunichar c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* `text` is valid UTF-8: so is every string of a normal form. */
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

static Material *
unpack(GVariant *variant)
{
	Material *m = g_new0(Material, 1);
	guchar version;

	g_variant_get(variant, "(yuuxssssss^assss)", &version, &m->flags,
	              &m->words, &m->date, &m->date_text, &m->subject, &m->from,
	              &m->from_name, &m->reply_to, &m->message_id,
	              &m->references, &m->new_text, &m->body_text,
	              &m->signature);
	if (version == VERSION && is_valid(m))
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
	g_autoptr(GBytes) copy = NULL;
	g_autoptr(GVariant) variant = NULL;
	Material *material;

	if (size > MATERIAL_BYTES_MAX)
		return NULL;
	copy = g_bytes_new(bytes, size);
	variant = g_variant_ref_sink(
		g_variant_new_from_bytes(G_VARIANT_TYPE(FORM), copy, FALSE));
	if (!g_variant_is_normal_form(variant))
		return NULL;
	material = unpack(variant);
	if (material != NULL && (material->flags & MATERIAL_CUT) == 0)
		split(material);
	return material;
}
