/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asked - what a request to a model asks, and how it is told to be answered.
 *
 * Owns:    what it returns is the caller's.
 * Fails:   "" or NULL when there is none.
 * Threads: none.
 */
#ifndef TESTS_ASKED_H
#define TESTS_ASKED_H

/* The customer's mail in the body of a request. */
char *asked_mail(const char *body);
/* The n-th line of a file, from 1 on, or its last. */
char *asked_line(const char *file, unsigned n);

#endif
