/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "message/message.h"
#include "message/mime.h"
#include "message/prescan.h"

static void
scan(const char *bytes, size_t size, bool top)
{
	g_autoptr(GError) error = NULL;
	PrescanHeader header;

	if (!prescan_header(bytes, size, top, &header, &error)) {
		g_assert_nonnull(error);
		return;
	}
	g_assert_cmpuint(header.body, <=, size);
	g_assert_cmpuint(header.fields, <=, LIMIT_HEADER_FIELDS);
	g_assert_cmpuint(header.addresses, <=, LIMIT_ADDRESSES);
}

static void
check_part(const Mime *mime, size_t i, size_t size)
{
	const MimePart *part = mime_part(mime, i);
	size_t decoded;
	g_autofree char *content = mime_decode(mime, part, 1000, &decoded);

	g_assert_cmpuint(part->header, <=, part->body);
	g_assert_cmpuint(part->body, <=, part->end);
	g_assert_cmpuint(part->end, <=, size);
	g_assert_cmpint(part->parent, <, (int)i);
	g_assert_cmpuint(part->depth, <=, LIMIT_MIME_DEPTH);
	g_assert_cmpuint(decoded, <=, 1000);
	g_assert_cmpint(content[decoded], ==, 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	g_autofree char *bytes = g_memdup2(data, size);
	g_autoptr(Mime) mime = NULL;

	if (!ready)
		message_init();
	ready = true;
	if (size == 0)
		return 0;
	scan(bytes, size, true);
	scan(bytes, size, false);
	mime = mime_parse(bytes, size, NULL);
	for (size_t i = 0; mime != NULL && i < mime_count(mime); i++)
		check_part(mime, i, size);
	return 0;
}
