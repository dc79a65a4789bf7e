/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Links and addresses must be known: those of the site's texts and those that
 * the customer wrote. A host alone is known by any link or address there. A
 * link that hides where it goes is refused even if it is known.
 */
#include <string.h>

#include "checks_private.h"
#include "links.h"

typedef struct Looking {
	Checking *checking;
	GHashTable *known;
} Looking;

static void
learn(const Link *link, void *data)
{
	GHashTable *known = data;

	g_hash_table_add(known, g_strdup(link->form));
	g_hash_table_add(known,
	                 g_strndup(link->host, strcspn(link->host, "/?#")));
}

static void
look(const Link *link, void *data)
{
	const Looking *self = data;
	const char *words = self->checking->input->text + link->start;
	size_t length = link->end - link->start;

	if (!link->disguised && g_hash_table_contains(self->known, link->form))
		return;
	checks_note(self->checking,
	            link->address ? CHECK_FOREIGN_ADDRESS : CHECK_UNKNOWN_URL,
	            words, length);
}

/* "name (at) example", "name [at] example dot com" */
static void
look_for_spelled(Checking *self)
{
	static const char *const spelled[] = {
		"(at)",  "[at]",  "{at}", " at)", "[dot]",
		"(dot)", " dot ", "[.]",  "(.)",
	};
	g_autofree char *plain = g_ascii_strdown(self->input->text, -1);

	for (size_t i = 0; i < G_N_ELEMENTS(spelled); i++) {
		const char *at = strstr(plain, spelled[i]);

		if (at != NULL)
			checks_note(self, CHECK_FOREIGN_ADDRESS, at,
			            strcspn(at, "\n"));
	}
}

void
checks_links(Checking *self)
{
	g_autoptr(GHashTable) known =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Looking looking = { self, known };
	const char *const *address = self->input->addresses;

	links_each(self->site->str, learn, known);
	links_each(self->customer->str, learn, known);
	for (; address != NULL && *address != NULL; address++)
		links_each(*address, learn, known);
	links_each(self->input->text, look, &looking);
	look_for_spelled(self);
}
