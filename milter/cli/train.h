/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/train - what the two ways to train have in common: on files, and on a
 * site's examples beside the installed corpus.
 *
 * Owns:    nothing.
 * Fails:   with a message: CLI_USAGE, CLI_FOUND.
 * Threads: one.
 */
#ifndef CLI_TRAIN_H
#define CLI_TRAIN_H

#include "cli.h"
#include "training/trainer.h"

/* 131,072 rows of 32 bytes: 4 MiB. */
#define TRAIN_ROWS (1u << 17)
#define TRAIN_SEED 1

/* A TrainerProgress; `data` is a Progress. */
void train_show_progress(unsigned done, unsigned all, void *data);

/* The command with --site. */
int train_site(const Options *options);

#endif
