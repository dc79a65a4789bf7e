/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/profiles - the manner (analysis/manner.h) of each customer who may have
 * a profile.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h. A profile that cannot be read is begun anew.
 * Threads: one Store a thread.
 */
#ifndef STORE_PROFILES_H
#define STORE_PROFILES_H

#include "analysis/manner.h"
#include "store/store.h"

typedef struct Profile {
	int64_t mails;
	int64_t first_at, last_at; /* 0: never */
	Manner manner;
} Profile;

/* Zeroed when there is none. */
bool profiles_read(Store *store, int64_t customer, Profile *ret_profile,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
bool profiles_write(Store *store, int64_t customer, const Profile *profile,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One more mail of that time. */
void profile_note(Profile *profile, const Rules *rules,
                  const Findings *findings, int64_t at);

#endif
