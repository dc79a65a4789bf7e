/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/import_watch - a folder into which exports are dropped.
 *
 * A file is taken when it has not changed for some seconds; hidden ones and
 * those that end in .part, .tmp or .filepart never. Then it goes to done/ or,
 * if nothing of it could be taken, to failed/, with NAME.report.txt beside it
 * where there is something to say. What fails for another reason (a lock, a
 * full disk) stays and is tried again.
 *
 * Owns:    nothing.
 * Fails:   told on standard error.
 * Threads: one.
 */
#ifndef CLI_IMPORT_WATCH_H
#define CLI_IMPORT_WATCH_H

#include "import.h"

/* Until SIGINT or SIGTERM, or with `once` one time through. The exit code. */
int import_watch(Import *import, const char *directory, bool once, bool json);

#endif
