/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole mails, from their bytes to the rows that the keeper writes of them in a
 * mailbox of mode draft: who gets a draft, how many, and how
 * often for one mail.
 */
#include <glib.h>
#include <string.h>

#include "analysis/draftable.h"
#include "analysis/examine.h"
#include "base/id.h"
#include "keeper_group.h"
#include "mail_parts.h"
#include "message/material.h"
#include "parcel.h"
#include "store/drafts.h"
#include "store_fixture.h"

#define NOW INT64_C(1796000000)

typedef struct Fixture {
	StoreFixture *base;
	Snapshot *snapshot;
	Store *store;
	SealPublic *seal;
	KeeperGuard *guard;
	unsigned serial;
	unsigned count[DRAFTABLE_N]; /* of what the mails were told */
} Fixture;

static Snapshot *
load_snapshot(const StoreFixture *base, const char *lines)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *here = g_get_current_dir();
	g_autofree char *path =
		g_build_filename(base->directory, "tact.conf", NULL);
	g_autofree char *conf = g_strdup_printf(
		"[analysis]\nrules = %s/%s\n[store]\npath = %s\n"
		"[mailbox support@firm.example]\naliases = help@firm.example\n"
		"mode = draft\n%s",
		here, RULES_DIR, base->path, lines);
	Snapshot *snapshot;

	g_assert_true(g_file_set_contents(path, conf, -1, NULL));
	snapshot = snapshot_load(path, &error);
	g_assert_no_error(error);
	return snapshot;
}

static Fixture *
fixture_new(const char *lines)
{
	g_autoptr(GError) error = NULL;
	Fixture *f = g_new0(Fixture, 1);

	f->base = store_fixture_new(STORE_ADMIN);
	f->snapshot = load_snapshot(f->base, lines);
	f->store = store_fixture_open(f->base, STORE_KEEPER);
	store_fixture_quick(f->store);
	f->seal = seal_public_load(f->base->keys_path, &error);
	g_assert_no_error(error);
	f->guard = keeper_guard_new();
	return f;
}

static void
fixture_free(Fixture *f)
{
	keeper_guard_free(f->guard);
	seal_public_free(f->seal);
	store_close(f->store);
	snapshot_free(f->snapshot);
	store_fixture_free(f->base);
	g_free(f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fixture, fixture_free)

/* ---------------------------------------------------- what the analyser does
 */

typedef struct Read {
	Findings findings;
	Trace trace;
	Parcel parcel;
	Draftable draft;
} Read;

static void
read_mail(Fixture *f, const char *mail, const char *sender, Read *ret_read)
{
	const Snapshot *snapshot = f->snapshot;
	MessageEnvelope envelope = snapshot_envelope(snapshot, sender);
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message =
		message_parse(mail, strlen(mail), &envelope, &error);
	DraftableInput input = { .settings = snapshot->settings,
		                 .languages = snapshot->languages };

	memset(ret_read, 0, sizeof(*ret_read));
	examine_parsed(snapshot->rules, message, error, &ret_read->findings);
	trace_read(snapshot->settings, mail, strlen(mail), &ret_read->trace);
	if (message != NULL)
		parcel_make(snapshot->settings, message, &ret_read->parcel);
	input.findings = &ret_read->findings;
	input.from = ret_read->trace.from;
	input.material = ret_read->parcel.head.flags;
	input.words = ret_read->parcel.head.words;
	ret_read->draft = draftable_of(&input);
}

/* ------------------------------------------------------ what the keeper does
 */

/* Takes the parcel. */
static Letter *
letter_of(Read *read, unsigned id)
{
	Letter *letter = g_new0(Letter, 1);
	RecordRequest *request = &letter->request;
	g_autofree char *public_id = id_new();

	record_request_init(request, MAIL_IN);
	request->at = NOW;
	request->draft = (uint8_t)read->draft;
	request->findings = read->findings;
	request->trace = read->trace;
	/* Each is a thread of its own, unless the number is the same. */
	request->trace.n_references = 0;
	request->trace.has_id = 1;
	memset(&request->trace.id, 0, sizeof(request->trace.id));
	memcpy(request->trace.id.bytes, &id, sizeof(id));
	g_strlcpy(request->public_id, public_id, sizeof(request->public_id));
	letter->reply = -1;
	if (read->draft == DRAFTABLE) {
		request->parcel = read->parcel.head;
		letter->parcel = g_steal_pointer(&read->parcel.bytes);
	}
	parcel_clear(&read->parcel);
	return letter;
}

static GPtrArray *
letters_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)letter_free);
}

static void
write_letters(Fixture *f, GPtrArray *letters)
{
	g_autoptr(GError) error = NULL;
	const KeeperSite site = { .store = f->store,
		                  .snapshot = f->snapshot,
		                  .keys = f->base->keys,
		                  .seal = f->seal };

	g_assert_true(keeper_group_write(&site, f->guard, letters, &error));
	g_assert_no_error(error);
	g_ptr_array_set_size(letters, 0);
}

static int64_t
count_live(const Fixture *f)
{
	g_autoptr(Store) store = store_fixture_open(f->base, STORE_ADMIN);
	g_autoptr(GError) error = NULL;
	DraftCounts counts;

	g_assert_true(drafts_count(store, 0, &counts, &error));
	g_assert_no_error(error);
	return counts.state[DRAFT_QUEUED];
}

/* As the filter: a machine's mail does not get to the keeper. */
static void
take_mail(Fixture *f, const char *mail, const char *sender)
{
	g_autoptr(GPtrArray) letters = letters_new();
	Read read;

	read_mail(f, mail, sender, &read);
	f->count[read.draft]++;
	if (read.findings.automated == AUTOMATED_NO) {
		g_ptr_array_add(letters, letter_of(&read, ++f->serial));
		write_letters(f, letters);
	}
	parcel_clear(&read.parcel);
}

static const char unbounded[] = "draft_quota = 0\ndraft_quota_customer = 0\n"
				"draft_quota_domain = 0\n";

/* ---------------------------------------------------------------
 */

static void
take_machine(const char *part, void *data)
{
	g_auto(GStrv) fields = part_fields(part);

	take_mail(data, part_body(part), part_sender(fields[1]));
}

static void
test_machines(void)
{
	g_autoptr(Fixture) f = fixture_new(unbounded);
	unsigned n = parts_each_machine(take_machine, f);

	g_test_message("%u mails of machines: %u automated, %u spam", n,
	               f->count[NONE_AUTOMATED], f->count[NONE_SPAM]);
	g_assert_cmpuint(n, >=, 400);
	g_assert_cmpint(count_live(f), ==, 0);
	g_assert_cmpuint(f->count[NONE_AUTOMATED] + f->count[NONE_SPAM], ==, n);
}

static void
test_customers(void)
{
	g_autoptr(Fixture) f = fixture_new(unbounded);
	g_auto(GStrv) clients = parts_of(PARTS_CORPUS "genuine", "clients");
	g_auto(GStrv) texts = parts_of(PARTS_CORPUS "genuine", "texts");
	unsigned n = 0;

	for (size_t c = 0; clients[c] != NULL; c++)
		for (size_t t = 0; texts[t] != NULL; t++, n++) {
			g_autofree char *mail = part_mail(clients[c], texts[t]);

			take_mail(f, mail, "bo@customer.example");
		}
	for (int i = 0; i < DRAFTABLE_N; i++)
		if (f->count[i] > 0)
			g_test_message("%s: %u", draftable_value((Draftable)i),
			               f->count[i]);
	g_assert_cmpuint(n, >=, 500);
	g_assert_cmpint(count_live(f), ==, f->count[DRAFTABLE]);
	g_assert_cmpuint((n - f->count[DRAFTABLE]) * 100, <=, n);
}

/* -----------------------------------------------------------------------
 */

static void
burst(Fixture *f, unsigned n, bool one)
{
	g_autoptr(GPtrArray) letters = letters_new();

	for (unsigned i = 0; i < n; i++) {
		g_autofree char *from =
			g_strdup_printf("eve%u@customer.example", one ? 0 : i);
		Read read;

		memset(&read, 0, sizeof(read));
		read.findings.language = LANGUAGE_EN;
		read.parcel.bytes = g_strdup("x");
		read.parcel.head.size = 1;
		g_strlcpy(read.trace.from, from, sizeof(read.trace.from));
		g_ptr_array_add(letters, letter_of(&read, ++f->serial));
		if (letters->len == 64)
			write_letters(f, letters);
	}
	if (letters->len > 0)
		write_letters(f, letters);
}

#define BURST 10000

static void
test_one_writer(void)
{
	g_autoptr(Fixture) f = fixture_new("draft_quota = 3\n");

	burst(f, BURST, true);
	g_assert_cmpint(count_live(f), ==, 3);
}

static void
test_one_domain(void)
{
	g_autoptr(Fixture) f = fixture_new("draft_quota_domain = 20\n");

	burst(f, BURST, false);
	g_assert_cmpint(count_live(f), ==, 20);
	/* The others' mail is as welcome as before. */
	take_mail(f,
	          "From: anna@other.example\nTo: help@firm.example\n\n"
	          "Where can I find my invoice of March?\n",
	          "anna@other.example");
	g_assert_cmpint(count_live(f), ==, 21);
}

/* ----------------------------------------------------------------------
 */

static void
test_duplicates(void)
{
	g_autoptr(Fixture) f = fixture_new("");
	g_autoptr(GPtrArray) letters = letters_new();
	static const char mail[] = "From: bo@customer.example\n"
				   "To: support@firm.example\n"
				   "Subject: Invoice\n\n"
				   "Where can I find my invoice of March?\n";

	for (unsigned i = 0; i < 6; i++) {
		Read read;

		read_mail(f, mail, "bo@customer.example", &read);
		g_assert_cmpint(read.draft, ==, DRAFTABLE);
		g_ptr_array_add(letters, letter_of(&read, 1));
		/* Some in one transaction, some each in its own. */
		if (i >= 3)
			write_letters(f, letters);
	}
	g_assert_cmpint(count_live(f), ==, 1);
}

/* What was sealed is what was read. */
static GBytes *
sealed_of(const Fixture *f, char **ret_id)
{
	g_autoptr(Store) store = store_fixture_open(f->base, STORE_DRAFTER);
	g_autoptr(GError) error = NULL;
	g_autoptr(StoreTxn) txn = store_begin(store, &error);
	g_auto(DraftTask) task = { 0 };

	g_assert_true(drafts_claim(store, NOW, &task, &error));
	g_assert_cmpint(task.kind, ==, DRAFT_TASK_COMPOSE);
	*ret_id = g_strdup(task.public_id);
	return g_bytes_ref(task.material);
}

static void
test_sealed(void)
{
	g_autoptr(Fixture) f = fixture_new("");
	g_autoptr(GError) error = NULL;
	g_autoptr(SealSecret) secret =
		seal_secret_load(f->base->keys_path, &error);
	g_autoptr(GBytes) sealed = NULL;
	g_autoptr(GBytes) plain = NULL;
	g_autoptr(Material) material = NULL;
	g_autofree char *id = NULL;

	g_assert_no_error(error);
	take_mail(f,
	          "From: Bo <bo@customer.example>\nTo: help@firm.example\n"
	          "Subject: Invoice\nMessage-ID: <1@x>\n\n"
	          "Where can I find my invoice of March?\n",
	          "bo@customer.example");
	sealed = sealed_of(f, &id);
	plain = seal_open(secret, SEAL_MATERIAL, id,
	                  g_bytes_get_data(sealed, NULL),
	                  g_bytes_get_size(sealed), &error);
	g_assert_no_error(error);
	material = material_decode(g_bytes_get_data(plain, NULL),
	                           g_bytes_get_size(plain));
	g_assert_nonnull(material);
	g_assert_cmpstr(material->subject, ==, "Invoice");
	g_assert_cmpstr(material->from, ==, "bo@customer.example");
	g_assert_nonnull(strstr(material->new_text, "invoice of March"));
}

/* ------------------------------------------------------------ the keeper's
 * queue */

/* However much waits, memory is bounded: mails stay, parcels go. */
static void
test_parcels_bounded(void)
{
	g_autoptr(KeeperQueue) queue = keeper_queue_new();
	g_autoptr(GPtrArray) letters = letters_new();
	size_t bytes = 0;
	const unsigned n = 2 * KEEPER_PARCELS_MAX / MATERIAL_BYTES_MAX;

	for (unsigned i = 0; i < n; i++) {
		Letter *letter = g_new0(Letter, 1);

		letter->reply = -1;
		letter->request.parcel.size = MATERIAL_BYTES_MAX;
		letter->parcel = g_malloc0(MATERIAL_BYTES_MAX);
		g_assert_true(keeper_queue_put(queue, letter));
	}
	g_assert_true(keeper_queue_take(queue, n, deadline_in(0), letters));
	g_assert_cmpuint(letters->len, ==, n);
	for (unsigned i = 0; i < n; i++) {
		const Letter *letter = letters->pdata[i];

		bytes += letter->request.parcel.size;
		g_assert_true((letter->parcel != NULL) ==
		              (letter->request.parcel.size > 0));
	}
	g_assert_cmpuint(bytes, <=, KEEPER_PARCELS_MAX);
	g_assert_cmpuint(bytes, >, KEEPER_PARCELS_MAX / 2);
}

int
main(int argc, char **argv)
{
	message_init();
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/drafts/machines", test_machines);
	g_test_add_func("/drafts/customers", test_customers);
	g_test_add_func("/drafts/burst/writer", test_one_writer);
	g_test_add_func("/drafts/burst/domain", test_one_domain);
	g_test_add_func("/drafts/duplicates", test_duplicates);
	g_test_add_func("/drafts/sealed", test_sealed);
	g_test_add_func("/drafts/parcels-bounded", test_parcels_bounded);
	return g_test_run();
}
