/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Postfix renumbers the headers of a name at each removal, Sendmail does not:
 * the highest index first is right for both (CVE-2022-48521 is the other way
 * round). Removing comes before adding, because Sendmail puts an added header
 * before an existing one of that name, and index 1 would then be our own.
 */
#include "edits.h"

#include <string.h>

#include "base/limits.h"

typedef struct ForgedName {
	char *name; /* as the first of them was spelt */
	unsigned count;
} ForgedName;

struct Forged {
	GPtrArray *names;    /* of ForgedName, as they came */
	GHashTable *by_name; /* lower-case name: ForgedName, borrowed */
	size_t count;
	size_t bytes; /* of their names, each time they came */
};

/* Is `text` the start of `name`? `text` is lower-case. */
static bool
starts_with(const char *name, const char *text)
{
	for (; *text != '\0'; name++, text++) {
		char c = g_ascii_tolower(*name);

		if ((c == '_' ? '-' : c) != *text)
			return false;
	}
	return true;
}

bool
edits_is_own_header(const char *name)
{
	/* Each step shortens the name; the last decides. */
	for (;;) {
		if (starts_with(name, "resent-"))
			name += strlen("resent-");
		else if (starts_with(name, "old-"))
			name += strlen("old-");
		else
			return starts_with(name, "x-tact-");
	}
}

static void
forged_name_free(void *item)
{
	ForgedName *name = item;

	g_free(name->name);
	g_free(name);
}

Forged *
forged_new(void)
{
	Forged *forged = g_new0(Forged, 1);

	forged->names = g_ptr_array_new_with_free_func(forged_name_free);
	forged->by_name =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return forged;
}

void
forged_free(Forged *forged)
{
	if (forged == NULL)
		return;
	g_hash_table_destroy(forged->by_name);
	g_ptr_array_free(forged->names, TRUE);
	g_free(forged);
}

static ForgedName *
add_name(Forged *forged, const char *name, char *key)
{
	ForgedName *item = g_new0(ForgedName, 1);

	item->name = g_strdup(name);
	g_ptr_array_add(forged->names, item);
	g_hash_table_insert(forged->by_name, key, item);
	return item;
}

bool
forged_note(Forged *forged, const char *name)
{
	g_autofree char *key = g_ascii_strdown(name, -1);
	ForgedName *item;

	forged->bytes += strlen(name);
	if (forged->count >= LIMIT_FORGED || forged->bytes > LIMIT_FORGED_BYTES)
		return false;
	item = g_hash_table_lookup(forged->by_name, key);
	if (item == NULL)
		item = add_name(forged, name, g_steal_pointer(&key));
	item->count++;
	forged->count++;
	return true;
}

size_t
forged_count(const Forged *forged)
{
	return forged != NULL ? forged->count : 0;
}

static bool
remove_name(const EditSink *sink, const ForgedName *item)
{
	for (unsigned index = item->count; index >= 1; index--)
		if (!sink->remove(sink->context, item->name, (int)index))
			return false;
	return true;
}

bool
edits_apply(const EditSink *sink, const Forged *forged, const Tags *tags)
{
	for (unsigned i = 0; forged != NULL && i < forged->names->len; i++)
		if (!remove_name(sink, forged->names->pdata[i]))
			return false;
	for (size_t i = 0; tags != NULL && i < tags->n; i++)
		if (!sink->add(sink->context, tags->tag[i].name,
		               tags->tag[i].value))
			return false;
	return sink->send == NULL || sink->send(sink->context);
}
