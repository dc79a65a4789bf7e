/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/examine - one mail in, its Findings out: the whole path.
 *
 * The filter's analysers and the command line tool call the same function, so
 * that `tact inspect` shows what the filter would do. Pure and deterministic:
 * no I/O, no clock, no randomness.
 *
 * Owns:    a Report is the caller's; its strings are borrowed from it.
 * Fails:   never: a mail that can't be read is a Findings with ERROR_...
 * Threads: any; Rules are shared.
 */
#ifndef ANALYSIS_EXAMINE_H
#define ANALYSIS_EXAMINE_H

#include <glib.h>
#include <stddef.h>

#include "analysis/findings.h"
#include "analysis/heads.h"
#include "analysis/rules.h"
#include "message/message.h"

/* Fills `ret_findings` for the mail in `bytes`. */
void examine_mail(const Rules *rules, const char *bytes, size_t size,
                  const MessageEnvelope *envelope, Findings *ret_findings);

/* The same for a mail that was parsed; NULL: it could not be, by `error`. */
void examine_parsed(const Rules *rules, const Message *message,
                    const GError *error, Findings *ret_findings);

/* The parts of a mail that are looked at; any may be "". */
typedef struct ExamineText {
	const char *subject;
	const char *new_text;
	const char *signature;
} ExamineText;

/* Why a finding is what it is: one cue that fired; or, where a model told it,
 * one part of the model that spoke for `value` (against it, when the weight is
 * negative). Those of a model add up to the log-odds of the value less the mean
 * of all values. */
typedef struct ExamineReason {
	uint8_t finding;
	uint8_t value;
	const char *cue;   /* LANGUAGE/NAME of the rule; or "model/word" and
	                    * the like; borrowed */
	const char *group; /* reason code, or "" */
	double weight;     /* in log-odds, after negation and the like */
	char *words;       /* the words of the mail that matched, or "" */
} ExamineReason;

/* Why a mail is escalated. */
typedef struct ExamineAlert {
	uint8_t escalation;
	const char *cue; /* as in ExamineReason */
	char *words;
} ExamineAlert;

/* A Findings with its reasons and texts, for people and scripts. */
typedef struct Report {
	Findings findings;
	Message *message; /* NULL when it could not be parsed */
	GArray *reasons;  /* of ExamineReason, strongest first */
	GArray *alerts;   /* of ExamineAlert, in the order of the text */
} Report;

Report *examine_report(const Rules *rules, const char *bytes, size_t size,
                       const MessageEnvelope *envelope);
/* The same for text that is no mail; `language` LANGUAGE_UND: find out. */
Report *examine_text(const Rules *rules, const ExamineText *text,
                     Language language);
/* The language of a text, as examine_mail() finds it, and how sure that is in
 * per cent. */
Language examine_language(const Rules *rules, const ExamineText *text,
                          unsigned *ret_score);
/* The findings alone, and, unless NULL, the sums that they were decided by: for
 * those who measure and those who learn. No part of `text` may be NULL. */
void examine_findings(const Rules *rules, const FeatureText *text,
                      Language language, Findings *ret_findings,
                      HeadSums *ret_sums);
void report_free(Report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

#endif
