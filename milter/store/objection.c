/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The address alone is the request: no words are read for it, so no mail can be
 * taken for an objection by mistake, and none can be missed for its language.
 */
#include "store/objection.h"

#include <string.h>

#include "message/address.h"
#include "store/erasure.h"

/* NAME+TAG@DOMAIN: the tag, and the address without it. */
static char *
split_tag(const char *address, char **ret_plain)
{
	const char *at = strrchr(address, '@');
	const char *plus =
		at ? memchr(address, '+', (size_t)(at - address)) : NULL;

	if (plus == NULL || plus == address)
		return NULL;
	*ret_plain =
		g_strdup_printf("%.*s%s", (int)(plus - address), address, at);
	return g_strndup(plus + 1, (gsize)(at - plus - 1));
}

static bool
is_listed(char *const *tags, const char *tag)
{
	for (; *tags != NULL; tags++)
		if (g_ascii_strcasecmp(*tags, tag) == 0)
			return true;
	return false;
}

bool
objection_is_asked(const Settings *settings, const char *recipient)
{
	g_autofree char *address = address_from_envelope(recipient);
	g_autofree char *plain = NULL;
	g_autofree char *tag = address ? split_tag(address, &plain) : NULL;

	return tag != NULL &&
	       is_listed(settings->privacy_objection_tags, tag) &&
	       settings_mailbox(settings, plain) != NULL;
}

bool
store_object_by_mail(Store *store, const Keys *keys, const Settings *settings,
                     const ObjectionMail *mail, ObjectionResult *ret_result,
                     GError **error)
{
	const ErasureRequest request = { .kind = ERASURE_OBJECT_MAIL,
		                         .who = mail->identity,
		                         .actor = "tact-milter" };
	ErasureResult erasure;

	*ret_result = OBJECTION_NOT_ASKED;
	if (!objection_is_asked(settings, mail->recipient))
		return true;
	*ret_result = OBJECTION_REFUSED;
	if (!mail->authenticated || mail->identity == NULL)
		return true;
	if (!erasure_run(store, keys, &request, &erasure, error))
		return false;
	*ret_result = erasure.pending > 0 ? OBJECTION_PENDING : OBJECTION_DONE;
	return true;
}
