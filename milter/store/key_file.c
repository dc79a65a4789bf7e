/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A key file is one line: what it is, its number, 256 random bits in hex.
 *
 *     tact/v1 customer 1 00112233...
 *
 * Read whole and compared to the byte, so that a file that was cut, edited or
 * mixed up is refused: a wrong key would not fail, it would silently know
 * nobody.
 */
#include "key_file_private.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "db_private.h"
#include "file_private.h"

#define HEX_BYTES ((size_t)2 * KEY_BYTES)
#define LINE_MAX_BYTES 128
#define NUMBER_MAX 1000000

bool
secret_is_ready(GError **error)
{
	return sodium_init() >= 0 ||
	       store_refuse(error, STORE_ERROR_IO,
	                    "libsodium cannot be initialised");
}

void *
secret_new(size_t size, GError **error)
{
	void *secret = secret_is_ready(error) ? sodium_malloc(size) : NULL;

	if (secret == NULL && (error == NULL || *error == NULL))
		store_refuse(error, STORE_ERROR_IO, "no memory for a key: %s",
		             g_strerror(errno));
	return secret;
}

void
secret_free(void *secret)
{
	sodium_free(secret);
}
/* The bytes of the file, at most `size` of them; -1 when it cannot be read. */
static ssize_t
read_file(const char *path, char *bytes, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	size_t got = 0;
	ssize_t n = -1;

	if (fd < 0)
		return -1;
	while (got < size) {
		n = read(fd, bytes + got, size - got);
		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		if (n > 0)
			got += (size_t)n;
	}
	close(fd);
	return n < 0 ? -1 : (ssize_t)got;
}

/* How many bytes of `line` hold the key called `name` and numbered `id`. */
static size_t
format_line(char *line, const char *name, const KeyFile *file)
{
	char hex[HEX_BYTES + 1];
	int n;

	sodium_bin2hex(hex, sizeof(hex), file->key, KEY_BYTES);
	n = g_snprintf(line, LINE_MAX_BYTES, "tact/v1 %s %d %s\n", name,
	               (int)file->id, hex);
	sodium_memzero(hex, sizeof(hex));
	return (size_t)n;
}

/* Its number and bytes, if the line is what would be written of them. */
static bool
parse_line(const char *line, size_t size, const char *name, KeyFile *file)
{
	char again[LINE_MAX_BYTES];
	g_autofree char *head = g_strdup_printf("tact/v1 %s ", name);
	size_t n = strlen(head), hex_size = 0;
	char *end = NULL;
	bool same;

	if (size <= n || memcmp(line, head, n) != 0)
		return false;
	file->id = g_ascii_strtoll(line + n, &end, 10);
	if (file->id < 1 || file->id > NUMBER_MAX || *end != ' ' ||
	    size - (size_t)(end - line) < HEX_BYTES + 1)
		return false;
	if (sodium_hex2bin(file->key, KEY_BYTES, end + 1, HEX_BYTES, NULL,
	                   &hex_size, NULL) != 0 ||
	    hex_size != KEY_BYTES)
		return false;
	same = format_line(again, name, file) == size &&
	       memcmp(again, line, size) == 0;
	sodium_memzero(again, sizeof(again));
	return same;
}

bool
key_file_read(const char *path, const char *name, KeyFile *file, GError **error)
{
	g_autoptr(Secret) line = secret_new(LINE_MAX_BYTES, error);
	ssize_t size;

	if (line == NULL || !file_check_private(path, FILE_KIND_FILE, error))
		return false;
	memset(line, 0, LINE_MAX_BYTES);
	size = read_file(path, line, LINE_MAX_BYTES - 1);
	if (size < 0)
		return store_refuse(error, STORE_ERROR_IO,
		                    "%s: cannot be read: %s", path,
		                    g_strerror(errno));
	return parse_line(line, (size_t)size, name, file) ||
	       store_refuse(error, STORE_ERROR_IO,
	                    "%s: is not a %s key of Tact, or was cut or "
	                    "changed; put back the right one",
	                    path, name);
}

KeyFile *
key_file_new(GError **error)
{
	return secret_new(sizeof(KeyFile), error);
}

bool
key_file_write(const char *path, const char *name, const KeyFile *file,
               GError **error)
{
	g_autoptr(Secret) line = secret_new(LINE_MAX_BYTES, error);

	return line != NULL &&
	       file_write_new(path, line, format_line(line, name, file), error);
}

bool
key_file_make(const char *path, const char *name, int64_t id, GError **error)
{
	g_autoptr(Secret) secret = key_file_new(error);
	KeyFile *file = secret;

	if (secret == NULL)
		return false;
	file->id = id;
	randombytes_buf(file->key, KEY_BYTES);
	return key_file_write(path, name, file, error);
}
