/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/drafts - the life of a draft, from the mail that asks for it to what a
 * human did with it.
 *
 *                 enqueue                      (keeper)
 *                    v
 *     fail later   QUEUED <--- retry, reset ------------+
 *        +---------> | claim                            |
 *        +------- WORKING --- write, kept alone ----> READY
 *                    | write                            | approve
 *                 DRAFTED <-----------------------------+
 *        +---------> | delivering
 *        +------ DELIVERING    fail for good: WORKING, DRAFTED, DELIVERING
 *     fail later,    | delivered          become STUCK, which a human retries
 *     reset       DELIVERED
 *                    |
 *                 CLOSED with a Fate, out of any of them (drafts_may_close())
 *
 * A thread has one live draft at most; the schema itself says so. A move that
 * the state does not allow changes nothing and is told as DRAFT_REFUSED: the
 * row was superseded, rejected or erased meanwhile.
 *
 * Texts (the Material and the draft's) are sealed, see store/seal.h, and are
 * erased with the move to CLOSED. What stays are facts without text.
 *
 * A draft that is closed while it may lie in a folder of drafts becomes a task
 * of its own: REMOVE it there if nobody touched it.
 *
 * One drafter runs at a time (it holds a lock), so that nothing is leased:
 * drafts_reset() at its start takes back what a dead one had under way.
 *
 * Owns:    a DraftTask's contents are the caller's: draft_task_clear(). A
 *          DraftRow is valid during its visit.
 * Fails:   as store/store.h. A refusal is no failure.
 * Threads: one Store a thread. Each function that changes something runs in
 *          the caller's transaction.
 */
#ifndef STORE_DRAFTS_H
#define STORE_DRAFTS_H

#include "analysis/findings.h"
#include "store/keys.h"
#include "store/store.h"

/* Stored: never renumber. */
typedef enum DraftState {
	DRAFT_QUEUED,     /* waits for the drafter */
	DRAFT_WORKING,    /* being written */
	DRAFT_DRAFTED,    /* written, waits for its delivery */
	DRAFT_DELIVERING, /* may be in the folder, or not */
	DRAFT_DELIVERED,  /* in the folder, waits for a human */
	DRAFT_READY,      /* kept here alone, waits for `tact draft` */
	DRAFT_STUCK,      /* gave up; text and Material are kept */
	DRAFT_CLOSED,     /* has a Fate, and no text */
	DRAFT_STATE_N,
} DraftState;

/* Stored: never renumber. */
typedef enum DraftFate {
	FATE_NONE,        /* live */
	FATE_SENT_AS_IS,  /* without a change */
	FATE_SENT_EDITED, /* changed by a human */
	FATE_REWRITTEN,   /* answered with another text */
	FATE_DISCARDED,   /* thrown away by a human */
	FATE_SUPERSEDED,  /* the customer wrote again */
	FATE_EXPIRED,     /* nobody wanted it for too long */
	FATE_REJECTED,    /* by `tact draft reject` */
	FATE_FAILED,      /* there never was one, or none in a folder */
	FATE_OVERTAKEN,   /* a human answered before it was there */
	FATE_HELD_OUT,    /* no draft was made, for comparison */
	FATE_N,
} DraftFate;

const char *draft_state_name(DraftState state);     /* "queued", ... */
const char *draft_fate_name(DraftFate fate);        /* "sent-as-is", ... */
DraftState draft_state_from_name(const char *name); /* DRAFT_STATE_N: none */

typedef enum DraftMove {
	DRAFT_MOVED,
	DRAFT_REFUSED, /* its state does not allow it; nothing was changed */
} DraftMove;

/* The fault of one whose mailbox lacks what somebody must mend: a password, a
 * folder, a setting. The statements name it, too. */
#define DRAFT_FAULT_SETUP "setup"

/* May a draft in this state end so? Pure; the statements ask the same. */
bool drafts_may_close(DraftState state, DraftFate fate);

/* DraftRequest.flags, kept with the draft. */
typedef enum DraftFlags {
	DRAFT_PROVEN = 1 << 0,   /* the mail proves its From */
	DRAFT_CUSTOMER = 1 << 1, /* who wrote is a customer */
	DRAFT_FLAGS = (1 << 2) - 1,
} DraftFlags;

/* So many drafts behind the newest the oldest that still waits is given up, as
 * FATE_EXPIRED: nothing grows without end while no drafter runs. */
#define DRAFT_QUEUE_MAX 10000

/* Drafts in 24 hours; 0: no bound. */
typedef struct DraftQuota {
	unsigned writer;   /* of one address, as a customer's or as nobody's */
	unsigned customer; /* of all who are one customer */
	unsigned domain;   /* of one mail domain; see DraftRequest.domain */
} DraftQuota;

/* What the keeper knows of a mail that wants a draft. All borrowed. */
typedef struct DraftRequest {
	const char *public_id; /* id_new(); what the Material was sealed for */
	int64_t mail, thread, mailbox; /* rows, of MailPlace */
	int64_t customer;              /* 0: none */
	int64_t at;                    /* when the mail came */
	Language language;
	const char *facts;       /* mails_facts() of what it was answered */
	unsigned contact;        /* the how-manieth mail of its thread */
	unsigned flags;          /* DraftFlags */
	Pseudonym writer;        /* drafts_writer() */
	const Pseudonym *domain; /* NULL: a public domain, not counted */
	const GBytes *material;  /* SEAL_MATERIAL */
	DraftQuota quota;
	unsigned hold_out; /* per cent of the threads that get no draft */
} DraftRequest;

typedef enum DraftEnqueued {
	DRAFT_ENQUEUED,
	DRAFT_OVER_QUOTA, /* nothing was changed */
	DRAFT_HELD_OUT,   /* kept as a fact, without text */
} DraftEnqueued;

/* Of an identity (message/identity), as drafts and erasure know it. */
Pseudonym drafts_writer(const Keys *keys, const char *identity);

/* Always the same for a thread and a share. Pure. */
bool drafts_is_held_out(int64_t thread, unsigned per_cent);

/* Keeper: in the transaction that records the mail, once for each new mail
 * (MailPlace.again is false). A live draft of the thread is superseded. */
bool drafts_enqueue(Store *store, const DraftRequest *request,
                    DraftEnqueued *ret_enqueued,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Keeper: the thread's live draft, if there is one, answers no longer what was
 * last written; for a newer mail that gets none. */
bool drafts_supersede(Store *store, int64_t thread, int64_t now,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- The drafter ------------------------------------------------------- */

/* At its start: WORKING is QUEUED again, DELIVERING is DRAFTED and perhaps
 * there. `ret_n`: how many. */
bool drafts_reset(Store *store, int64_t now, int64_t *ret_n,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Administrator, after a restore: as at the drafter's start, and each live one
 * is perhaps there, since it may have been delivered after the backup. */
bool drafts_restored(Store *store, int64_t now, int64_t *ret_n,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum DraftTaskKind {
	DRAFT_TASK_NONE,    /* nothing is due */
	DRAFT_TASK_COMPOSE, /* QUEUED, now WORKING */
	DRAFT_TASK_DELIVER, /* DRAFTED; ask for drafts_delivering() next */
	DRAFT_TASK_REMOVE,  /* CLOSED and perhaps in a folder */
} DraftTaskKind;

typedef struct DraftTask {
	DraftTaskKind kind;
	int64_t id, mail, thread;
	int64_t customer;  /* 0: none, or none any more */
	char *public_id;   /* makes the stable Message-ID */
	char *mailbox;     /* address */
	Language language; /* of the mail */
	char *facts;       /* for mails_findings() */
	unsigned contact;
	unsigned flags;     /* DraftFlags */
	int64_t mail_at;    /* when the mail came */
	int64_t attempts;   /* of this kind of work, this one counted */
	bool perhaps_there; /* an earlier delivery may have succeeded */
	char *place;        /* where it lies; "": not known */
	DraftFate fate;     /* of REMOVE */
	GBytes *material;   /* sealed; NULL with REMOVE */
	GBytes *text;       /* sealed; NULL before it is written */
} DraftTask;

void draft_task_clear(DraftTask *task);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DraftTask, draft_task_clear)

/* What has been due for longest. */
bool drafts_claim(Store *store, int64_t now, DraftTask *ret_task,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The first moment at which something is due; 0: nothing waits. */
bool drafts_next_due(Store *store, int64_t *ret_at,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What was written, and how. Lists are of ids separated by spaces, without
 * any text: all of [a-z0-9/._:-], at most DRAFT_LIST_MAX bytes. */
#define DRAFT_LIST_MAX 2000
typedef struct DraftWritten {
	const GBytes *text; /* SEAL_TEXT */
	Language language;
	const char *engine;   /* "template", "model" */
	const char *modules;  /* of templates */
	const char *articles; /* of knowledge; "": none was found */
	const char *checks;   /* reasons that a reviewer is shown */
	const char *reason;   /* why not as wanted: "llm-timeout"; or "" */
	bool keep;            /* READY: not delivered anywhere */
	int64_t at;
} DraftWritten;

/* WORKING -> DRAFTED or READY. */
bool drafts_write(Store *store, int64_t id, const DraftWritten *written,
                  DraftMove *ret_move,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* DRAFTED -> DELIVERING. To be committed before the first byte leaves. */
bool drafts_delivering(Store *store, int64_t id, DraftMove *ret_move,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* DELIVERING -> DELIVERED. Refused when it was closed meanwhile; the place is
 * kept then too, for its REMOVE. `place`: without text of the mail. */
bool drafts_delivered(Store *store, int64_t id, const char *place, int64_t now,
                      DraftMove *ret_move,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/*
 * The task under way failed. `next_at`: when to try again; 0: not again.
 *
 *     WORKING     QUEUED, or STUCK
 *     DRAFTED     DRAFTED, or STUCK
 *     DELIVERING  DRAFTED and perhaps there, or STUCK
 *     CLOSED      its REMOVE later, or never
 */
bool drafts_fail(Store *store, int64_t id, const char *reason, int64_t next_at,
                 DraftMove *ret_move, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A REMOVE is done, or there was nothing that may be removed. */
bool drafts_removed(Store *store, int64_t id, DraftMove *ret_move,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct DraftEnd {
	DraftFate fate;
	int distance; /* to what was sent, in thousandths; -1: not known */
	int64_t at;
	bool gone; /* it lies in no folder any more: there is no REMOVE */
} DraftEnd;

/* Any live state -> CLOSED, if drafts_may_close(). Texts are erased. */
bool drafts_close(Store *store, int64_t id, const DraftEnd *end,
                  DraftMove *ret_move,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Closes up to a thousand that were asked for at or before `before`: STUCK as
 * FAILED, all else as EXPIRED. `ret_n`: how many; call until 0. */
bool drafts_expire(Store *store, int64_t before, int64_t now, int64_t *ret_n,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Who reads a draft, and how many earlier ones are asked for. */
typedef struct DraftReader {
	int64_t customer; /* 0: none; then those of the thread */
	int64_t thread;
	unsigned max;
} DraftReader;

/* Module ids of the drafts before, the newest first. */
typedef void DraftModulesVisit(const char *modules, void *data);
bool drafts_each_modules(Store *store, const DraftReader *reader,
                         DraftModulesVisit *visit, void *data,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- Everybody --------------------------------------------------------- */

typedef struct DraftRow {
	int64_t id, mail, thread, customer; /* customer: 0 none */
	const char *public_id;
	const char *mailbox; /* address */
	DraftState state;
	DraftFate fate;
	Language language;
	const char *facts, *engine, *modules, *articles, *checks;
	const char *reason; /* why it was not written as wanted, or "" */
	const char *fault;  /* of the last try that failed, or "" */
	const char *place;
	unsigned contact, flags;
	int64_t attempts, created_at;
	int64_t drafted_at, delivered_at, closed_at, next_at; /* 0: not yet */
	int64_t calls, tokens;                                /* of a model */
	int distance; /* thousandths; -1: not known */
	bool edited;  /* by `tact draft edit` */
} DraftRow;

typedef void DraftVisit(const DraftRow *row, void *data);

/* The thread's live draft. False with no error set: there is none. */
bool drafts_by_thread(Store *store, int64_t thread, DraftVisit *visit,
                      void *data, GError **error);
/* The thread's newest one, live or not; the same. */
bool drafts_last_of_thread(Store *store, int64_t thread, DraftVisit *visit,
                           void *data, GError **error);
/* The thread's one of that public id, whole; the same. */
bool drafts_of_thread(Store *store, int64_t thread, const char *public_id,
                      DraftVisit *visit, void *data, GError **error);
/* By the beginning of its public id, 4 letters at least; false with no error
 * set: none, or several. */
bool drafts_find(Store *store, const char *public_id, DraftVisit *visit,
                 void *data, GError **error);

typedef struct DraftFilter {
	bool all;            /* those that ended too */
	int state;           /* DraftState; -1: any */
	const char *mailbox; /* address; NULL: any */
	int64_t max;         /* 0: no bound */
} DraftFilter;

/* The newest first. */
bool drafts_each(Store *store, const DraftFilter *filter, DraftVisit *visit,
                 void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The sealed texts; NULL where there is none (any more). The caller's. */
typedef struct DraftTexts {
	GBytes *material, *text;
} DraftTexts;

void draft_texts_clear(DraftTexts *texts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DraftTexts, draft_texts_clear)

/* May it be used, or does a restriction (GDPR 18) keep it as it is? */
bool drafts_is_restricted(Store *store, int64_t id, bool *ret_restricted,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

bool drafts_texts(Store *store, int64_t id, DraftTexts *ret_texts,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How many there are in each state, live ones alone; and what became of those
 * that ended since `since`. */
typedef struct DraftCounts {
	int64_t state[DRAFT_STATE_N];
	int64_t fate[FATE_N];
	int64_t oldest; /* created_at of the oldest that waits for the drafter;
	                 * 0: none */
	int64_t held; /* to be tried again, whose fault is DRAFT_FAULT_SETUP */
} DraftCounts;

bool drafts_count(Store *store, int64_t since, DraftCounts *ret_counts,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of a mailbox's last delivered drafts: how many a human could use, and did. */
typedef struct DraftUse {
	int64_t seen, used;
} DraftUse;

/* Of the last `n` that have ended or are older than a day at `now`. */
bool drafts_use(Store *store, const char *mailbox, unsigned n, int64_t now,
                DraftUse *ret_use, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- The administrator: `tact draft` ----------------------------------- */

/* Its number is the audit entry's: never renumber. */
typedef enum DraftDecision {
	DECIDE_APPROVE = 1, /* READY, STUCK with a text -> DRAFTED, due now */
	DECIDE_REJECT,      /* live, but not under way -> CLOSED, REJECTED */
	DECIDE_RETRY,       /* READY, STUCK -> QUEUED, or DRAFTED when it was
	                     * a delivery that failed */
	DECIDE_EDIT,        /* READY, STUCK: another text */
	DECIDE_SEND,        /* READY, STUCK with a text -> CLOSED, sent */
} DraftDecision;

typedef struct DraftDecide {
	DraftDecision decision;
	int64_t id;
	const GBytes *text; /* of EDIT: SEAL_TEXT */
	const char *checks; /* of EDIT: as DraftWritten; NULL: none */
	const char *reason; /* of REJECT: a word, kept as `fault`; or NULL */
	int distance;       /* of SEND: -1 not known; 0 as it was */
	int64_t at;
} DraftDecide;

/* With its entry in the audit trail; afterwards audit_seal(). */
bool drafts_decide(Store *store, const Keys *keys, const DraftDecide *decide,
                   DraftMove *ret_move,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
