/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Only the socket cannot change under way: the MTA knows the old one.
 */
#include "reload.h"

#include "base/error.h"
#include "keeper.h"
#include "warmup.h"

Snapshot *
reload_snapshot(const char *config, const Settings *now, GError **error)
{
	g_autoptr(Snapshot) snapshot = snapshot_load(config, error);

	if (snapshot == NULL)
		return NULL;
	if (g_strcmp0(snapshot->settings->milter_socket, now->milter_socket)) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "milter.socket was %s and is %s now: restart to "
		            "change it",
		            now->milter_socket,
		            snapshot->settings->milter_socket);
		return NULL;
	}
	if (!keeper_check(snapshot->settings, error))
		return NULL;
	warmup_run(snapshot);
	return g_steal_pointer(&snapshot);
}
