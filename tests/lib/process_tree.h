/* SPDX-License-Identifier: Apache-2.0 */
/*
 * process_tree - what a process and its descendants cost, from /proc.
 *
 * Owns:    nothing.
 * Fails:   0 for a pid that is not there.
 * Threads: any.
 */
#ifndef TESTS_PROCESS_TREE_H
#define TESTS_PROCESS_TREE_H

#include <sys/types.h>

/* Seconds of CPU, children that have ended and been waited for included. */
double process_tree_cpu(pid_t pid);
/* Bytes: the proportional set size of all of them. */
double process_tree_pss(pid_t pid);

#endif
