/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/intake - what the MTA sent, read ahead for libmilter.
 *
 * This module defines read(2), poll(2) and close(2) for the whole program, see
 * intake.c. On descriptors that were not given to it they are libc's.
 *
 * Owns:    the bytes read ahead, until the descriptor is closed.
 * Fails:   never; without memory the program ends, as elsewhere.
 * Threads: one at a time for each descriptor, which is libmilter's way.
 */
#ifndef FILTER_INTAKE_H
#define FILTER_INTAKE_H

#include <stdbool.h>

/* From now on `connection` is read ahead, and peers_closed() is called when it
 * is closed; false: its number is too high for that. */
bool intake_open(int connection);

#endif
