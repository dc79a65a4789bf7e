/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is kept. Times are unix seconds, days are days since 1970-01-01.
 *
 * No address of a customer, name, subject or text stands anywhere but sealed
 * (store/seal.h) in what a live draft needs: `key` is a pseudonym
 * (store/keys.h) of 16 bytes and `kid` the number of the key that made it.
 * Every table with a column `customer` is one that erasure goes through;
 * REFERENCES makes a row that it forgot an error. Orders lack it: one look-up
 * for each of thirty millions of them is half of their import.
 */
#include "schema_private.h"

#include "base/text.h"

static const char customers_and_mails[] =
	"CREATE TABLE meta ("
	" name TEXT PRIMARY KEY,"
	" value TEXT NOT NULL"
	") STRICT, WITHOUT ROWID;"
	/* The site's own addresses. */
	"CREATE TABLE mailbox ("
	" id INTEGER PRIMARY KEY,"
	" address TEXT NOT NULL UNIQUE"
	") STRICT;"
	/* consent: NULL the site's default, 0 none, 1 basic, 2 full. */
	"CREATE TABLE customer ("
	" id INTEGER PRIMARY KEY,"
	" since INTEGER NOT NULL,"
	" consent INTEGER,"
	" restricted INTEGER NOT NULL DEFAULT 0,"
	" source TEXT NOT NULL DEFAULT ''"
	") STRICT;"
	/* kind: PseudonymKind of an address, a number or a domain. */
	"CREATE TABLE alias ("
	" key BLOB PRIMARY KEY,"
	" kid INTEGER NOT NULL,"
	" customer INTEGER NOT NULL REFERENCES customer(id),"
	" kind INTEGER NOT NULL"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX alias_customer ON alias(customer);"
	/* oid: 64 bits of the order's pseudonym, even; odd, with cents 0, that
         * a refund was netted. cents: net of refunds. */
	"CREATE TABLE orders ("
	" customer INTEGER NOT NULL,"
	" oid INTEGER NOT NULL,"
	" at INTEGER NOT NULL,"
	" cents INTEGER NOT NULL,"
	" PRIMARY KEY (customer, oid)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE worth ("
	" customer INTEGER PRIMARY KEY REFERENCES customer(id),"
	" tier INTEGER NOT NULL,"
	" tier_since INTEGER NOT NULL,"
	" value INTEGER NOT NULL,"
	" risk INTEGER NOT NULL,"
	" upsell INTEGER NOT NULL,"
	" service INTEGER NOT NULL,"
	" alive INTEGER NOT NULL,"
	" expected INTEGER NOT NULL,"
	" next_at INTEGER,"
	" clv INTEGER NOT NULL,"
	" recency INTEGER NOT NULL,"
	" frequency INTEGER NOT NULL,"
	" money INTEGER NOT NULL,"
	" method INTEGER NOT NULL,"
	" fitted_at INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE override ("
	" customer INTEGER PRIMARY KEY REFERENCES customer(id),"
	" tier INTEGER NOT NULL,"
	" until INTEGER,"
	" reason TEXT NOT NULL,"
	" at INTEGER NOT NULL"
	") STRICT;"
	/* data: running style and mood numbers, the last five readings. */
	"CREATE TABLE profile ("
	" customer INTEGER PRIMARY KEY REFERENCES customer(id),"
	" mails INTEGER NOT NULL,"
	" first_at INTEGER NOT NULL,"
	" last_at INTEGER NOT NULL,"
	" data BLOB NOT NULL"
	") STRICT;"
	/* direction: 0 in, 1 out; public_id: X-Tact-Id. */
	"CREATE TABLE mail ("
	" id INTEGER PRIMARY KEY,"
	" key BLOB NOT NULL UNIQUE,"
	" customer INTEGER REFERENCES customer(id),"
	" thread INTEGER,"
	" mailbox INTEGER,"
	" at INTEGER NOT NULL,"
	" direction INTEGER NOT NULL,"
	" public_id TEXT NOT NULL,"
	" facts BLOB NOT NULL"
	") STRICT;"
	"CREATE INDEX mail_customer ON mail(customer, at);"
	"CREATE INDEX mail_thread ON mail(thread);"
	"CREATE INDEX mail_at ON mail(at);"
	/* quiet: a ThreadQuiet, of the writer of its last mail. */
	"CREATE TABLE thread ("
	" id INTEGER PRIMARY KEY,"
	" mailbox INTEGER,"
	" customer INTEGER REFERENCES customer(id),"
	" opened_at INTEGER NOT NULL,"
	" last_in_at INTEGER NOT NULL,"
	" contacts INTEGER NOT NULL,"
	" due_at INTEGER,"
	" answered_at INTEGER,"
	" tier INTEGER NOT NULL,"
	" quiet INTEGER NOT NULL DEFAULT 0"
	") STRICT;"
	"CREATE INDEX thread_customer ON thread(customer);"
	"CREATE INDEX thread_due ON thread(due_at) WHERE answered_at IS NULL;"
	/* ref: keyed hash of a Message-ID of the thread. Two threads may have
         * one: a stranger who repeats a customer's id has his own. */
	"CREATE TABLE thread_ref ("
	" ref BLOB NOT NULL,"
	" thread INTEGER NOT NULL,"
	" at INTEGER NOT NULL,"
	" PRIMARY KEY (ref, thread)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX thread_ref_thread ON thread_ref(thread);"
	"CREATE INDEX thread_ref_at ON thread_ref(at);"
	/* Who must not be profiled; nothing else is kept of him. */
	"CREATE TABLE suppression ("
	" key BLOB PRIMARY KEY,"
	" kid INTEGER NOT NULL,"
	" at INTEGER NOT NULL,"
	" kind INTEGER NOT NULL"
	") STRICT, WITHOUT ROWID;"
	/* subject: 8 bytes under the audit key; n: a count. */
	"CREATE TABLE audit ("
	" seq INTEGER PRIMARY KEY,"
	" at INTEGER NOT NULL,"
	" actor TEXT NOT NULL,"
	" event TEXT NOT NULL,"
	" subject BLOB,"
	" n INTEGER NOT NULL,"
	" prev BLOB NOT NULL,"
	" hash BLOB NOT NULL"
	") STRICT;"
	/* mail: PSEUDONYM_EXAMPLE of it; features: sealed, see examples.h. */
	"CREATE TABLE example ("
	" id INTEGER PRIMARY KEY,"
	" mail BLOB NOT NULL,"
	" customer INTEGER REFERENCES customer(id),"
	" finding TEXT NOT NULL,"
	" value TEXT NOT NULL,"
	" features BLOB NOT NULL,"
	" at INTEGER NOT NULL,"
	" UNIQUE (mail, finding)"
	") STRICT;"
	"CREATE INDEX example_customer ON example(customer);"
	/* Domains whose From is trusted without DMARC. */
	"CREATE TABLE exception ("
	" domain TEXT PRIMARY KEY,"
	" until INTEGER,"
	" reason TEXT NOT NULL,"
	" at INTEGER NOT NULL"
	") STRICT, WITHOUT ROWID;"
	/* verdict: a Trust; known: 1 for mails of customers. */
	"CREATE TABLE trust_day ("
	" day INTEGER NOT NULL,"
	" verdict INTEGER NOT NULL,"
	" known INTEGER NOT NULL,"
	" n INTEGER NOT NULL,"
	" PRIMARY KEY (day, verdict, known)"
	") STRICT, WITHOUT ROWID;"
	/* name: of the file, without its folder. */
	"CREATE TABLE import ("
	" file_hash BLOB PRIMARY KEY,"
	" name TEXT NOT NULL,"
	" size INTEGER NOT NULL,"
	" offset INTEGER NOT NULL,"
	" lines INTEGER NOT NULL,"
	" orders INTEGER NOT NULL,"
	" rejected INTEGER NOT NULL,"
	" done_at INTEGER"
	") STRICT, WITHOUT ROWID;";

static const char *const first[] = { customers_and_mails, schema_drafts,
	                             schema_facts, schema_knowledge, NULL };
static const char *const *const steps[] = { first };

const SchemaSteps schema_steps = { steps, G_N_ELEMENTS(steps) };

int
store_schema_version(void)
{
	return schema_steps.n;
}

typedef struct Marks {
	int64_t application; /* 0 for a file that nobody has marked */
	int64_t version;
	int64_t objects;
} Marks;

static bool
read_marks(Store *store, Marks *ret_marks, GError **error)
{
	Marks marks;

	if (!store_read_int(store, "PRAGMA application_id", &marks.application,
	                    error) ||
	    !store_read_int(store, "PRAGMA user_version", &marks.version,
	                    error) ||
	    !store_read_int(store, "SELECT count(*) FROM sqlite_schema",
	                    &marks.objects, error))
		return false;
	*ret_marks = marks;
	return true;
}

static bool
is_new(const Marks *marks)
{
	return marks->application == 0 && marks->version == 0 &&
	       marks->objects == 0;
}

static bool
is_ours(const Store *store, const Marks *marks, int newest, GError **error)
{
	if (is_new(marks))
		return true;
	if (marks->application != STORE_APPLICATION_ID || marks->version < 1)
		return store_refuse(error, STORE_ERROR_CORRUPT,
		                    "%s: a database, but not one of Tact's",
		                    store->path);
	if (marks->version > newest)
		return store_refuse(error, STORE_ERROR_VERSION,
		                    "%s: schema %d is of a newer Tact; this "
		                    "one knows %d",
		                    store->path, (int)marks->version, newest);
	return true;
}

/* What a transaction has done so far is checked before it is kept. */
static bool
no_reference_dangles(Store *store, GError **error)
{
	int64_t n;

	if (!store_read_int(store,
	                    "SELECT count(*) FROM pragma_foreign_key_check", &n,
	                    error))
		return false;
	return n == 0 ||
	       store_refuse(error, STORE_ERROR_CORRUPT,
	                    "%s: %d %s at customers that are not there; "
	                    "nothing was changed",
	                    store->path, (int)n,
	                    text_noun(n, "row points", "rows point"));
}

static bool
run_step(Store *store, const char *const *parts, GError **error)
{
	for (; *parts != NULL; parts++)
		if (!store_exec(store, *parts, error))
			return false;
	return true;
}

static bool
run_steps(Store *store, const SchemaSteps *list, int from, GError **error)
{
	g_autofree char *marks = g_strdup_printf("PRAGMA application_id = %d;"
	                                         "PRAGMA user_version = %d;",
	                                         STORE_APPLICATION_ID, list->n);

	for (int i = from; i < list->n; i++) {
		if (!run_step(store, list->sql[i], error)) {
			g_prefix_error(error, "schema %d: ", i + 1);
			return false;
		}
	}
	return store_exec(store, marks, error) &&
	       no_reference_dangles(store, error);
}

/* Under the lock all is looked at anew: another may have been first. */
static bool
bring_up(Store *store, const SchemaSteps *list, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	Marks marks;

	return txn != NULL && read_marks(store, &marks, error) &&
	       is_ours(store, &marks, list->n, error) &&
	       run_steps(store, list, (int)marks.version, error) &&
	       store_commit(txn, error);
}

bool
schema_apply(Store *store, const SchemaSteps *list, bool create, GError **error)
{
	Marks marks;

	if (!read_marks(store, &marks, error) ||
	    !is_ours(store, &marks, list->n, error))
		return false;
	if (marks.version == list->n)
		return true;
	if (create)
		return bring_up(store, list, error);
	if (is_new(&marks))
		return store_refuse(error, STORE_ERROR_VERSION,
		                    "%s: holds nothing yet; run: tact init",
		                    store->path);
	return store_refuse(error, STORE_ERROR_VERSION,
	                    "%s: schema %d is of an older Tact; run: tact init",
	                    store->path, (int)marks.version);
}

bool
schema_bring_up(Store *store, bool create, GError **error)
{
	return schema_apply(store, &schema_steps, create, error);
}

bool
schema_is_known(Store *store, GError **error)
{
	Marks marks;

	if (!read_marks(store, &marks, error) ||
	    !is_ours(store, &marks, schema_steps.n, error))
		return false;
	return marks.version > 0 ||
	       store_refuse(error, STORE_ERROR_CORRUPT, "%s: holds nothing",
	                    store->path);
}
