/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/mta_milter - a list of milters as an MTA's configuration has it.
 *
 * Owns:    the array is the caller's (g_ptr_array_unref).
 * Fails:   never; what is no milter is passed over.
 * Threads: one.
 */
#ifndef CLI_MTA_MILTER_H
#define CLI_MTA_MILTER_H

#include <glib.h>
#include <stdbool.h>

#include "mta_check.h"

typedef struct MtaMilter {
	char *name;           /* Sendmail's; NULL with Postfix */
	char *socket;         /* "unix:tact/milter.sock", "inet:host:port" */
	GHashTable *settings; /* of a { } block, or T= F= of Sendmail */
} MtaMilter;

MtaMilter *mta_milter_new(const char *name, const char *socket);
void mta_milter_free(void *milter);

/* Of a value of smtpd_milters: MtaMilter *. */
GPtrArray *mta_milters_parse(const char *value);

/* Its place in the list, or -1: the milter with the socket that tact.conf
 * names, else the one with "tact" in its name or socket. Relative paths are
 * below `folder`, which may be NULL. */
int mta_milters_find(const GPtrArray *milters, const Settings *settings,
                     const char *folder);
/* Does it write Authentication-Results, as far as its name tells? */
bool mta_milter_authenticates(const MtaMilter *milter);
/* The first one after `at` that writes Authentication-Results, or NULL. */
const MtaMilter *mta_milters_authenticator_after(const GPtrArray *milters,
                                                 int at);

/* With a store: does one of them write what proves who writes? Not asked where
 * tact.conf believes another host than `host`, which may be NULL. */
void mta_milters_check_authenticated(MtaCheck *check, const GPtrArray *milters,
                                     const char *host, const char *file,
                                     unsigned line);

/* True when the two name one socket: "unix:/a" and "local:/a", "inet:1@h" and
 * "inet:h:1". Sockets that systemd hands over (fd:) match anything. */
bool mta_socket_same(const char *ours, const char *theirs);
/* The path of a unix socket, or NULL for another kind. */
const char *mta_socket_path(const char *text);

#endif
