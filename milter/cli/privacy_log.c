/* SPDX-License-Identifier: Apache-2.0 */
/* The trail is checked with every look at it: one who reads it must know. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "print.h"
#include "privacy.h"
#include "store/audit.h"

typedef struct Log {
	json_t *entries;
	const uint8_t *subject; /* NULL: all */
} Log;

static char *
subject_text(const uint8_t *subject)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (int i = 0; i < AUDIT_SUBJECT_BYTES; i++)
		g_string_append_printf(text, "%02x", subject[i]);
	return g_strdup(text->str);
}

static bool
add_entry(const AuditRow *row, void *data)
{
	Log *log = data;
	g_autofree char *time = privacy_time(row->at);
	g_autofree char *subject =
		row->subject ? subject_text(row->subject) : NULL;
	json_t *entry;

	if (log->subject != NULL &&
	    (row->subject == NULL ||
	     memcmp(row->subject, log->subject, AUDIT_SUBJECT_BYTES) != 0))
		return true;
	entry = json_object();
	print_set_integer(entry, "seq", row->seq);
	print_set_string(entry, "at", time);
	print_set_string(entry, "actor", row->actor);
	print_set_string(entry, "event", row->event);
	print_set_string(entry, "subject", subject);
	print_set_integer(entry, "n", row->n);
	json_array_append_new(log->entries, entry);
	return true;
}

static json_t *
trail_value(const AuditReport *report)
{
	g_autofree char *head = audit_head_text(&report->head);
	json_t *trail = json_object();
	bool whole = report->fault == AUDIT_WHOLE;

	print_set_bool(trail, "whole", whole);
	print_set_string(trail, "fault",
	                 whole ? NULL : audit_fault_text(report->fault));
	json_object_set_new(trail, "at",
	                    whole ? json_null() : json_integer(report->at));
	print_set_integer(trail, "first", report->first);
	print_set_integer(trail, "entries", report->n);
	print_set_string(trail, "head", whole ? head : NULL);
	return trail;
}

json_t *
privacy_log(Store *store, const Keys *keys, const Subject *subject,
            const char *known, GError **error)
{
	uint8_t mark[AUDIT_SUBJECT_BYTES];
	Log log = { 0 };
	AuditHead head;
	AuditReport report;
	json_t *value;

	if (known != NULL && !audit_head_parse(known, &head)) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "privacy: --known: not a head as log prints it, "
		            "NUMBER:HEX");
		return NULL;
	}
	if (!audit_verify(store, keys, known ? &head : NULL, &report, error))
		return NULL;
	if (subject != NULL) {
		audit_subject(keys, subject->who, mark);
		log.subject = mark;
	}
	log.entries = json_array();
	if (!audit_each(store, 1, add_entry, &log, error)) {
		json_decref(log.entries);
		return NULL;
	}
	value = json_object();
	print_set_integer(value, "schema", 1);
	json_object_set_new(value, "entries", log.entries);
	json_object_set_new(value, "trail", trail_value(&report));
	return value;
}

static void
print_whole(const json_t *trail)
{
	fputs("the trail is whole: ", stdout);
	print_count(trail, "entries", "entry", "entries");
	printf(" from %d; its head is %s\n", (int)print_integer(trail, "first"),
	       print_string(trail, "head"));
}

void
privacy_log_text(const json_t *value)
{
	const json_t *trail = json_object_get(value, "trail");
	json_t *entry;
	size_t i;

	json_array_foreach(json_object_get(value, "entries"), i, entry)
	{
		const char *subject = print_string(entry, "subject");

		printf("%6d %s %-14s %-12s %-16s %8d\n",
		       (int)print_integer(entry, "seq"),
		       print_string(entry, "at"), print_string(entry, "actor"),
		       print_string(entry, "event"), subject[0] ? subject : "-",
		       (int)print_integer(entry, "n"));
	}
	if (json_is_true(json_object_get(trail, "whole")))
		print_whole(trail);
	else
		printf("THE TRAIL IS NOT WHOLE: %s, at entry %d\n",
		       print_string(trail, "fault"),
		       (int)print_integer(trail, "at"));
}
