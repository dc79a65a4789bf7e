/* SPDX-License-Identifier: Apache-2.0 */
#include "drafting/mail.h"

#include "base/error.h"
#include "base/text.h"
#include "message/reply.h"

#define SIGNATURE_MAX 4096

static GDateTime *
moment(const DraftMail *mail, int64_t at)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);

	return utc != NULL ? g_date_time_to_timezone(utc, mail->zone) : NULL;
}

GBytes *
draft_mail_compose(const DraftMail *mail, GError **error)
{
	const Mailbox *mailbox = mail->mailbox;
	const Material *material = mail->material;
	g_autoptr(GDateTime) now = moment(mail, mail->at);
	g_autoptr(GDateTime) then =
		material->date != 0 ? moment(mail, material->date) : NULL;
	const ReplyInput input = {
		.from = mailbox->address,
		.from_name = mailbox->mailbox_from_name,
		.to = material->from,
		.to_name = material->from_name,
		.language = language_code(mail->sheet->language),
		.subject = material->subject,
		.message_id = mail->message_id,
		.parent_id = material->message_id,
		.references = (const char *const *)material->references,
		.date = now,
		.mail_date = then,
		.body = mail->sheet->body,
		.signature = mail->signature,
		.quoted = material->body_text,
		.reply_to = material->reply_to,
		.quote = (ReplyQuote)mailbox->mailbox_quote,
		.prefix = (ReplyPrefix)mailbox->mailbox_subject_prefix,
		.warnings = mail->warnings,
	};

	return reply_compose(&input, error);
}

unsigned
draft_mail_warnings(const Material *material, bool proven)
{
	unsigned warnings = 0;

	if (material->flags & MATERIAL_REPLY_TO_DIFFERS)
		warnings |= REPLY_WARN_REPLY_TO;
	if (!proven)
		warnings |= REPLY_WARN_UNPROVEN;
	return warnings;
}

char *
draft_mail_signature(const Mailbox *mailbox, GError **error)
{
	const char *path = mailbox->mailbox_signature_file;
	g_autofree char *text = NULL;
	gsize size;

	if (path[0] == '\0')
		return g_strdup(mailbox->mailbox_from_name);
	if (!g_file_get_contents(path, &text, &size, error))
		return NULL;
	if (size > SIGNATURE_MAX ||
	    !g_utf8_validate(text, (gssize)size, NULL)) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "%s: a signature is UTF-8, at most %d bytes", path,
		            SIGNATURE_MAX);
		return NULL;
	}
	return text_sanitise(text, size, SIGNATURE_MAX, NULL);
}

GTimeZone *
draft_mail_zone(const Settings *settings, const Mailbox *mailbox)
{
	const char *name = mailbox->mailbox_time_zone;
	GTimeZone *zone;

	if (name[0] == '\0')
		name = settings->value_time_zone;
	zone = name[0] != '\0' ? g_time_zone_new_identifier(name) : NULL;
	return zone != NULL ? zone : g_time_zone_new_local();
}
