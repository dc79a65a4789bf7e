/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/audit_private - how an entry and the head of the trail are proven.
 *
 * Owns:    nothing.
 * Fails:   as store/audit.h.
 * Threads: as the Store.
 */
#ifndef STORE_AUDIT_PRIVATE_H
#define STORE_AUDIT_PRIVATE_H

#include "store/audit.h"

typedef struct AuditRecord {
	AuditRow row;
	const uint8_t *prev; /* AUDIT_MAC_BYTES */
	const uint8_t *mac;
} AuditRecord;

void audit_mac(const Keys *keys, const AuditRow *row, const uint8_t *prev,
               uint8_t ret_mac[AUDIT_MAC_BYTES]);

/* One word of the characters that an actor may have. */
void audit_plain_name(const char *name, char ret_name[AUDIT_ACTOR_MAX + 1]);
/* As audit_seal(), by one who holds beside_lock(). */
bool audit_seal_locked(Store *store, const Keys *keys,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The youngest entry; seq 0 for none. */
bool audit_last(Store *store, AuditHead *ret_head,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The MAC of entry `seq`; false in `ret_found` when it is not there. */
bool audit_mac_at(Store *store, int64_t seq, AuditHead *ret_head,
                  bool *ret_found, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "seq:mac:proof" by the audit key: `what` keeps the uses apart. */
char *audit_mark_text(const Keys *keys, const char *what,
                      const AuditHead *head);
bool audit_mark_parse(const Keys *keys, const char *what, const char *text,
                      AuditHead *ret_head);

/* Where the trail begins: the last entry that was purged. seq 0 for none;
 * `ret_good` false when what stands there was not written by us. */
bool audit_base(Store *store, const Keys *keys, AuditHead *ret_base,
                bool *ret_good, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum HeadState {
	HEAD_THERE,
	HEAD_MISSING,
	HEAD_FORGED, /* it is no head of ours */
} HeadState;

/* The file beside the database. */
bool audit_head_read(const Store *store, const Keys *keys, AuditHead *ret_head,
                     HeadState *ret_state,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool audit_head_write(const Store *store, const Keys *keys,
                      const AuditHead *head,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
