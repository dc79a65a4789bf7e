/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/service - how a daemon begins: its options, and never as root.
 *
 * Owns:    nothing.
 * Fails:   service_options() ends the process when it is asked wrongly, or for
 *          help or the version.
 * Threads: one.
 */
#ifndef BASE_SERVICE_H
#define BASE_SERVICE_H

#include <glib.h>
#include <stdbool.h>

#include "base/settings.h"

typedef enum ServiceTask {
	SERVICE_SERVE,
	SERVICE_CHECK, /* --check */
	SERVICE_OTHER, /* what this program has beside */
} ServiceTask;

typedef struct Service {
	const char *name;  /* "tact-milter" */
	const char *other; /* "self-test": the option of SERVICE_OTHER */
	const char *help;  /* all but the first line of the usage */
} Service;

/* `ret_config` stays as it is without -c. */
ServiceTask service_options(const Service *service, int argc, char **argv,
                            const char **ret_config);
/* Says so, too. */
bool service_is_root(const Service *service);
/* Log lines go where the settings say. */
void service_log(const char *name, const Settings *settings);

#endif
