/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/lessons - what humans' edits of drafts teach, counted.
 *
 * A lesson is a name ("module/greeting/again-1", "length") in a mailbox and a
 * language. What was seen of it in one edit is a row of evidence: a number, and
 * whose mail it was, so that erasing a customer subtracts what came from him.
 * Nothing else is kept: a lesson's value is computed from its rows, the older
 * of which weigh less (half in LESSON_HALF_LIFE).
 *
 * It counts when enough edits for enough different people say so. The
 * administrator can freeze it as it is, or drop it: what is dropped teaches
 * nothing any more, whatever comes.
 *
 * Names are words of ours, never of a mail: [a-z0-9/._:-], LESSON_NAME_MAX.
 *
 * Owns:    a Lesson is valid during the visit.
 * Fails:   as store/store.h.
 * Threads: one Store a thread. Changes run in the caller's transaction.
 */
#ifndef STORE_LESSONS_H
#define STORE_LESSONS_H

#include "analysis/findings.h"
#include "store/keys.h"
#include "store/store.h"

#define LESSON_NAME_MAX 80
#define LESSON_HALF_LIFE INT64_C(7776000) /* 90 days */
#define LESSON_EDITS_MIN 3
#define LESSON_PEOPLE_MIN 3

/* Stored: never renumber. */
typedef enum LessonState {
	LESSON_LEARNING, /* moves with what is seen */
	LESSON_FROZEN,   /* stays as it is */
	LESSON_DROPPED,  /* teaches nothing */
	LESSON_STATE_N,
} LessonState;

const char *lesson_state_name(LessonState state);

typedef struct LessonSeen {
	const char *mailbox; /* address */
	Language language;
	const char *name;
	double value;     /* of this edit: 1 kept, 0 dropped, a ratio ... */
	int64_t thread;   /* row */
	int64_t customer; /* 0: none; then the thread tells people apart */
	int64_t at;
} LessonSeen;

/* False with STORE_ERROR_IO also for a name that is none. */
bool lessons_see(Store *store, const LessonSeen *seen,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct Lesson {
	int64_t id;
	const char *mailbox;
	Language language;
	const char *name;
	LessonState state;
	double value;  /* weighted mean of what was seen; FROZEN: as it was */
	double weight; /* of how many edits, the old ones counting less */
	int64_t edits, people;
	int64_t newest; /* unix seconds */
	bool active;    /* use it: FROZEN, or enough edits and people */
} Lesson;

typedef void LessonVisit(const Lesson *lesson, void *data);
/* By mailbox, language and name; none that has no evidence left and was not
 * decided on. `mailbox` NULL: of all. */
bool lessons_each(Store *store, const char *mailbox, int64_t now,
                  LessonVisit *visit, void *data,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct LessonChange {
	int64_t lesson; /* row */
	LessonState state;
	int64_t now;
} LessonChange;

/* The administrator: with its entry in the audit trail; afterwards
 * audit_seal(). `ret_found`: there is such a lesson. Dropping erases its
 * evidence, so that it cannot be frozen then: STORE_ERROR_IO. LEARNING lets it
 * go on. */
bool lessons_set(Store *store, const Keys *keys, const LessonChange *change,
                 bool *ret_found, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
