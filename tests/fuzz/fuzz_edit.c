/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A draft, what was sent and a signature, parted by NUL: whatever they are, the
 * distance is one, the same both ways, and forms are words of ours.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/edit.h"
#include "base/text.h"

#define TEXT_MAX 4096

static void
look_at(const char *form)
{
	if (strspn(form, "abcdefghijklmnopqrstuvwxyz:-") != strlen(form))
		abort();
}

static void
compare(char *const *text)
{
	const EditSpan spans[] = { { 0, 20 }, { 10, TEXT_MAX } };
	const EditInput input = { .draft = text[0],
		                  .sent = text[1],
		                  .signature = text[2],
		                  .language = LANGUAGE_EN,
		                  .spans = spans,
		                  .n_spans = 2 };
	g_auto(Edit) edit = { 0 };

	edit_compare(&input, &edit);
	if (edit.distance > 1000 || edit.kept > 1000 ||
	    edit.survival[0] > 1000 || edit.survival[1] > 1000)
		abort();
	look_at(edit.greeting_draft);
	look_at(edit.greeting_sent);
	look_at(edit.signoff_draft);
	look_at(edit.signoff_sent);
	if (edit_distance(text[0], text[0]) != 0 ||
	    edit_distance(text[0], text[1]) != edit_distance(text[1], text[0]))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *at = (const char *)bytes;
	const char *end = at + size;
	char *text[3];

	for (unsigned i = 0; i < 3; i++) {
		size_t n = strnlen(at, (size_t)(end - at));

		text[i] = text_sanitise(at, n, TEXT_MAX, NULL);
		at = at + n < end ? at + n + 1 : end;
	}
	compare(text);
	for (unsigned i = 0; i < 3; i++)
		g_free(text[i]);
	return 0;
}
