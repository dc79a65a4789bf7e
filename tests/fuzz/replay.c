/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over files, without a fuzzer: the seeds and every input
 * that once broke something are tests, for any compiler.
 */
#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		g_autofree char *bytes = NULL;
		g_autofree uint8_t *exact = NULL;
		gsize size;

		if (!g_file_get_contents(argv[i], &bytes, &size, NULL)) {
			g_printerr("%s: cannot be read\n", argv[i]);
			return 1;
		}
		/* Without the NUL that GLib adds: an overread must show. */
		exact = g_memdup2(bytes, size);
		LLVMFuzzerTestOneInput(exact, size);
	}
	return 0;
}
