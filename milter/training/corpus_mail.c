/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mails that people have sorted by hand. What the filter would not judge is
 * skipped, not refused: among ten thousand mails of a real mailbox there is
 * always a bounce, and its label means nothing.
 */
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "corpus_private.h"
#include "message/mbox.h"
#include "message/message.h"

/* The mails of one label. */
typedef struct Mails {
	CorpusReader *reader;
	const char *name; /* of the mbox */
	Sample draft;     /* labelled already */
	GError **error;
	bool failed;
} Mails;

static bool
is_judged(const Message *message)
{
	return message != NULL && message_automated(message) == AUTOMATED_NO &&
	       !(text_is_blank(message_new_text(message)) &&
	         (text_is_blank(message_subject(message)) ||
	          message_flags(message) & MESSAGE_ENCRYPTED));
}

static void
add_mail(Mails *mails, const char *id, const char *bytes, size_t size)
{
	g_autoptr(Message) message = message_parse(
		bytes, MIN(size, LIMIT_ANALYSE_BYTES), NULL, NULL);
	Sample draft = mails->draft;

	if (!is_judged(message)) {
		mails->reader->part->skipped++;
		return;
	}
	draft.id = id;
	draft.kind = SAMPLE_MAIL;
	draft.subject = message_subject(message);
	draft.text = message_new_text(message);
	draft.signature = message_signature(message);
	mails->failed = !corpus_add(mails->reader, &draft, mails->error);
}

static void
visit_mbox(unsigned number, const char *bytes, size_t size, void *data)
{
	Mails *mails = data;
	g_autofree char *id = NULL;

	if (mails->failed)
		return;
	id = g_strdup_printf("%s#%u", mails->name, number);
	mails->draft.line = number;
	add_mail(mails, id, bytes, size);
}

/* Draft for mails of `label`; false when it is none. */
static bool
open_mails(Mails *mails, CorpusReader *reader, const char *name,
           const char *label, GError **error)
{
	CorpusPlace place = { name, 0 };

	mails->reader = reader;
	mails->name = name;
	mails->draft = corpus_draft(reader, &place);
	mails->error = error;
	mails->failed = false;
	return corpus_has_finding(reader, name, error) &&
	       corpus_label_asked(reader, &place, &mails->draft, label, error);
}

bool
corpus_read_mbox(CorpusReader *reader, const char *name, const char *bytes,
                 size_t size, GError **error)
{
	g_autofree char *label = g_path_get_basename(name);
	CorpusPlace place = { name, 0 };
	Mails mails;

	label[strlen(label) - strlen(".mbox")] = '\0';
	if (!open_mails(&mails, reader, name, label, error))
		return false;
	if (size > 0 && !mbox_is(bytes, size))
		return corpus_fail(error, &place,
		                   "no mbox, which begins with \"From \"; a "
		                   "single mail goes into a folder %s/",
		                   label);
	mbox_each(bytes, size, visit_mbox, &mails);
	return !mails.failed;
}

static bool
read_eml(Mails *mails, const char *path, GError **error)
{
	GMappedFile *file = corpus_map(path, error);
	const char *bytes;

	if (file == NULL)
		return false;
	bytes = g_mapped_file_get_contents(file);
	mails->draft.file = path;
	add_mail(mails, path, bytes != NULL ? bytes : "",
	         g_mapped_file_get_length(file));
	g_mapped_file_unref(file);
	return !mails->failed;
}

/* What is in a folder and not hidden, in the order of the names, so that the
 * same folder is the same corpus on every machine. */
static GPtrArray *
list(const char *folder, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(GDir) dir = g_dir_open(folder, 0, &cause);
	GPtrArray *names;
	const char *name;

	if (dir == NULL) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s: cannot be read: %s", folder, cause->message);
		return NULL;
	}
	names = g_ptr_array_new_with_free_func(g_free);
	while ((name = g_dir_read_name(dir)) != NULL)
		if (name[0] != '.')
			g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, text_compare);
	return names;
}

/* The files of `folder` that end in `suffix`. */
static bool
read_mails(Mails *mails, const char *folder, const char *suffix, GError **error)
{
	g_autoptr(GPtrArray) names = list(folder, error);

	if (names == NULL)
		return false;
	for (unsigned i = 0; i < names->len; i++) {
		g_autofree char *path =
			g_build_filename(folder, names->pdata[i], NULL);

		if (g_str_has_suffix(path, suffix) &&
		    !g_file_test(path, G_FILE_TEST_IS_DIR) &&
		    !read_eml(mails, path, error))
			return false;
	}
	return true;
}

/* A Maildir, or a folder of .eml files; its name is the label. */
static bool
read_label(CorpusReader *reader, const char *folder, const char *label,
           GError **error)
{
	static const char *const maildir[] = { "cur", "new" };
	CorpusPlace place = { folder, 0 };
	bool is_maildir = false;
	Mails mails;
	unsigned before = reader->part->samples->len + reader->part->skipped;

	if (!open_mails(&mails, reader, folder, label, error))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(maildir); i++) {
		g_autofree char *sub =
			g_build_filename(folder, maildir[i], NULL);

		if (!g_file_test(sub, G_FILE_TEST_IS_DIR))
			continue;
		is_maildir = true;
		if (!read_mails(&mails, sub, "", error))
			return false;
	}
	if (!is_maildir && !read_mails(&mails, folder, ".eml", error))
		return false;
	if (reader->part->samples->len + reader->part->skipped == before)
		return corpus_fail(
			error, &place,
			"no mail in it; it must be a Maildir or hold "
			"*.eml files");
	return true;
}

static bool
read_entry(CorpusReader *reader, const char *folder, const char *name,
           GError **error)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	if (g_str_has_prefix(name, "README"))
		return true;
	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		return read_label(reader, path, name, error);
	return corpus_read_file(reader, path, error);
}

bool
corpus_read_folder(CorpusReader *reader, const char *path, GError **error)
{
	g_autoptr(GPtrArray) names = list(path, error);

	if (names == NULL)
		return false;
	for (unsigned i = 0; i < names->len; i++)
		if (!read_entry(reader, path, names->pdata[i], error))
			return false;
	return true;
}
