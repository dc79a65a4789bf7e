/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first byte chooses: a profile as it is, a profile whose length and
 * checksum are made right, or a text to identify.
 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "analysis/language.h"
#include "analysis/language_file.h"
#include "base/id.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static LanguageProfile *
parse_repaired(const char *bytes, size_t size)
{
	g_autofree char *file = g_malloc0(LANGUAGE_FILE_SIZE);
	uint64_t sum;

	memcpy(file, bytes, MIN(size, LANGUAGE_FILE_SUM));
	sum = id_hash(file, LANGUAGE_FILE_SUM);
	for (unsigned i = 0; i < 8; i++)
		file[LANGUAGE_FILE_SUM + i] = (char)(sum >> (8 * i) & 0xff);
	return language_profile_parse("fuzz", file, LANGUAGE_FILE_SIZE, NULL);
}

static void
identify(const LanguageProfile *profile, const char *bytes, size_t size)
{
	g_autofree char *text = g_utf8_make_valid(bytes, (gssize)size);
	unsigned score;

	if (language_identify(profile, text, strlen(text), &score) >=
	            LANGUAGE_N ||
	    score > 100)
		g_error("impossible answer");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static LanguageProfile *shipped;
	g_autoptr(LanguageProfile) profile = NULL;
	const char *bytes = (const char *)data + 1;

	if (shipped == NULL)
		shipped = language_profile_load(RULES_DIR "/language.profile",
		                                NULL);
	if (shipped == NULL)
		g_error("no language profile in " RULES_DIR);
	if (size == 0)
		return 0;
	size--;
	if (data[0] % 3 == 2) {
		identify(shipped, bytes, size);
		return 0;
	}
	profile = data[0] % 3 == 0
	                  ? language_profile_parse("fuzz", bytes, size, NULL)
	                  : parse_repaired(bytes, size);
	if (profile != NULL)
		identify(profile, "any text of some words", 22);
	return 0;
}
