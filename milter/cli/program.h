/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/program - the only place that starts another program: without a shell,
 * with arguments as they are, and no descriptor but the three.
 *
 * Owns:    ret_said is the caller's.
 * Fails:   BASE_ERROR_IO when it cannot be started.
 * Threads: one.
 */
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include <glib.h>
#include <stdbool.h>

#define PROGRAM_SAID_MAX 1000

/* Given `input` and a bare environment; `argv[0]` is its path. `ret_code`: its
 * exit status, or 128 and the signal. `ret_said`: what it wrote, harmless, on
 * one line. */
bool program_feed(const char *const *argv, GBytes *input, int *ret_code,
                  char **ret_said, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* On the user's terminal, with his environment, by his PATH. A key that ends
 * it does not end us. */
bool program_show(const char *const *argv, int *ret_code,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
