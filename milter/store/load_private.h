/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/load_private - a chunk of an import, and the two steps of writing it.
 *
 * Owns:    see store/load.h.
 * Fails:   as store/store.h.
 * Threads: one.
 */
#ifndef LOAD_PRIVATE_H
#define LOAD_PRIVATE_H

#include "store/load.h"

#define LOAD_ROWS 2000000
/* More aliases are no customer but a placeholder that many share. */
#define LOAD_ALIASES_MAX 5000

typedef enum LoadKind {
	LOAD_ATTRIBUTES, /* no order */
	LOAD_ORDER,
	LOAD_REFUND,
	LOAD_CANCEL,
} LoadKind;

/* A line. */
typedef struct LoadRow {
	uint64_t line;
	int64_t oid;
	int64_t mark; /* of a refund: what tells it has been netted */
	int64_t cents;
	int32_t day;
	uint32_t group;  /* index of one of its aliases, see LoadAliases */
	int8_t kind;     /* LoadKind */
	int8_t consent;  /* -1: not told */
	bool restricted; /* an address of it is */
	bool wide;       /* its aliases were too many to be joined */
} LoadRow;

/* That a line names an alias. */
typedef struct LoadUse {
	Pseudonym key;
	uint32_t row;
	uint32_t kind; /* PseudonymKind */
} LoadUse;

/* The different aliases of a chunk, sorted by key. */
typedef struct LoadAliases {
	Pseudonym *keys;
	uint8_t *kinds;
	uint32_t *parents; /* union-find: those of one customer have one root */
	uint32_t *sizes;   /* of a root: aliases joined in it */
	int64_t *customers; /* of a root; 0: not known yet */
	bool *known;        /* it stands in the database */
	uint32_t n;
} LoadAliases;

/* What of the suppressions tells that there is another one. */
typedef struct LoadSuppressed {
	int64_t n, kinds, last_at;
} LoadSuppressed;

struct Load {
	Store *store;
	const Keys *keys;
	const Settings *settings;
	const Domains *public_domains;
	size_t rows_max;
	LoadWide *on_wide;
	void *wide_data;
	/* As it was when the first row of the chunk was read. */
	LoadSuppressed suppressed;
	GArray *rows;    /* of LoadRow */
	GArray *uses;    /* of LoadUse */
	GArray *renames; /* of Rename; NULL unless the key is being changed */
	GString *text;   /* for what is hashed */
	GString *who;    /* the first alias of the row under way */
};

/* Sorts the uses of the chunk, joins what one line names; rows get their
 * groups. */
LoadAliases *load_aliases_new(Load *load, LoadCounts *counts);
void load_aliases_free(LoadAliases *aliases);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LoadAliases, load_aliases_free)

/* The root of an alias. */
uint32_t load_aliases_root(const LoadAliases *aliases, uint32_t i);
/* Of a row, after load_resolve(). */
int64_t load_aliases_customer(const LoadAliases *aliases, const LoadRow *row);

/* That an alias may stand under the old key. */
void load_rekey_note(Load *load, PseudonymKind kind, const char *text,
                     const Pseudonym *now);
/* Gives those their new names. Within the transaction, and first. */
bool load_rekey(Load *load, LoadCounts *counts, GError **error);

/* Finds the aliases' customers, merges those that turn out to be one, makes
 * the new ones. Within the transaction. */
bool load_resolve(Load *load, LoadAliases *aliases, LoadCounts *counts,
                  GError **error);
/* Writes consents and orders. Within the transaction. */
bool load_write(Load *load, const LoadAliases *aliases, LoadCounts *counts,
                GError **error);

#endif
