/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which aliases of a chunk are one customer's, found without the database:
 * sorted by key, equal ones are neighbours; a line joins what it names.
 */
#include <stdlib.h>
#include <string.h>

#include "load_private.h"

#define NO_GROUP G_MAXUINT32

static int
compare_uses(const void *a, const void *b)
{
	const LoadUse *x = a, *y = b;
	int order = memcmp(x->key.bytes, y->key.bytes, sizeof(x->key.bytes));

	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

uint32_t
load_aliases_root(const LoadAliases *aliases, uint32_t i)
{
	uint32_t *parents = aliases->parents;

	while (parents[i] != i) {
		parents[i] = parents[parents[i]];
		i = parents[i];
	}
	return i;
}

int64_t
load_aliases_customer(const LoadAliases *aliases, const LoadRow *row)
{
	return aliases->customers[load_aliases_root(aliases, row->group)];
}

static uint32_t
count_keys(const LoadUse *uses, guint n)
{
	uint32_t different = 0;

	for (guint i = 0; i < n; i++)
		different += i == 0 || memcmp(&uses[i].key, &uses[i - 1].key,
		                              sizeof(uses->key)) != 0;
	return different;
}

/* False when they would be too many. */
static bool
join(LoadAliases *aliases, uint32_t a, uint32_t b)
{
	uint32_t to = load_aliases_root(aliases, a);
	uint32_t from = load_aliases_root(aliases, b);

	if (to == from)
		return true;
	if (aliases->sizes[to] + aliases->sizes[from] > LOAD_ALIASES_MAX)
		return false;
	if (aliases->sizes[to] < aliases->sizes[from]) {
		uint32_t other = to;

		to = from;
		from = other;
	}
	aliases->parents[from] = to;
	aliases->sizes[to] += aliases->sizes[from];
	return true;
}

static LoadAliases *
make_aliases(uint32_t n)
{
	LoadAliases *aliases = g_new0(LoadAliases, 1);

	aliases->n = n;
	aliases->keys = g_new(Pseudonym, n);
	aliases->kinds = g_new(uint8_t, n);
	aliases->parents = g_new(uint32_t, n);
	aliases->sizes = g_new(uint32_t, n);
	aliases->customers = g_new0(int64_t, n);
	aliases->known = g_new0(bool, n);
	return aliases;
}

static void
put_alias(LoadAliases *aliases, uint32_t at, const LoadUse *use)
{
	aliases->keys[at] = use->key;
	aliases->kinds[at] = (uint8_t)use->kind;
	aliases->parents[at] = at;
	aliases->sizes[at] = 1;
}

/* What a placeholder would join stays apart; the line is not written. */
static void
join_row(Load *load, LoadAliases *aliases, LoadRow *row, uint32_t at,
         LoadCounts *counts)
{
	if (row->group == NO_GROUP) {
		row->group = at;
		return;
	}
	if (join(aliases, row->group, at) || row->wide)
		return;
	row->wide = true;
	counts->wide++;
	if (load->on_wide != NULL)
		load->on_wide(load->wide_data, row->line);
}

LoadAliases *
load_aliases_new(Load *load, LoadCounts *counts)
{
	LoadUse *uses = (LoadUse *)(void *)load->uses->data;
	LoadRow *rows = (LoadRow *)(void *)load->rows->data;
	LoadAliases *aliases;
	uint32_t at = 0;

	if (load->uses->len > 0)
		qsort(uses, load->uses->len, sizeof(*uses), compare_uses);
	aliases = make_aliases(count_keys(uses, load->uses->len));
	for (guint i = 0; i < load->rows->len; i++) {
		rows[i].group = NO_GROUP;
		rows[i].wide = false;
	}
	for (guint i = 0; i < load->uses->len; i++) {
		bool fresh = i == 0 || memcmp(&uses[i].key, &uses[i - 1].key,
		                              sizeof(uses->key)) != 0;

		at += fresh && i > 0;
		if (fresh)
			put_alias(aliases, at, &uses[i]);
		join_row(load, aliases, &rows[uses[i].row], at, counts);
	}
	return aliases;
}

void
load_aliases_free(LoadAliases *aliases)
{
	if (aliases == NULL)
		return;
	g_free(aliases->keys);
	g_free(aliases->kinds);
	g_free(aliases->parents);
	g_free(aliases->sizes);
	g_free(aliases->customers);
	g_free(aliases->known);
	g_free(aliases);
}
