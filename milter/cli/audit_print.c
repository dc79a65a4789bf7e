/* SPDX-License-Identifier: Apache-2.0 */
#include "audit_print.h"

#include <stdio.h>
#include <string.h>

#include "print.h"

#define BAR 40

static double
share_of(const json_t *cell)
{
	return json_number_value(json_object_get(cell, "share"));
}

static void
print_bar(double share)
{
	int length = (int)(share * BAR + 0.5);

	for (int i = 0; i < length && i < BAR; i++)
		putchar('#');
}

static void
print_group(const char *title, const json_t *group)
{
	const char *key;
	json_t *cell;

	if (json_object_size(group) == 0)
		return;
	printf("\n%s\n", title);
	json_object_foreach((json_t *)group, key, cell)
	{
		if (print_integer(cell, "count") == 0)
			continue;
		printf("  %-20s %7d %5.1f%% ", key,
		       (int)print_integer(cell, "count"), 100 * share_of(cell));
		print_bar(share_of(cell));
		putchar('\n');
	}
}

/* Groups whose single mails are worth a look name some. */
static void
print_examples(const json_t *group)
{
	const char *key;
	json_t *cell, *example;
	size_t i;

	json_object_foreach((json_t *)group, key, cell)
	{
		json_array_foreach(json_object_get(cell, "examples"), i,
		                   example) printf("    %-18s %s\n", key,
		                                   json_string_value(example));
	}
}

static void
print_lengths(const json_t *lengths)
{
	const char *key;
	json_t *number;

	if (json_object_size(lengths) == 0)
		return;
	puts("\nlength of the new text, characters");
	json_object_foreach((json_t *)lengths, key, number)
		printf("  %-20s %7d\n", key, (int)json_integer_value(number));
}

void
audit_print_table(const json_t *value)
{
	const json_t *findings = json_object_get(value, "findings");
	const char *key;
	json_t *group;

	print_count(value, "mails", "mail", "mails");
	putchar('\n');
	print_group("status", json_object_get(value, "status"));
	print_group("mail of machines", json_object_get(value, "automated"));
	print_group("language", json_object_get(value, "language"));
	json_object_foreach((json_t *)findings, key, group)
		print_group(key, group);
	print_group("escalate", json_object_get(value, "escalate"));
	print_examples(json_object_get(value, "escalate"));
	print_lengths(json_object_get(value, "length"));
}

static void
csv_group(const char *name, const json_t *group)
{
	const char *key;
	json_t *cell;

	json_object_foreach((json_t *)group, key, cell)
		printf("%s,%s,%d,%.4f\n", name, key,
	               (int)print_integer(cell, "count"), share_of(cell));
}

void
audit_print_csv(const json_t *value)
{
	static const char *const before[] = { "status", "automated",
		                              "language" };
	const char *key;
	json_t *item;

	puts("group,value,count,share");
	printf("mails,all,%d,1.0000\n", (int)print_integer(value, "mails"));
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
		csv_group(before[i], json_object_get(value, before[i]));
	json_object_foreach(json_object_get(value, "findings"), key, item)
		csv_group(key, item);
	csv_group("escalate", json_object_get(value, "escalate"));
	json_object_foreach(json_object_get(value, "length"), key, item)
		printf("length,%s,%d,\n", key, (int)json_integer_value(item));
}
