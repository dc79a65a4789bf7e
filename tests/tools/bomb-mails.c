/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bomb-mails DIR BYTES - each family of bombs.h as a file of that size, or of
 * HEADER_MAX where all of it is header: no MTA hands a milter a longer one.
 */
#include <glib/gstdio.h>
#include <stdio.h>

#include "bombs.h"

#define HEADER_MAX 60000

static GString *
make(const Bomb *bomb, size_t size)
{
	GString *mail = bomb_make(bomb, size);
	const char *body = strstr(mail->str, "\n\n");

	if (size <= HEADER_MAX ||
	    (body != NULL && body - mail->str <= HEADER_MAX))
		return mail;
	g_string_free(mail, TRUE);
	return bomb_make(bomb, HEADER_MAX);
}

int
main(int argc, char **argv)
{
	size_t size = argc == 3 ? g_ascii_strtoull(argv[2], NULL, 10) : 0;

	if (size == 0) {
		fputs("usage: bomb-mails DIR BYTES\n", stderr);
		return 2;
	}
	g_mkdir_with_parents(argv[1], 0755);
	for (size_t i = 0; i < G_N_ELEMENTS(bombs); i++) {
		g_autoptr(GString) mail = make(&bombs[i], size);
		g_autofree char *path =
			g_strdup_printf("%s/%s.eml", argv[1], bombs[i].name);

		if (!g_file_set_contents(path, mail->str, (gssize)mail->len,
		                         NULL))
			return 1;
	}
	return 0;
}
