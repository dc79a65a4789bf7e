/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The customer's words of an old mail are never shown to a model that answers a
 * new one: they would be an instruction's way from one mail into all others.
 * What is shown was written by the site's own people, or sent by them.
 */
#include "examples.h"

#include <string.h>

#include "base/id.h"
#include "base/limits.h"
#include "base/log.h"
#include "drafting/person.h"
#include "drafting/precedent.h"
#include "store/answer_index.h"
#include "store/answers.h"

static bool
is_wanted(const Office *office, const char *mailbox)
{
	const KitMailbox *box = kit_mailbox(office->kit, mailbox);

	return box != NULL && box->mailbox->mailbox_draft_examples;
}

/* ------------------------------------------------------------------- keep */

static bool
is_approved(const Match *match, const Material *sent)
{
	if (match->sheet == NULL || match->mail == NULL || sent == NULL ||
	    match->sheet->holding || (sent->flags & MATERIAL_CHECK_MARK) != 0)
		return false;
	return match->fate == FATE_SENT_AS_IS ||
	       (match->fate == FATE_SENT_EDITED && match->distance >= 0 &&
	        match->distance <= EXAMPLE_DISTANCE_MAX);
}

static Precedent *
precedent_of(const Office *office, const SentTask *task, const Match *match,
             const Material *sent)
{
	const Material *mail = match->mail;
	const KitMailbox *box = kit_mailbox(office->kit, task->mailbox);
	const PersonInput known = { .display = mail->from_name,
		                    .address = mail->from,
		                    .signature = mail->signature,
		                    .text = mail->new_text };
	g_auto(Person) person = { 0 };
	PrecedentInput input = {
		.language = match->language,
		.request = match->request != NULL ? match->request : "",
		.subject = mail->subject,
		.mail = mail->new_text,
		.answer = sent->new_text,
		.signature = box->signature,
	};

	person_read(&known, &person);
	input.names[0] = mail->from_name;
	input.names[1] = person.full;
	input.names[2] = sent->from_name;
	input.names[3] = person.first;
	return precedent_make(&input);
}

static bool
put(const Office *office, const SentTask *task, const Match *match,
    const Precedent *precedent, GError **error)
{
	g_autofree char *id = id_new();
	g_autoptr(GBytes) bytes = precedent_encode(precedent);
	gsize size;
	const void *plain = g_bytes_get_data(bytes, &size);
	g_autoptr(GBytes) sealed =
		seal_close(office->seal, SEAL_ANSWER, id, plain, size);
	const KeptAnswer answer = { .public_id = id,
		                    .thread = task->thread,
		                    .customer = task->customer,
		                    .mailbox = task->mailbox,
		                    .language = match->language,
		                    .at = task->at,
		                    .text = sealed };

	return sealed == NULL || answers_put(office->store, &answer, error);
}

bool
examples_keep(const Office *office, const SentTask *task, const Match *match,
              const Material *sent, GError **error)
{
	g_autoptr(Precedent) precedent = NULL;

	if (!is_wanted(office, task->mailbox) || !is_approved(match, sent))
		return true;
	precedent = precedent_of(office, task, match, sent);
	return precedent == NULL || put(office, task, match, precedent, error);
}

/* ------------------------------------------------------------------- find */

typedef struct Search {
	const Office *office;
	const char *request;
	AnswerIndex *index;
	GHashTable *texts; /* id -> char * */
	GError *error;
} Search;

static Precedent *
open_answer(const Office *office, const KeptAnswer *answer)
{
	gsize size;
	const void *bytes = g_bytes_get_data((GBytes *)answer->text, &size);
	g_autoptr(GBytes) plain =
		seal_open(office->secret, SEAL_ANSWER, answer->public_id, bytes,
	                  size, NULL);

	return plain != NULL ? precedent_decode(g_bytes_get_data(plain, NULL),
	                                        g_bytes_get_size(plain))
	                     : NULL;
}

static bool
is_same_request(const Search *search, const Precedent *precedent)
{
	return search->request[0] == '\0' || precedent->request[0] == '\0' ||
	       strcmp(search->request, precedent->request) == 0;
}

static void
add(const KeptAnswer *answer, void *data)
{
	Search *search = data;
	g_autoptr(Precedent) precedent = NULL;
	gint64 id = answer->id;

	if (search->error != NULL)
		return;
	precedent = open_answer(search->office, answer);
	if (precedent == NULL || !is_same_request(search, precedent))
		return;
	if (answer_index_add(search->index, answer->id, precedent->words, "",
	                     &search->error))
		g_hash_table_replace(search->texts, g_memdup2(&id, sizeof(id)),
		                     g_steal_pointer(&precedent->answer));
}

/* Each text once: many customers get the same one. */
static void
take(const Search *search, const GArray *ids, GPtrArray *found)
{
	size_t bytes = 0;

	for (guint i = 0; i < ids->len && found->len < LIMIT_PROMPT_EXAMPLES;
	     i++) {
		gint64 id = g_array_index(ids, int64_t, i);
		const char *text = g_hash_table_lookup(search->texts, &id);

		if (g_ptr_array_find_with_equal_func(found, text, g_str_equal,
		                                     NULL) ||
		    bytes + strlen(text) > LIMIT_PROMPT_EXAMPLES_BYTES)
			continue;
		bytes += strlen(text);
		g_ptr_array_add(found, g_strdup(text));
	}
}

static bool
search_all(Search *search, const DraftTask *task, const Material *material,
           GPtrArray *found, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_auto(GStrv) words = precedent_words(task->language, material->subject,
	                                      material->new_text);

	if (!answers_each(search->office->store, task->mailbox, task->language,
	                  add, search, error))
		return false;
	if (search->error != NULL) {
		g_propagate_error(error, g_steal_pointer(&search->error));
		return false;
	}
	if (!answer_index_find(search->index, (const char *const *)words, ids,
	                       error))
		return false;
	take(search, ids, found);
	return true;
}

GPtrArray *
examples_find(const Office *office, const DraftTask *task,
              const Material *material)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autoptr(AnswerIndex) index = NULL;
	Search search = { .office = office };

	if (!is_wanted(office, task->mailbox))
		return found;
	index = answer_index_new(&error);
	search.index = index;
	search.request = office_request(office, task->facts);
	search.texts = g_hash_table_new_full(g_int64_hash, g_int64_equal,
	                                     g_free, g_free);
	if (index == NULL ||
	    !search_all(&search, task, material, found, &error))
		log_debug(NULL, EVENT("store_unavailable"),
		          STR("why", error->message));
	g_hash_table_unref(search.texts);
	return found;
}
