/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema-check SCHEMA FILE: is the JSON in FILE (- is standard input) as the
 * JSON Schema says? One line for each fault, exit 1 if there is any.
 *
 * The words that our schemas use: type, const, enum, required, properties,
 * additionalProperties, items, anyOf, minimum, pattern (of the few forms below)
 * and $ref to $defs. Another word of a schema is a fault, so that none is
 * silently not checked.
 */
#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static json_t *root;
static int faults;
static int trying; /* alternatives, whose faults are none */

static bool check(const json_t *schema, const json_t *value, const char *at);

static bool
fault(const char *at, const char *what)
{
	if (trying == 0) {
		printf("%s: %s\n", at, what);
		faults++;
	}
	return false;
}

static bool
is_type(const json_t *value, const char *type)
{
	if (strcmp(type, "integer") == 0)
		return json_is_integer(value);
	if (strcmp(type, "number") == 0)
		return json_is_number(value);
	if (strcmp(type, "string") == 0)
		return json_is_string(value);
	if (strcmp(type, "boolean") == 0)
		return json_is_boolean(value);
	if (strcmp(type, "null") == 0)
		return json_is_null(value);
	if (strcmp(type, "array") == 0)
		return json_is_array(value);
	return strcmp(type, "object") == 0 && json_is_object(value);
}

static bool
check_type(const json_t *word, const json_t *value, const char *at)
{
	json_t *type;
	size_t i;

	if (json_is_string(word))
		return is_type(value, json_string_value(word)) ||
		       fault(at, "another type");
	json_array_foreach(word, i, type)
	{
		if (is_type(value, json_string_value(type)))
			return true;
	}
	return fault(at, "none of its types");
}

static bool
check_enum(const json_t *word, const json_t *value, const char *at)
{
	json_t *choice;
	size_t i;

	json_array_foreach(word, i, choice)
	{
		if (json_equal(choice, value))
			return true;
	}
	return fault(at, "none of its values");
}

static bool
check_required(const json_t *word, const json_t *value, const char *at)
{
	json_t *key;
	size_t i;

	json_array_foreach(word, i, key)
	{
		if (json_object_get(value, json_string_value(key)) == NULL)
			return fault(at, json_string_value(key));
	}
	return true;
}

static bool
check_members(const json_t *schema, const json_t *value, const char *at)
{
	const json_t *known = json_object_get(schema, "properties");
	const json_t *rest = json_object_get(schema, "additionalProperties");
	const char *key;
	json_t *member;
	bool good = true;

	json_object_foreach((json_t *)value, key, member)
	{
		g_autofree char *below = g_strconcat(at, "/", key, NULL);
		const json_t *own = json_object_get(known, key);

		if (own == NULL && json_is_false(rest))
			good = fault(below, "no such key");
		else if (own != NULL || json_is_object(rest))
			good = check(own ? own : rest, member, below) && good;
	}
	return good;
}

static bool
check_items(const json_t *word, const json_t *value, const char *at)
{
	json_t *item;
	bool good = true;
	size_t i;

	json_array_foreach(value, i, item)
	{
		g_autofree char *below = g_strdup_printf("%s/%zu", at, i);

		good = check(word, item, below) && good;
	}
	return good;
}

static bool
check_any(const json_t *word, const json_t *value, const char *at)
{
	json_t *schema;
	size_t i;

	json_array_foreach(word, i, schema)
	{
		bool fits;

		trying++;
		fits = check(schema, value, at);
		trying--;
		if (fits)
			return true;
	}
	return fault(at, "fits none of anyOf");
}

/* A regular expression, by GLib: it is our own. */
static bool
check_pattern(const json_t *word, const json_t *value, const char *at)
{
	return (json_is_string(value) &&
	        g_regex_match_simple(json_string_value(word),
	                             json_string_value(value), 0, 0)) ||
	       fault(at, json_string_value(word));
}

static const json_t *
resolve(const char *ref)
{
	static const char head[] = "#/$defs/";

	if (!g_str_has_prefix(ref, head))
		return NULL;
	return json_object_get(json_object_get(root, "$defs"),
	                       ref + strlen(head));
}

static bool
check_ref(const json_t *word, const json_t *value, const char *at)
{
	const json_t *schema = resolve(json_string_value(word));

	return schema != NULL ? check(schema, value, at)
	                      : fault(at, "a $ref that leads nowhere");
}

static bool
check_const(const json_t *word, const json_t *value, const char *at)
{
	return json_equal(word, value) || fault(at, "not the constant");
}

static bool
check_minimum(const json_t *word, const json_t *value, const char *at)
{
	return !json_is_number(value) ||
	       json_number_value(value) >= json_number_value(word) ||
	       fault(at, "less than its minimum");
}

static bool
check_nothing(const json_t *word, const json_t *value, const char *at)
{
	(void)word;
	(void)value;
	(void)at;
	return true;
}

static const struct {
	const char *name;
	bool (*check)(const json_t *word, const json_t *value, const char *at);
} words[] = {
	{ "type", check_type },
	{ "const", check_const },
	{ "enum", check_enum },
	{ "required", check_required },
	{ "items", check_items },
	{ "anyOf", check_any },
	{ "minimum", check_minimum },
	{ "pattern", check_pattern },
	{ "$ref", check_ref },
	/* By check_members(), or for people. */
	{ "properties", check_nothing },
	{ "additionalProperties", check_nothing },
	{ "$schema", check_nothing },
	{ "$defs", check_nothing },
	{ "title", check_nothing },
	{ "description", check_nothing },
};

static bool
check_word(const char *name, const json_t *word, const json_t *value,
           const char *at)
{
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].name, name) == 0)
			return words[i].check(word, value, at);
	return fault(at, name);
}

static bool
check(const json_t *schema, const json_t *value, const char *at)
{
	const char *name;
	json_t *word;
	bool good = true;

	json_object_foreach((json_t *)schema, name, word)
	{
		good = check_word(name, word, value, at) && good;
	}
	return json_is_object(value) ? check_members(schema, value, at) && good
	                             : good;
}

static json_t *
load(const char *path)
{
	json_error_t error;
	json_t *value = strcmp(path, "-") == 0
	                        ? json_loadf(stdin, 0, &error)
	                        : json_load_file(path, 0, &error);

	if (value == NULL)
		g_printerr("%s:%d: %s\n", path, error.line, error.text);
	return value;
}

int
main(int argc, char **argv)
{
	json_t *value;

	if (argc != 3)
		return 2;
	root = load(argv[1]);
	value = load(argv[2]);
	if (root == NULL || value == NULL)
		return 2;
	check(root, value, "");
	return faults > 0;
}
