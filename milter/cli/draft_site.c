/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/id.h"
#include "draft.h"
#include "print.h"

#define PREFIX_MIN 4

int64_t
draft_now(void)
{
	return clock_wall() / G_USEC_PER_SEC;
}

bool
draft_site_open(DraftSite *site, const Options *options, SiteAccess access,
                GError **error)
{
	return site_open(&site->site, options, access, error);
}

bool
draft_site_unlock(DraftSite *site, GError **error)
{
	g_autofree char *keys = site_key_directory(site->site.settings);

	message_init();
	site->seal = seal_public_load(keys, error);
	site->secret =
		site->seal != NULL ? seal_secret_load(keys, error) : NULL;
	return site->secret != NULL;
}

void
draft_site_clear(DraftSite *site)
{
	seal_public_free(site->seal);
	seal_secret_free(site->secret);
	site_clear(&site->site);
}

static void
keep(const DraftRow *row, void *data)
{
	DraftOne *one = data;

	one->id = row->id;
	one->public_id = g_strdup(row->public_id);
	one->mailbox = g_strdup(row->mailbox != NULL ? row->mailbox : "");
	one->articles = g_strdup(row->articles);
	one->state = row->state;
	one->fate = row->fate;
	one->flags = row->flags;
	one->edited = row->edited;
	one->row = draft_value(row);
}

bool
draft_find(const DraftSite *site, const char *id, DraftOne *ret_one,
           GError **error)
{
	g_autoptr(GError) failure = NULL;
	g_autofree char *name = draft_harmless(id);
	size_t length = strlen(id);

	if (length < PREFIX_MIN || length > ID_LENGTH) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "draft %s: an id has %d letters; %d to begin with "
		            "will do",
		            name, ID_LENGTH, PREFIX_MIN);
		return false;
	}
	if (drafts_find(site->site.store, id, keep, ret_one, &failure))
		return true;
	if (failure != NULL)
		g_propagate_error(error, g_steal_pointer(&failure));
	else
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "draft %s: there is none, or more than one that "
		            "begins so; see tact draft list",
		            name);
	return false;
}

static bool
unseal(const DraftSite *site, SealKind kind, const DraftOne *one,
       GBytes *sealed, GBytes **ret_plain, GError **error)
{
	gsize size;
	const void *bytes;

	*ret_plain = NULL;
	if (sealed == NULL)
		return true;
	bytes = g_bytes_get_data(sealed, &size);
	*ret_plain = seal_open(site->secret, kind, one->public_id, bytes, size,
	                       error);
	return *ret_plain != NULL;
}

static void
decode(DraftOne *one, GBytes *material, GBytes *sheet)
{
	gsize size;
	const void *bytes;

	if (material != NULL) {
		bytes = g_bytes_get_data(material, &size);
		one->material = material_decode(bytes, size);
	}
	if (sheet != NULL) {
		bytes = g_bytes_get_data(sheet, &size);
		one->sheet = sheet_decode(bytes, size);
	}
}

bool
draft_may_be_used(const DraftSite *site, const DraftOne *one, GError **error)
{
	bool restricted;

	if (!drafts_is_restricted(site->site.store, one->id, &restricted,
	                          error))
		return false;
	if (!restricted)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "draft %s: the data of who wrote are restricted (GDPR "
	            "18): it is kept as it is, and not used. Answer without "
	            "it; or lift that, if its reason is gone, with tact "
	            "privacy unrestrict ADDRESS; or end it with tact draft "
	            "reject %s",
	            one->public_id, one->public_id);
	return false;
}

bool
draft_open(const DraftSite *site, DraftOne *one, GError **error)
{
	g_auto(DraftTexts) texts = { 0 };
	g_autoptr(GBytes) material = NULL;
	g_autoptr(GBytes) sheet = NULL;

	if (!draft_may_be_used(site, one, error) ||
	    !drafts_texts(site->site.store, one->id, &texts, error) ||
	    !unseal(site, SEAL_MATERIAL, one, texts.material, &material,
	            error) ||
	    !unseal(site, SEAL_TEXT, one, texts.text, &sheet, error))
		return false;
	decode(one, material, sheet);
	if ((material != NULL && one->material == NULL) ||
	    (sheet != NULL && one->sheet == NULL)) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_CORRUPT,
		            "draft %s: its texts are damaged", one->public_id);
		return false;
	}
	return true;
}

void
draft_one_clear(DraftOne *one)
{
	g_free(one->public_id);
	g_free(one->mailbox);
	g_free(one->articles);
	json_decref(one->row);
	material_free(one->material);
	sheet_free(one->sheet);
	*one = (DraftOne){ 0 };
}

/* What to do instead, by the state it is in. */
static const char *
remedy(DraftState state)
{
	static const char *const remedies[DRAFT_STATE_N] = {
		[DRAFT_QUEUED] = "tact-drafter has not written it yet",
		[DRAFT_WORKING] = "tact-drafter is writing it",
		[DRAFT_DRAFTED] = "tact-drafter is about to deliver it",
		[DRAFT_DELIVERING] = "tact-drafter is delivering it",
		[DRAFT_DELIVERED] = "it lies in Drafts: use the mail client",
		[DRAFT_READY] = "it waits here",
		[DRAFT_STUCK] = "it has no text",
		[DRAFT_CLOSED] = "it has ended",
	};

	return remedies[state];
}

bool
draft_decide(const DraftSite *site, const DraftOne *one,
             const DraftDecide *decide, GError **error)
{
	DraftMove move;

	if (!drafts_decide(site->site.store, site->site.keys, decide, &move,
	                   error))
		return false;
	if (move == DRAFT_MOVED)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING, "draft %s is %s: %s",
	            one->public_id, draft_state_name(one->state),
	            remedy(one->state));
	return false;
}
