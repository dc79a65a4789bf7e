/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"

#include "base/clock.h"

int64_t
office_now(void)
{
	return clock_wall() / G_USEC_PER_SEC;
}

static GBytes *
open_sealed(const Office *office, SealKind kind, const char *id, GBytes *sealed)
{
	gsize size;
	const void *bytes;

	if (sealed == NULL)
		return NULL;
	bytes = g_bytes_get_data(sealed, &size);
	return seal_open(office->secret, kind, id, bytes, size, NULL);
}

Material *
office_material(const Office *office, SealKind kind, const char *id,
                GBytes *sealed)
{
	g_autoptr(GBytes) plain = open_sealed(office, kind, id, sealed);

	return plain != NULL ? material_decode(g_bytes_get_data(plain, NULL),
	                                       g_bytes_get_size(plain))
	                     : NULL;
}

Sheet *
office_sheet(const Office *office, const char *id, GBytes *sealed)
{
	g_autoptr(GBytes) plain = open_sealed(office, SEAL_TEXT, id, sealed);

	return plain != NULL ? sheet_decode(g_bytes_get_data(plain, NULL),
	                                    g_bytes_get_size(plain))
	                     : NULL;
}
