/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/processes - forks a filter, an analyser or the keeper.
 *
 * Owns:    the socket returned is the caller's; the child closes all others.
 * Fails:   -1: no process or descriptor to be had.
 * Threads: the supervisor's, which has one.
 */
#ifndef FILTER_PROCESSES_H
#define FILTER_PROCESSES_H

#include <sys/types.h>

#include "scoreboard.h"
#include "snapshot.h"

/* `ret_socket`: the supervisor's end of the control socket. */
typedef struct FilterStart {
	Scoreboard *board;
	ScoreSlot *score;
	int listener;
	int keeper; /* the filters' end of the keeper's socket, or -1 */
} FilterStart;

pid_t process_start_filter(const Snapshot *snapshot, const FilterStart *start,
                           int *ret_socket);
/* `ret_socket`: the filter's end of the channel, to be passed on. */
pid_t process_start_analyser(const Snapshot *snapshot, int *ret_socket);

/* The socket between all filters of a generation and its keeper. */
bool process_keeper_sockets(int *ret_filters, int *ret_keeper);
/* `socket`: the keeper's end; stays the caller's, for the next keeper. */
pid_t process_start_keeper(const Snapshot *snapshot, Scoreboard *board,
                           int socket);

/* How a child ended, for the log: "exit 0", "signal SEGV". */
char *process_how_ended(int status);

#endif
