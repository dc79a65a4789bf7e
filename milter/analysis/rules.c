/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folders are laid over each other by file name, so that a site replaces one
 * file of ours by putting its own of that name into /etc/tact/rules.
 */
#include "analysis/rules.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "rules_private.h"

#define PROFILE_FILE "language.profile"
#define MODEL_FILE "models/findings.model"
#define BLOCKED_FILE "blocked.rules" /* is for drafts, not for mails */

typedef GHashTable FileTable; /* relative name -> path */

/* Adds the *.rules of one folder. false: it cannot be read. */
static bool
add_folder(FileTable *files, const char *root, const char *sub, GError **error)
{
	g_autofree char *path = g_build_filename(root, sub, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, error);
	const char *name;

	if (dir == NULL)
		return false;
	while ((name = g_dir_read_name(dir)) != NULL) {
		if (!g_str_has_suffix(name, ".rules") ||
		    strcmp(name, BLOCKED_FILE) == 0)
			continue;
		g_hash_table_replace(files, g_build_filename(sub, name, NULL),
		                     g_build_filename(root, sub, name, NULL));
	}
	return true;
}

static bool
find_files(FileTable *files, const char *const *dirs, GError **error)
{
	for (unsigned i = 0; dirs[i] != NULL; i++) {
		g_autoptr(GError) problem = NULL;

		if (!add_folder(files, dirs[i], "", &problem) && i == 0) {
			g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
			            "the rules folder cannot be read: %s; set "
			            "analysis.rules",
			            problem->message);
			return false;
		}
		add_folder(files, dirs[i], "lang", NULL);
		add_folder(files, dirs[i], "traits", NULL);
	}
	return true;
}

/* Reads at most LIMIT_RULES_FILE bytes. */
static char *
read_file(const char *path, size_t *ret_size, GError **error)
{
	g_autoptr(GError) why = NULL;
	char *text;

	if (!g_file_get_contents(path, &text, ret_size, &why)) {
		g_set_error_literal(error, BASE_ERROR, BASE_ERROR_IO,
		                    why->message);
		return NULL;
	}
	if (*ret_size <= LIMIT_RULES_FILE)
		return text;
	g_free(text);
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
	            "%s is larger than %d bytes; split it", path,
	            LIMIT_RULES_FILE);
	return NULL;
}

static bool
parse_files(Ast *ast, FileTable *files, Problems *problems)
{
	g_autoptr(GList) names =
		g_list_sort(g_hash_table_get_keys(files),
	                    (GCompareFunc)(void (*)(void))strcmp);

	for (GList *at = names; at != NULL; at = at->next) {
		const char *path = g_hash_table_lookup(files, at->data);
		g_autoptr(GError) error = NULL;
		size_t size = 0;
		g_autofree char *text = read_file(path, &size, &error);
		Place place = { .file = path, .line = 0 };

		if (text == NULL)
			problem(problems, &place, "%s",
			        error ? error->message : "cannot be read");
		else
			ast_parse(ast, path, text, size, problems);
		if (problems->error != NULL)
			return false;
	}
	return true;
}

/* The file `name` of the last folder that has it; NULL: none does. */
static char *
last_of(const char *const *dirs, const char *name)
{
	for (unsigned i = g_strv_length((char **)dirs); i > 0; i--) {
		char *path = g_build_filename(dirs[i - 1], name, NULL);

		if (g_file_test(path, G_FILE_TEST_EXISTS))
			return path;
		g_free(path);
	}
	return NULL;
}

/* A file that is not there is no error, a bad one is. */
static bool
load_profile(Rules *rules, const char *const *dirs, GError **error)
{
	g_autofree char *path = last_of(dirs, PROFILE_FILE);

	if (path != NULL)
		rules->profile = language_profile_load(path, error);
	return path == NULL || rules->profile != NULL;
}

/* Likewise. Findings that the model knows are told by its confidences. */
static bool
load_model(Rules *rules, const char *const *dirs, GError **error)
{
	g_autofree char *path = last_of(dirs, MODEL_FILE);
	Model *model = NULL;

	if (path != NULL && (model = model_load(path, error)) != NULL)
		rules_set_model(rules, model);
	return path == NULL || model != NULL;
}

void
rules_set_model(Rules *rules, Model *model)
{
	model_free(rules->model);
	rules->model = model;
	if (model != NULL)
		model_bind(model, rules);
	for (unsigned f = 0; f < rules->findings->len; f++) {
		FindingRule *rule =
			&g_array_index(rules->findings, FindingRule, f);

		rule->likely = CONFIDENCE_LIKELY;
		rule->sure = CONFIDENCE_SURE;
		if (model != NULL && model_knows(model, f))
			model_confidence(model, f, &rule->likely, &rule->sure);
	}
}

static Rules *
load(const char *const *dirs, const char *const *traits, Problems *problems,
     GError **error)
{
	g_autoptr(GHashTable) files =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(Ast) ast = ast_new();
	g_autoptr(Rules) rules = NULL;

	if (!find_files(files, dirs, error))
		return NULL;
	if (parse_files(ast, files, problems))
		rules = rules_compile(g_steal_pointer(&ast), traits, problems);
	if (rules == NULL) {
		g_propagate_error(error, problems->error);
		return NULL;
	}
	if (!load_profile(rules, dirs, error))
		return NULL;
	return g_steal_pointer(&rules);
}

Rules *
rules_load_untrained(const char *const *dirs, const char *const *traits,
                     GError **error)
{
	Problems problems = { 0 };

	return load(dirs, traits, &problems, error);
}

Rules *
rules_load(const char *const *dirs, const char *const *traits, GError **error)
{
	g_autoptr(Rules) rules = rules_load_untrained(dirs, traits, error);

	if (rules == NULL || !load_model(rules, dirs, error))
		return NULL;
	return g_steal_pointer(&rules);
}

Rules *
rules_parse(const char *name, const char *text, size_t size,
            const char *const *traits, GError **error)
{
	g_autoptr(Ast) ast = ast_new();
	Problems problems = { 0 };
	Rules *rules = NULL;

	if (ast_parse(ast, name, text, size, &problems))
		rules = rules_compile(g_steal_pointer(&ast), traits, &problems);
	if (rules == NULL)
		g_propagate_error(error, problems.error);
	return rules;
}

Rules *
rules_load_blocked(const char *const *dirs, GError **error)
{
	g_autofree char *path = last_of(dirs, BLOCKED_FILE);
	g_autofree char *text = NULL;
	size_t size = 0;

	if (path == NULL) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "no folder of analysis.rules has a %s",
		            BLOCKED_FILE);
		return NULL;
	}
	text = read_file(path, &size, error);
	return text != NULL ? rules_parse(path, text, size, NULL, error) : NULL;
}

Rules *
rules_load_reporting(const char *const *dirs, const char *const *traits,
                     RulesProblem *report, void *data)
{
	Problems problems = { .report = report, .data = data };
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = load(dirs, traits, &problems, &error);

	if (rules != NULL && load_model(rules, dirs, &error))
		return g_steal_pointer(&rules);
	report(dirs[0], 0, error->message, data);
	return NULL;
}

/* ------------------------------------------------------------ the vocabulary
 */

unsigned
rules_n_findings(const Rules *rules)
{
	return rules->findings->len;
}

const char *
rules_finding_name(const Rules *rules, unsigned finding)
{
	return rules_finding(rules, finding)->name;
}

const char *
rules_finding_header(const Rules *rules, unsigned finding)
{
	return rules_finding(rules, finding)->header;
}

unsigned
rules_n_values(const Rules *rules, unsigned finding)
{
	return rules_finding(rules, finding)->n_values;
}

const char *
rules_value_name(const Rules *rules, unsigned finding, unsigned value)
{
	return rules_finding(rules, finding)->ast->values->pdata[value];
}

unsigned
rules_n_escalations(const Rules *rules)
{
	return rules->escalations->len;
}

const char *
rules_escalation_name(const Rules *rules, unsigned escalation)
{
	return rules->escalations->pdata[escalation];
}

unsigned
rules_n_groups(const Rules *rules)
{
	return rules->groups->len;
}

const char *
rules_group_name(const Rules *rules, unsigned group)
{
	return rules->groups->pdata[group];
}

bool
rules_speak(const Rules *rules, Language language)
{
	return language < LANGUAGE_N && rules->packs[language]->speaks;
}

const LanguageProfile *
rules_profile(const Rules *rules)
{
	return rules->profile;
}

const Model *
rules_model(const Rules *rules)
{
	return rules->model;
}

void
rules_summarise(const Rules *rules, RulesSummary *summary, void *data)
{
	for (unsigned language = 0; language < LANGUAGE_N; language++) {
		unsigned cues = 0, examples = 0;

		for (unsigned i = 0; i < rules->cues->len; i++) {
			const Cue *cue = rules_cue(rules, i);

			if (cue->language != language)
				continue;
			cues++;
			examples += cue->ast->examples->len;
		}
		if (cues > 0)
			summary((Language)language, cues, examples, data);
	}
}
