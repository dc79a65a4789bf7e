/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Read from the first entry to the last: each must have the number after the
 * one before, name its MAC, and carry the MAC of its own columns; the first
 * goes on from where the purge stopped, and what the head says must be among
 * them.
 */
#include <string.h>

#include "audit_private.h"

const char *
audit_fault_text(AuditFault fault)
{
	static const char *const texts[] = {
		[AUDIT_WHOLE] = "whole",
		[AUDIT_CHANGED] = "changed",
		[AUDIT_GAP] = "entries missing",
		[AUDIT_CUT] = "cut off at the end",
		[AUDIT_NO_HEAD] = "no head: the end may have been cut off",
	};

	return texts[fault];
}

static bool
read_record(Statement *read, AuditRecord *ret_record)
{
	size_t n_prev, n_mac, n_subject;
	const uint8_t *subject = statement_bytes(read, 4, &n_subject);

	*ret_record = (AuditRecord){
		.row = { .seq = statement_int(read, 0),
		         .at = statement_int(read, 1),
		         .actor = statement_text(read, 2),
		         .event = statement_text(read, 3),
		         .n = statement_int(read, 5) },
		.prev = statement_bytes(read, 6, &n_prev),
		.mac = statement_bytes(read, 7, &n_mac),
	};
	if (n_subject == AUDIT_SUBJECT_BYTES)
		ret_record->row.subject = subject;
	return n_prev == AUDIT_MAC_BYTES && n_mac == AUDIT_MAC_BYTES &&
	       (n_subject == AUDIT_SUBJECT_BYTES || statement_is_null(read, 4));
}

static AuditFault
check(const Keys *keys, const AuditRecord *record, const AuditHead *before)
{
	uint8_t mac[AUDIT_MAC_BYTES];

	if (record->row.seq != before->seq + 1)
		return AUDIT_GAP;
	audit_mac(keys, &record->row, before->mac, mac);
	if (memcmp(record->prev, before->mac, AUDIT_MAC_BYTES) != 0 ||
	    memcmp(record->mac, mac, AUDIT_MAC_BYTES) != 0)
		return AUDIT_CHANGED;
	return AUDIT_WHOLE;
}

static bool
fault_at(AuditReport *report, AuditFault fault, int64_t at)
{
	report->fault = fault;
	report->at = at;
	return true;
}

/* Were the trail and `head` once at this entry together? */
static bool
agrees(const AuditHead *head, const AuditHead *now)
{
	return head == NULL || head->seq != now->seq ||
	       memcmp(head->mac, now->mac, AUDIT_MAC_BYTES) == 0;
}

typedef struct Walk {
	const Keys *keys;
	const AuditHead *head;  /* of the file; NULL: none */
	const AuditHead *known; /* the caller's; NULL: none */
	AuditHead now;
} Walk;

static AuditFault
take(Walk *walk, Statement *read)
{
	AuditRecord record;
	AuditFault fault;

	if (!read_record(read, &record))
		return AUDIT_CHANGED;
	fault = check(walk->keys, &record, &walk->now);
	if (fault != AUDIT_WHOLE)
		return fault;
	walk->now.seq = record.row.seq;
	memcpy(walk->now.mac, record.mac, AUDIT_MAC_BYTES);
	return agrees(walk->head, &walk->now) && agrees(walk->known, &walk->now)
	               ? AUDIT_WHOLE
	               : AUDIT_CHANGED;
}

static bool
walk_all(Store *store, Walk *walk, AuditReport *report, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_audit_list);
	StepResult step;

	/* Below the base too: nothing may stand there. */
	statement_bind_int(read, 1, INT64_MIN);
	report->first = walk->now.seq + 1;
	while ((step = statement_step(read, error)) == STEP_ROW) {
		AuditFault fault = take(walk, read);

		if (fault != AUDIT_WHOLE)
			return fault_at(report, fault, walk->now.seq + 1);
		report->n++;
	}
	report->head = walk->now;
	return step == STEP_DONE;
}

/* A trail that nothing was ever written to needs no head. */
static void
check_end(const Walk *walk, HeadState state, AuditReport *report)
{
	int64_t end = walk->now.seq;

	if (report->fault != AUDIT_WHOLE)
		return;
	if ((walk->head != NULL && walk->head->seq > end) ||
	    (walk->known != NULL && walk->known->seq > end))
		fault_at(report, AUDIT_CUT, end + 1);
	else if (state == HEAD_FORGED || (state == HEAD_MISSING && end > 0))
		fault_at(report, AUDIT_NO_HEAD, end);
}

bool
audit_verify(Store *store, const Keys *keys, const AuditHead *known,
             AuditReport *ret_report, GError **error)
{
	AuditReport report = { .fault = AUDIT_WHOLE };
	AuditHead head;
	Walk walk = { .keys = keys, .known = known };
	HeadState state;
	bool good;

	if (!audit_head_read(store, keys, &head, &state, error) ||
	    !audit_base(store, keys, &walk.now, &good, error))
		return false;
	if (state == HEAD_THERE)
		walk.head = &head;
	if (!good)
		fault_at(&report, AUDIT_CHANGED, 0);
	else if (!walk_all(store, &walk, &report, error))
		return false;
	check_end(&walk, state, &report);
	*ret_report = report;
	return true;
}

bool
audit_each(Store *store, int64_t from, AuditVisit *visit, void *data,
           GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_audit_list);
	AuditRecord record;
	StepResult step;

	statement_bind_int(read, 1, from);
	while ((step = statement_step(read, error)) == STEP_ROW) {
		/* A damaged entry is shown as far as it can be read. */
		(void)read_record(read, &record);
		if (!visit(&record.row, data))
			return true;
	}
	return step == STEP_DONE;
}

/* The number of the last entry to go; 0 for none. */
static bool
last_before(Store *store, int64_t before, int64_t *ret_seq, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_audit_kept);
	StepResult step;

	statement_bind_int(read, 1, before);
	step = statement_step(read, error);
	*ret_seq = step == STEP_ROW ? statement_int(read, 0) - 1 : 0;
	return step == STEP_ROW;
}

static bool
write_base(Store *store, const Keys *keys, const AuditHead *base,
           GError **error)
{
	g_autofree char *text = audit_mark_text(keys, "base", base);
	g_autoptr(Statement) write =
		store_statement(store, SQL_audit_base_write);

	statement_bind_text(write, 1, text);
	return statement_run(write, error);
}

static bool
drop(Store *store, int64_t last, int64_t *ret_n, GError **error)
{
	g_autoptr(Statement) delete = store_statement(store, SQL_audit_delete);

	statement_bind_int(delete, 1, last);
	if (!statement_run(delete, error))
		return false;
	*ret_n = store_changes(store);
	return true;
}

bool
audit_purge(Store *store, const Keys *keys, int64_t before, int64_t *ret_n,
            GError **error)
{
	AuditHead base;
	int64_t last;
	bool found;

	*ret_n = 0;
	if (!last_before(store, before, &last, error) ||
	    !audit_mac_at(store, last, &base, &found, error))
		return false;
	return !found || (write_base(store, keys, &base, error) &&
	                  drop(store, last, ret_n, error));
}
