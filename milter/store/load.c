/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row is turned into pseudonyms at once, so that no address waits in memory.
 * Hashing, sorting and joining are done before the transaction begins: what
 * holds the write lock only walks through the trees in their order.
 */
#include "store/load.h"

#include <string.h>

#include "base/clock.h"
#include "db_private.h"
#include "load_private.h"
#include "message/address.h"
#include "message/identity.h"
#include "store/suppression.h"

#define DAY_SECONDS 86400
/* Between the parts of what is hashed; no id holds it. */
#define PART "\x1e"
/* Only the mark of a refund is odd: it is no order that was cancelled. */
#define ODD INT64_C(1)

static bool
read_suppressed(Load *load, LoadSuppressed *ret_suppressed, GError **error)
{
	g_autoptr(Statement) read =
		store_statement(load->store, SQL_suppression_state);

	if (statement_step(read, error) != STEP_ROW)
		return false;
	*ret_suppressed = (LoadSuppressed){ statement_int(read, 0),
		                            statement_int(read, 1),
		                            statement_int(read, 2) };
	return true;
}

static bool
find_suppressed(Load *load, GError **error)
{
	return load->store == NULL ||
	       read_suppressed(load, &load->suppressed, error);
}

/* Rows were asked about when they were read, and no name is left of them to ask
 * again: what somebody said since would be passed over. */
static bool
is_still_allowed(Load *load, GError **error)
{
	const LoadSuppressed *then = &load->suppressed;
	LoadSuppressed now;

	if (!read_suppressed(load, &now, error))
		return false;
	return (now.n == then->n && now.kinds == then->kinds &&
	        now.last_at == then->last_at) ||
	       store_refuse(error, STORE_ERROR_BUSY,
	                    "somebody objected, or was restricted, while the "
	                    "file was read; import it again: it goes on where "
	                    "this run has stopped");
}

Load *
load_new(Store *store, const Keys *keys, const LoadOptions *options,
         GError **error)
{
	g_autoptr(Load) load = g_new0(Load, 1);

	load->store = store;
	load->keys = keys;
	load->settings = options->settings;
	load->public_domains = options->public_domains;
	load->rows_max = options->rows_max > 0 ? options->rows_max : LOAD_ROWS;
	load->on_wide = options->on_wide;
	load->wide_data = options->wide_data;
	load->rows = g_array_new(FALSE, FALSE, sizeof(LoadRow));
	load->uses = g_array_new(FALSE, FALSE, sizeof(LoadUse));
	load->text = g_string_new(NULL);
	load->who = g_string_new(NULL);
	return find_suppressed(load, error) ? g_steal_pointer(&load) : NULL;
}

void
load_free(Load *load)
{
	if (load == NULL)
		return;
	g_array_unref(load->rows);
	g_array_unref(load->uses);
	g_clear_pointer(&load->renames, g_array_unref);
	g_string_free(load->text, TRUE);
	g_string_free(load->who, TRUE);
	g_free(load);
}

/* What a row gives while it is read. */
typedef struct Reading {
	OrdersColumn column;
	const char *code; /* why it is rejected */
	bool suppressed, restricted;
	bool failed;
	GError **error;
} Reading;

/* In a dry run there may be no keys yet: the row is only looked at. */
static void
add_use(Load *load, PseudonymKind kind, const char *text)
{
	LoadUse use = { .row = load->rows->len, .kind = kind };

	if (load->keys != NULL) {
		use.key = keys_pseudonym(load->keys, kind, text);
		load_rekey_note(load, kind, text, &use.key);
	}
	if (load->who->len == 0)
		g_string_assign(load->who, text);
	g_array_append_val(load->uses, use);
}

static bool
is_own_domain(const Load *load, const char *domain)
{
	for (size_t i = 0; i < load->settings->n_mailboxes; i++)
		if (g_ascii_strcasecmp(
			    address_domain(
				    load->settings->mailboxes[i].address),
			    domain) == 0)
			return true;
	return false;
}

/* A company's domain stands for all who write from it. */
static void
add_domain(Load *load, const char *domain)
{
	if (load->public_domains != NULL &&
	    !domains_have(load->public_domains, domain) &&
	    !is_own_domain(load, domain))
		add_use(load, PSEUDONYM_DOMAIN, domain);
}

static bool
look_suppressed(Load *load, const char *identity, Reading *reading)
{
	SuppressionKind kind = SUPPRESSION_NONE;

	if (load->suppressed.n == 0)
		return true;
	if (!suppression_find(load->store, load->keys, identity, &kind,
	                      reading->error)) {
		reading->failed = true;
		return false;
	}
	reading->suppressed = kind == SUPPRESSION_OBJECTION;
	reading->restricted |= kind == SUPPRESSION_RESTRICTION;
	return !reading->suppressed;
}

static bool
refuse(Reading *reading, OrdersColumn column, const char *code)
{
	reading->column = column;
	reading->code = code;
	return false;
}

static bool
add_email(Load *load, const char *text, Reading *reading)
{
	g_autofree char *identity = identity_of(load->settings, text);

	if (identity == NULL)
		return refuse(reading, ORDERS_EMAIL, "email-form");
	if (settings_mailbox(load->settings, identity) != NULL)
		return refuse(reading, ORDERS_EMAIL, "email-own");
	if (!look_suppressed(load, identity, reading))
		return false;
	add_use(load, PSEUDONYM_EMAIL, identity);
	if (load->settings->import_domains == IMPORT_DOMAINS_COMPANY)
		add_domain(load, address_domain(identity));
	return true;
}

static bool
add_named_domain(Load *load, const char *text, Reading *reading)
{
	g_autofree char *address = g_strconcat("x@", text, NULL);
	g_autofree char *identity = identity_of(load->settings, address);

	if (identity == NULL)
		return refuse(reading, ORDERS_DOMAIN, "domain-form");
	add_domain(load, address_domain(identity));
	return true;
}

static bool
add_uses(Load *load, const OrdersRow *row, Reading *reading)
{
	guint before = load->uses->len;

	for (unsigned i = 0; i < row->n_emails; i++)
		if (!add_email(load, row->emails[i], reading))
			return false;
	for (unsigned i = 0; i < row->n_customers; i++)
		add_use(load, PSEUDONYM_NUMBER, row->customers[i]);
	for (unsigned i = 0; i < row->n_domains; i++)
		if (!add_named_domain(load, row->domains[i], reading))
			return false;
	return load->uses->len > before ||
	       refuse(reading, ORDERS_COLUMN_N, "customer-none");
}

static int64_t
hash_order(const Load *load)
{
	Pseudonym key;
	int64_t oid;

	if (load->keys == NULL)
		return 0;
	key = keys_pseudonym(load->keys, PSEUDONYM_ORDER, load->text->str);
	memcpy(&oid, key.bytes, sizeof(oid));
	return oid;
}

/* Without ids an order is who, when and how much. */
static void
name_order(Load *load, const OrdersRow *row)
{
	g_string_assign(load->text, row->order);
	if (row->order[0] != '\0')
		return;
	g_string_printf(load->text,
	                PART "%s" PART "%" G_GINT64_FORMAT PART
	                     "%" G_GINT64_FORMAT,
	                load->who->str, row->at, ABS(row->cents));
}

/* A refund takes from its order; it is remembered by its own id, day and
 * amount, so that it takes once. */
static void
name_refund(Load *load, const OrdersRow *row, LoadRow *out)
{
	out->kind = LOAD_REFUND;
	if (row->refers[0] != '\0') {
		g_string_assign(load->text, row->refers);
		out->oid = hash_order(load) & ~ODD;
		g_string_assign(load->text, row->order);
	}
	g_string_append_printf(load->text,
	                       PART "refund" PART "%d" PART "%" G_GINT64_FORMAT,
	                       out->day, row->cents);
	out->mark = hash_order(load) | ODD;
}

static void
fill_order(Load *load, const OrdersRow *row, LoadRow *out)
{
	if (!row->has_order)
		return;
	out->day = (int32_t)(row->at / DAY_SECONDS);
	out->cents = row->cents;
	out->kind = row->cancelled ? LOAD_CANCEL : LOAD_ORDER;
	name_order(load, row);
	out->oid = hash_order(load) & ~ODD;
	if (row->cents < 0)
		name_refund(load, row, out);
}

LoadResult
load_add(Load *load, const OrdersRow *row, OrdersColumn *ret_column,
         const char **ret_code, GError **error)
{
	LoadRow out = { .line = row->line,
		        .kind = LOAD_ATTRIBUTES,
		        .consent = (int8_t)row->consent };
	Reading reading = { .error = error };
	guint before = load->uses->len;

	g_string_truncate(load->who, 0);
	if (!add_uses(load, row, &reading)) {
		g_array_set_size(load->uses, before);
		*ret_column = reading.column;
		*ret_code = reading.code;
		if (reading.failed)
			return LOAD_FAILED;
		return reading.suppressed ? LOAD_SUPPRESSED : LOAD_REJECTED;
	}
	if (load->store == NULL) {
		g_array_set_size(load->uses, 0);
		return LOAD_TAKEN;
	}
	out.restricted = reading.restricted;
	fill_order(load, row, &out);
	g_array_append_val(load->rows, out);
	return load->rows->len < load->rows_max ? LOAD_TAKEN : LOAD_FULL;
}

static bool
put_mark(Store *store, const LoadMark *mark, const LoadCounts *counts,
         GError **error)
{
	g_autoptr(Statement) put = store_statement(store, SQL_load_mark_put);

	statement_bind_bytes(put, 1, mark->hash, 32);
	statement_bind_text(put, 2, mark->name);
	statement_bind_int(put, 3, mark->size);
	statement_bind_int(put, 4, mark->offset);
	statement_bind_int(put, 5, mark->records);
	statement_bind_int(put, 6, mark->orders + counts->orders);
	statement_bind_int(put, 7, mark->rejected);
	if (mark->done)
		statement_bind_int(put, 8, clock_wall() / G_USEC_PER_SEC);
	else
		statement_bind_null(put, 8);
	return statement_run(put, error);
}

static bool
write_chunk(Load *load, const LoadMark *mark, LoadCounts *counts,
            GError **error)
{
	g_autoptr(LoadAliases) aliases = load_aliases_new(load, counts);
	g_autoptr(StoreTxn) txn = store_begin(load->store, error);

	return txn != NULL && is_still_allowed(load, error) &&
	       load_rekey(load, counts, error) &&
	       load_resolve(load, aliases, counts, error) &&
	       load_write(load, aliases, counts, error) &&
	       (mark == NULL || put_mark(load->store, mark, counts, error)) &&
	       store_commit(txn, error);
}

bool
load_flush(Load *load, const LoadMark *mark, LoadCounts *counts, GError **error)
{
	LoadCounts now = *counts;

	if (load->store == NULL)
		return true;
	if (!write_chunk(load, mark, &now, error))
		return false;
	*counts = now;
	g_array_set_size(load->rows, 0);
	g_array_set_size(load->uses, 0);
	g_clear_pointer(&load->renames, g_array_unref);
	return find_suppressed(load, error);
}

bool
load_mark_find(Store *store, const uint8_t hash[32], LoadMark *ret_mark,
               GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_load_mark_find);
	StepResult result;

	statement_bind_bytes(find, 1, hash, 32);
	result = statement_step(find, error);
	if (result == STEP_FAILED)
		return false;
	memset(ret_mark, 0, sizeof(*ret_mark));
	if (result == STEP_DONE)
		return true;
	ret_mark->size = statement_int(find, 0);
	ret_mark->offset = statement_int(find, 1);
	ret_mark->records = statement_int(find, 2);
	ret_mark->orders = statement_int(find, 3);
	ret_mark->rejected = statement_int(find, 4);
	ret_mark->done = statement_int(find, 5) != 0;
	return true;
}
