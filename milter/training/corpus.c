/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A call reads into a Corpus of its own, which is joined to the caller's when
 * all of it was good: so a bad file adds nothing. The readers of the forms are
 * in corpus_jsonl.c, corpus_lines.c and corpus_mail.c.
 */
#include "training/corpus.h"

#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "corpus_private.h"

enum { QUOTE_MAX = 60, NAME_MAX_SIZE = 4096, STRINGS = 5 };

Corpus *
corpus_new(void)
{
	Corpus *corpus = g_new0(Corpus, 1);

	corpus->samples = g_ptr_array_new_with_free_func(g_free);
	corpus->unknown = g_ptr_array_new_with_free_func(g_free);
	corpus->renamed =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return corpus;
}

void
corpus_free(Corpus *corpus)
{
	if (corpus == NULL)
		return;
	g_ptr_array_unref(corpus->samples);
	g_ptr_array_unref(corpus->unknown);
	g_hash_table_unref(corpus->renamed);
	g_free(corpus);
}

void
corpus_rename_label(Corpus *corpus, const char *label, const char *value)
{
	g_hash_table_replace(corpus->renamed, g_strdup(label), g_strdup(value));
}

unsigned
corpus_size(const Corpus *corpus)
{
	return corpus->samples->len;
}

const Sample *
corpus_sample(const Corpus *corpus, unsigned i)
{
	return corpus->samples->pdata[i];
}

unsigned
corpus_skipped(const Corpus *corpus)
{
	return corpus->skipped;
}

const char *
corpus_unknown_finding(const Corpus *corpus, unsigned i)
{
	return i < corpus->unknown->len ? corpus->unknown->pdata[i] : NULL;
}

char *
corpus_quote(const char *text)
{
	char *quote = text_sanitise(text, strlen(text), QUOTE_MAX, NULL);

	return g_strdelimit(quote, "\n\t", ' ');
}

/* A file's name may be any bytes, and goes where a line is a line. */
static char *
clean_name(const char *name)
{
	char *clean = text_sanitise(name, strlen(name), NAME_MAX_SIZE, NULL);

	return g_strdelimit(clean, "\n\t", '?');
}

bool
corpus_fail(GError **error, const CorpusPlace *place, const char *format, ...)
{
	g_autofree char *file = clean_name(place->file);
	g_autofree char *message = NULL;
	va_list list;

	va_start(list, format);
	message = g_strdup_vprintf(format, list);
	va_end(list);
	if (place->line > 0)
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX, "%s:%u: %s",
		            file, place->line, message);
	else
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX, "%s: %s",
		            file, message);
	return false;
}

Sample
corpus_draft(const CorpusReader *reader, const CorpusPlace *place)
{
	Sample draft = { .subject = "",
		         .text = "",
		         .signature = "",
		         .file = place->file,
		         .line = place->line,
		         .language = reader->language,
		         .kind = SAMPLE_UTTERANCE };

	memset(draft.label, -1, sizeof(draft.label));
	return draft;
}

static char *
legal_values(const Rules *rules, unsigned finding)
{
	GString *list = g_string_new("");

	for (unsigned v = 0; v < rules_n_values(rules, finding); v++)
		g_string_append_printf(list, " %s",
		                       rules_value_name(rules, finding, v));
	return g_string_free(list, FALSE);
}

static const char *
renamed(const CorpusReader *reader, const char *label)
{
	const char *value = g_hash_table_lookup(reader->renamed, label);

	return value != NULL ? value : label;
}

bool
corpus_label_language(const CorpusPlace *place, Sample *draft, const char *key,
                      const char *code, GError **error)
{
	Language language = language_from_code(code);
	g_autofree char *quote = NULL;
	g_autoptr(GString) legal = NULL;

	if (language < LANGUAGE_N) {
		draft->language = language;
		return true;
	}
	quote = corpus_quote(code);
	legal = g_string_new("");
	for (unsigned i = 0; i < LANGUAGE_N; i++)
		g_string_append_printf(legal, " %s", language_code(i));
	return corpus_fail(error, place, "%s: no language \"%s\"; legal:%s",
	                   key, quote, legal->str);
}

bool
corpus_label_asked(const CorpusReader *reader, const CorpusPlace *place,
                   Sample *draft, const char *value, GError **error)
{
	if (reader->finding == CORPUS_LANGUAGE)
		return corpus_label_language(place, draft, "labels",
		                             renamed(reader, value), error);
	return corpus_label(reader, place, draft, (unsigned)reader->finding,
	                    value, error);
}

bool
corpus_label(const CorpusReader *reader, const CorpusPlace *place,
             Sample *draft, unsigned finding, const char *value, GError **error)
{
	const Rules *rules = reader->rules;
	g_autofree char *quote = NULL, *legal = NULL;

	if ((int)finding == reader->finding)
		value = renamed(reader, value);
	for (unsigned v = 0; v < rules_n_values(rules, finding); v++) {
		if (strcmp(rules_value_name(rules, finding, v), value) == 0) {
			draft->label[finding] = (int8_t)v;
			return true;
		}
	}
	quote = corpus_quote(value);
	legal = legal_values(rules, finding);
	return corpus_fail(error, place,
	                   "labels: %s has no value \"%s\"; legal:%s",
	                   rules_finding_name(rules, finding), quote, legal);
}

bool
corpus_has_finding(const CorpusReader *reader, const char *path, GError **error)
{
	CorpusPlace place = { path, 0 };

	return reader->finding >= 0 || reader->finding == CORPUS_LANGUAGE ||
	       corpus_fail(error, &place,
	                   "does not say what its labels are of; name the "
	                   "finding, or use a .jsonl file");
}

/* A Sample and its strings in one block; *ret_size: its bytes. */
static Sample *
copy_sample(const Sample *draft, size_t *ret_size)
{
	const char *const from[STRINGS] = { draft->id, draft->subject,
		                            draft->text, draft->signature,
		                            draft->file };
	const char *to[STRINGS] = { NULL };
	size_t length[STRINGS], size = sizeof(Sample);
	Sample *copy;
	char *at;

	for (unsigned i = 0; i < STRINGS; i++) {
		length[i] =
			text_cut(from[i], strlen(from[i]), LIMIT_ANALYSE_TEXT);
		size += length[i] + 1;
	}
	copy = g_malloc(size);
	*copy = *draft;
	at = (char *)(copy + 1);
	for (unsigned i = 0; i < STRINGS; i++) {
		memcpy(at, from[i], length[i]);
		at[length[i]] = '\0';
		to[i] = at;
		at += length[i] + 1;
	}
	copy->id = to[0];
	copy->subject = to[1];
	copy->text = to[2];
	copy->signature = to[3];
	copy->file = to[4];
	*ret_size = size;
	return copy;
}

bool
corpus_add(CorpusReader *reader, const Sample *draft, GError **error)
{
	Corpus *part = reader->part;
	CorpusPlace place = { draft->file, draft->line };
	g_autofree char *file = clean_name(draft->file);
	g_autofree char *id =
		draft->id != NULL ? clean_name(draft->id)
				  : g_strdup_printf("%s:%u", file, draft->line);
	Sample named = *draft, *copy;
	size_t size;

	named.id = id;
	named.file = file;
	copy = copy_sample(&named, &size);
	g_ptr_array_add(part->samples, copy);
	part->bytes += size;
	if (part->samples->len > reader->max_samples)
		return corpus_fail(error, &place,
		                   "more than %d texts in all; use fewer",
		                   LIMIT_CORPUS_SAMPLES);
	if (part->bytes > reader->max_bytes)
		return corpus_fail(error, &place,
		                   "more than %d MiB of text in all; use fewer",
		                   LIMIT_CORPUS_BYTES >> 20);
	return true;
}

void
corpus_add_unknown(Corpus *corpus, const char *name)
{
	if (corpus->unknown->len < LIMIT_FINDINGS &&
	    !g_ptr_array_find_with_equal_func(corpus->unknown, name,
	                                      g_str_equal, NULL))
		g_ptr_array_add(corpus->unknown, g_strdup(name));
}

static void
join(Corpus *corpus, Corpus *part)
{
	g_ptr_array_extend_and_steal(corpus->samples,
	                             g_ptr_array_ref(part->samples));
	for (unsigned i = 0; i < part->unknown->len; i++)
		corpus_add_unknown(corpus, part->unknown->pdata[i]);
	corpus->bytes += part->bytes;
	corpus->skipped += part->skipped;
}

typedef bool ReadBytes(CorpusReader *reader, const char *name,
                       const char *bytes, size_t size, GError **error);

static bool
read_bytes(CorpusReader *reader, const char *name, const char *bytes,
           size_t size, GError **error)
{
	static const struct {
		const char *suffix;
		ReadBytes *read;
	} forms[] = {
		{ ".jsonl", corpus_read_jsonl },
		{ ".tsv", corpus_read_tsv },
		{ ".mbox", corpus_read_mbox },
	};
	CorpusPlace place = { name, 0 };

	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (g_str_has_suffix(name, forms[i].suffix))
			return forms[i].read(reader, name, bytes, size, error);
	return corpus_fail(error, &place,
	                   "is none of .jsonl .tsv .mbox; a single mail goes "
	                   "into a folder that is named by its label");
}

GMappedFile *
corpus_map(const char *path, GError **error)
{
	g_autoptr(GError) cause = NULL;
	GMappedFile *file = NULL;

	/* a pipe would be waited for */
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s: is not there", path);
	else if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s: is not a file", path);
	else if ((file = g_mapped_file_new(path, FALSE, &cause)) == NULL)
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s: cannot be read: %s", path, cause->message);
	return file;
}

bool
corpus_read_file(CorpusReader *reader, const char *path, GError **error)
{
	GMappedFile *file = corpus_map(path, error);
	const char *bytes;
	bool good;

	if (file == NULL)
		return false;
	bytes = g_mapped_file_get_contents(file);
	good = read_bytes(reader, path, bytes != NULL ? bytes : "",
	                  g_mapped_file_get_length(file), error);
	g_mapped_file_unref(file);
	return good;
}

static CorpusReader
open_reader(const Corpus *corpus, const Rules *rules, int finding,
            Language language)
{
	CorpusReader reader = {
		.rules = rules,
		.finding = finding,
		.renamed = corpus->renamed,
		.language = language,
		.part = corpus_new(),
		.max_samples = LIMIT_CORPUS_SAMPLES - corpus->samples->len,
		.max_bytes = LIMIT_CORPUS_BYTES - corpus->bytes,
	};

	return reader;
}

/* Joins what was read, if it was good and if it was anything. */
static bool
close_reader(CorpusReader *reader, Corpus *corpus, const char *name, bool good,
             GError **error)
{
	g_autoptr(Corpus) part = g_steal_pointer(&reader->part);
	CorpusPlace place = { name, 0 };

	if (!good)
		return false;
	if (part->samples->len == 0)
		return corpus_fail(
			error, &place,
			"no labelled text in it; %u %s skipped, "
			"which the filter would not judge",
			part->skipped,
			text_noun(part->skipped, "mail was", "mails were"));
	join(corpus, part);
	return true;
}

bool
corpus_parse(Corpus *corpus, const Rules *rules, const char *name,
             GBytes *bytes, int finding, GError **error)
{
	CorpusReader reader = open_reader(corpus, rules, finding, LANGUAGE_UND);
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	bool good = read_bytes(&reader, name, data != NULL ? data : "", size,
	                       error);

	return close_reader(&reader, corpus, name, good, error);
}

bool
corpus_read(Corpus *corpus, const Rules *rules, const char *path, int finding,
            Language language, GError **error)
{
	CorpusReader reader = open_reader(corpus, rules, finding, language);
	bool good = g_file_test(path, G_FILE_TEST_IS_DIR)
	                    ? corpus_read_folder(&reader, path, error)
	                    : corpus_read_file(&reader, path, error);

	return close_reader(&reader, corpus, path, good, error);
}
