/* SPDX-License-Identifier: Apache-2.0 */
/*
 * APPEND with (\Draft): in one command the draft is there and is one. Whether
 * it landed when the answer is lost, nobody can know; so who comes again looks
 * for the Message-ID first, in Drafts and, since a human may have been quick,
 * where the server keeps what was sent or thrown away. SEARCH HEADER is plain
 * IMAP4rev1: no extension is needed for any of this.
 *
 * UIDPLUS tells the UID; without it the search does. Where a draft lies is
 * kept as UIDVALIDITY, UID and the server's own idea of its size: an edit makes
 * another UID in every client we know, and another size in the rest.
 *
 * To take back needs UIDPLUS, or a plain EXPUNGE would sweep away what others
 * have marked; without it the draft is only marked \Deleted.
 */
#include <string.h>

#include "base/limits.h"
#include "credential.h"
#include "deliver_private.h"
#include "imap.h"
#include "imap_folders.h"

typedef struct Visit {
	Imap *imap;
	const DeliveryTask *task;
	GArray *folders; /* of ImapFolder */
	uint32_t validity;
	bool read_only;
	ImapFetch fetch;
	uint32_t uid;   /* the last one found */
	size_t n_found; /* in the last search */
} Visit;

static void
clear_folder(gpointer folder)
{
	imap_folder_clear(folder);
}

static void
visit_clear(Visit *visit)
{
	imap_free(visit->imap);
	if (visit->folders != NULL)
		g_array_unref(visit->folders);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Visit, visit_clear)

/* -------------------------------------------------------------- opening */

static bool
check(const Mailbox *mailbox, GError **error)
{
	const char *password = mailbox->mailbox_imap_password_file;
	const char *token = mailbox->mailbox_imap_oauth_file;

	if (!deliver_want("imap_url", mailbox->mailbox_imap_url, error) ||
	    !deliver_want("imap_password_file",
	                  *token != '\0' ? token : password, error))
		return false;
	if (wire_check_url(mailbox->mailbox_imap_url, "imaps|imap", error))
		return true;
	g_prefix_error(error, "imap_url = %s: ", mailbox->mailbox_imap_url);
	return false;
}

Imap *
deliver_imap_open(const Mailbox *mailbox, GError **error)
{
	const char *user = mailbox->mailbox_imap_user;
	const char *ca = mailbox->mailbox_imap_ca_file;
	bool by_token = *mailbox->mailbox_imap_oauth_file != '\0';
	g_autoptr(GError) unreadable = NULL;
	g_autoptr(Credential) credential =
		credential_read(by_token ? mailbox->mailbox_imap_oauth_file
	                                 : mailbox->mailbox_imap_password_file,
	                        &unreadable);
	const WireTarget target = {
		.url = mailbox->mailbox_imap_url,
		.user = *user != '\0' ? user : mailbox->address,
		.password = by_token ? NULL : credential,
		.token = by_token ? credential : NULL,
		.ca_file = *ca != '\0' ? ca : NULL,
	};

	if (credential == NULL) {
		g_set_error_literal(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
		                    unreadable->message);
		return NULL;
	}
	return imap_open(&target, deadline_in(DELIVERY_TIME_MAX), error);
}

static void
note_folder(const char *line, void *data)
{
	Visit *visit = data;
	ImapFolder folder;

	if (visit->folders->len < IMAP_FOLDERS_MAX &&
	    imap_reply_list(line, &folder))
		g_array_append_val(visit->folders, folder);
}

/* RFC 6154: servers without LIST-EXTENDED tell the uses unasked, or never. */
static bool
list_folders(Visit *visit, GError **error)
{
	bool ask = imap_has_capability(visit->imap, "SPECIAL-USE") &&
	           imap_has_capability(visit->imap, "LIST-EXTENDED");
	g_autoptr(GError) refused = NULL;

	visit->folders = g_array_new(FALSE, TRUE, sizeof(ImapFolder));
	g_array_set_clear_func(visit->folders, clear_folder);
	if (ask && imap_do(visit->imap, "LIST \"\" \"*\" RETURN (SPECIAL-USE)",
	                   note_folder, visit, &refused))
		return true;
	if (ask && !imap_was_refused(visit->imap)) {
		g_propagate_error(error, g_steal_pointer(&refused));
		return false;
	}
	return imap_do(visit->imap, "LIST \"\" \"*\"", note_folder, visit,
	               error);
}

static const char *
find_drafts(const Visit *visit, const Mailbox *mailbox, GError **error)
{
	const char *wanted = mailbox->mailbox_drafts_folder;
	const char *found = imap_folders_drafts(
		(const ImapFolder *)(const void *)visit->folders->data,
		visit->folders->len, wanted);

	if (found == NULL && *wanted != '\0')
		g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
		            "the server has no folder %s; make it, or mend "
		            "drafts_folder",
		            wanted);
	else if (found == NULL)
		g_set_error_literal(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
		                    "the server has no folder of drafts; make "
		                    "one, or name it in drafts_folder");
	return found;
}

static void
note_selected(const char *line, void *data)
{
	Visit *visit = data;

	imap_reply_code(line, "UIDVALIDITY", &visit->validity, 1);
}

/* `how`: SELECT or EXAMINE. */
static bool
open_folder(Visit *visit, const char *how, const char *folder, GError **error)
{
	g_autofree char *quoted = imap_quote(folder);
	g_autofree char *command = g_strdup_printf("%s %s", how, quoted);

	visit->validity = 0;
	if (!imap_do(visit->imap, command, note_selected, visit, error))
		return false;
	visit->read_only =
		imap_reply_code(imap_answer(visit->imap), "READ-ONLY", NULL, 0);
	return true;
}

/* --------------------------------------------------------------- finding */

static void
note_found(const char *line, void *data)
{
	Visit *visit = data;

	imap_reply_search(line, &visit->uid, &visit->n_found);
}

/* The draft's UID in the open folder; 0 when it is not there. Of several the
 * last: it is what a client saved last. */
static bool
find_mail(Visit *visit, uint32_t *ret_uid, GError **error)
{
	g_autofree char *command =
		g_strdup_printf("UID SEARCH HEADER Message-ID \"<%s>\"",
	                        visit->task->message_id);

	visit->uid = 0;
	visit->n_found = 0;
	if (!imap_do(visit->imap, command, note_found, visit, error))
		return false;
	*ret_uid = visit->uid;
	return true;
}

static void
note_fetched(const char *line, void *data)
{
	Visit *visit = data;
	ImapFetch fetch;

	/* Others' flags are told too, as they change; and ours, once more and
	 * without the size. */
	if (!imap_reply_fetch(line, &fetch) || fetch.uid != visit->uid)
		return;
	if (fetch.size == 0)
		fetch.size = visit->fetch.size;
	visit->fetch = fetch;
}

/* visit->fetch.uid is 0 when there is no such mail. */
static bool
fetch_mail(Visit *visit, uint32_t uid, GError **error)
{
	g_autofree char *command =
		g_strdup_printf("UID FETCH %u (UID RFC822.SIZE FLAGS)", uid);

	visit->uid = uid;
	visit->fetch = (ImapFetch){ 0 };
	return imap_do(visit->imap, command, note_fetched, visit, error);
}

static bool
store_flags(Visit *visit, uint32_t uid, const char *change, GError **error)
{
	g_autofree char *command =
		g_strdup_printf("UID STORE %u %s", uid, change);

	return imap_do(visit->imap, command, NULL, NULL, error);
}

/* The same, where a server may refuse: the draft is there all the same. */
static bool
wish_flags(Visit *visit, uint32_t uid, const char *change, GError **error)
{
	g_autoptr(GError) failed = NULL;

	if (store_flags(visit, uid, change, &failed) ||
	    imap_was_refused(visit->imap))
		return true;
	g_propagate_error(error, g_steal_pointer(&failed));
	return false;
}

/* -------------------------------------------------------------- delivery */

/* It was there before and a human took it further. */
static bool
find_elsewhere(Visit *visit, char **ret_place, GError **error)
{
	static const unsigned uses[] = { IMAP_FOLDER_SENT, IMAP_FOLDER_TRASH };

	for (size_t i = 0; i < G_N_ELEMENTS(uses); i++) {
		const char *folder = imap_folders_marked(
			(const ImapFolder *)(const void *)visit->folders->data,
			visit->folders->len, uses[i]);
		uint32_t uid;

		if (folder == NULL)
			continue;
		if (!open_folder(visit, "EXAMINE", folder, error) ||
		    !find_mail(visit, &uid, error))
			return false;
		if (uid != 0) {
			*ret_place = g_strdup_printf("imap 0 0 0 %s", folder);
			return true;
		}
	}
	return true;
}

/* Flags as they should be, on servers that go their own ways about APPEND; and
 * the size. */
static bool
settle(Visit *visit, uint32_t uid, GError **error)
{
	if (!fetch_mail(visit, uid, error))
		return false;
	if (visit->fetch.uid == 0 || !visit->fetch.has_flags)
		return true;
	if (!(visit->fetch.flags & IMAP_FLAG_DRAFT) &&
	    !wish_flags(visit, uid, "+FLAGS.SILENT (\\Draft)", error))
		return false;
	return !(visit->fetch.flags & IMAP_FLAG_SEEN) ||
	       wish_flags(visit, uid, "-FLAGS.SILENT (\\Seen)", error);
}

static char *
place_of(const Visit *visit, const char *folder, uint32_t uid)
{
	return g_strdup_printf("imap %u %u %u %s", visit->validity, uid,
	                       visit->fetch.size, folder);
}

/* 0 for `ret_uid` when the server does not tell and cannot find it, either. */
static bool
append(Visit *visit, const char *folder, uint32_t *ret_uid, GError **error)
{
	g_autofree char *quoted = imap_quote(folder);
	g_autofree char *command =
		g_strdup_printf("APPEND %s (\\Draft)", quoted);
	uint32_t numbers[2];

	if (!imap_do_literal(visit->imap, command, visit->task->mail, error))
		return false;
	if (imap_reply_code(imap_answer(visit->imap), "APPENDUID", numbers,
	                    2)) {
		visit->validity = numbers[0];
		*ret_uid = numbers[1];
		return true;
	}
	return find_mail(visit, ret_uid, error);
}

/* In the open folder of drafts. */
static bool
put(Visit *visit, const char *folder, char **ret_place, GError **error)
{
	uint32_t uid = 0;

	if (visit->read_only) {
		g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
		            "the folder %s is read-only", folder);
		return false;
	}
	if (visit->task->perhaps_there && !find_mail(visit, &uid, error))
		return false;
	if (uid == 0 && !append(visit, folder, &uid, error))
		return false;
	if (uid != 0 && !settle(visit, uid, error))
		return false;
	*ret_place = place_of(visit, folder, uid);
	return true;
}

static bool
deliver(const Mailbox *mailbox, const DeliveryTask *task, char **ret_place,
        GError **error)
{
	g_auto(Visit) visit = { .task = task };
	g_autofree char *place = NULL;
	const char *folder;

	visit.imap = deliver_imap_open(mailbox, error);
	if (visit.imap == NULL || !list_folders(&visit, error))
		return false;
	folder = find_drafts(&visit, mailbox, error);
	if (folder == NULL)
		return false;
	if (task->perhaps_there && !find_elsewhere(&visit, &place, error))
		return false;
	if (place == NULL && (!open_folder(&visit, "SELECT", folder, error) ||
	                      !put(&visit, folder, &place, error)))
		return false;
	*ret_place = g_steal_pointer(&place);
	return true;
}

/* --------------------------------------------------------------- removal */

typedef struct Place {
	uint32_t validity, uid, size;
	const char *folder; /* within the text */
} Place;

static bool
read_place(const char *text, Place *ret_place)
{
	const char *p = text + strlen("imap");
	uint32_t numbers[3];

	for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
		char *end;
		guint64 value;

		if (*p++ != ' ' || !g_ascii_isdigit(*p))
			return false;
		value = g_ascii_strtoull(p, &end, 10);
		if (value > UINT32_MAX)
			return false;
		numbers[i] = (uint32_t)value;
		p = end;
	}
	if (*p != ' ' || p[1] == '\0')
		return false;
	*ret_place = (Place){ numbers[0], numbers[1], numbers[2], p + 1 };
	return true;
}

/* What lies at the place, compared with what we put there. */
static DeliveryRemoval
judge(const Visit *visit, const Place *place, uint32_t found)
{
	if (visit->validity != place->validity || place->uid == 0)
		return DELIVERY_TOUCHED;
	if (visit->fetch.uid == 0) /* clients save an edit as a new mail */
		return found != 0 ? DELIVERY_TOUCHED : DELIVERY_GONE;
	if (found != place->uid || visit->fetch.size != place->size ||
	    !(visit->fetch.flags & IMAP_FLAG_DRAFT))
		return DELIVERY_TOUCHED;
	return DELIVERY_REMOVED;
}

static bool
expunge(Visit *visit, uint32_t uid, GError **error)
{
	g_autofree char *command = g_strdup_printf("UID EXPUNGE %u", uid);

	if (!store_flags(visit, uid, "+FLAGS.SILENT (\\Deleted)", error))
		return false;
	return !imap_has_capability(visit->imap, "UIDPLUS") ||
	       imap_do(visit->imap, command, NULL, NULL, error);
}

/* Landed, but the answer was lost: nothing says what size it had, so that a
 * draft that somebody has looked at stays. */
static bool
find_lost(Visit *visit, const Mailbox *mailbox, Place *ret_place,
          DeliveryRemoval *ret_removal, GError **error)
{
	uint32_t uid;

	if (!list_folders(visit, error))
		return false;
	ret_place->folder = find_drafts(visit, mailbox, error);
	if (ret_place->folder == NULL ||
	    !open_folder(visit, "SELECT", ret_place->folder, error) ||
	    !find_mail(visit, &uid, error))
		return false;
	ret_place->uid = uid;
	*ret_removal = DELIVERY_GONE;
	if (uid == 0)
		return true;
	*ret_removal = DELIVERY_TOUCHED;
	if (visit->n_found > 1)
		return true;
	if (!fetch_mail(visit, uid, error))
		return false;
	if (visit->fetch.uid == uid && visit->fetch.has_flags &&
	    (visit->fetch.flags & IMAP_FLAG_DRAFT) != 0 &&
	    (visit->fetch.flags & IMAP_FLAG_SEEN) == 0)
		*ret_removal = DELIVERY_REMOVED;
	return true;
}

/* What lies at the place that was told. */
static bool
find_placed(Visit *visit, const Place *place, DeliveryRemoval *ret_removal,
            GError **error)
{
	uint32_t found;

	if (!open_folder(visit, "SELECT", place->folder, error) ||
	    !find_mail(visit, &found, error) ||
	    !fetch_mail(visit, MAX(place->uid, 1), error))
		return false;
	*ret_removal = judge(visit, place, found);
	return true;
}

static bool
take_back(const Mailbox *mailbox, const DeliveryTask *task,
          DeliveryRemoval *ret_removal, GError **error)
{
	g_auto(Visit) visit = { .task = task };
	bool lost = task->place[0] == '\0';
	DeliveryRemoval removal = DELIVERY_UNABLE;
	Place place = { 0 };

	if (!lost && !read_place(task->place, &place)) {
		*ret_removal = DELIVERY_UNABLE;
		return true;
	}
	visit.imap = deliver_imap_open(mailbox, error);
	if (visit.imap == NULL ||
	    !(lost ? find_lost(&visit, mailbox, &place, &removal, error)
	           : find_placed(&visit, &place, &removal, error)))
		return false;
	if (removal == DELIVERY_REMOVED && !expunge(&visit, place.uid, error))
		return false;
	*ret_removal = removal;
	return true;
}

const DeliveryKind deliver_imap = {
	.name = "imap",
	.check = check,
	.deliver = deliver,
	.remove = take_back,
	.mark = deliver_imap_mark,
};
