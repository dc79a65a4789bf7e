/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Read outside of a transaction: whatever the keeper or the administrator do
 * meanwhile is found when the draft is closed, and then all is read again.
 */
#include "outcome_match.h"

#include <string.h>

#include "message/reply.h"

#define OWN_ID "tact."

/* A DraftRow beyond its visit. */
typedef struct Found {
	int64_t id, created_at;
	char *public_id, *mailbox, *engine, *facts;
	DraftState state;
	DraftFate fate;
	Language language;
	int distance;
	bool edited;
} Found;

static void
found_clear(Found *found)
{
	g_free(found->public_id);
	g_free(found->mailbox);
	g_free(found->engine);
	g_free(found->facts);
	*found = (Found){ 0 };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Found, found_clear)

static void
keep(const DraftRow *row, void *data)
{
	Found *found = data;

	found_clear(found);
	*found = (Found){
		.id = row->id,
		.created_at = row->created_at,
		.public_id = g_strdup(row->public_id),
		.mailbox = g_strdup(row->mailbox),
		.engine = g_strdup(row->engine),
		.facts = g_strdup(row->facts),
		.state = row->state,
		.fate = row->fate,
		.language = row->language,
		.distance = row->distance,
		.edited = row->edited,
	};
}

void
match_clear(Match *match)
{
	g_free(match->engine);
	g_free(match->request);
	material_free(match->mail);
	sheet_free(match->sheet);
	edit_clear(&match->edit);
	*match = (Match){ .distance = -1 };
}

static bool
is_own_id(const Found *found, const Material *sent)
{
	g_autofree char *own = NULL;

	if (sent == NULL || found->id == 0 || found->mailbox == NULL)
		return false;
	own = reply_message_id(found->public_id, found->mailbox);
	return strcmp(own, sent->message_id) == 0;
}

/* The draft of which the answer has the Message-ID. */
static bool
find_by_id(const Office *office, const SentTask *task, const Material *sent,
           Found *found, GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autofree char *id = NULL;
	const char *at;

	if (sent == NULL || !g_str_has_prefix(sent->message_id, OWN_ID))
		return true;
	at = sent->message_id + strlen(OWN_ID);
	id = g_strndup(at, strcspn(at, "@"));
	drafts_of_thread(office->store, task->thread, id, keep, found,
	                 &failure);
	if (failure != NULL) {
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	if (!is_own_id(found, sent))
		found_clear(found);
	return true;
}

typedef bool FindThread(Store *store, int64_t thread, DraftVisit *visit,
                        void *data, GError **error);

static bool
find_by_thread(const Office *office, const SentTask *task, FindThread *find,
               Found *found, GError **error)
{
	g_autoptr(GError) failure = NULL;

	find(office->store, task->thread, keep, found, &failure);
	if (failure == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&failure));
	return false;
}

/* What the draft was made of, and its text; NULL where there is none. */
static bool
read_texts(const Office *office, const Found *found, Material **ret_material,
           Sheet **ret_sheet, GError **error)
{
	g_auto(DraftTexts) texts = { 0 };

	if (!drafts_texts(office->store, found->id, &texts, error))
		return false;
	*ret_material = office_material(office, SEAL_MATERIAL, found->public_id,
	                                texts.material);
	*ret_sheet = office_sheet(office, found->public_id, texts.text);
	return true;
}

static bool
refers_to(const Material *sent, const Material *mail)
{
	if (sent == NULL || mail == NULL || mail->message_id[0] == '\0')
		return true;
	return g_strv_contains((const char *const *)sent->references,
	                       mail->message_id);
}

DraftFate
match_fate(const Edit *edit, bool own_id)
{
	if (edit->distance <= MATCH_AS_IS)
		return FATE_SENT_AS_IS;
	if (edit->distance <= MATCH_EDITED)
		return FATE_SENT_EDITED;
	return own_id || edit->kept >= MATCH_OWN ? FATE_REWRITTEN
	                                         : FATE_DISCARDED;
}

static void
compare(const Office *office, const SentTask *task, const Material *sent,
        Match *match)
{
	const KitMailbox *box = kit_mailbox(office->kit, task->mailbox);
	const Sheet *sheet = match->sheet;
	g_autofree EditSpan *spans = g_new0(EditSpan, sheet->n_parts + 1);
	EditInput input = { .draft = sheet->body,
		            .sent = sent->new_text,
		            .signature = box != NULL ? box->signature : NULL,
		            .language = sheet->language,
		            .spans = spans,
		            .n_spans = sheet->n_parts };

	for (size_t i = 0; i < sheet->n_parts; i++)
		spans[i] = (EditSpan){ sheet->parts[i].start,
			               sheet->parts[i].end };
	edit_compare(&input, &match->edit);
	match->distance = (int)match->edit.distance;
}

/* What stands there is what a human wrote with `tact draft edit`: how far it is
 * from the draft is not known, and it teaches nothing of that. */
static void
forget_text(Match *match)
{
	g_clear_pointer(&match->sheet, sheet_free);
	edit_clear(&match->edit);
	match->distance = -1;
	if (match->fate == FATE_SENT_AS_IS)
		match->fate = FATE_SENT_EDITED;
}

/* A live draft that this answers. */
static void
judge(const Office *office, const SentTask *task, const Material *sent,
      const Found *found, Match *match)
{
	match->close = found->id;
	match->fate = FATE_OVERTAKEN;
	if (match->sheet != NULL && sent != NULL) {
		compare(office, task, sent, match);
		match->fate = match_fate(&match->edit, is_own_id(found, sent));
		if (found->edited)
			forget_text(match);
	}
	if (drafts_may_close(found->state, match->fate))
		return;
	match->fate = found->state == DRAFT_DELIVERED ? FATE_DISCARDED
	                                              : FATE_OVERTAKEN;
}

static bool
match_live(const Office *office, const SentTask *task, const Material *sent,
           const Found *found, Match *match, GError **error)
{
	g_autoptr(Material) mail = NULL;

	if (!read_texts(office, found, &mail, &match->sheet, error))
		return false;
	if (found->created_at <= task->at &&
	    (refers_to(sent, mail) || is_own_id(found, sent))) {
		judge(office, task, sent, found, match);
		match->mail = g_steal_pointer(&mail);
		match->request = g_strdup(office_request(office, found->facts));
		return true;
	}
	/* It answers an earlier mail, of which the draft went when the newer
	 * one came. */
	g_clear_pointer(&match->sheet, sheet_free);
	match->fate = FATE_SUPERSEDED;
	return true;
}

/* One that has ended: of this question, or of an earlier one? */
static void
match_ended(const Found *found, const Material *sent, int64_t asked_at,
            Match *match)
{
	bool own = is_own_id(found, sent);

	if (!own && (asked_at == 0 || found->created_at < asked_at))
		return;
	match->fate = found->fate;
	match->distance = own ? found->distance : -1;
}

bool
match_find(const Office *office, const SentTask *task, const Material *sent,
           int64_t asked_at, Match *ret_match, GError **error)
{
	g_auto(Found) found = { 0 };

	*ret_match = (Match){ .distance = -1 };
	if (!find_by_id(office, task, sent, &found, error))
		return false;
	if (found.id == 0 &&
	    !find_by_thread(office, task, drafts_by_thread, &found, error))
		return false;
	if (found.id == 0 &&
	    !find_by_thread(office, task, drafts_last_of_thread, &found, error))
		return false;
	ret_match->language = found.language;
	ret_match->engine = g_strdup(found.id != 0 ? found.engine : "");
	if (found.id == 0)
		return true;
	if (found.fate == FATE_NONE)
		return match_live(office, task, sent, &found, ret_match, error);
	match_ended(&found, sent, asked_at, ret_match);
	return true;
}
