/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A display name, an address and a signature, parted by NUL: a name that comes
 * of them is letters and what joins them, whatever they are.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "drafting/person.h"

static void
look_at(const char *name)
{
	if (name == NULL)
		return;
	if (strlen(name) > LIMIT_PERSON_NAME ||
	    !g_utf8_validate(name, -1, NULL) ||
	    strpbrk(name, "\n\r\t@<>[]{}|:/\\0123456789") != NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autofree char *text = g_strndup((const char *)bytes, size);
	const char *part[3] = { text, "", "" };
	const char *end = (const char *)bytes + size;
	const char *at = (const char *)bytes;
	g_autofree char *address = NULL;
	g_autofree char *signature = NULL;
	g_auto(Person) person = { 0 };

	for (unsigned i = 0; i < 3 && at < end; i++) {
		size_t n = strnlen(at, (size_t)(end - at));

		if (i == 1)
			part[i] = address = g_strndup(at, n);
		if (i == 2)
			part[i] = signature = g_strndup(at, n);
		at += n + 1;
	}
	person_read(&(PersonInput){ part[0], part[1], part[2], part[2] },
	            &person);
	look_at(person.first);
	look_at(person.surname);
	look_at(person.full);
	return 0;
}
