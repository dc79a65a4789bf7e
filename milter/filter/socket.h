/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/socket - the listening socket.
 *
 * Owns:    a Listener's descriptor and, if it made one, the socket's file.
 * Fails:   BASE_ERROR_IO or BASE_ERROR_SETTING, naming the setting and remedy.
 * Threads: call before there are any: the umask is changed for a moment.
 */
#ifndef FILTER_SOCKET_H
#define FILTER_SOCKET_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/settings.h"

typedef struct Listener {
	int descriptor;
	char *path; /* of the file we made, or NULL */
	dev_t device;
	ino_t inode;
} Listener;

/* Opens milter.socket at `descriptor`, non-blocking. */
bool listener_open(const Settings *settings, int descriptor,
                   Listener *ret_listener,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Closes it, and removes the file if it is still ours. */
void listener_close(Listener *listener);

#endif
