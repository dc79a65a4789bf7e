/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file is opened first and judged by its descriptor, so that what is judged
 * is what is read. systemd shows credentials with an access list as 0440.
 */
#include "credential.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define SYSTEMD_CREDENTIALS "/run/credentials/"

static bool
fail_io(const char *path, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO, "%s: %s", path,
	            g_strerror(errno));
	return false;
}

static bool
refuse(const char *path, const char *why, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING, "%s: %s", path, why);
	return false;
}

static bool
check_file(int fd, const char *path, GError **error)
{
	bool systemd = g_str_has_prefix(path, SYSTEMD_CREDENTIALS);
	struct stat status;

	if (fstat(fd, &status) != 0)
		return fail_io(path, error);
	if (!S_ISREG(status.st_mode))
		return refuse(path, "this is no file", error);
	if ((status.st_mode & (systemd ? 0027 : 0077)) != 0)
		return refuse(path, "others may read it; chmod 600", error);
	return true;
}

/* As much as there is, but no more than `max`. */
static bool
read_all(int fd, const char *path, char *bytes, size_t max, size_t *ret_size,
         GError **error)
{
	size_t size = 0;

	while (size < max) {
		ssize_t n = read(fd, bytes + size, max - size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_io(path, error);
		if (n == 0)
			break;
		size += (size_t)n;
	}
	*ret_size = size;
	return true;
}

/* Ends the text after its first line. */
static bool
take_line(char *bytes, size_t size, const char *path, GError **error)
{
	const char *end = memchr(bytes, '\n', size);
	size_t n = end == NULL ? size : (size_t)(end - bytes);

	if (n > 0 && bytes[n - 1] == '\r')
		n--;
	bytes[n] = '\0';
	if (n == 0)
		return refuse(path, "its first line is empty", error);
	for (size_t i = 0; i < n; i++)
		if (g_ascii_iscntrl(bytes[i]))
			return refuse(path, "it holds a control character",
			              error);
	return g_utf8_validate(bytes, (gssize)n, NULL) ||
	       refuse(path, "it is not UTF-8", error);
}

static bool
read_credential(int fd, const char *path, char *bytes, GError **error)
{
	size_t size;

	if (!check_file(fd, path, error) ||
	    !read_all(fd, path, bytes, CREDENTIAL_MAX, &size, error))
		return false;
	if (size == CREDENTIAL_MAX)
		return refuse(path, "it is too long", error);
	return take_line(bytes, size, path, error);
}

Credential *
credential_read(const char *path, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	g_autoptr(Credential) credential = NULL;
	bool read;

	if (fd < 0) {
		fail_io(path, error);
		return NULL;
	}
	credential = g_malloc0(CREDENTIAL_MAX + 1);
	read = read_credential(fd, path, credential, error);
	close(fd);
	return read ? g_steal_pointer(&credential) : NULL;
}

void
credential_free(Credential *credential)
{
	if (credential == NULL)
		return;
	explicit_bzero(credential, CREDENTIAL_MAX + 1);
	g_free(credential);
}
