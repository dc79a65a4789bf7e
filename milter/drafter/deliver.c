/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What holds for every way of delivery is checked here once: the size, and that
 * a Message-ID is one, since it becomes part of commands and file names.
 */
#include "deliver.h"

#include <string.h>

#include "deliver_private.h"

#define MESSAGE_ID_MAX 250

G_DEFINE_QUARK(tact - delivery - error - quark, delivery_error)

struct Delivery {
	const DeliveryKind *kind;
	const Mailbox *mailbox;
};

bool
deliver_want(const char *name, const char *value, GError **error)
{
	if (value != NULL && *value != '\0')
		return true;
	g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
	            "%s is not set", name);
	return false;
}

static const DeliveryKind *
kind_of(const Mailbox *mailbox)
{
	switch ((MailboxDelivery)mailbox->mailbox_delivery) {
	case MAILBOX_DELIVERY_IMAP:
		return &deliver_imap;
	case MAILBOX_DELIVERY_LMTP:
		return &deliver_lmtp;
	case MAILBOX_DELIVERY_MAILDIR:
		return &deliver_maildir;
	case MAILBOX_DELIVERY_QUEUE:
		break;
	}
	return &deliver_queue;
}

Delivery *
delivery_new(const Mailbox *mailbox, GError **error)
{
	const DeliveryKind *kind = kind_of(mailbox);
	Delivery *delivery;

	if (!kind->check(mailbox, error)) {
		g_prefix_error(error, "delivery = %s: ", kind->name);
		return NULL;
	}
	delivery = g_new(Delivery, 1);
	delivery->kind = kind;
	delivery->mailbox = mailbox;
	return delivery;
}

void
delivery_free(Delivery *delivery)
{
	g_free(delivery);
}

const char *
delivery_kind(const Delivery *delivery)
{
	return delivery->kind->name;
}

bool
delivery_check(const Delivery *delivery, GError **error)
{
	const DeliveryKind *kind = delivery->kind;

	return kind->probe == NULL || kind->probe(delivery->mailbox, error);
}

/* It has been made by us, but went through a database. */
static bool
check_id(const char *id, GError **error)
{
	size_t n = strlen(id);
	bool good = n > 0 && n <= MESSAGE_ID_MAX && strchr(id, '@') != NULL;

	for (size_t i = 0; i < n; i++)
		good = good && id[i] > ' ' && id[i] <= '~' &&
		       strchr("<>\"\\/", id[i]) == NULL;
	if (!good)
		g_set_error_literal(error, DELIVERY_ERROR,
		                    DELIVERY_ERROR_REFUSED,
		                    "this is no Message-ID of a draft");
	return good;
}

static bool
check_size(GBytes *mail, GError **error)
{
	gsize size = g_bytes_get_size(mail);

	if (size > 0 && size <= DELIVERY_MAIL_MAX)
		return true;
	g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_REFUSED,
	            "a draft of %zu bytes", size);
	return false;
}

bool
delivery_deliver(const Delivery *delivery, GBytes *mail, const char *message_id,
                 bool perhaps_there, char **ret_place, GError **error)
{
	const DeliveryTask task = {
		.mail = mail,
		.message_id = message_id,
		.perhaps_there = perhaps_there,
	};

	if (!check_id(message_id, error) || !check_size(mail, error))
		return false;
	return delivery->kind->deliver(delivery->mailbox, &task, ret_place,
	                               error);
}

bool
delivery_remove_untouched(const Delivery *delivery, const char *place,
                          const char *message_id, DeliveryRemoval *ret_removal,
                          GError **error)
{
	const DeliveryTask task = { .message_id = message_id, .place = place };

	if (!check_id(message_id, error))
		return false;
	/* Put there before the settings were changed. */
	if (delivery->kind->remove == NULL ||
	    (place[0] != '\0' &&
	     !g_str_has_prefix(place, delivery->kind->name))) {
		*ret_removal = DELIVERY_UNABLE;
		return true;
	}
	return delivery->kind->remove(delivery->mailbox, &task, ret_removal,
	                              error);
}

bool
delivery_mark_source(const Delivery *delivery, const char *source_id,
                     bool *ret_found, GError **error)
{
	*ret_found = false;
	if (delivery->kind->mark == NULL ||
	    delivery->mailbox->mailbox_source_folder[0] == '\0' ||
	    !check_id(source_id, NULL))
		return true;
	return delivery->kind->mark(delivery->mailbox, source_id, ret_found,
	                            error);
}
