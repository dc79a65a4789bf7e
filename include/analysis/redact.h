/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/redact - personal data found in a text, and kept out of what leaves.
 *
 * What is found is replaced by a typed placeholder, `<PHONE_1>`; the same words
 * always by the same one. Afterwards the soft kinds are put back, the hard ones
 * never: a draft that would have held one says `[CHECK: CARD]` instead. Words
 * of the text that already look like a placeholder are replaced too, so that
 * nobody can have somebody else's data restored.
 *
 * Owns:    a Redaction is the caller's, as is every text returned. It keeps
 *          the soft originals of one customer's mail; use one a draft, and for
 *          nobody else's.
 * Fails:   never. Time is linear in the text.
 * Threads: any, one Redaction a thread.
 */
#ifndef ANALYSIS_REDACT_H
#define ANALYSIS_REDACT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum RedactKind {
	/* hard: never put back */
	REDACT_CARD,          /* payment card: issuer's prefix, Luhn */
	REDACT_SECRET,        /* password, token, key, a URL's secret */
	REDACT_CPR,           /* Denmark: a date, or mod-11 */
	REDACT_FODSELSNUMMER, /* Norway, D-numbers too: mod-11 twice */
	REDACT_PERSONNUMMER,  /* Sweden, samordningsnummer too: Luhn */
	REDACT_HETU,          /* Finland: mod-31 */
	REDACT_STEUER_ID,     /* Germany: ISO 7064 mod 11,10 */
	/* soft: put back into the draft of the same customer */
	REDACT_IBAN,  /* mod-97 */
	REDACT_CVR,   /* Danish company: mod-11 */
	REDACT_ORGNR, /* company: NO mod-11, SE Luhn, FI mod-11, DE 11,10 */
	REDACT_PHONE, /* international, and as written in da sv nb de en fi */
	REDACT_EMAIL,
	REDACT_NAME,    /* those that redaction_add_name() was told */
	REDACT_LITERAL, /* what looked like a placeholder in the text itself */
	REDACT_KIND_N,
} RedactKind;

#define REDACT_BIT(kind) (1u << (kind))
#define REDACT_HARD (REDACT_BIT(REDACT_IBAN) - 1)
#define REDACT_ALL (REDACT_BIT(REDACT_KIND_N) - 1)

/* As in a placeholder: "CARD", "CPR", ... */
const char *redact_kind_name(RedactKind kind);
/* True for the kinds that are never put back. */
bool redact_is_hard(RedactKind kind);

typedef struct RedactSpan {
	uint32_t start, end; /* bytes */
	RedactKind kind;
} RedactSpan;

/* Everything found in valid UTF-8 `text`, in order, none overlapping: at most
 * `max` into `ret_spans`. Names are not looked for. Returns how many. */
size_t redact_find(const char *text, size_t size, RedactSpan *ret_spans,
                   size_t max);

typedef struct Redaction Redaction;

/* `kinds`: the soft ones to replace, a set of REDACT_BIT; the hard ones and
 * what looks like a placeholder always are. */
Redaction *redaction_new(unsigned kinds);
void redaction_free(Redaction *redaction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Redaction, redaction_free)

/* A person's name: it and its words of three letters and more are replaced
 * where they stand as whole words. Best effort: other names stay. */
void redaction_add_name(Redaction *redaction, const char *name);

/* `text`, valid UTF-8, with placeholders. May be called for several texts. */
char *redaction_apply(Redaction *redaction, const char *text);

/* The same of a text of the site's own: what was taken out of other texts
 * before, however it is spaced, the names, and what looks like a placeholder;
 * nothing else. */
char *redaction_apply_known(Redaction *redaction, const char *text);

typedef struct RedactRestored {
	unsigned restored; /* placeholders that were put back */
	unsigned hard;     /* hard ones, now [CHECK: KIND] */
	unsigned unknown;  /* that were never given out, now [CHECK: KIND] */
} RedactRestored;

/* `text` with what redaction_apply() took out; `ret_restored` may be NULL. */
char *redaction_restore(const Redaction *redaction, const char *text,
                        RedactRestored *ret_restored);

/* How many different ones were replaced: what left the host, for the
 * reviewer. */
unsigned redaction_count(const Redaction *redaction, RedactKind kind);

#endif
