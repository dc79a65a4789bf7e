/* SPDX-License-Identifier: Apache-2.0 */
#include "db_print.h"

#include <stdio.h>

#include "base/text.h"
#include "print.h"

void
db_print_check(const json_t *value)
{
	const json_t *faults = json_object_get(value, "faults");
	const char *database = print_string(value, "database");
	const json_t *fault;
	size_t i;

	if (json_array_size(faults) == 0)
		printf("%s: whole\n", database);
	else
		printf("%s: %zu %s\n", database, json_array_size(faults),
		       text_noun((int64_t)json_array_size(faults), "fault",
		                 "faults"));
	json_array_foreach(faults, i, fault)
		printf("  %s\n", json_string_value(fault));
	if (json_array_size(faults) > 0)
		puts("What is wrong with keys and owners is mended in place; "
		     "a damaged database is\nreplaced by a backup: "
		     "tact db restore FILE");
}

void
db_print_backup(const json_t *value)
{
	printf("%s: written and checked; the keys are not in it\n",
	       print_string(value, "backup"));
}

void
db_print_restore(const json_t *value)
{
	printf("%s: holds what %s had; ", print_string(value, "database"),
	       print_string(value, "backup"));
	print_count(value, "erased_again", "row erased again\n",
	            "rows erased again\n");
	if (print_integer(value, "pending") > 0)
		puts("Erasures wait for a reader to end: tact privacy purge");
	if (print_integer(value, "old_names") > 0) {
		print_count(value, "old_names", "name was", "names were");
		puts(" made with a key before this one; see tact db check");
	}
	puts("Reload tact-milter now: systemctl reload tact-milter");
}

void
db_print_stats(const json_t *value)
{
	const json_t *rows = json_object_get(value, "rows");
	const char *table;
	const json_t *n;

	printf("%s: schema %d\n", print_string(value, "database"),
	       (int)print_integer(value, "database_schema"));
	printf("  %-20s %14" G_GINT64_FORMAT "\n", "bytes",
	       print_integer(value, "bytes"));
	printf("  %-20s %14" G_GINT64_FORMAT "\n", "of them free",
	       print_integer(value, "free_bytes"));
	puts("rows");
	json_object_foreach((json_t *)rows, table, n)
		printf("  %-20s %14" JSON_INTEGER_FORMAT "\n", table,
	               json_integer_value(n));
}

void
db_print_rotation(const json_t *value)
{
	gint64 old_key = print_integer(value, "old_key");

	printf("key %d is in use\n", (int)print_integer(value, "key"));
	if (old_key == 0) {
		fputs("no older key is kept; ", stdout);
		print_count(value, "rows_erased", "row was erased\n",
		            "rows were erased\n");
		return;
	}
	printf("key %d is kept: ", (int)old_key);
	print_count(value, "old_names", "name was", "names were");
	puts(" made with it\n"
	     "Reload tact-milter now: systemctl reload tact-milter\n"
	     "Names change as customers write and orders are imported. To "
	     "forget the rest:\n"
	     "  tact db rotate-key --finish");
}
