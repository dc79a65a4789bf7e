/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cpu_clock - what a piece of code costs, however busy the machine is.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: counts those of the whole process.
 */
#ifndef TESTS_CPU_CLOCK_H
#define TESTS_CPU_CLOCK_H

/* Milliseconds of CPU that this process has used. */
double cpu_clock_ms(void);

#endif
