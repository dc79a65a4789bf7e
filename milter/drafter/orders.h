/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/orders (private) - what signals ask for.
 *
 * A flag each, so that a question to a model under way can be broken off by
 * one; whoever waits with poll(2) is woken.
 *
 * Owns:    the process's signals.
 * Fails:   never.
 * Threads: call orders_take() before there are any.
 */
#ifndef DRAFTER_ORDERS_H
#define DRAFTER_ORDERS_H

#include <signal.h>

extern volatile sig_atomic_t orders_stop;   /* the signal's number; 0: go on */
extern volatile sig_atomic_t orders_reload; /* SIGUSR1 came */
extern volatile sig_atomic_t orders_hangup; /* SIGHUP came */

void orders_take(void);

#endif
