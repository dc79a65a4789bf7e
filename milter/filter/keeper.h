/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/keeper - the life of the process that holds the store and its key.
 *
 * Owns:    its socket.
 * Fails:   never to the harm of a mail: while the store cannot be written, each
 *          request is answered so, and the store is tried again every second.
 * Threads: starts its own; call in a process that has none.
 */
#ifndef FILTER_KEEPER_H
#define FILTER_KEEPER_H

#include "scoreboard.h"
#include "snapshot.h"

/* Serves requests on `socket` until no filter has its other end. Does not
 * return. */
_Noreturn void keeper_run(const Snapshot *snapshot, Scoreboard *board,
                          int socket);

/* The supervisor: are the keys there, and closed to others? */
bool keeper_check(const Settings *settings,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
