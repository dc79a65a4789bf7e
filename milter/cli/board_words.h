/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/board_words - figures of a Board's value as a person reads them.
 *
 * Owns:    strings returned are the caller's.
 * Fails:   never; what is not known is "-".
 * Threads: one.
 */
#ifndef CLI_BOARD_WORDS_H
#define CLI_BOARD_WORDS_H

#include <jansson.h>
#include <stdbool.h>

/* `unit` as in the value: "42 m", "63 %", "+5 points", "12". */
char *words_of(const char *unit, const json_t *number);
/* "58 m to 1 h 30 m", or "" when there is no interval. */
char *words_interval(const char *unit, const json_t *figure);
/* What a headline says besides its value, in one line. */
char *words_headline(const json_t *item);
/* The period that is told: "2026-W46 (2026-11-09 to 2026-11-15)". */
char *words_period(const json_t *period);
/* A title with "all mailboxes" for null. */
const char *words_mailbox(const json_t *scope);
bool words_known(const json_t *object, const char *key);

/* A figure of a period in a scope, by name; and its definition. */
const json_t *board_figure(const json_t *period, const char *name);
const json_t *board_definition(const json_t *value, const char *name);

#endif
