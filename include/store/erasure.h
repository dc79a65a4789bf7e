/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/erasure - all that is kept of one person, and how it goes.
 *
 * One table (personal_tables()) names every table of the schema that holds
 * something of a person, and what export, erasure, purge and objection do with
 * it; a test compares it with the schema.
 *
 * An erasure is written down beside the database before it begins and taken off
 * that list when it is complete, so that neither a crash nor another's lock
 * loses it. Complete means: rows deleted and overwritten (secure_delete), and
 * the journal truncated; copies in the gaps of pages never come to the file
 * (see clean_vfs.c). A long reader delays the end; until then it is pending.
 *
 * Beside the database also stands for privacy.backup_max_age what was erased,
 * objected or restricted, as hashes under the audit key: a restored backup is
 * brought up to date from it.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h. A lock that is held is no failure but pending.
 * Threads: as the Store. Call outside a transaction.
 */
#ifndef STORE_ERASURE_H
#define STORE_ERASURE_H

#include "store/keys.h"
#include "store/store.h"

/* By which setting a table's rows come of age. */
typedef enum RetentionClass {
	RETENTION_CUSTOMER, /* with the last that is kept of the customer */
	RETENTION_PROFILE,
	RETENTION_MAIL,
	RETENTION_ORDER,
	RETENTION_EXAMPLE,
	RETENTION_OVERRIDE, /* when it says so itself */
	RETENTION_TEXT,     /* sealed texts of drafts */
	RETENTION_N,
} RetentionClass;

typedef struct PersonalTable {
	const char *name;   /* in the schema */
	const char *holds;  /* what, for a person who asks */
	const char *source; /* where it comes from */
	SqlId export;       /* rows of customer ?1; last column `due_from` */
	SqlId erase;        /* deletes them */
	bool company;       /* stays when one of a company's people goes */
	RetentionClass retention;
} PersonalTable;

/* In the order in which they are erased: the customer last. */
const PersonalTable *personal_tables(size_t *ret_n);

typedef struct ImpersonalTable {
	const char *name;
	const char *why; /* it needs no erasure of a customer */
} ImpersonalTable;

const ImpersonalTable *impersonal_tables(size_t *ret_n);

/* One who is asked about. */
typedef struct Person {
	int64_t customer; /* 0: nothing is kept under the address */
	bool company;     /* and others with the same domain are too */
	bool colleague;   /* nothing kept, but of the company with the domain */
} Person;

/* `who`: identity_of() an address, "@" and a company's domain, or "#" and a
 * customer number. */
bool person_find(Store *store, const Keys *keys, const char *who,
                 Person *ret_person, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum ErasureKind {
	ERASURE_ERASE,
	ERASURE_OBJECT,      /* and never kept again */
	ERASURE_OBJECT_MAIL, /* the same, asked for by mail */
} ErasureKind;

typedef struct ErasureRequest {
	ErasureKind kind;
	const char *who;   /* as for person_find() */
	const char *actor; /* NULL: audit_actor() */
	int64_t wait_ms;   /* for others' locks; 0: tried once */
} ErasureRequest;

typedef struct ErasureResult {
	int64_t rows;     /* deleted by this call */
	int64_t examples; /* of them taught: the site's model wants refitting */
	int64_t shared;   /* persons whose orders are others' too: they stay */
	int64_t pages;    /* whose gaps were overwritten, of a restored file */
	int64_t pending;  /* erasures not complete, of all */
} ErasureResult;

bool erasure_run(Store *store, const Keys *keys, const ErasureRequest *request,
                 ErasureResult *ret_result,
                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends what is pending, within `wait_ms`; 0: it is tried once. Next to nothing
 * when nothing is pending. */
bool erasure_finish(Store *store, const Keys *keys, int64_t wait_ms,
                    ErasureResult *ret_result,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool erasure_is_pending(const Store *store);

/* After a restore: everything that was decided since the backup, again. */
bool erasures_reapply(Store *store, const Keys *keys, const char *actor,
                      ErasureResult *ret_result,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Forgets decisions older than `before`: no backup is. */
bool erasures_forget(const Store *store, int64_t before, int64_t *ret_n,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum RestrictionChange {
	RESTRICTION_SET,
	RESTRICTION_LIFT,
	OBJECTION_LIFT, /* the person wants to be a customer like others */
} RestrictionChange;

/* `ret_changed`: false when it was so already. */
bool restriction_change(Store *store, const Keys *keys, const char *identity,
                        RestrictionChange change, bool *ret_changed,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
