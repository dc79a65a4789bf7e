/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/passing - datagrams between processes, with a descriptor.
 *
 * Owns:    a descriptor received is the caller's.
 * Fails:   false: the other end is gone, its queue is full, or what came is not
 *          of the size that it must have.
 * Threads: any; a datagram is one system call.
 */
#ifndef FILTER_PASSING_H
#define FILTER_PASSING_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/uio.h>

/* `passed` is a descriptor to hand over, or -1. Never waits. */
bool passing_send(int socket, const void *bytes, size_t size, int passed);
bool passing_send_parts(int socket, const struct iovec *parts, size_t n_parts,
                        int passed);

typedef enum PassingResult {
	PASSING_DONE,
	PASSING_ODD,   /* of another size; thrown away */
	PASSING_EMPTY, /* nothing there, for one that does not wait */
	PASSING_GONE,  /* the other end is */
} PassingResult;

/* Waits, unless the socket does not; `ret_passed` is a descriptor or -1. */
PassingResult passing_receive(int socket, void *bytes, size_t size,
                              int *ret_passed);
/* The same for one of any size up to `max`. */
PassingResult passing_receive_some(int socket, void *bytes, size_t max,
                                   size_t *ret_size, int *ret_passed);

#endif
