/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include "print.h"

struct Tally {
	json_t *groups; /* group: value: { "count", "examples" } */
};

Tally *
tally_new(void)
{
	Tally *tally = g_new(Tally, 1);

	tally->groups = json_object();
	return tally;
}

void
tally_free(Tally *tally)
{
	if (tally == NULL)
		return;
	json_decref(tally->groups);
	g_free(tally);
}

static json_t *
member(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value == NULL) {
		value = json_object();
		json_object_set_new(object, key, value);
	}
	return value;
}

void
tally_declare(Tally *tally, const char *group, const char *value)
{
	member(member(tally->groups, group), value);
}

void
tally_count(Tally *tally, const char *group, const char *value,
            const char *example)
{
	json_t *cell = member(member(tally->groups, group), value);
	json_t *examples = json_object_get(cell, "examples");

	print_set_integer(cell, "count", print_integer(cell, "count") + 1);
	if (examples == NULL) {
		examples = json_array();
		json_object_set_new(cell, "examples", examples);
	}
	if (json_array_size(examples) < TALLY_EXAMPLES)
		json_array_append_new(examples, json_string(example));
}

json_t *
tally_value(const Tally *tally, const char *group, gint64 total)
{
	json_t *result = json_object();
	const char *key;
	json_t *cell;

	json_object_foreach(json_object_get(tally->groups, group), key, cell)
	{
		json_t *told = json_object();
		json_t *examples = json_object_get(cell, "examples");
		gint64 count = print_integer(cell, "count");
		double share = total > 0 ? (double)count / (double)total : 0;

		print_set_integer(told, "count", count);
		json_object_set_new(told, "share", json_real(share));
		json_object_set_new(told, "examples",
		                    examples ? json_incref(examples)
		                             : json_array());
		json_object_set_new(result, key, told);
	}
	return result;
}
