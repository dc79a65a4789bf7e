/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/rules - rule folders, read, checked and compiled.
 *
 * The language is described in tact-rules(5). Matching is by words and word
 * ends in hash tables: no regular expression, so no text can make it slow.
 *
 * Owns:    Rules is the caller's; names are borrowed from it.
 * Fails:   BASE_ERROR_IO, BASE_ERROR_SYNTAX with file, line and remedy.
 * Threads: immutable after loading, so any; and may be shared across fork(2).
 */
#ifndef ANALYSIS_RULES_H
#define ANALYSIS_RULES_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "analysis/findings.h"

typedef struct Rules Rules;

/*
 * Reads every *.rules below the folders of `dirs` (NULL-terminated): itself,
 * lang/ and traits/, and the language profile beside them. A file in a later
 * folder replaces the file of the same relative name; a folder that is not
 * there is skipped unless it is the first. `traits` (NULL-terminated) names the
 * traits in use; one that no file defines is an error. Findings always come in
 * the order: sentiment emotion urgency formality directness expertise, then
 * the traits as listed.
 */
Rules *rules_load(const char *const *dirs, const char *const *traits,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As rules_load(), but no model is looked for: one is trained without regard to
 * another, and also when the one that is there cannot be read. */
Rules *rules_load_untrained(const char *const *dirs, const char *const *traits,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As rules_load(), of one file in memory; `name` stands for it in errors. */
Rules *rules_parse(const char *name, const char *text, size_t size,
                   const char *const *traits,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As rules_load(), for those who mend rules: each bad line is reported and left
 * out. NULL only when the first folder cannot be read. */
typedef void RulesProblem(const char *file, unsigned line, const char *message,
                          void *data);
Rules *rules_load_reporting(const char *const *dirs, const char *const *traits,
                            RulesProblem *report,
                            void *data) G_GNUC_WARN_UNUSED_RESULT;
/*
 * What a draft must never say: blocked.rules of the last folder that has it,
 * which no mail is read by. A cue's `escalate` names the check that it belongs
 * to (drafting/checks.def): blocked, promise, refusal, prompt-leak.
 */
Rules *rules_load_blocked(const char *const *dirs,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void rules_free(Rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)

/* The vocabulary: everything an index in a Findings can mean. */
unsigned rules_n_findings(const Rules *rules);
const char *rules_finding_name(const Rules *rules, unsigned finding);
const char *rules_finding_header(const Rules *rules, unsigned finding);
unsigned rules_n_values(const Rules *rules, unsigned finding);
const char *rules_value_name(const Rules *rules, unsigned finding,
                             unsigned value);
unsigned rules_n_escalations(const Rules *rules);
const char *rules_escalation_name(const Rules *rules, unsigned escalation);
unsigned rules_n_groups(const Rules *rules);
const char *rules_group_name(const Rules *rules, unsigned group);
/* True when there are cues for that language, its own or a fallback's. */
bool rules_speak(const Rules *rules, Language language);

/* The trained model, or NULL; the one of models/findings.model in the last
 * folder that has it. Setting another one (NULL: none) takes it, and is for
 * those who train: nobody else may use the Rules then. */
struct Model;
const struct Model *rules_model(const Rules *rules);
void rules_set_model(Rules *rules, struct Model *model);

/* Runs every match: and no-match: example of every cue. Returns the number of
 * examples run; `failed` is called for each that does not hold. */
typedef void RulesExampleFailed(const char *file, unsigned line,
                                const char *message, void *data);
unsigned rules_check_examples(const Rules *rules, RulesExampleFailed *failed,
                              void *data);

/* For `tact rules check`: one line per language with its number of cues. */
typedef void RulesSummary(Language language_or_und_for_all, unsigned cues,
                          unsigned examples, void *data);
void rules_summarise(const Rules *rules, RulesSummary *summary, void *data);

#endif
