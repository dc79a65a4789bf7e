/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/board - the dashboards of `tact report`: facts read from the store, made
 * a JSON value, and that value written in five ways.
 *
 * Everything is told per mailbox, nothing per person: no fact that is read here
 * has one in it but the number of a conversation, which is not shown.
 *
 * Owns:    a Board is cleared by its owner, also when reading failed; values
 *          and texts returned are the caller's.
 * Fails:   false with an error.
 * Threads: one.
 */
#ifndef CLI_BOARD_H
#define CLI_BOARD_H

#include <glib.h>
#include <jansson.h>

#include "base/settings.h"
#include "cli.h"
#include "value/figures.h"
#include "value/periods.h"
#include "value/roi.h"
#include "value/tier.h"

typedef enum BoardRole {
	ROLE_LEAD,
	ROLE_DEPARTMENT,
	ROLE_MANAGEMENT,
	ROLE_N,
} BoardRole;

const char *board_role_name(BoardRole role); /* "lead" */

typedef struct BoardBacklog {
	unsigned mailbox;
	Tier tier;
	int64_t open, overdue, oldest_at;
} BoardBacklog;

/* A conversation in which somebody waited. */
typedef struct BoardWait {
	unsigned mailbox;
	int64_t from, upto; /* INT64_MAX: still */
} BoardWait;

#define BOARD_NONE UINT_MAX

typedef struct Board {
	Settings *settings;
	GTimeZone *zone;
	PeriodUnit unit;
	int64_t now;
	bool past;            /* `now` is not now: the backlog is not known */
	const char *only;     /* one mailbox; NULL: all */
	unsigned roles;       /* bits of BoardRole */
	GPtrArray *mailboxes; /* of char *: AnswerFact.mailbox is an index */
	GArray *answers;      /* of AnswerFact */
	GArray *drafts;       /* of DraftFact */
	GArray *backlog;      /* of BoardBacklog */
	GArray *waits;        /* of BoardWait */
	GArray *periods;      /* of Period; the last one is not over */
	unsigned current;     /* the one that is told */
	unsigned settled;     /* the newest whose answers are; or BOARD_NONE */
} Board;

void board_clear(Board *board);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Board, board_clear)

/* What is wrong with the options, or NULL; a Board that is all zero becomes
 * one with periods and no facts. */
char *board_options(Board *board, const Options *options);
bool board_read(Board *board, const Options *options,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* contrib/schema/report.schema.json says what is in it. */
json_t *board_value(const Board *board);
/* The headlines of a role, three at most. `all`: the scope of all mailboxes,
 * with the Figures of each period. */
json_t *board_headlines(const Board *board, BoardRole role,
                        const Figures *periods);
/* "value", "low" and "high"; what is not known is null. */
void board_set_interval(json_t *object, const Interval *interval);
/* Of the period that is told. */
Roi board_roi(const Board *board, const Figures *periods);

void board_text(const json_t *value);
void board_csv(const json_t *value);
void board_prometheus(const json_t *value);
void board_html(const json_t *value);

#endif
