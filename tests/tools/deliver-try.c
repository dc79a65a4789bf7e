/* SPDX-License-Identifier: Apache-2.0 */
/*
 * deliver-try - one delivery of a draft, by the settings of a mailbox.
 *
 *   deliver-try CONFIG MAILBOX put FILE MESSAGE-ID    a first try
 *   deliver-try CONFIG MAILBOX again FILE MESSAGE-ID  an earlier one may have
 *                                                     landed
 *   deliver-try CONFIG MAILBOX remove PLACE MESSAGE-ID
 *   deliver-try CONFIG MAILBOX mark - MESSAGE-ID      of the customer's mail
 *
 * FILE may have lines that end as they do on this host. Prints the place, or
 * "removed", "gone", "touched", "unable"; else on stderr "retry: ...",
 * "refused: ..." or "setup: ...", and ends with 1.
 */
#include <stdio.h>
#include <string.h>

#include "deliver.h"
#include "message/message.h"

static const char *const kinds[] = { "retry", "refused", "setup" };
static const char *const removals[] = { "removed", "gone", "touched",
	                                "unable" };

static GBytes *
read_mail(const char *path, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(GString) mail = NULL;

	if (!g_file_get_contents(path, &text, NULL, error))
		return NULL;
	mail = g_string_new(text);
	g_string_replace(mail, "\r\n", "\n", 0);
	g_string_replace(mail, "\n", "\r\n", 0);
	return g_string_free_to_bytes(g_steal_pointer(&mail));
}

static bool
put(const Delivery *delivery, char **argv, GError **error)
{
	g_autoptr(GBytes) mail = read_mail(argv[4], error);
	g_autofree char *place = NULL;

	if (mail == NULL ||
	    !delivery_deliver(delivery, mail, argv[5],
	                      strcmp(argv[3], "again") == 0, &place, error))
		return false;
	puts(place);
	return true;
}

static bool
take_back(const Delivery *delivery, char **argv, GError **error)
{
	DeliveryRemoval removal;

	if (!delivery_remove_untouched(delivery, argv[4], argv[5], &removal,
	                               error))
		return false;
	puts(removals[removal]);
	return true;
}

static bool
mark(const Delivery *delivery, char **argv, GError **error)
{
	bool found;

	if (!delivery_mark_source(delivery, argv[5], &found, error))
		return false;
	puts(found ? "marked" : "not there");
	return true;
}

static bool
try(char **argv, GError **error)
{
	g_autoptr(Settings) settings = settings_load(argv[1], error);
	g_autoptr(Delivery) delivery = NULL;
	const Mailbox *mailbox;

	if (settings == NULL)
		return false;
	mailbox = settings_mailbox(settings, argv[2]);
	if (mailbox == NULL) {
		g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
		            "no mailbox %s", argv[2]);
		return false;
	}
	delivery = delivery_new(mailbox, error);
	if (delivery == NULL)
		return false;
	if (strcmp(argv[3], "mark") == 0)
		return mark(delivery, argv, error);
	return strcmp(argv[3], "remove") == 0 ? take_back(delivery, argv, error)
	                                      : put(delivery, argv, error);
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;

	if (argc != 6) {
		fputs("usage: deliver-try CONFIG MAILBOX put|again|remove "
		      "FILE|PLACE MESSAGE-ID\n",
		      stderr);
		return 2;
	}
	message_init();
	if (try(argv, &error))
		return 0;
	fprintf(stderr, "%s: %s\n",
	        error->domain == DELIVERY_ERROR ? kinds[error->code] : "error",
	        error->message);
	return 1;
}
