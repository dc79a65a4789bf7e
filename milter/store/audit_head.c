/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the trail begins and ends. Its beginning moves when old entries are
 * purged and stands in the database; its end stands in a file beside it, so
 * that one who can only write rows cannot cut the youngest off.
 *
 * The file follows the trail but is never set back to a shorter one, nor made
 * again when it is gone: that would hide what it is there to show. Only after a
 * restore is it written whatever it says.
 */
#include <inttypes.h>
#include <string.h>

#include "audit_private.h"
#include "beside.h"
#include "hex.h"

#define HEAD_SUFFIX "audit"

char *
audit_head_text(const AuditHead *head)
{
	g_autofree char *mac = hex_of(head->mac, AUDIT_MAC_BYTES);

	return g_strdup_printf("%" PRId64 ":%s", head->seq, mac);
}

/* "SEQ:MAC" up to the end or a colon. */
static const char *
parse_head(const char *text, AuditHead *ret_head)
{
	char *end = NULL;
	gint64 seq = g_ascii_strtoll(text, &end, 10);

	if (!g_ascii_isdigit(text[0]) || *end != ':' || seq < 0 ||
	    !hex_parse(end + 1, ":\n", ret_head->mac, AUDIT_MAC_BYTES))
		return NULL;
	ret_head->seq = seq;
	return end + 1 + 2 * (size_t)AUDIT_MAC_BYTES;
}

bool
audit_head_parse(const char *text, AuditHead *ret_head)
{
	AuditHead head;
	const char *end = parse_head(text, &head);

	if (end == NULL || *end != '\0')
		return false;
	*ret_head = head;
	return true;
}

static Pseudonym
proof_of(const Keys *keys, const char *what, const AuditHead *head)
{
	g_autofree char *plain = audit_head_text(head);
	g_autofree char *text = g_strconcat(what, "\n", plain, NULL);

	return keys_pseudonym(keys, PSEUDONYM_AUDIT, text);
}

char *
audit_mark_text(const Keys *keys, const char *what, const AuditHead *head)
{
	Pseudonym proof = proof_of(keys, what, head);
	g_autofree char *plain = audit_head_text(head);
	g_autofree char *hex = hex_of(proof.bytes, sizeof proof.bytes);

	return g_strconcat(plain, ":", hex, NULL);
}

bool
audit_mark_parse(const Keys *keys, const char *what, const char *text,
                 AuditHead *ret_head)
{
	AuditHead head;
	const char *end = parse_head(text, &head);
	Pseudonym proof, wanted;

	if (end == NULL || *end != ':' ||
	    !hex_parse(end + 1, "\n", proof.bytes, sizeof proof.bytes))
		return false;
	wanted = proof_of(keys, what, &head);
	if (memcmp(wanted.bytes, proof.bytes, sizeof proof.bytes) != 0)
		return false;
	*ret_head = head;
	return true;
}

bool
audit_last(Store *store, AuditHead *ret_head, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_audit_last);
	StepResult step = statement_step(read, error);
	size_t size;
	const uint8_t *mac;

	*ret_head = (AuditHead){ 0 };
	if (step != STEP_ROW)
		return step == STEP_DONE;
	ret_head->seq = statement_int(read, 0);
	mac = statement_bytes(read, 1, &size);
	memcpy(ret_head->mac, mac, MIN(size, AUDIT_MAC_BYTES));
	return true;
}

bool
audit_mac_at(Store *store, int64_t seq, AuditHead *ret_head, bool *ret_found,
             GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_audit_mac_at);
	StepResult step;
	size_t size;
	const uint8_t *mac;

	statement_bind_int(read, 1, seq);
	step = statement_step(read, error);
	*ret_found = step == STEP_ROW;
	*ret_head = (AuditHead){ .seq = seq };
	if (step == STEP_ROW) {
		mac = statement_bytes(read, 0, &size);
		memcpy(ret_head->mac, mac, MIN(size, AUDIT_MAC_BYTES));
	}
	return step != STEP_FAILED;
}

bool
audit_base(Store *store, const Keys *keys, AuditHead *ret_base, bool *ret_good,
           GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_audit_base_read);
	StepResult step = statement_step(read, error);

	*ret_base = (AuditHead){ 0 };
	*ret_good = true;
	if (step == STEP_ROW)
		*ret_good = audit_mark_parse(keys, "base",
		                             statement_text(read, 0), ret_base);
	return step != STEP_FAILED;
}

bool
audit_head_read(const Store *store, const Keys *keys, AuditHead *ret_head,
                HeadState *ret_state, GError **error)
{
	g_autofree char *text = beside_read(store, HEAD_SUFFIX, error);

	*ret_head = (AuditHead){ 0 };
	if (text == NULL)
		return false;
	if (!beside_exists(store, HEAD_SUFFIX))
		*ret_state = HEAD_MISSING;
	else if (audit_mark_parse(keys, "head", text, ret_head))
		*ret_state = HEAD_THERE;
	else
		*ret_state = HEAD_FORGED;
	return true;
}

bool
audit_head_write(const Store *store, const Keys *keys, const AuditHead *head,
                 GError **error)
{
	g_autofree char *mark = audit_mark_text(keys, "head", head);
	g_autofree char *line = g_strconcat(mark, "\n", NULL);

	return beside_write(store, HEAD_SUFFIX, line, error);
}

/* Does the trail contain what the file says? */
static bool
goes_on_from(Store *store, const AuditHead *head, bool *ret_goes_on,
             GError **error)
{
	AuditHead there;
	bool found;

	if (!audit_mac_at(store, head->seq, &there, &found, error))
		return false;
	*ret_goes_on =
		head->seq == 0 ||
		(found && memcmp(there.mac, head->mac, AUDIT_MAC_BYTES) == 0);
	return true;
}

bool
audit_seal_locked(Store *store, const Keys *keys, GError **error)
{
	AuditHead head, last;
	HeadState state;
	bool goes_on;

	if (!audit_head_read(store, keys, &head, &state, error) ||
	    !audit_last(store, &last, error))
		return false;
	if (state != HEAD_THERE)
		return true;
	if (!goes_on_from(store, &head, &goes_on, error))
		return false;
	if (!goes_on || last.seq <= head.seq)
		return true;
	return audit_head_write(store, keys, &last, error);
}

bool
audit_seal(Store *store, const Keys *keys, GError **error)
{
	int lock = beside_lock(store, error);
	bool good = lock >= 0 && audit_seal_locked(store, keys, error);

	beside_unlock(lock);
	return good;
}

static bool
go_on(Store *store, const Keys *keys, const AuditEntry *entry, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	return txn != NULL && audit_append(store, keys, entry, error) &&
	       store_commit(txn, error);
}

bool
audit_restored(Store *store, const Keys *keys, const char *actor,
               GError **error)
{
	AuditEntry entry = { .event = AUDIT_RESTORE, .actor = actor };
	AuditHead head, last;
	HeadState state;

	if (!audit_head_read(store, keys, &head, &state, error) ||
	    !audit_last(store, &last, error))
		return false;
	entry.n = MAX(0, head.seq - last.seq);
	return go_on(store, keys, &entry, error) &&
	       audit_last(store, &last, error) &&
	       audit_head_write(store, keys, &last, error);
}
