/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/findings - what one mail tells about its writer, as numbers.
 *
 * A Findings is plain data, without a pointer: indexes into the vocabulary of
 * the Rules that made it (analysis/rules.h). It crosses from the analyser to
 * the filter as it is, and the filter checks each index before it uses it.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_FINDINGS_H
#define ANALYSIS_FINDINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"

/* X-Tact-Status; with the reason in Findings.reason. */
typedef enum FindingsStatus {
	FINDINGS_SCORED,
	FINDINGS_SKIPPED,   /* reason: SKIPPED_... */
	FINDINGS_ABSTAINED, /* reason: ABSTAINED_... */
	FINDINGS_ERROR,     /* reason: ERROR_... */
	FINDINGS_STATUS_N,
} FindingsStatus;

typedef enum FindingsReason {
	REASON_NONE,
	SKIPPED_AUTOMATED,  /* a machine's mail */
	SKIPPED_ENCRYPTED,  /* nothing we can read */
	SKIPPED_EMPTY,      /* no new text */
	SKIPPED_OBJECTION,  /* the writer does not want to be judged */
	ABSTAINED_LANGUAGE, /* not told, or no rules for it */
	ABSTAINED_EVIDENCE, /* every finding below its margin */
	ERROR_HEADER_BYTES, /* limits: in the order of MessageError */
	ERROR_HEADER_FIELDS,
	ERROR_DEPTH,
	ERROR_PARTS,
	ERROR_BOUNDARY,
	ERROR_ADDRESSES,
	ERROR_PARAMETERS,
	ERROR_ENCODED_WORDS,
	ERROR_TIMEOUT,  /* analysis took longer than analysis_time_max */
	ERROR_ANALYSER, /* the analyser died on it */
	ERROR_POISON,   /* it killed analysers before */
	ERROR_BUSY,     /* no analyser free in time */
	ERROR_INTERNAL,
	REASON_N,
} FindingsReason;

/* "scored", "skipped", ...; "automated", "header-bytes", ... ("" for none). */
const char *findings_status_name(FindingsStatus status);
const char *findings_reason_name(FindingsReason reason);

typedef enum Confidence {
	CONFIDENCE_LOW,
	CONFIDENCE_MEDIUM,
	CONFIDENCE_HIGH,
	CONFIDENCE_N,
} Confidence;

const char *confidence_name(Confidence confidence);
/* Of what is told with probability `p`, by the bounds of medium and high. */
Confidence confidence_of(double p, double likely, double sure);

/* The bounds where nothing else says them. */
#define CONFIDENCE_LIKELY 0.65
#define CONFIDENCE_SURE 0.90

/* ISO 639-1, in this order everywhere; LANGUAGE_UND when it can't be told. */
typedef enum Language {
	LANGUAGE_UND,
	LANGUAGE_DA,
	LANGUAGE_SV,
	LANGUAGE_NB,
	LANGUAGE_NN,
	LANGUAGE_DE,
	LANGUAGE_EN,
	LANGUAGE_FI,
	LANGUAGE_FR,
	LANGUAGE_ES,
	LANGUAGE_NL,
	LANGUAGE_IT,
	LANGUAGE_PL,
	LANGUAGE_IS,
	LANGUAGE_N,
} Language;

const char *language_code(Language language); /* "und", "da", ... */
/* LANGUAGE_N for a code that is none of them. */
Language language_from_code(const char *code);

/* Beside MessageFlags in Findings.flags: a limit was reached and a part of the
 * text or some cue was left out. */
#define FINDINGS_LIMITED (1u << 16)

/* One finding: always the best value, also when it abstains. */
typedef struct Finding {
	uint8_t value;      /* index of the value */
	uint8_t score;      /* 0 to 100: p(value) in per cent; for sentiment
	                     * 50 + 50 * (p(positive) - p(negative)) */
	uint8_t confidence; /* Confidence */
	uint8_t abstained;  /* 1: below its margin; write no header */
} Finding;

typedef struct Findings {
	uint8_t status;         /* FindingsStatus */
	uint8_t reason;         /* FindingsReason */
	uint8_t automated;      /* Automated, with SKIPPED_AUTOMATED */
	uint8_t auth;           /* AuthVerdict */
	uint8_t language;       /* Language */
	uint8_t language_score; /* 0 to 100 */
	uint8_t n_findings;
	uint8_t n_why;
	uint32_t flags;    /* MessageFlags, FINDINGS_LIMITED */
	uint32_t escalate; /* bit i: the i-th escalation code of the Rules */
	uint8_t why[LIMIT_WHY]; /* indexes of cue groups, strongest first */
	Finding finding[LIMIT_FINDINGS]; /* as in the Rules' vocabulary */
} Findings;

#endif
