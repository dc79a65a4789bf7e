/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/notify - tells the service manager how we are, see sd_notify(3).
 *
 * Owns:    nothing.
 * Fails:   never: without a service manager nothing happens.
 * Threads: any.
 */
#ifndef BASE_NOTIFY_H
#define BASE_NOTIFY_H

/* `state`: "READY=1", "STOPPING=1", ... */
void notify_send(const char *state);
/* RELOADING=1 with the time that systemd wants beside it. */
void notify_reloading(void);

#endif
