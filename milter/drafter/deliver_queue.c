/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nowhere: the draft stays in the database, for `tact draft`.
 */
#include "deliver_private.h"

static bool
check(const Mailbox *mailbox G_GNUC_UNUSED, GError **error G_GNUC_UNUSED)
{
	return true;
}

static bool
deliver(const Mailbox *mailbox G_GNUC_UNUSED,
        const DeliveryTask *task G_GNUC_UNUSED, char **ret_place,
        GError **error G_GNUC_UNUSED)
{
	*ret_place = g_strdup("queue");
	return true;
}

static bool
take_back(const Mailbox *mailbox G_GNUC_UNUSED,
          const DeliveryTask *task G_GNUC_UNUSED, DeliveryRemoval *ret_removal,
          GError **error G_GNUC_UNUSED)
{
	*ret_removal = DELIVERY_GONE;
	return true;
}

const DeliveryKind deliver_queue = {
	.name = "queue",
	.check = check,
	.deliver = deliver,
	.remove = take_back,
};
