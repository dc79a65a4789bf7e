/* SPDX-License-Identifier: Apache-2.0 */
#include "labelled.h"

#include <string.h>

#include "print.h"

int
labelled_finding(const Rules *rules, const char *name)
{
	for (unsigned f = 0; f < rules_n_findings(rules); f++)
		if (strcmp(rules_finding_name(rules, f), name) == 0)
			return (int)f;
	return -1;
}

void
labelled_no_finding(const Rules *rules, const char *name, const char *others)
{
	g_autoptr(GString) list = g_string_new("");

	for (unsigned f = 0; f < rules_n_findings(rules); f++)
		g_string_append_printf(list, f == 0 ? "%s" : ", %s",
		                       rules_finding_name(rules, f));
	print_error("no finding %s; the rules have %s%s", name, list->str,
	            others);
}

/* Each "OLD=NEW". */
static bool
rename_labels(Corpus *corpus, const char *const *labels)
{
	for (; *labels != NULL; labels++) {
		const char *equals = strchr(*labels, '=');
		g_autofree char *old = NULL;

		if (equals == NULL || equals == *labels || equals[1] == '\0') {
			print_error("--label %s: must be OLD=NEW, as in "
			            "pos=positive",
			            *labels);
			return false;
		}
		old = g_strndup(*labels, (gsize)(equals - *labels));
		corpus_rename_label(corpus, old, equals + 1);
	}
	return true;
}

static bool
choose_language(const char *code, Language *ret_language)
{
	*ret_language =
		code ? language_from_code(code) : (Language)LANGUAGE_UND;
	if (*ret_language != LANGUAGE_N)
		return true;
	print_error("no language %s; a code is like da or en, und for none",
	            code);
	return false;
}

static void
name_unknown(const Corpus *corpus)
{
	const char *unknown;

	for (unsigned i = 0; (unknown = corpus_unknown_finding(corpus, i)); i++)
		print_error("labels of %s are passed over: the rules have no "
		            "such finding; see analysis.traits",
		            unknown);
}

int
labelled_read(Corpus *corpus, const Rules *rules, int finding,
              const Options *options, const char *const *files)
{
	Language language;

	if (!choose_language(options->language, &language) ||
	    !rename_labels(corpus, options->labels))
		return CLI_USAGE;
	for (; *files != NULL; files++) {
		g_autoptr(GError) error = NULL;

		if (!corpus_read(corpus, rules, *files, finding, language,
		                 &error)) {
			print_failure(&error);
			return CLI_FOUND;
		}
	}
	name_unknown(corpus);
	return CLI_FINE;
}
