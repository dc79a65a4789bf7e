/* SPDX-License-Identifier: Apache-2.0 */
#include "base/id.h"

#include <glib.h>
#include <sys/random.h>

char *
id_new(void)
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned char random[ID_LENGTH];
	char *id = g_malloc(ID_LENGTH + 1);
	size_t got = 0;

	while (got < sizeof(random)) {
		ssize_t n = getrandom(random + got, sizeof(random) - got, 0);

		if (n > 0)
			got += (size_t)n;
	}
	for (size_t i = 0; i < ID_LENGTH; i++)
		id[i] = alphabet[random[i] & 31];
	id[ID_LENGTH] = '\0';
	return id;
}

uint64_t
id_hash(const void *bytes, size_t size)
{
	const unsigned char *p = bytes;
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ p[i]) * 0x100000001b3u;
	return hash;
}
