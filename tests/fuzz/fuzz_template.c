/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of modules, for every slot: what loads is composed to a reply, in both
 * forms of address, by somebody whose name is the file's first bytes.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "drafting/template.h"
#include "rules_once.h"

#define REPLIES 4

static void
no_matter(bool error, const char *file, unsigned line, const char *message,
          void *data)
{
	(void)error;
	(void)file;
	(void)line;
	(void)message;
	(void)data;
}

/* What it says may be anything but this. */
static void
look_at(const DraftText *draft)
{
	for (size_t i = 0; i < draft->n_parts; i++)
		if (draft->parts[i].end <= draft->parts[i].start)
			abort();
	if (!g_utf8_validate(draft->body, -1, NULL) ||
	    strpbrk(draft->body, "{}[]") != NULL)
		abort();
}

static void
compose(const Pack *pack, const char *name)
{
	Findings findings = { .n_findings = LIMIT_FINDINGS };
	TemplateInput input = {
		.language = LANGUAGE_DA,
		.findings = &findings,
		.rules = rules_once(rules_load_untrained, NO_TRAITS),
		.from_name = name,
		.signature = name,
		.subject = name,
		.text = name,
		.topic = name,
		.team = name,
	};

	for (unsigned i = 0; i < REPLIES; i++) {
		g_autoptr(DraftText) draft = NULL;

		input.seed = i;
		input.house_form =
			i % 2 == 0 ? ADDRESS_FORMAL : ADDRESS_INFORMAL;
		draft = template_compose(pack, &input, NULL);
		if (draft != NULL)
			look_at(draft);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	g_autofree char *name = g_strndup(text, MIN(size, 100));
	g_autoptr(Pack) pack = pack_new();

	for (unsigned slot = 0; slot < SLOT_N; slot++)
		if (!pack_add(pack,
		              &(PackText){ "fuzz.md", LANGUAGE_DA, (Slot)slot,
		                           text, size },
		              NULL))
			return 0;
	pack_check(pack, no_matter, NULL);
	compose(pack, name);
	return 0;
}
