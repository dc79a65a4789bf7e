/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key that opens these texts is another than those of the store, and who
 * answers a request need not have it: the export is complete without.
 */
#include "privacy_sealed.h"

#include <string.h>

#include "drafting/precedent.h"
#include "drafting/sheet.h"
#include "message/material.h"
#include "print.h"

typedef json_t *Decode(const void *bytes, size_t size);

static void
set_text(json_t *object, const char *name, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);

	json_object_set_new(object, name, json_string(valid));
}

static json_t *
decode_material(const void *bytes, size_t size)
{
	g_autoptr(Material) material = material_decode(bytes, size);
	json_t *value;

	if (material == NULL)
		return NULL;
	value = json_object();
	set_text(value, "from", material->from);
	set_text(value, "from_name", material->from_name);
	set_text(value, "reply_to", material->reply_to);
	set_text(value, "date", material->date_text);
	set_text(value, "message_id", material->message_id);
	set_text(value, "subject", material->subject);
	set_text(value, "text", material->body_text);
	return value;
}

static json_t *
decode_sheet(const void *bytes, size_t size)
{
	g_autoptr(Sheet) sheet = sheet_decode(bytes, size);
	json_t *value;

	if (sheet == NULL)
		return NULL;
	value = json_object();
	set_text(value, "text", sheet->body);
	set_text(value, "left_host", sheet->left);
	return value;
}

static json_t *
decode_precedent(const void *bytes, size_t size)
{
	g_autoptr(Precedent) precedent = precedent_decode(bytes, size);
	json_t *value;

	if (precedent == NULL)
		return NULL;
	value = json_object();
	set_text(value, "request", precedent->request);
	set_text(value, "question_words", precedent->words);
	set_text(value, "text", precedent->answer);
	return value;
}

static json_t *
decode_words(const void *bytes, size_t size)
{
	g_autofree char *text = g_strndup(bytes, size);
	json_t *value = json_object();

	set_text(value, "text", text);
	return value;
}

static const struct sealed {
	const char *table, *column;
	SealKind kind;
	Decode *decode;
} sealed[] = {
	{ "draft_text", "material", SEAL_MATERIAL, decode_material },
	{ "draft_text", "text", SEAL_TEXT, decode_sheet },
	{ "sent", "material", SEAL_SENT, decode_material },
	{ "answer", "text", SEAL_ANSWER, decode_precedent },
	{ "gap", "words", SEAL_WORDS, decode_words },
};

static const struct sealed *
find_sealed(const ExportRow *row, const ExportValue *value)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sealed); i++)
		if (value->type == EXPORT_BYTES &&
		    strcmp(row->table->name, sealed[i].table) == 0 &&
		    strcmp(value->name, sealed[i].column) == 0)
			return &sealed[i];
	return NULL;
}

static const char *
public_id(const ExportRow *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (strcmp(row->values[i].name, "public_id") == 0 &&
		    row->values[i].text != NULL)
			return row->values[i].text;
	return "";
}

static json_t *
closed_value(const ExportValue *value, const char *why)
{
	json_t *closed = json_object();

	json_object_set_new(closed, "sealed",
	                    print_hex(value->bytes, value->size));
	set_text(closed, "why", why);
	return closed;
}

void
unsealer_init(Unsealer *unsealer, const char *directory)
{
	g_autoptr(GError) error = NULL;

	*unsealer = (Unsealer){ .secret = seal_secret_load(directory, &error) };
	if (unsealer->secret == NULL)
		unsealer->why = g_strdup(error->message);
}

void
unsealer_clear(Unsealer *unsealer)
{
	seal_secret_free(unsealer->secret);
	g_free(unsealer->why);
	*unsealer = (Unsealer){ 0 };
}

json_t *
unsealer_value(const Unsealer *unsealer, const ExportRow *row,
               const ExportValue *value)
{
	const struct sealed *how = find_sealed(row, value);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) plain = NULL;
	const void *bytes;
	json_t *opened;
	gsize size;

	if (how == NULL)
		return NULL;
	if (unsealer->secret == NULL)
		return closed_value(value, unsealer->why);
	plain = seal_open(unsealer->secret, how->kind, public_id(row),
	                  value->bytes, value->size, &error);
	if (plain == NULL)
		return closed_value(value, error->message);
	bytes = g_bytes_get_data(plain, &size);
	opened = how->decode(bytes, size);
	return opened != NULL ? opened : closed_value(value, "it is damaged");
}
