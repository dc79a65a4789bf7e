/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/peers - who may connect, and when nobody may any more.
 *
 * This module defines accept(2) for the whole program, see peers.c.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: peers_configure() before there are any; the rest any.
 */
#ifndef FILTER_PEERS_H
#define FILTER_PEERS_H

#include "filter.h"

/* Connections are checked and counted for `filter` from now on. */
void peers_configure(Filter *filter, int listener);

/* A connection that was accepted is closed. */
void peers_closed(void);

/* From now on nothing is accepted; a call under way still counts. */
void peers_refuse_all(void);

#endif
