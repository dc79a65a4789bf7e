/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ring of atomics. Two filters that add the same hash at the same moment may
 * take two entries; their deaths are summed when read, so nothing is lost.
 */
#include "poison.h"

#include <stddef.h>

bool
poison_is_empty(PoisonTable *table)
{
	return atomic_load(&table->next) == 0;
}

uint32_t
poison_deaths(PoisonTable *table, uint64_t hash)
{
	uint32_t deaths = 0;

	for (unsigned i = 0; i < LIMIT_POISON; i++)
		if (atomic_load(&table->entry[i].hash) == hash)
			deaths += atomic_load(&table->entry[i].deaths);
	return deaths;
}

static PoisonEntry *
find_entry(PoisonTable *table, uint64_t hash)
{
	for (unsigned i = 0; i < LIMIT_POISON; i++)
		if (atomic_load(&table->entry[i].hash) == hash)
			return &table->entry[i];
	return NULL;
}

static PoisonEntry *
take_entry(PoisonTable *table, uint64_t hash)
{
	uint32_t next = atomic_fetch_add(&table->next, 1);
	PoisonEntry *entry = &table->entry[next % LIMIT_POISON];

	/* After 2^32 mails the table must not look empty. */
	if (next == UINT32_MAX)
		atomic_store(&table->next, LIMIT_POISON);
	atomic_store(&entry->hash, 0);
	atomic_store(&entry->deaths, 0);
	atomic_store(&entry->hash, hash);
	return entry;
}

uint32_t
poison_add(PoisonTable *table, uint64_t hash)
{
	PoisonEntry *entry;

	if (hash == 0)
		hash = 1;
	entry = find_entry(table, hash);
	if (entry == NULL)
		entry = take_entry(table, hash);
	atomic_fetch_add(&entry->deaths, 1);
	return poison_deaths(table, hash);
}
