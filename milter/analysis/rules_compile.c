/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names become indexes here. Whatever is wrong is said with the line it stands
 * on; in a reporting load the thing is left out and the rest goes on.
 */
#include <string.h>

#include "rules_private.h"

static const char *const core[] = { "sentiment", "emotion",    "urgency",
	                            "formality", "directness", "expertise" };

typedef struct Compiler {
	Rules *rules;
	Problems *problems;
	GHashTable *definitions; /* name -> AstFinding */
	GHashTable *in_use;      /* name -> index + 1 */
	GHashTable *names;       /* LANGUAGE/NAME -> AstCue */
} Compiler;

#define bad(compiler, place, ...)                                              \
	problem((compiler)->problems, (place), __VA_ARGS__)

/* ------------------------------------------------------------------ findings
 */

static int
value_index(const AstFinding *finding, const char *name)
{
	for (unsigned i = 0; i < finding->values->len; i++)
		if (strcmp(finding->values->pdata[i], name) == 0)
			return (int)i;
	return -1;
}

static bool
want_value(Compiler *compiler, const AstFinding *finding, const char *name,
           const Place *place, unsigned *ret_index)
{
	int i = value_index(finding, name);
	g_autofree char *all = NULL;
	g_autoptr(GPtrArray) values = NULL;

	if (i >= 0) {
		*ret_index = (unsigned)i;
		return true;
	}
	values = g_ptr_array_new();
	for (unsigned k = 0; k < finding->values->len; k++)
		g_ptr_array_add(values, finding->values->pdata[k]);
	g_ptr_array_add(values, NULL);
	all = g_strjoinv(" ", (char **)values->pdata);
	return bad(compiler, place, "'%s' is no value of %s; use one of: %s",
	           name, finding->name, all);
}

static char *
header_of(const AstFinding *ast)
{
	GString *header;
	bool first = true;

	if (ast->header != NULL)
		return g_strdup(ast->header);
	header = g_string_new("X-Tact-");
	for (const char *c = ast->name; *c != '\0'; c++) {
		g_string_append_c(header, first ? g_ascii_toupper(*c) : *c);
		first = *c == '-';
	}
	return g_string_free(header, FALSE);
}

static bool
fill_finding(Compiler *compiler, const AstFinding *ast, FindingRule *rule)
{
	unsigned a, b;

	for (unsigned i = 0; i < ast->biases->len; i++) {
		const AstNamed *bias = &g_array_index(ast->biases, AstNamed, i);

		if (!want_value(compiler, ast, bias->a, &bias->place, &a))
			return false;
		rule->bias[a] = bias->number;
	}
	for (unsigned i = 0; i < ast->opposites->len; i++) {
		const AstNamed *pair =
			&g_array_index(ast->opposites, AstNamed, i);

		if (!want_value(compiler, ast, pair->a, &pair->place, &a) ||
		    !want_value(compiler, ast, pair->b, &pair->place, &b))
			return false;
		rule->opposite[a] = (uint8_t)b;
		rule->opposite[b] = (uint8_t)a;
	}
	return true;
}

static bool
add_finding(Compiler *compiler, const AstFinding *ast)
{
	FindingRule rule = { .ast = ast, .name = ast->name };
	GArray *findings = compiler->rules->findings;

	if (findings->len == LIMIT_FINDINGS)
		return bad(compiler, &ast->place, "more than %d findings",
		           LIMIT_FINDINGS);
	if (ast->values->len < 2 || ast->values->len > LIMIT_FINDING_VALUES)
		return bad(compiler, &ast->place,
		           "%s has %u values; 2 to %d are possible", ast->name,
		           ast->values->len, LIMIT_FINDING_VALUES);
	memset(rule.opposite, NO_INDEX, sizeof(rule.opposite));
	rule.n_values = ast->values->len;
	rule.margin = ast->margin;
	rule.likely = CONFIDENCE_LIKELY;
	rule.sure = CONFIDENCE_SURE;
	rule.contrast = strcmp(ast->name, "sentiment") == 0 ||
	                strcmp(ast->name, "emotion") == 0;
	if (ast->value_default != NULL &&
	    !want_value(compiler, ast, ast->value_default, &ast->place,
	                &rule.value_default))
		return false;
	if (!fill_finding(compiler, ast, &rule))
		return false;
	rule.header = header_of(ast);
	g_array_append_val(findings, rule);
	g_hash_table_insert(compiler->in_use, (char *)ast->name,
	                    GUINT_TO_POINTER(findings->len));
	return true;
}

static bool
use_finding(Compiler *compiler, const char *name, bool trait)
{
	const AstFinding *ast =
		g_hash_table_lookup(compiler->definitions, name);
	Place place = { .file = "analysis.traits", .line = 0 };

	if (g_hash_table_contains(compiler->in_use, name))
		return true;
	if (ast != NULL)
		return add_finding(compiler, ast);
	if (!trait)
		return true; /* a site may live without one */
	return bad(compiler, &place,
	           "no rules file defines the trait '%s'; "
	           "take it out of the setting or add "
	           "traits/%s.rules",
	           name, name);
}

static bool
compile_findings(Compiler *compiler, const char *const *traits)
{
	GPtrArray *all = compiler->rules->ast->findings;
	bool good = true;

	for (unsigned i = 0; i < all->len; i++) {
		AstFinding *ast = all->pdata[i];
		const AstFinding *other =
			g_hash_table_lookup(compiler->definitions, ast->name);

		if (other != NULL)
			good &= bad(compiler, &ast->place,
			            "'%s' is defined already at %s:%u; remove "
			            "one",
			            ast->name, other->place.file,
			            other->place.line);
		else
			g_hash_table_insert(compiler->definitions,
			                    (char *)ast->name, ast);
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(core); i++)
		good &= use_finding(compiler, core[i], false);
	for (unsigned i = 0; traits != NULL && traits[i] != NULL; i++)
		good &= use_finding(compiler, traits[i], true);
	return good;
}

/* ---------------------------------------------------------------------- cues
 */

/* The index of `name` in a list of names, added if need be. */
static uint8_t
name_index(GPtrArray *names, const char *name, unsigned max)
{
	unsigned i = 0;

	if (name == NULL)
		return NO_INDEX;
	while (i < names->len && strcmp(names->pdata[i], name) != 0)
		i++;
	if (i == names->len) {
		if (i == max)
			return NO_INDEX;
		g_ptr_array_add(names, (char *)name);
	}
	return (uint8_t)i;
}

static bool
compile_vote(Compiler *compiler, const AstVote *vote, Cue *cue)
{
	const AstFinding *ast =
		g_hash_table_lookup(compiler->definitions, vote->finding);
	unsigned index = GPOINTER_TO_UINT(
		g_hash_table_lookup(compiler->in_use, vote->finding));
	Vote compiled = { .weight = (float)vote->weight };
	unsigned value;

	if (ast == NULL)
		return bad(compiler, &vote->place,
		           "'%s' is neither a finding nor anything that a cue "
		           "has",
		           vote->finding);
	if (!want_value(compiler, ast, vote->value, &vote->place, &value))
		return false;
	if (index == 0)
		return true; /* a trait that is not in use */
	compiled.finding = (uint8_t)(index - 1);
	compiled.value = (uint8_t)value;
	g_array_append_val(compiler->rules->votes, compiled);
	cue->n_votes++;
	return true;
}

static bool
compile_parts(Compiler *compiler, const AstCue *ast, Cue *cue, uint32_t index)
{
	Rules *rules = compiler->rules;
	bool good = true;

	cue->first_vote = rules->votes->len;
	for (unsigned i = 0; i < ast->votes->len; i++)
		good &= compile_vote(
			compiler, &g_array_index(ast->votes, AstVote, i), cue);
	cue->first_when = rules->whens->len;
	cue->n_whens = ast->whens->len;
	if (ast->whens->len > 0)
		g_array_append_vals(rules->whens, ast->whens->data,
		                    ast->whens->len);
	cue->first_phrase = rules->phrases->len;
	for (unsigned i = 0; i < ast->phrases->len; i++)
		good &= phrase_compile(rules, index,
		                       &g_array_index(ast->phrases, AstText, i),
		                       compiler->problems);
	cue->n_phrases = rules->phrases->len - cue->first_phrase;
	return good;
}

static void
name_grams(const AstCue *ast, Cue *cue)
{
	cue->gram[cue->n_grams++] = grams_cue(ast->name);
	if (ast->group != NULL)
		cue->gram[cue->n_grams++] = grams_cue(ast->group);
}

static bool
check_cue(Compiler *compiler, const AstCue *ast)
{
	unsigned examples[2] = { 0, 0 };

	if (ast->votes->len == 0 && ast->escalate == NULL)
		return bad(compiler, &ast->place,
		           "cue %s votes for nothing; "
		           "add: FINDING VALUE WEIGHT",
		           ast->name);
	if (ast->phrases->len == 0 && ast->whens->len == 0)
		return bad(compiler, &ast->place,
		           "cue %s has neither a phrase "
		           "nor a when; add one",
		           ast->name);
	for (unsigned i = 0; i < ast->examples->len; i++)
		examples[g_array_index(ast->examples, AstText, i).match]++;
	if (ast->phrases->len > 0 && (examples[0] == 0 || examples[1] == 0))
		return bad(compiler, &ast->place,
		           "cue %s has %u match and %u "
		           "no-match lines; add at least one of each",
		           ast->name, examples[1], examples[0]);
	return true;
}

static bool
compile_cue(Compiler *compiler, const AstCue *ast)
{
	Rules *rules = compiler->rules;
	uint32_t index = rules->cues->len;
	g_autofree char *label = g_strdup_printf(
		"%s/%s",
		ast->language == LANGUAGE_UND ? "*"
					      : language_code(ast->language),
		ast->name);
	const AstCue *other = g_hash_table_lookup(compiler->names, label);
	Cue cue = { .ast = ast };
	bool good = check_cue(compiler, ast);

	if (other != NULL)
		return bad(compiler, &ast->place,
		           "cue %s is there already at "
		           "%s:%u; give it another name",
		           label, other->place.file, other->place.line);
	if (index >= LIMIT_CUES)
		return bad(compiler, &ast->place, "more than %d cues",
		           LIMIT_CUES);
	cue.label = g_string_chunk_insert(rules->strings, label);
	g_hash_table_insert(compiler->names, (char *)cue.label, (void *)ast);
	cue.where = (uint8_t)ast->where;
	cue.negated = (uint8_t)ast->negated;
	cue.once = ast->once;
	cue.language = (uint8_t)ast->language;
	cue.group = name_index(rules->groups, ast->group, LIMIT_GROUPS);
	cue.escalate = name_index(rules->escalations, ast->escalate,
	                          LIMIT_ESCALATIONS);
	if (ast->escalate != NULL && cue.escalate == NO_INDEX)
		return bad(compiler, &ast->place,
		           "more than %d escalation codes", LIMIT_ESCALATIONS);
	name_grams(ast, &cue);
	good &= compile_parts(compiler, ast, &cue, index);
	g_array_append_val(rules->cues, cue);
	return good;
}

static bool
compile_cues(Compiler *compiler)
{
	GPtrArray *cues = compiler->rules->ast->cues;
	bool good = true;

	for (unsigned i = 0; i < cues->len; i++) {
		good &= compile_cue(compiler, cues->pdata[i]);
		if (!good && compiler->problems->report == NULL)
			break;
	}
	return good;
}

static void
finding_clear(void *data)
{
	g_free(((FindingRule *)data)->header);
}

static Rules *
rules_new(Ast *ast)
{
	Rules *rules = g_new0(Rules, 1);

	rules->ast = ast;
	rules->findings = g_array_new(FALSE, FALSE, sizeof(FindingRule));
	g_array_set_clear_func(rules->findings, finding_clear);
	rules->escalations = g_ptr_array_new();
	rules->groups = g_ptr_array_new();
	rules->strings = g_string_chunk_new(16384);
	rules->cues = g_array_new(FALSE, FALSE, sizeof(Cue));
	rules->votes = g_array_new(FALSE, FALSE, sizeof(Vote));
	rules->whens = g_array_new(FALSE, FALSE, sizeof(When));
	rules->phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
	rules->slots = g_array_new(FALSE, FALSE, sizeof(Slot));
	rules->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
	rules->alternatives = g_array_new(FALSE, FALSE, sizeof(Alternative));
	rules->phrase_terms = g_array_new(FALSE, FALSE, sizeof(PhraseTerm));
	rules->vocabulary = vocabulary_new();
	return rules;
}

Rules *
rules_compile(Ast *ast, const char *const *traits, Problems *problems)
{
	g_autoptr(Rules) rules = rules_new(ast);
	g_autoptr(GHashTable) definitions =
		g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) in_use =
		g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	Compiler compiler = { .rules = rules,
		              .problems = problems,
		              .definitions = definitions,
		              .in_use = in_use,
		              .names = names };

	compile_findings(&compiler, traits);
	compile_cues(&compiler);
	phrases_index(rules);
	packs_build(rules, ast->words, problems);
	if (problems->error != NULL)
		return NULL;
	return g_steal_pointer(&rules);
}

void
rules_free(Rules *rules)
{
	if (rules == NULL)
		return;
	packs_free(rules);
	ast_free(rules->ast);
	g_array_unref(rules->findings);
	g_ptr_array_unref(rules->escalations);
	g_ptr_array_unref(rules->groups);
	g_string_chunk_free(rules->strings);
	g_array_unref(rules->cues);
	g_array_unref(rules->votes);
	g_array_unref(rules->whens);
	g_array_unref(rules->phrases);
	g_array_unref(rules->slots);
	g_array_unref(rules->entries);
	g_array_unref(rules->alternatives);
	g_array_unref(rules->phrase_terms);
	vocabulary_free(rules->vocabulary);
	language_profile_free(rules->profile);
	model_free(rules->model);
	g_free(rules);
}
