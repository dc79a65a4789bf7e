/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Data are looked for in what was written now and in the signature: what is
 * quoted was written by somebody else, or before.
 */
#include "parcel.h"

#include <glib.h>
#include <string.h>

#include "analysis/datum.h"
#include "message/material.h"

void
parcel_make(const Settings *settings, const Message *message,
            Parcel *ret_parcel)
{
	g_autoptr(Material) material = material_of(settings, message);
	g_autoptr(GBytes) bytes = material_encode(material);
	ParcelHead *head = &ret_parcel->head;
	const char *const texts[] = { material->new_text, material->signature };
	gsize size;

	memset(ret_parcel, 0, sizeof(*ret_parcel));
	head->flags = material->flags;
	head->words = material->words;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		head->n_data += (uint32_t)datum_find(settings, texts[i],
		                                     head->data + head->n_data,
		                                     DATUMS_MAX - head->n_data);
	ret_parcel->bytes =
		g_bytes_unref_to_data(g_steal_pointer(&bytes), &size);
	head->size = (uint32_t)size;
}

void
parcel_clear(Parcel *parcel)
{
	g_clear_pointer(&parcel->bytes, g_free);
	memset(&parcel->head, 0, sizeof(parcel->head));
}

bool
parcel_head_is_valid(const ParcelHead *head)
{
	return (head->flags & ~(uint32_t)MATERIAL_FLAGS) == 0 &&
	       head->size <= MATERIAL_BYTES_MAX && head->n_data <= DATUMS_MAX;
}
