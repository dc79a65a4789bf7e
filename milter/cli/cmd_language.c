/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli.h"
#include "print.h"
#include "training/profile.h"

int
cmd_language(const Options *options)
{
	const char *corpus = options->arguments[1];
	const char *out = options->arguments[2];
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) profile = profile_build(corpus, 0, &error);
	gsize size;
	const char *bytes;

	if (profile == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	bytes = g_bytes_get_data(profile, &size);
	if (!g_file_set_contents(out, bytes, (gssize)size, &error)) {
		print_failure(&error);
		return CLI_FOUND;
	}
	printf("%s: %zu bytes from %s\n", out, size, corpus);
	return CLI_FINE;
}
