/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values are checked when a file is read: a word that is misspelt would make a
 * module that is never chosen, and nobody would see why. What the site's own
 * traits may be is in its rules; persona and request are known without them,
 * so that a site may leave those traits out and still load our modules.
 */
#include "condition.h"

#include <string.h>

typedef struct Key {
	const char *name;
	const char *values; /* parted by blanks */
} Key;

static const Key keys[] = {
	{ "formality", "formal neutral informal unknown" },
	{ "directness", "direct elaborate unknown" },
	{ "emotion", "frustrated neutral enthusiastic unknown" },
	{ "sentiment", "negative neutral positive unknown" },
	{ "urgency", "high normal low unknown" },
	{ "expertise", "beginner intermediate expert unknown" },
	{ "persona", "technician developer manager buyer user unknown" },
	{ "request", "support sales billing order complaint cancellation "
	             "feedback appointment information unknown" },
	{ "knowledge", "found none" },
	{ "name", "full first none" },
	{ "contact", "first again many" },
	{ "address", "informal formal" },
	{ "gives", "order invoice customer contract case serial phone version "
	           "error date quantity attachment" },
	{ "asks", "one several" },
};

void
facts_add(Facts *facts, const char *key, const char *value)
{
	if (facts->n < FACTS_MAX)
		facts->fact[facts->n++] = (Fact){ key, value };
}

const char *
facts_value(const Facts *facts, const char *key)
{
	for (unsigned i = 0; i < facts->n; i++)
		if (strcmp(facts->fact[i].key, key) == 0)
			return facts->fact[i].value;
	return UNKNOWN;
}

static void
clear_term(void *data)
{
	Term *term = data;

	g_free(term->key);
	g_strfreev(term->values);
}

GArray *
terms_new(void)
{
	GArray *terms = g_array_new(FALSE, FALSE, sizeof(Term));

	g_array_set_clear_func(terms, clear_term);
	return terms;
}

static bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	while (*words != '\0') {
		size_t length = strcspn(words, " ");

		if (length == n && strncmp(words, word, n) == 0)
			return true;
		words += length + strspn(words + length, " ");
	}
	return false;
}

static void
add_word(GString *words, const char *word)
{
	if (!has_word(words->str, word))
		g_string_append_printf(words, " %s", word);
}

/* The values that `key` may have, parted by blanks; NULL: no such key. */
static char *
values_of(const char *key, const Rules *rules)
{
	GString *values = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (strcmp(keys[i].name, key) == 0)
			g_string_append(values, keys[i].values);
	for (unsigned f = 0; rules && f < rules_n_findings(rules); f++) {
		if (strcmp(rules_finding_name(rules, f), key) != 0)
			continue;
		for (unsigned v = 0; v < rules_n_values(rules, f); v++)
			add_word(values, rules_value_name(rules, f, v));
		add_word(values, UNKNOWN);
	}
	return g_string_free(values, values->len == 0);
}

static bool
check_values(const Term *term, const Rules *rules, const Source *source)
{
	g_autofree char *values = values_of(term->key, rules);

	if (values == NULL)
		return source_bad(
			source,
			"'%s' is nothing that is known of a mail; use one of "
			"formality directness emotion sentiment urgency "
			"expertise persona request knowledge contact name "
			"address gives asks, or a trait of the site's",
			term->key);
	for (char **value = term->values; *value != NULL; value++)
		if (!has_word(values, *value))
			return source_bad(source,
			                  "'%s' is no value of %s; use one of "
			                  "%s",
			                  *value, term->key, values);
	return true;
}

static bool
read_term(GArray *terms, const char *word, const Rules *rules,
          const Source *source)
{
	const char *sign = strchr(word, '=');
	size_t key;
	Term term;

	if (sign == NULL || sign == word || sign[1] == '\0')
		return source_bad(source,
		                  "'%s' is no condition; write key=value, "
		                  "key=value|value or key!=value",
		                  word);
	term.unless = sign[-1] == '!';
	key = (size_t)(sign - word) - term.unless;
	term.key = g_strndup(word, key);
	term.values = g_strsplit(sign + 1, "|", LIMIT_FINDING_VALUES);
	g_array_append_val(terms, term);
	return check_values(&term, rules, source);
}

bool
terms_read(GArray *terms, const char *words, const Rules *rules,
           const Source *source)
{
	g_auto(GStrv) word = g_strsplit_set(words, " \t", -1);

	for (unsigned i = 0; word[i] != NULL; i++) {
		if (word[i][0] == '\0')
			continue;
		if (terms->len >= LIMIT_MODULE_TERMS)
			return source_bad(source,
			                  "more than %d conditions; "
			                  "leave some out",
			                  LIMIT_MODULE_TERMS);
		if (!read_term(terms, word[i], rules, source))
			return false;
	}
	return terms->len > 0 ||
	       source_bad(source, "when: without a condition; write "
	                          "key=value, or leave the line out");
}

static bool
holds(const Term *term, const Facts *facts)
{
	const char *const *values = (const char *const *)term->values;
	bool known = false, among = false;

	for (unsigned i = 0; i < facts->n; i++) {
		if (strcmp(facts->fact[i].key, term->key) != 0)
			continue;
		known = true;
		among = among || g_strv_contains(values, facts->fact[i].value);
	}
	if (!known)
		among = g_strv_contains(values, UNKNOWN);
	return among != term->unless;
}

bool
terms_hold(const GArray *terms, const Facts *facts)
{
	for (unsigned i = 0; i < terms->len; i++)
		if (!holds(&g_array_index(terms, Term, i), facts))
			return false;
	return true;
}

const Term *
terms_find(const GArray *terms, const char *key)
{
	for (unsigned i = 0; i < terms->len; i++) {
		const Term *term = &g_array_index(terms, Term, i);

		if (strcmp(term->key, key) == 0)
			return term;
	}
	return NULL;
}

static bool
is_same(const Term *a, const Term *b)
{
	return a->unless == b->unless && strcmp(a->key, b->key) == 0 &&
	       g_strv_equal((const char *const *)a->values,
	                    (const char *const *)b->values);
}

bool
terms_same(const GArray *a, const GArray *b)
{
	if (a->len != b->len)
		return false;
	for (unsigned i = 0; i < a->len; i++)
		if (!is_same(&g_array_index(a, Term, i),
		             &g_array_index(b, Term, i)))
			return false;
	return true;
}

bool
terms_want(const GArray *terms, const char *key, const char *value)
{
	for (unsigned i = 0; i < terms->len; i++) {
		const Term *term = &g_array_index(terms, Term, i);

		if (strcmp(term->key, key) == 0 && !term->unless &&
		    g_strv_contains((const char *const *)term->values, value))
			return true;
	}
	return false;
}
