/* SPDX-License-Identifier: Apache-2.0 */
#include "store/profiles.h"

#include <string.h>

bool
profiles_read(Store *store, int64_t customer, Profile *ret_profile,
              GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_profile_read);
	Profile profile;
	const void *data;
	StepResult result;
	size_t size;

	memset(&profile, 0, sizeof(profile));
	statement_bind_int(read, 1, customer);
	result = statement_step(read, error);
	if (result == STEP_FAILED)
		return false;
	if (result == STEP_ROW) {
		profile.mails = statement_int(read, 0);
		profile.first_at = statement_int(read, 1);
		profile.last_at = statement_int(read, 2);
		data = statement_bytes(read, 3, &size);
		if (!manner_unpack(data, size, &profile.manner))
			memset(&profile.manner, 0, sizeof(profile.manner));
	}
	*ret_profile = profile;
	return true;
}

bool
profiles_write(Store *store, int64_t customer, const Profile *profile,
               GError **error)
{
	uint8_t data[MANNER_PACKED_MAX];
	size_t size = manner_pack(&profile->manner, data);
	g_autoptr(Statement) write = store_statement(store, SQL_profile_write);

	statement_bind_int(write, 1, customer);
	statement_bind_int(write, 2, profile->mails);
	statement_bind_int(write, 3, profile->first_at);
	statement_bind_int(write, 4, profile->last_at);
	statement_bind_bytes(write, 5, data, size);
	return statement_run(write, error);
}

void
profile_note(Profile *profile, const Rules *rules, const Findings *findings,
             int64_t at)
{
	/* A clock that was set back makes no time of a profile earlier. */
	if (profile->mails++ == 0)
		profile->first_at = at;
	profile->last_at = MAX(profile->last_at, at);
	manner_note(&profile->manner, rules, findings, at);
}
