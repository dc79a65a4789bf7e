/* SPDX-License-Identifier: Apache-2.0 */
#include "store/domains.h"

#include <string.h>

#include "base/limits.h"
#include "db_private.h"

struct Domains {
	GHashTable *names; /* a set */
};

/* "# comment" and empty lines are passed over. */
static void
add_lines(Domains *domains, char *text)
{
	char *next;

	for (char *line = text; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		line[strcspn(line, "#")] = '\0';
		line = g_strstrip(line);
		if (*line != '\0')
			g_hash_table_add(domains->names,
			                 g_ascii_strdown(line, -1));
	}
}

Domains *
domains_load(const char *const *dirs, GError **error)
{
	g_autoptr(Domains) domains = g_new0(Domains, 1);
	g_autofree char *folders = g_strjoinv(", ", (char **)dirs);

	domains->names =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (; *dirs != NULL; dirs++) {
		g_autofree char *path =
			g_build_filename(*dirs, DOMAINS_FILE, NULL);
		g_autofree char *text = NULL;

		if (g_file_get_contents(path, &text, NULL, NULL))
			add_lines(domains, text);
	}
	if (g_hash_table_size(domains->names) > 0)
		return g_steal_pointer(&domains);
	store_refuse(error, STORE_ERROR_IO,
	             "the rule folders have no %s that can be read (%s); "
	             "install the rules, or name their folders",
	             DOMAINS_FILE, folders);
	return NULL;
}

void
domains_free(Domains *domains)
{
	if (domains == NULL)
		return;
	g_hash_table_unref(domains->names);
	g_free(domains);
}

bool
domains_have(const Domains *domains, const char *domain)
{
	while (domain != NULL) {
		if (g_hash_table_contains(domains->names, domain))
			return true;
		domain = strchr(domain, '.');
		domain += domain != NULL;
	}
	return false;
}
