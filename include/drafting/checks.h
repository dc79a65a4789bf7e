/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/checks - what is looked for in a draft before a person sees it.
 *
 * The rows of drafting/checks.def. A model's text is hostile input; that of a
 * template is ours, and is checked all the same. What the text says must be
 * said by the customer's mail or by the site's own texts: its `grounds`. A
 * number that is not is put into a mark, `[CHECK: 1.234 kr.]`, which the
 * filter does not let out (filter/outbound); other finds refuse the text.
 *
 * Owns:    the CheckResult is the caller's: check_result_clear().
 * Fails:   never: text that cannot be read is refused.
 * Threads: any; Rules are shared.
 */
#ifndef DRAFTING_CHECKS_H
#define DRAFTING_CHECKS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "analysis/findings.h"
#include "analysis/rules.h"

#define CHECK_TEXT_MAX 8192 /* bytes of a draft's body */
#define CHECK_WORDS_MAX 80  /* bytes of what a remark shows */
#define CHECK_REMARKS_MAX 64
#define CHECK_MARK "[CHECK:" /* how a mark begins */

typedef enum Check {
#define CHECK(symbol, name, level, meaning) CHECK_##symbol,
#include "drafting/checks.def"
	CHECK_N,
} Check;

const char *check_name(Check check);    /* "unknown-url" */
const char *check_meaning(Check check); /* a sentence for the reviewer */
bool check_refuses(Check check);
/* CHECK_N for a name that is none of them. */
Check check_from_name(const char *name);

typedef struct CheckInput {
	const char *text;     /* the body: no quote, no signature */
	Language language;    /* that it must be in; LANGUAGE_UND: any */
	const Rules *rules;   /* tells languages */
	const Rules *blocked; /* rules_load_blocked() */
	/* The customer's words. May be NULL. */
	const char *subject;
	const char *mail;    /* what was written now; its questions count */
	const char *earlier; /* all of the text: quotes and signature too */
	const char *from_name;
	/* The site's own texts: articles, the template's reply, the mailbox's
	 * signature. NULL-terminated, or NULL. */
	const char *const *grounds;
	/* Addresses that may stand in it: the customer's, the mailbox's. */
	const char *const *addresses;
	/* What belongs to other customers and came near the model. */
	const char *const *others;
	/* What the model was told, and the word that must not come out. */
	const char *instructions;
	const char *canary;
	bool holding; /* it answers nothing, and says so */
} CheckInput;

/* One find, with the words it was found in: at most CHECK_WORDS_MAX bytes of
 * valid UTF-8 on one line. They may be the customer's; keep them as the text.
 */
typedef struct CheckRemark {
	Check check;
	char *words;
} CheckRemark;

typedef struct CheckResult {
	char *text;      /* with marks; NULL when it was refused */
	uint32_t found;  /* bit i: Check i */
	GArray *remarks; /* CheckRemark, in the order of checks.def */
} CheckResult;

/* All checks; true when the text may be used. A text that is too long or no
 * text at all is looked at no further. */
bool checks_run(const CheckInput *input, CheckResult *ret_result);
void check_result_clear(CheckResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CheckResult, check_result_clear)

/* "unknown-number,unanswered-question", "" for none; and back: unknown names
 * are left out. */
char *checks_format(uint32_t found);
uint32_t checks_parse(const char *names);

#endif
