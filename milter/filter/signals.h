/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/signals - signals as something to be polled.
 *
 * Fails:   signals_open(): -1, see errno.
 * Threads: call before there are any: all signals are blocked from then on, in
 *          all threads and children.
 */
#ifndef FILTER_SIGNALS_H
#define FILTER_SIGNALS_H

/* A descriptor that is readable when a signal has come. */
int signals_open(void);
/* Its number, or 0 for none. */
int signals_next(int descriptor);

#endif
