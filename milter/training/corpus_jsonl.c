/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON Lines, read strictly: a misspelt "signature" that is passed over would
 * cost accuracy without a word. Ids are compared by sorting, for a hash table
 * is quadratic on ids that were chosen to collide.
 */
#include <jansson.h>
#include <string.h>

#include "base/text.h"
#include "corpus_private.h"

/* What stands in one line. */
typedef struct Row {
	CorpusReader *reader;
	const CorpusPlace *place;
	json_t *object; /* borrowed */
	Sample draft;
} Row;

static bool
check_keys(const Row *row, GError **error)
{
	static const char *const known[] = { "id",   "lang",      "subject",
		                             "body", "signature", "text",
		                             "note", "labels",    NULL };
	const char *key;
	json_t *value;

	json_object_foreach(row->object, key, value)
	{
		bool labels = strcmp(key, "labels") == 0;
		g_autofree char *quote = corpus_quote(key);

		if (!g_strv_contains(known, key))
			return corpus_fail(
				error, row->place,
				"unknown key \"%s\"; known: id lang subject "
				"body signature text labels note",
				quote);
		if (labels ? !json_is_object(value) : !json_is_string(value))
			return corpus_fail(error, row->place, "%s: must be %s",
			                   key,
			                   labels ? "an object" : "a string");
	}
	if (json_object_get(row->object, "labels") == NULL)
		return corpus_fail(error, row->place,
		                   "no \"labels\"; write \"labels\": {...}");
	return true;
}

static bool
has(const Row *row, const char *key)
{
	return json_object_get(row->object, key) != NULL;
}

/* A mail or an utterance, not both and not neither. */
static bool
check_kind(Row *row, GError **error)
{
	bool mail = has(row, "body") || has(row, "subject") ||
	            has(row, "signature");

	if (has(row, "text") && mail)
		return corpus_fail(error, row->place,
		                   "has \"text\" and parts of a mail; a mail's "
		                   "text is its \"body\"");
	if (!has(row, "text") && !has(row, "body"))
		return corpus_fail(
			error, row->place,
			"no text; write \"body\" of a mail, \"text\" "
			"of an utterance");
	row->draft.kind = mail ? SAMPLE_MAIL : SAMPLE_UTTERANCE;
	return true;
}

static bool
check_id(Row *row, GError **error)
{
	const char *id = json_string_value(json_object_get(row->object, "id"));
	g_autofree char *clean = NULL;

	if (id == NULL)
		return true;
	clean = text_sanitise(id, strlen(id), LIMIT_CORPUS_ID, NULL);
	if (id[0] == '\0' || strcmp(id, clean) != 0 ||
	    strpbrk(id, "\n\t") != NULL)
		return corpus_fail(error, row->place,
		                   "id: must be 1 to %d bytes without control "
		                   "characters",
		                   LIMIT_CORPUS_ID);
	row->draft.id = id;
	return true;
}

static bool
check_language(Row *row, GError **error)
{
	const char *code =
		json_string_value(json_object_get(row->object, "lang"));

	return code == NULL || corpus_label_language(row->place, &row->draft,
	                                             "lang", code, error);
}

/* False when the Rules have no such finding; it is remembered then. */
static bool
find_finding(const Row *row, const char *name, unsigned *ret_finding)
{
	const Rules *rules = row->reader->rules;
	g_autofree char *quote = NULL;

	for (unsigned f = 0; f < rules_n_findings(rules); f++) {
		if (strcmp(rules_finding_name(rules, f), name) == 0) {
			*ret_finding = f;
			return true;
		}
	}
	quote = corpus_quote(name);
	corpus_add_unknown(row->reader->part, quote);
	return false;
}

static bool
check_labels(Row *row, GError **error)
{
	json_t *labels = json_object_get(row->object, "labels"), *value;
	const char *name;
	unsigned finding;

	json_object_foreach(labels, name, value)
	{
		g_autofree char *quote = corpus_quote(name);

		if (!json_is_string(value))
			return corpus_fail(error, row->place,
			                   "labels: %s must be a string",
			                   quote);
		if (find_finding(row, name, &finding) &&
		    !corpus_label(row->reader, row->place, &row->draft, finding,
		                  json_string_value(value), error))
			return false;
	}
	return true;
}

static char *
read_text(const Row *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row->object, key));

	if (text == NULL)
		text = "";
	return g_strchomp(
		text_sanitise(text, strlen(text), LIMIT_ANALYSE_TEXT, NULL));
}

static bool
add_texts(Row *row, GError **error)
{
	bool mail = row->draft.kind == SAMPLE_MAIL;
	g_autofree char *subject = read_text(row, "subject");
	g_autofree char *text = read_text(row, mail ? "body" : "text");
	g_autofree char *signature = read_text(row, "signature");

	g_strstrip(g_strdelimit(subject, "\n\t", ' ')); /* as of a mail */
	if (text_is_blank(text) && text_is_blank(subject))
		return corpus_fail(error, row->place,
		                   "empty; take the line out, for nobody could "
		                   "judge it");
	row->draft.subject = subject;
	row->draft.text = text;
	row->draft.signature = signature;
	return corpus_add(row->reader, &row->draft, error);
}

static bool
read_line(CorpusReader *reader, const CorpusLines *lines, GError **error)
{
	json_error_t reason;
	json_t *object = json_loadb(lines->line, lines->size,
	                            JSON_REJECT_DUPLICATES, &reason);
	Row row = { reader, &lines->place, object,
		    corpus_draft(reader, &lines->place) };
	bool good;

	if (!json_is_object(object)) {
		g_autofree char *quote = corpus_quote(
			object == NULL ? reason.text : "no object");

		good = corpus_fail(error, &lines->place,
		                   "not JSON (%s); each line is one object, "
		                   "all of it on that line",
		                   quote);
	} else {
		good = check_keys(&row, error) && check_kind(&row, error) &&
		       check_id(&row, error) && check_language(&row, error) &&
		       check_labels(&row, error) && add_texts(&row, error);
	}
	json_decref(object);
	return good;
}

static int
by_id(const void *a, const void *b)
{
	const Sample *x = *(const Sample *const *)a;
	const Sample *y = *(const Sample *const *)b;
	int order = strcmp(x->id, y->id);

	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Of the samples from the `first` on, which are this file's. */
static bool
check_unique(const CorpusReader *reader, unsigned first, GError **error)
{
	const GPtrArray *samples = reader->part->samples;
	g_autoptr(GPtrArray) sorted = g_ptr_array_new();

	for (unsigned i = first; i < samples->len; i++)
		g_ptr_array_add(sorted, samples->pdata[i]);
	g_ptr_array_sort(sorted, by_id);
	for (unsigned i = 1; i < sorted->len; i++) {
		const Sample *one = sorted->pdata[i - 1];
		const Sample *two = sorted->pdata[i];
		CorpusPlace place = { two->file, two->line };

		if (strcmp(one->id, two->id) == 0)
			return corpus_fail(error, &place,
			                   "id \"%s\" stands in line %u "
			                   "already; give each text its own",
			                   two->id, one->line);
	}
	return true;
}

bool
corpus_read_jsonl(CorpusReader *reader, const char *name, const char *bytes,
                  size_t size, GError **error)
{
	CorpusLines lines = corpus_lines(name, bytes, size);
	unsigned first = reader->part->samples->len;
	GError *cause = NULL;

	while (corpus_next_line(&lines, &cause))
		if (!read_line(reader, &lines, error))
			return false;
	if (cause != NULL)
		g_propagate_error(error, cause);
	return cause == NULL && check_unique(reader, first, error);
}
