/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/health - how the store fares, for the status file and the log.
 *
 * The keeper says when it cannot write and when it can again; a filter, when
 * the keeper does not answer. Of each cause there is one line a minute in the
 * log, whichever process sees it.
 *
 * Owns:    nothing; a StoreHealth lies in the scoreboard.
 * Fails:   never.
 * Threads: any, of any process.
 */
#ifndef FILTER_HEALTH_H
#define FILTER_HEALTH_H

#include <glib.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum HealthCause {
	HEALTH_GOOD,
	HEALTH_BUSY,    /* another holds the database's lock */
	HEALTH_FULL,    /* no room on the disk */
	HEALTH_CORRUPT, /* not a database of ours */
	HEALTH_VERSION, /* made by another release */
	HEALTH_UNSAFE,  /* owner or mode of a file */
	HEALTH_IO,      /* missing, read-only, and all else */
	HEALTH_SILENT,  /* the keeper did not answer in time */
	HEALTH_GONE,    /* the keeper is not there */
	HEALTH_N,
} HealthCause;

const char *health_cause_name(HealthCause cause); /* "good", "busy", ... */
HealthCause health_cause_of(const GError *error);

typedef struct StoreHealth {
	_Atomic uint32_t used;  /* there is a store at all */
	_Atomic uint32_t cause; /* HealthCause */
	_Atomic int64_t since;  /* wall clock, microseconds */
	_Atomic uint64_t lines; /* logged of causes since it was good */
	_Atomic int64_t logged[HEALTH_N]; /* when; monotonic; 0 for never */
	_Atomic int64_t resume; /* filters do not wait before; monotonic */
} StoreHealth;

void health_failed(StoreHealth *health, HealthCause cause, const char *why);
void health_recovered(StoreHealth *health);

/* A filter: waiting is of no use for a while, after one waited in vain. */
void health_pause(StoreHealth *health);
bool health_is_paused(StoreHealth *health);

#endif
