/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/import_report - what is said of an import: as text while it goes on, as
 * JSON at its end.
 *
 * Owns:    a ImportReport is embedded; it borrows its name.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_IMPORT_REPORT_H
#define CLI_IMPORT_REPORT_H

#include "import.h"
#include "store/load.h"
#include "value/orders.h"

/* Rejected lines that the JSON lists; all are counted, and text lists all. */
#define REPORT_REJECTED_MAX 10000

typedef struct ImportReport {
	const char *name; /* of the file, harmless */
	ImportSay *say;
	void *data;
	json_t *value;
	json_t *rejected; /* of value */
	json_t *reasons;  /* of value: code -> count */
	int64_t n_rejected, n_suppressed;
	bool dry;
} ImportReport;

void report_begin(ImportReport *report, const char *name, bool dry,
                  ImportSay *say, void *data);
/* What was understood of the file. */
void report_summary(ImportReport *report, const OrdersSummary *summary);
void report_line(ImportReport *report, const char *format, ...)
	G_GNUC_PRINTF(2, 3);
void report_fault(ImportReport *report, const OrdersFault *fault);
void report_failure(ImportReport *report, const char *message);
void report_counts(ImportReport *report, int64_t records,
                   const LoadCounts *counts);
/* The JSON of it all into *ret_value, the caller's, if that is not NULL. */
void report_end(ImportReport *report, json_t **ret_value);

#endif
