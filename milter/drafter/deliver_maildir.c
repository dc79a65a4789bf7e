/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Into a Maildir on this host: written in tmp, synced, linked into cur with the
 * flag D. Not into new, where a file has no flags.
 *
 * The name comes of the Message-ID, so that a retry finds what an earlier one
 * left, whatever flags it has got since; what a dead one left in tmp is written
 * anew. link(2) never replaces, and works over NFS.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "deliver_private.h"
#include "faults.h"

#define NAME_MAX_BYTES 200
#define ENTRIES_MAX 2000000
#define RENAMES_MAX 8 /* of one draft, while it is looked for */

typedef struct Box {
	int fd; /* of the Maildir itself */
	const char *path;
	char *base; /* the draft's file name up to size and flags */
	/* What was found of it. */
	char *found; /* "cur/NAME" */
	struct stat status;
} Box;

static void
box_clear(Box *box)
{
	if (box->fd >= 0)
		close(box->fd);
	g_free(box->base);
	g_free(box->found);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Box, box_clear)

/* Whoever cannot open it today may be let in tomorrow; a full disk may be
 * emptied. */
static bool
fail(const Box *box, const char *what, GError **error)
{
	int wrong = errno;
	bool setup = wrong == ENOENT || wrong == ENOTDIR || wrong == EACCES ||
	             wrong == EPERM || wrong == EROFS || wrong == EDQUOT;

	g_set_error(error, DELIVERY_ERROR,
	            setup ? DELIVERY_ERROR_SETUP : DELIVERY_ERROR_RETRY,
	            "%s/%s: %s", box->path, what, g_strerror(wrong));
	return false;
}

static bool
check(const Mailbox *mailbox, GError **error)
{
	return deliver_want("maildir", mailbox->mailbox_maildir, error);
}

static bool
open_box(const Mailbox *mailbox, const char *message_id, Box *box,
         GError **error)
{
	box->path = mailbox->mailbox_maildir;
	box->base = g_strndup(message_id, NAME_MAX_BYTES);
	for (char *p = box->base; *p != '\0'; p++)
		if (!g_ascii_isalnum(*p) && *p != '-' && *p != '.')
			*p = '_';
	/* A name that begins with a dot is no mail. */
	if (*box->base == '.')
		*box->base = '_';
	box->fd = open(box->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return box->fd >= 0 || fail(box, "", error);
}

/* ---------------------------------------------------------------- finding */

/* `name` is the draft's: size and flags may follow. */
static bool
is_ours(const Box *box, const char *name)
{
	size_t n = strlen(box->base);

	return strncmp(name, box->base, n) == 0 &&
	       (name[n] == '\0' || name[n] == ',' || name[n] == ':');
}

static char *
look_in(const Box *box, DIR *dir)
{
	for (size_t i = 0; i < ENTRIES_MAX; i++) {
		const struct dirent *entry = readdir(dir);

		if (entry == NULL)
			break;
		if (is_ours(box, entry->d_name))
			return g_strdup(entry->d_name);
	}
	return NULL;
}

static bool
search_folder(Box *box, const char *folder, GError **error)
{
	int fd = openat(box->fd, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	g_autofree char *name = NULL;

	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return fail(box, folder, error);
	}
	name = look_in(box, dir);
	closedir(dir);
	if (name != NULL)
		box->found = g_strdup_printf("%s/%s", folder, name);
	return true;
}

/* A file that is renamed while we look may be missed, so there is a second
 * look. */
static bool
look(Box *box, GError **error)
{
	static const char *const folders[] = { "new", "cur", "new", "cur" };

	for (size_t i = 0; box->found == NULL && i < G_N_ELEMENTS(folders); i++)
		if (!search_folder(box, folders[i], error))
			return false;
	return true;
}

/* box->found is NULL when it is nowhere. One that was there a moment ago has
 * got another name (a reader sets flags in it), and is not to be written anew.
 */
static bool
find(Box *box, GError **error)
{
	for (int i = 0; i < RENAMES_MAX; i++) {
		if (!look(box, error))
			return false;
		if (box->found == NULL ||
		    fstatat(box->fd, box->found, &box->status,
		            AT_SYMLINK_NOFOLLOW) == 0)
			return true;
		if (errno != ENOENT)
			return fail(box, box->found, error);
		g_clear_pointer(&box->found, g_free);
	}
	errno = EBUSY;
	return fail(box, "cur", error);
}

static char *
place_of(const Box *box, size_t size)
{
	return g_strdup_printf("maildir %zu %s", size, box->base);
}

/* ---------------------------------------------------------------- writing */

static bool
write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* As its folder: who reads the mails there shall read this one. */
static void
adopt(const Box *box, int fd)
{
	struct stat status;

	if (fstatat(box->fd, "cur", &status, 0) != 0)
		return;
	if (fchown(fd, geteuid() == 0 ? status.st_uid : (uid_t)-1,
	           status.st_gid) != 0)
		return;
	(void)!fchmod(fd, 0600 | (status.st_mode & 0060));
}

static bool
write_tmp(const Box *box, const char *name, GString *text, GError **error)
{
	int fd;
	bool good;

	(void)unlinkat(box->fd, name, 0);
	fd = openat(box->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	            0600);
	if (fd < 0)
		return fail(box, name, error);
	adopt(box, fd);
	good = write_all(fd, text->str, text->len) && fsync(fd) == 0;
	if (!good)
		fail(box, name, error);
	close(fd);
	return good;
}

static bool
sync_folder(const Box *box, const char *folder, GError **error)
{
	int fd = openat(box->fd, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (!good)
		fail(box, folder, error);
	if (fd >= 0)
		close(fd);
	return good;
}

/* The lines of a Maildir end as all lines do on this host. */
static GString *
local_text(GBytes *mail)
{
	gsize size;
	const char *bytes = g_bytes_get_data(mail, &size);
	GString *text = g_string_new_len(bytes, (gssize)size);

	g_string_replace(text, "\r\n", "\n", 0);
	return text;
}

static bool
put(const Box *box, const char *tmp, GBytes *mail, size_t *ret_size,
    GError **error)
{
	g_autoptr(GString) text = local_text(mail);
	g_autofree char *cur =
		g_strdup_printf("cur/%s,S=%zu:2,D", box->base, text->len);

	if (!write_tmp(box, tmp, text, error))
		return false;
	if (linkat(box->fd, tmp, box->fd, cur, 0) != 0 && errno != EEXIST)
		return fail(box, cur, error);
	faults_point("appended");
	*ret_size = text->len;
	return sync_folder(box, "cur", error);
}

static bool
deliver(const Mailbox *mailbox, const DeliveryTask *task, char **ret_place,
        GError **error)
{
	g_auto(Box) box = { .fd = -1 };
	g_autofree char *tmp = NULL;
	size_t size = 0;

	if (!open_box(mailbox, task->message_id, &box, error))
		return false;
	if (task->perhaps_there && !find(&box, error))
		return false;
	tmp = g_strconcat("tmp/", box.base, NULL);
	if (box.found != NULL)
		size = (size_t)box.status.st_size;
	else if (!put(&box, tmp, task->mail, &size, error))
		return false;
	/* Ours, or that of one who was killed before he got here. */
	(void)unlinkat(box.fd, tmp, 0);
	*ret_place = place_of(&box, size);
	return true;
}

/* ---------------------------------------------------------------- removal */

/* The flag of a draft is among those of the name. */
static bool
is_draft(const char *name)
{
	const char *flags = strstr(name, ":2,");

	return flags != NULL && strchr(flags, 'D') != NULL;
}

/* Without a flag that we did not give it, and of the size in its name. */
static bool
is_as_put(const Box *box)
{
	g_autofree char *name = g_strdup_printf("cur/%s,S=%zu:2,D", box->base,
	                                        (size_t)box->status.st_size);

	return S_ISREG(box->status.st_mode) && strcmp(box->found, name) == 0;
}

static DeliveryRemoval
judge(const Box *box, const char *place)
{
	g_autofree char *as_found = NULL;

	if (box->found == NULL)
		return DELIVERY_GONE;
	if (place[0] == '\0')
		return is_as_put(box) ? DELIVERY_REMOVED : DELIVERY_TOUCHED;
	as_found = place_of(box, (size_t)box->status.st_size);
	if (!S_ISREG(box->status.st_mode) || strcmp(as_found, place) != 0 ||
	    !is_draft(box->found))
		return DELIVERY_TOUCHED;
	return DELIVERY_REMOVED;
}

static bool
take_back(const Mailbox *mailbox, const DeliveryTask *task,
          DeliveryRemoval *ret_removal, GError **error)
{
	g_auto(Box) box = { .fd = -1 };
	DeliveryRemoval removal;

	if (!open_box(mailbox, task->message_id, &box, error) ||
	    !find(&box, error))
		return false;
	removal = judge(&box, task->place);
	if (removal == DELIVERY_REMOVED && box.found != NULL &&
	    unlinkat(box.fd, box.found, 0) != 0 && errno != ENOENT)
		return fail(&box, box.found, error);
	*ret_removal = removal;
	return true;
}

/* --------------------------------------------------------------- looking */

static bool
has_folder(const Box *box, const char *folder, GError **error)
{
	int fd = openat(box->fd, folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && faccessat(box->fd, folder, R_OK | W_OK | X_OK,
	                                 AT_EACCESS) == 0;

	if (!good)
		fail(box, folder, error);
	if (fd >= 0)
		close(fd);
	return good;
}

static bool
probe(const Mailbox *mailbox, GError **error)
{
	static const char *const folders[] = { "tmp", "new", "cur" };
	g_auto(Box) box = { .fd = -1 };
	g_autoptr(GError) fault = NULL;
	bool good = open_box(mailbox, "", &box, &fault);

	for (size_t i = 0; good && i < G_N_ELEMENTS(folders); i++)
		good = has_folder(&box, folders[i], &fault);
	if (!good)
		g_set_error(error, fault->domain, fault->code,
		            "maildir: %s; cur, new and tmp have to be there, "
		            "and user %s has to be able to write to them",
		            fault->message, g_get_user_name());
	return good;
}

const DeliveryKind deliver_maildir = {
	.name = "maildir",
	.check = check,
	.probe = probe,
	.deliver = deliver,
	.remove = take_back,
};
