/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The folder is made where nothing is written to a disk, if the session has
 * such a place (XDG_RUNTIME_DIR).
 */
#include "draft_paper.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "program.h"

#define EDITOR "vi"

static bool
set_errno(const char *what, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO, "%s: %s", what,
	            g_strerror(errno));
	return false;
}

static bool
write_all(int fd, const char *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = write(fd, bytes + done, size - done);

		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return true;
}

static void
overwrite(const char *path)
{
	static const char zeros[4096];
	struct stat status;
	int fd = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
		for (off_t at = 0; at < status.st_size;
		     at += (off_t)sizeof(zeros))
			if (!write_all(fd, zeros, sizeof(zeros)))
				break;
		fsync(fd);
	}
	close(fd);
}

static void
shred(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		overwrite(path);
		unlink(path);
	}
	rmdir(folder);
}

static bool
put_down(const char *path, const char *text, GError **error)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good = fd >= 0 && write_all(fd, text, strlen(text));

	if (!good)
		set_errno(path, error);
	if (fd >= 0)
		close(fd);
	return good;
}

/* $VISUAL, $EDITOR or vi, with the arguments it is given there. */
static char **
editor_of(const char *path, GError **error)
{
	const char *said = g_getenv("VISUAL");
	g_auto(GStrv) words = NULL;
	GPtrArray *argv;
	int n;

	if (said == NULL || said[0] == '\0')
		said = g_getenv("EDITOR");
	if (said == NULL || said[0] == '\0')
		said = EDITOR;
	if (!g_shell_parse_argv(said, &n, &words, error))
		return NULL;
	argv = g_ptr_array_new();
	for (int i = 0; i < n; i++)
		g_ptr_array_add(argv, g_strdup(words[i]));
	g_ptr_array_add(argv, g_strdup(path));
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}

static bool
let_edit(const char *path, GError **error)
{
	g_auto(GStrv) argv = editor_of(path, error);
	int code = 0;

	if (argv == NULL ||
	    !program_show((const char *const *)argv, &code, error))
		return false;
	if (code == 0)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
	            "the editor ended with %d; nothing was changed", code);
	return false;
}

static char *
pick_up(const char *path, size_t max, GError **error)
{
	g_autofree char *bytes = g_malloc(max + 1);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	size_t size = 0;
	ssize_t n = -1;

	while (fd >= 0 && size <= max &&
	       (n = read(fd, bytes + size, max + 1 - size)) > 0)
		size += (size_t)n;
	if (fd >= 0)
		close(fd);
	if (n < 0) {
		set_errno(path, error);
		return NULL;
	}
	if (size <= max)
		return text_sanitise(bytes, size, max, NULL);
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "a draft has at most %zu bytes; nothing was changed", max);
	return NULL;
}

static char *
edit_in(const char *folder, const char *text, size_t max, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "draft.txt", NULL);

	if (!put_down(path, text, error) || !let_edit(path, error))
		return NULL;
	return pick_up(path, max, error);
}

char *
draft_paper_edit(const char *text, size_t max, GError **error)
{
	const char *runtime = g_getenv("XDG_RUNTIME_DIR");
	bool fits = runtime != NULL && access(runtime, W_OK | X_OK) == 0;
	g_autofree char *folder = g_build_filename(
		fits ? runtime : g_get_tmp_dir(), "tact-XXXXXX", NULL);
	char *edited;

	if (g_mkdtemp(folder) == NULL) { /* of mode 0700 */
		set_errno(folder, error);
		return NULL;
	}
	edited = edit_in(folder, text, max, error);
	shred(folder);
	return edited;
}
