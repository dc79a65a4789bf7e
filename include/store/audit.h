/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/audit - who did what and when, without saying to whom.
 *
 * An entry has a number, the time, who acted (a user's or a program's name),
 * what was done, a count, and of the customer concerned 64 bits of a pseudonym
 * under the audit key, which tell that two entries are about the same person
 * and nothing else. Each entry carries a MAC under that key over itself and the
 * MAC before: without the key none can be changed, left out, moved or added.
 *
 * The last number and MAC are also kept in a file beside the database
 * (PATH.audit, itself with a MAC): else the youngest entries could be cut off
 * unseen. Whoever can put back an older copy of both, and whoever has the key,
 * is found out only by a head that was kept elsewhere: audit_verify() takes
 * one, and `tact privacy log` prints it.
 *
 * Owns:    nothing; an AuditRow is valid during the visit.
 * Fails:   as store/store.h. That the trail is broken is a result.
 * Threads: as the Store.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "base/settings.h"
#include "store/keys.h"
#include "store/store.h"

typedef enum AuditEvent {
#define AUDIT(symbol, code, counts) AUDIT_##symbol,
#include "store/audit_events.def"
	AUDIT_N,
} AuditEvent;

#define AUDIT_SUBJECT_BYTES 8
#define AUDIT_MAC_BYTES 16
#define AUDIT_ACTOR_MAX 32

typedef struct AuditEntry {
	AuditEvent event;
	const char *actor;      /* cut to [A-Za-z0-9._-]; NULL: audit_actor() */
	const char *identity;   /* identity_of() of the customer, or NULL */
	const uint8_t *subject; /* or what audit_subject() made of it */
	int64_t n;
} AuditEntry;

const char *audit_code(AuditEvent event); /* "erase" */
/* The name of this process's user, or "uid-N". Static. */
const char *audit_actor(void);

void audit_subject(const Keys *keys, const char *identity,
                   uint8_t ret_subject[AUDIT_SUBJECT_BYTES]);

/* In the caller's transaction, with what it tells of. */
bool audit_append(Store *store, const Keys *keys, const AuditEntry *entry,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* After the commit: the file beside the database. Forgotten, it is made up
 * for by the next; until then the entry could be cut off unseen. */
bool audit_seal(Store *store, const Keys *keys,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Both, in a transaction of its own. */
bool audit_record(Store *store, const Keys *keys, const AuditEntry *entry,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Records CONFIG if the settings are not those last recorded. */
bool audit_note_config(Store *store, const Keys *keys, const Settings *settings,
                       const char *actor,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* After a restore: says how many entries the backup lacks, and goes on. */
bool audit_restored(Store *store, const Keys *keys, const char *actor,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct AuditRow {
	int64_t seq;
	int64_t at;
	const char *actor;
	const char *event;
	const uint8_t *subject; /* AUDIT_SUBJECT_BYTES, or NULL */
	int64_t n;
} AuditRow;

typedef bool AuditVisit(const AuditRow *row, void *data);

/* From the entry `from` (1: all) in order, until `visit` returns false. */
bool audit_each(Store *store, int64_t from, AuditVisit *visit, void *data,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A number and its MAC: the trail up to there is as it was then. */
typedef struct AuditHead {
	int64_t seq; /* 0: none */
	uint8_t mac[AUDIT_MAC_BYTES];
} AuditHead;

/* "12:00112233445566778899aabbccddeeff", and back. */
char *audit_head_text(const AuditHead *head);
bool audit_head_parse(const char *text, AuditHead *ret_head);

typedef enum AuditFault {
	AUDIT_WHOLE,
	AUDIT_CHANGED, /* an entry is not what was written */
	AUDIT_GAP,     /* entries are missing before this one */
	AUDIT_CUT,     /* entries are missing at the end */
	AUDIT_NO_HEAD, /* nothing tells whether the end was cut off */
} AuditFault;

typedef struct AuditReport {
	AuditFault fault;
	int64_t at;    /* the number of the entry it was seen at */
	int64_t first; /* older ones were purged */
	int64_t n;     /* entries read and found good */
	AuditHead head;
} AuditReport;

const char *audit_fault_text(AuditFault fault);

/* `known`: a head kept elsewhere, or NULL. */
bool audit_verify(Store *store, const Keys *keys, const AuditHead *known,
                  AuditReport *ret_report,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The oldest entries, those from before `before`; never the last one. Writes
 * down where the trail now begins. In the caller's transaction. */
bool audit_purge(Store *store, const Keys *keys, int64_t before, int64_t *ret_n,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
