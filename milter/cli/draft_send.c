/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a human sends is sent by the MTA's own program, as any user's mail: it
 * passes the filter, which learns from it that the customer was answered.
 *
 * The mail goes before its row says so: who is killed in between finds the
 * draft again and sees it in Sent or not, while the other order would lose it.
 * Two who send at once wait for each other.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "draft.h"
#include "drafting/mail.h"
#include "message/reply.h"
#include "print.h"
#include "program.h"

#define SENDMAIL "/usr/sbin/sendmail"

static bool
refuse(const DraftOne *one, const char *why, GError **error)
{
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING, "draft %s: %s",
	            one->public_id, why);
	return false;
}

/* A person looks first at what nobody has vouched for. */
static bool
may_go(const DraftOne *one, const Mailbox *mailbox, bool yes, GError **error)
{
	if (one->state != DRAFT_READY && one->state != DRAFT_STUCK)
		return refuse(one,
		              "only one that is ready or stuck can be sent "
		              "from here; see tact draft show",
		              error);
	if (one->sheet == NULL || one->material == NULL)
		return refuse(one, "it has no text", error);
	if (mailbox == NULL)
		return refuse(one, "its mailbox is in the settings no more",
		              error);
	if (draft_marks(one->sheet->body) > 0)
		return refuse(one,
		              CHECK_MARK " ...] stands in it: see to that "
		                         "with tact draft edit",
		              error);
	if (!yes && draft_mail_warnings(one->material,
	                                (one->flags & DRAFT_PROVEN) != 0) != 0)
		return refuse(one,
		              "tact draft show warns of who wrote; send it "
		              "with --yes when that is well",
		              error);
	return true;
}

/* The program wants the line ends of this system. */
static GBytes *
with_newlines(GBytes *mail)
{
	gsize size;
	const char *bytes = g_bytes_get_data(mail, &size);
	GString *text = g_string_sized_new(size);

	for (gsize i = 0; i < size; i++)
		if (bytes[i] != '\r')
			g_string_append_c(text, bytes[i]);
	return g_string_free_to_bytes(text);
}

static GBytes *
compose(const DraftSite *site, const DraftOne *one, const Mailbox *mailbox,
        GError **error)
{
	g_autofree char *id =
		reply_message_id(one->public_id, mailbox->address);
	g_autofree char *signature = draft_mail_signature(mailbox, error);
	g_autoptr(GTimeZone) zone =
		draft_mail_zone(site->site.settings, mailbox);
	g_autoptr(GBytes) mail = NULL;
	const DraftMail parts = {
		.mailbox = mailbox,
		.material = one->material,
		.sheet = one->sheet,
		.signature = signature,
		.zone = zone,
		.message_id = id,
		.at = draft_now(),
	};

	if (signature != NULL)
		mail = draft_mail_compose(&parts, error);
	return mail != NULL ? with_newlines(mail) : NULL;
}

static bool
hand_over(const Options *options, const DraftOne *one, const Mailbox *mailbox,
          GBytes *mail, GError **error)
{
	const char *program =
		options->sendmail != NULL ? options->sendmail : SENDMAIL;
	const char *const argv[] = { program, "-i",
		                     "-f",    mailbox->address,
		                     "--",    one->material->from,
		                     NULL };
	g_autofree char *said = NULL;
	int code = 0;

	if (!program_feed(argv, mail, &code, &said, error))
		return false;
	if (code == 0)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
	            "draft %s was not sent: %s ended with %d: %s",
	            one->public_id, program, code, said);
	return false;
}

/* It is out. That it was closed meanwhile, by the filter that saw it or by a
 * newer mail, is well. */
static bool
note_sent(const DraftSite *site, const DraftOne *one, GError **error)
{
	const DraftDecide decide = { .decision = DECIDE_SEND,
		                     .id = one->id,
		                     .distance = one->edited ? -1 : 0,
		                     .at = draft_now() };
	g_autoptr(StoreTxn) txn = store_begin(site->site.store, error);
	DraftMove move;

	return txn != NULL &&
	       drafts_decide(site->site.store, site->site.keys, &decide, &move,
	                     error) &&
	       store_commit(txn, error) &&
	       audit_seal(site->site.store, site->site.keys, error);
}

/* `id` may be the beginning of `ret_id`. */
static bool
send_one(const DraftSite *site, const Options *options, const char *id,
         char **ret_id, GError **error)
{
	g_auto(DraftOne) one = { 0 };
	g_autoptr(GBytes) mail = NULL;
	const Mailbox *mailbox;

	if (!draft_find(site, id, &one, error) ||
	    !draft_open(site, &one, error))
		return false;
	mailbox = settings_mailbox(site->site.settings, one.mailbox);
	if (!may_go(&one, mailbox, options->yes, error))
		return false;
	mail = compose(site, &one, mailbox, error);
	if (mail == NULL || !hand_over(options, &one, mailbox, mail, error))
		return false;
	if (note_sent(site, &one, error)) {
		*ret_id = g_strdup(one.public_id);
		return true;
	}
	g_prefix_error(error,
	               "draft %s was sent, but not noted so: ", one.public_id);
	return false;
}

/* Held until we end; -1 with an error. */
static int
wait_for_turn(const DraftSite *site, GError **error)
{
	g_autofree char *folder =
		g_path_get_dirname(site->site.settings->store_path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX) == 0)
		return fd;
	g_set_error(error, BASE_ERROR, BASE_ERROR_IO, "%s: %s", folder,
	            g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Each by itself: what is sent stays sent. `list` tells of those. */
static int
send_all(const DraftSite *site, const Options *options, json_t *list)
{
	int code = CLI_FINE;

	for (size_t i = 1; i < options->n_arguments; i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *sent = NULL;
		json_t *item;

		if (!send_one(site, options, options->arguments[i], &sent,
		              &error)) {
			print_failure(&error);
			code = CLI_FOUND;
			continue;
		}
		item = json_object();
		print_set_string(item, "id", sent);
		print_set_string(item, "decision", "sent");
		print_set_string(item, "state", draft_state_name(DRAFT_CLOSED));
		json_array_append_new(list, item);
	}
	return code;
}

static void
print_sent(const json_t *value)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(value, "drafts"), i, item)
		printf("%s sent\n", print_string(item, "id"));
}

int
draft_send(const Options *options)
{
	g_auto(DraftSite) site = { 0 };
	g_autoptr(GError) error = NULL;
	json_t *value, *list;
	int turn = -1;
	int code;

	if (draft_site_open(&site, options, SITE_WRITE, &error) &&
	    draft_site_unlock(&site, &error))
		turn = wait_for_turn(&site, &error);
	if (turn < 0) {
		print_failure(&error);
		return CLI_FOUND;
	}
	value = json_object();
	list = json_array();
	print_set_integer(value, "schema", 1);
	json_object_set_new(value, "drafts", list);
	code = send_all(&site, options, list);
	close(turn);
	print_value(options->json, value, print_sent);
	return code;
}
