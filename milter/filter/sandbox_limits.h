/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/sandbox_limits - what sanitizers need that the sandbox takes away.
 *
 * AddressSanitizer maps terabytes and reports on descriptor 2; a build with it
 * is for tests.
 */
#ifndef FILTER_SANDBOX_LIMITS_H
#define FILTER_SANDBOX_LIMITS_H

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANDBOX_LIMIT_MEMORY 0
#define SANDBOX_FIRST_CLOSED 3U
#else
#define SANDBOX_LIMIT_MEMORY 1
#define SANDBOX_FIRST_CLOSED 1U
#endif

#endif
