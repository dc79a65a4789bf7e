/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Debian 12 has no library for it, and no names for what came after its
 * headers; raw system calls and numbers do.
 *
 * A rule is for a folder, not for its name. One that is missing is left out,
 * and one that is made or mounted anew is another, closed to who entered before
 * and open to who enters next.
 */
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "store/site.h"

#define ACCESS_TRUNCATE (UINT64_C(1) << 14) /* since the third version */
#define VERSION_TRUNCATE 3
#define VERSION_REFER 2

#define ACCESS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define ACCESS_WRITE                                                           \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |      \
	 LANDLOCK_ACCESS_FS_MAKE_REG)
/* All of the first version. */
#define ACCESS_ALL ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)

/* Also to who entered just now: by something else, which lasts. */
static bool barred_at_once;

static int
landlock_version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
	                    LANDLOCK_CREATE_RULESET_VERSION);
}

bool
landlock_is_there(void)
{
	return landlock_version() >= 1;
}

static bool
allow(int ruleset, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = access };
	bool done;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return true;
	done = syscall(SYS_landlock_add_rule, ruleset,
	               LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	close(rule.parent_fd);
	return done;
}

static bool
allow_store(int ruleset, const Settings *settings, uint64_t truncate)
{
	g_autofree char *store = g_path_get_dirname(settings->store_path);
	g_autofree char *keys = site_key_directory(settings);

	if (!site_has_store(settings))
		return true;
	return allow(ruleset, store, ACCESS_READ | ACCESS_WRITE | truncate) &&
	       allow(ruleset, keys, ACCESS_READ) &&
	       allow(ruleset, "/dev/urandom", LANDLOCK_ACCESS_FS_READ_FILE);
}

/* Its mode would let us in: access(2) asks nobody else. */
static bool
is_barred(const char *folder)
{
	int opened;

	if (access(folder, R_OK | X_OK) != 0)
		return false;
	opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (opened >= 0)
		close(opened);
	return opened < 0 && errno == EACCES;
}

static bool
any_is_barred(const Settings *settings)
{
	g_autofree char *store = g_path_get_dirname(settings->store_path);
	g_autofree char *keys = site_key_directory(settings);

	return is_barred(store) || is_barred(keys);
}

bool
landlock_is_stale(const Settings *settings)
{
	return !barred_at_once && any_is_barred(settings);
}

bool
landlock_enter(const Settings *settings)
{
	int version = landlock_version();
	uint64_t truncate = version >= VERSION_TRUNCATE ? ACCESS_TRUNCATE : 0;
	struct landlock_ruleset_attr all = {
		.handled_access_fs = ACCESS_ALL | truncate,
	};
	int ruleset;
	bool done;

	if (version < 1)
		return true;
	if (version >= VERSION_REFER)
		all.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
	ruleset =
		(int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	if (ruleset < 0)
		return false;
	done = allow_store(ruleset, settings, truncate) &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	close(ruleset);
	barred_at_once = any_is_barred(settings);
	return done;
}
