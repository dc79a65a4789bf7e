/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/control - messages between the supervisor and a filter.
 *
 * Owns:    a descriptor received is the caller's.
 * Fails:   false: the other end is gone (or, sending, its queue is full).
 * Threads: any; a message is one system call.
 */
#ifndef FILTER_CONTROL_H
#define FILTER_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

typedef enum ControlType {
	CONTROL_READY = 1, /* filter: I serve */
	CONTROL_KILL,      /* filter: analyser `slot` hangs, replace it */
	CONTROL_CHANNEL,   /* supervisor: analyser `slot`, with its channel */
	CONTROL_DRAIN,     /* supervisor: end within `value` milliseconds */
} ControlType;

typedef struct ControlMessage {
	uint32_t type;
	uint32_t slot;   /* of the analyser */
	uint32_t serial; /* of the process in that slot */
	uint32_t value;
} ControlMessage;

/* `passed` is a descriptor to hand over, or -1. */
bool control_send(int socket, const ControlMessage *message, int passed);
/* Waits for a message; `ret_passed` is a descriptor or -1. */
bool control_receive(int socket, ControlMessage *ret_message, int *ret_passed);

#endif
