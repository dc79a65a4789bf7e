/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/limits - every compile-time maximum, in one place.
 *
 * A setting may lower the first three; nothing raises any. Beyond a limit the
 * mail is still delivered; its X-Tact-Status says `error-LIMIT` or the excess
 * is not read. Peers' values stand beside ours so that a reader can judge.
 *
 * Units: bytes unless the name says otherwise; in full, since 64 * 1024 would
 * be an int that becomes a size too late.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* What the filter keeps of a mail and shows the analyser. */
#define LIMIT_ANALYSE_BYTES 1048576 /* raw; setting default 256 K */
#define LIMIT_ANALYSE_TEXT 65536    /* new text; setting default 32 K */
#define LIMIT_TEXT_DECODED 262144   /* text of the chosen part */

/* Header of a mail (Postfix: 100 KiB a header; Dovecot: 50 MB in all). */
#define LIMIT_HEADER_BYTES 262144
#define LIMIT_HEADER_FIELDS 1000
#define LIMIT_HEADER_VALUE 8192
#define LIMIT_HEADER_ENCODED_WORDS 200
#define LIMIT_HEADER_PARAMETERS 50
#define LIMIT_ADDRESSES_PER_HEADER 200
#define LIMIT_ADDRESSES 500
#define LIMIT_ADDRESS_BYTES 320 /* RFC 5321 4.5.3.1: 64 + 1 + 255 */
#define LIMIT_REFERENCES 20     /* Message-IDs that a mail refers to */
#define LIMIT_LOCAL_BYTES 64    /* of a customer's; RFC 5321 4.5.3.1.1 */
#define LIMIT_REASON_BYTES 200  /* why somebody decided, in his words */

/* MIME (rspamd: 64 deep, 10,000 parts; Dovecot: 100, 10,000). */
#define LIMIT_MIME_DEPTH 32
#define LIMIT_MIME_PARTS 500
#define LIMIT_MIME_BOUNDARY 256

/* HTML (Blink nests 512, libxml2 256). */
#define LIMIT_HTML_DEPTH 512
#define LIMIT_HTML_TOKENS 100000

/* Authentication-Results fields looked at, and bytes of each. */
#define LIMIT_AUTHRES_FIELDS 50
#define LIMIT_AUTHRES_BYTES 8192

/* Analysis. */
#define LIMIT_TOKENS 16384
#define LIMIT_FINDINGS 16
#define LIMIT_FINDING_VALUES 16
#define LIMIT_ESCALATIONS 32
#define LIMIT_REASONS 64
#define LIMIT_GROUPS 128
#define LIMIT_WHY 5 /* cue codes in X-Tact-Why */
#define LIMIT_RULES_FILE 4194304
#define LIMIT_RULES_LINE 1000
#define LIMIT_CUES 20000
#define LIMIT_PHRASE_TERMS 16
#define LIMIT_PHRASE_EXPANSIONS 256
#define LIMIT_MATCH_STEPS 2000000 /* of a text; about 10 ms */
#define LIMIT_CUE_STEPS 500000    /* of one cue in a text */
#define LIMIT_CUE_HITS 6          /* of one cue in a text; more add nothing */
#define LIMIT_HITS 4096
#define LIMIT_GRAMS 65536        /* different ones of a text */
#define LIMIT_EDIT_CELLS 4000000 /* two texts compared word by word; 30 ms */

/* Labelled texts to learn from. */
#define LIMIT_CORPUS_SAMPLES 1000000
#define LIMIT_CORPUS_BYTES 1073741824 /* of their texts together */
#define LIMIT_CORPUS_LINE 1048576
#define LIMIT_CORPUS_ID 200
#define LIMIT_EXAMPLES 50000 /* that a site's mails teach */

/* Exports of a CRM or ERP. */
#define LIMIT_ORDERS_RECORD 1048576 /* with line breaks in quotes */
#define LIMIT_ORDERS_COLUMNS 1024
#define LIMIT_ORDERS_ADDRESSES 16 /* of one record; so for its numbers */
#define LIMIT_ORDERS_NAME 64      /* of a column, as it is shown */
#define LIMIT_ORDERS_VALUE 40     /* of a cell, as it is shown */
#define LIMIT_ORDERS_CENTS 1000000000000000 /* of one order */
#define LIMIT_ORDERS_RATES 200

/* A summary of customers (value/summary). */
#define LIMIT_SUMMARY_BYTES 1073741824
#define LIMIT_SUMMARY_LINE 4096
#define LIMIT_SUMMARY_FIELDS 64

/* Texts that replies are made of. */
#define LIMIT_DRAFTING_FILE 262144
#define LIMIT_DRAFTING_FILES 10000 /* of a kind, in all folders */
#define LIMIT_MODULES 500          /* of a slot */
#define LIMIT_MODULE_TEXT 2000
#define LIMIT_MODULE_TERMS 8
#define LIMIT_ARTICLE_SECTION 6000
#define LIMIT_ARTICLE_TITLE 120
#define LIMIT_ARTICLE_TAGS 1000
#define LIMIT_PERSON_BYTES 200 /* of a display name that is looked at */
#define LIMIT_PERSON_NAME 60   /* of a name that is used */

/* What a model is asked, and what it says. */
#define LIMIT_PROMPT_MAIL 24576 /* of the customer's words */
#define LIMIT_PROMPT_SUBJECT 400
#define LIMIT_PROMPT_GROUND 8192 /* of one text of the site's */
#define LIMIT_PROMPT_GROUNDS 8
#define LIMIT_PROMPT_LESSONS 16
#define LIMIT_PROMPT_LESSON 240
#define LIMIT_PROMPT_EXAMPLES 3
#define LIMIT_PROMPT_EXAMPLES_BYTES 4000 /* of all together */
#define LIMIT_PROMPT_SECTION 8192        /* of prompts/draft.md */
#define LIMIT_EXTRA_BODY 16384
#define LIMIT_ANSWER_BYTES 1048576
#define LIMIT_ANSWER_DEPTH 32
#define LIMIT_ANSWER_TEXT 8192

/* What we write. */
#define LIMIT_EMIT_VALUE 200
#define LIMIT_LOG_LINE 1024

/* Programs. */
#define LIMIT_SETTINGS_FILE 1048576
#define LIMIT_MAILBOXES 10000
#define LIMIT_RECIPIENTS 20 /* more is a mass mailing, never a customer */
#define LIMIT_FILTERS 32
#define LIMIT_ANALYSERS 64
#define LIMIT_SESSIONS 4096
#define LIMIT_FORGED 10000 /* headers of ours in one mail; more defer it */
#define LIMIT_FORGED_BYTES 1048576 /* of their names together */
#define LIMIT_POISON 256 /* mails remembered that killed an analyser */

#endif
