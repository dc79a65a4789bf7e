/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the readers of the forms of a corpus share. Private to the layer.
 */
#ifndef TRAINING_CORPUS_PRIVATE_H
#define TRAINING_CORPUS_PRIVATE_H

#include "training/corpus.h"

struct Corpus {
	GPtrArray *samples; /* of Sample, each one block with its strings */
	size_t bytes;       /* of them together */
	unsigned skipped;
	GPtrArray *unknown;  /* names of findings, each once */
	GHashTable *renamed; /* label to value */
};

/* One call of corpus_read(). */
typedef struct CorpusReader {
	const Rules *rules;
	int finding;         /* or CORPUS_LANGUAGE, or -1 */
	GHashTable *renamed; /* borrowed */
	Language language;
	Corpus *part;         /* what was read by it */
	unsigned max_samples; /* that there is room for */
	size_t max_bytes;
} CorpusReader;

/* Where in a file we are; 0 is no line. */
typedef struct CorpusPlace {
	const char *file;
	unsigned line;
} CorpusPlace;

/* The lines that are not blank, without their ends. */
typedef struct CorpusLines {
	const char *at, *end;
	CorpusPlace place; /* of `line` */
	const char *line;
	size_t size;
} CorpusLines;

CorpusLines corpus_lines(const char *file, const char *bytes, size_t size);
/* False after the last, and when one is too long: then with an error. */
bool corpus_next_line(CorpusLines *lines, GError **error);

/* Sets "FILE:LINE: ..." and is false. */
bool corpus_fail(GError **error, const CorpusPlace *place, const char *format,
                 ...) G_GNUC_PRINTF(3, 4);
/* A piece of a file, short and harmless, for an error. */
char *corpus_quote(const char *text);

/* A Sample without labels, to be filled and given to corpus_add(). */
Sample corpus_draft(const CorpusReader *reader, const CorpusPlace *place);
/* Sets the label, or says which are legal. */
bool corpus_label(const CorpusReader *reader, const CorpusPlace *place,
                  Sample *draft, unsigned finding, const char *value,
                  GError **error);
/* The same of what was asked for, which may be the language. */
bool corpus_label_asked(const CorpusReader *reader, const CorpusPlace *place,
                        Sample *draft, const char *value, GError **error);
/* Sets the language, or says which are legal; `key` is where it stands. */
bool corpus_label_language(const CorpusPlace *place, Sample *draft,
                           const char *key, const char *code, GError **error);
/* Adds a copy; texts past LIMIT_ANALYSE_TEXT are cut, as the analysis does. */
bool corpus_add(CorpusReader *reader, const Sample *draft, GError **error);

/* Remembers a finding that the Rules do not have; some at most. */
void corpus_add_unknown(Corpus *corpus, const char *name);

/* True when a finding was named for what carries no names itself. */
bool corpus_has_finding(const CorpusReader *reader, const char *path,
                        GError **error);

/* The forms. `name` stands for the file. */
bool corpus_read_jsonl(CorpusReader *reader, const char *name,
                       const char *bytes, size_t size, GError **error);
bool corpus_read_tsv(CorpusReader *reader, const char *name, const char *bytes,
                     size_t size, GError **error);
bool corpus_read_mbox(CorpusReader *reader, const char *name, const char *bytes,
                      size_t size, GError **error);
/* One file of these by the end of its name, mapped. */
bool corpus_read_file(CorpusReader *reader, const char *path, GError **error);
bool corpus_read_folder(CorpusReader *reader, const char *path, GError **error);
GMappedFile *corpus_map(const char *path, GError **error);

#endif
