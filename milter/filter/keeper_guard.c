/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which conversation a mail answers is known only by recording it; so it is
 * recorded and undone. Little mail goes out, and nothing of that reaches the
 * disk.
 *
 * What may pass is remembered here alone and for all: a number that somebody
 * means to send is most often the site's own.
 */
#include "keeper_guard.h"

#include <string.h>

#include "store/datums.h"

#define PASSES_MAX 256

struct KeeperGuard {
	TraceHash pass[PASSES_MAX];
	unsigned n; /* of those ever noted; the oldest goes */
};

KeeperGuard *
keeper_guard_new(void)
{
	return g_new0(KeeperGuard, 1);
}

void
keeper_guard_free(KeeperGuard *guard)
{
	g_free(guard);
}

static bool
may_pass(const KeeperGuard *guard, const TraceHash *datum)
{
	for (unsigned i = 0; i < MIN(guard->n, PASSES_MAX); i++)
		if (memcmp(&guard->pass[i], datum, sizeof(*datum)) == 0)
			return true;
	return false;
}

static void
let_pass(KeeperGuard *guard, const TraceHash *datum)
{
	guard->pass[guard->n++ % PASSES_MAX] = *datum;
}

/* The conversation that the mail answers; 0: none. */
static bool
find_thread(const KeeperSite *site, const RecordRequest *request,
            int64_t *ret_thread, GError **error)
{
	MailSite mails = keeper_site_mails(site);
	MailRecord record = record_of(request, mails.settings);
	g_autoptr(StoreTxn) undone = store_begin(site->store, error);
	MailAnswer answer;
	MailPlace place;

	if (undone == NULL || !mails_record_at(site->store, &mails, &record,
	                                       &answer, &place, error))
		return false;
	*ret_thread = place.thread;
	return true;
}

/* Those of the request that were never let through; their number. */
static size_t
list_texts(const KeeperGuard *guard, const ParcelHead *parcel,
           const TraceHash **ret_data, GPtrArray *texts)
{
	for (uint32_t i = 0; i < parcel->n_data; i++) {
		const TraceHash *datum = &parcel->data[i];
		char text[TRACE_TEXT_SIZE];

		if (may_pass(guard, datum))
			continue;
		trace_text(datum, text);
		ret_data[texts->len] = datum;
		g_ptr_array_add(texts, g_strdup(text));
	}
	return texts->len;
}

bool
keeper_guard_refuses(KeeperGuard *guard, const KeeperSite *site,
                     const RecordRequest *request, bool *ret_refuses,
                     GError **error)
{
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	const TraceHash *data[DATUMS_MAX];
	DatumAsk ask = { .thread = 0 };
	int at = -1;

	*ret_refuses = false;
	if (list_texts(guard, &request->parcel, data, texts) == 0)
		return true;
	if (!find_thread(site, request, &ask.thread, error))
		return false;
	if (ask.thread == 0)
		return true;
	ask.texts = (const char *const *)texts->pdata;
	ask.n = texts->len;
	if (!datums_find_foreign(site->store, site->keys, &ask, &at, error))
		return false;
	if (at >= 0)
		let_pass(guard, data[at]);
	*ret_refuses = at >= 0;
	return true;
}
