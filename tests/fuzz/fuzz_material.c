/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first byte says what the rest is. A mail: what is made of it crosses
 * unharmed. An encoded Material: what is let through holds nothing that could
 * become a header of its own, and says the same when it is encoded again.
 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "message/material.h"

static Material *
cross(const Material *m)
{
	g_autoptr(GBytes) bytes = material_encode(m);

	return material_decode(g_bytes_get_data(bytes, NULL),
	                       g_bytes_get_size(bytes));
}

static void
read_mail(const Settings *settings, const char *bytes, size_t size)
{
	g_autoptr(Message) message = message_parse(bytes, size, NULL, NULL);
	g_autoptr(Material) m = NULL;
	g_autoptr(Material) copy = NULL;

	if (message == NULL)
		return;
	m = material_of(settings, message);
	copy = cross(m);
	if (copy == NULL || strcmp(copy->body_text, m->body_text) != 0 ||
	    strcmp(copy->new_text, m->new_text) != 0 ||
	    strcmp(copy->subject, m->subject) != 0 || copy->flags != m->flags)
		abort();
}

static void
read_encoded(const uint8_t *bytes, size_t size)
{
	g_autoptr(Material) m = material_decode(bytes, size);
	g_autoptr(Material) copy = NULL;

	if (m == NULL)
		return;
	if (strpbrk(m->subject, "\r\n") != NULL ||
	    strpbrk(m->from, "\r\n") != NULL ||
	    strpbrk(m->message_id, "\r\n <>") != NULL)
		abort();
	copy = cross(m);
	if (copy == NULL || strcmp(copy->new_text, m->new_text) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char conf[] = "[mailbox a@b.example]\n";
	static Settings *settings;

	if (settings == NULL) {
		message_init();
		settings = settings_parse("conf", conf, strlen(conf), NULL);
	}
	if (size == 0)
		return 0;
	if (bytes[0] & 1)
		read_encoded(bytes + 1, size - 1);
	else
		read_mail(settings, (const char *)bytes + 1, size - 1);
	return 0;
}
