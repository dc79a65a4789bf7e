/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flock(2) and not fcntl(2): the latter is lost when anything in the process
 * closes another descriptor of the same file.
 */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"

int
lock_take(const char *database, GError **error)
{
	g_autofree char *path = g_strconcat(database, ".drafter", NULL);
	int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
		return lock;
	if (lock >= 0 && errno == EWOULDBLOCK)
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s is held: another tact-drafter works on this "
		            "database",
		            path);
	else
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO, "%s: %s", path,
		            g_strerror(errno));
	if (lock >= 0)
		close(lock);
	return -1;
}
