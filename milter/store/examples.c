/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model is stale when the examples that may be used are not those that it was
 * made of. No change needs to be told for that, and none can be forgotten: a
 * mail taught, an erasure, a purge, a restriction, customers merged, a backup
 * put back.
 */
#include "store/examples.h"

#include <string.h>

#include "base/id.h"
#include "base/limits.h"
#include "db_private.h"
#include "examples_private.h"

#define FITTED "site_fitted" /* the digest of what the model was made of */
#define REFIT "site_refit"   /* erasure's mark that there is work */

/* LEARNED: there was none. */
static bool
compare(Store *store, const ExampleRow *row, ExampleChange *ret_change,
        GError **error)
{
	g_autoptr(Statement) find = store_statement(store, SQL_example_value);
	StepResult step;

	statement_bind_bytes(find, 1, row->mail.bytes, sizeof row->mail.bytes);
	statement_bind_text(find, 2, row->finding);
	step = statement_step(find, error);
	*ret_change = EXAMPLE_LEARNED;
	if (step == STEP_ROW)
		*ret_change = strcmp(statement_text(find, 0), row->value) == 0
		                      ? EXAMPLE_SAME
		                      : EXAMPLE_REPLACED;
	return step != STEP_FAILED;
}

static bool
write_row(Store *store, const Keys *keys, const ExampleRow *row, GError **error)
{
	g_autoptr(GBytes) sealed = example_seal(keys, row->features, row->size);
	g_autoptr(Statement) put = store_statement(store, SQL_example_put);
	gsize size;
	const void *bytes = g_bytes_get_data(sealed, &size);

	statement_bind_bytes(put, 1, row->mail.bytes, sizeof row->mail.bytes);
	statement_bind_int(put, 2, row->customer);
	statement_bind_text(put, 3, row->finding);
	statement_bind_text(put, 4, row->value);
	statement_bind_bytes(put, 5, bytes, size);
	statement_bind_int(put, 6, row->at);
	return statement_run(put, error);
}

static bool
has_room(Store *store, GError **error)
{
	ExamplesCount count;

	if (!examples_count(store, &count, error))
		return false;
	return count.examples < LIMIT_EXAMPLES ||
	       store_refuse(error, STORE_ERROR_FULL,
	                    "%s: holds %d examples, which is the most; let "
	                    "some be forgotten",
	                    store->path, LIMIT_EXAMPLES);
}

bool
examples_put(Store *store, const Keys *keys, const ExampleRow *row,
             ExampleChange *ret_change, GError **error)
{
	ExampleChange change;

	if (!compare(store, row, &change, error))
		return false;
	if (change == EXAMPLE_LEARNED && !has_room(store, error))
		return false;
	if (change != EXAMPLE_SAME && !write_row(store, keys, row, error))
		return false;
	*ret_change = change;
	return true;
}

bool
examples_forget(Store *store, const Pseudonym *mail, const char *finding,
                int64_t *ret_n, GError **error)
{
	g_autoptr(Statement) forget = store_statement(
		store, finding ? SQL_example_forget_one : SQL_example_forget);

	statement_bind_bytes(forget, 1, mail->bytes, sizeof mail->bytes);
	if (finding != NULL)
		statement_bind_text(forget, 2, finding);
	if (!statement_run(forget, error))
		return false;
	*ret_n = store_changes(store);
	return true;
}

/* -------------------------------------------------------------------- read
 */

static ExampleRow
row_of(Statement *each)
{
	ExampleRow row = { .customer = statement_int(each, 1),
		           .finding = statement_text(each, 2),
		           .value = statement_text(each, 3) };
	size_t size;
	const void *mail = statement_bytes(each, 0, &size);

	if (size == sizeof(row.mail.bytes))
		memcpy(row.mail.bytes, mail, size);
	return row;
}

bool
examples_each(Store *store, const Keys *keys, ExamplesVisit *visit, void *data,
              GError **error)
{
	g_autoptr(Statement) each = store_statement(store, SQL_example_each);
	StepResult step;

	while ((step = statement_step(each, error)) == STEP_ROW) {
		ExampleRow row = row_of(each);
		size_t size;
		const void *sealed = statement_bytes(each, 4, &size);
		g_autoptr(GBytes) opened = example_open(keys, sealed, size);

		if (opened != NULL)
			row.features = g_bytes_get_data(opened, &row.size);
		if (!visit(&row, data))
			return true;
	}
	return step == STEP_DONE;
}

bool
examples_count(Store *store, ExamplesCount *ret_count, GError **error)
{
	g_autoptr(Statement) count = store_statement(store, SQL_example_count);

	if (statement_step(count, error) != STEP_ROW)
		return false;
	*ret_count = (ExamplesCount){ statement_int(count, 0),
		                      statement_int(count, 1),
		                      statement_int(count, 2) };
	return true;
}

bool
examples_each_value(Store *store, ExamplesValueVisit *visit, void *data,
                    GError **error)
{
	g_autoptr(Statement) each = store_statement(store, SQL_example_values);
	StepResult step;

	while ((step = statement_step(each, error)) == STEP_ROW) {
		ExamplesOfValue of = { statement_text(each, 0),
			               statement_text(each, 1),
			               statement_int(each, 2),
			               statement_int(each, 3) };

		visit(&of, data);
	}
	return step == STEP_DONE;
}

/* ------------------------------------------------------------------- stale
 */

bool
examples_digest(Store *store, uint64_t *ret_digest, GError **error)
{
	g_autoptr(Statement) each = store_statement(store, SQL_example_names);
	g_autoptr(GString) all = g_string_new("");
	StepResult step;

	while ((step = statement_step(each, error)) == STEP_ROW) {
		ExampleRow row = row_of(each);

		g_string_append_len(all, (const char *)row.mail.bytes,
		                    sizeof row.mail.bytes);
		g_string_append_printf(all, "%s=%s %" G_GINT64_FORMAT "\n",
		                       row.finding, row.value,
		                       (gint64)row.customer);
	}
	*ret_digest = id_hash(all->str, all->len);
	return step == STEP_DONE;
}

/* Before the first model: that of no examples. */
static bool
read_fitted(Store *store, uint64_t *ret_digest, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_meta_read);
	StepResult step;

	statement_bind_text(read, 1, FITTED);
	step = statement_step(read, error);
	*ret_digest =
		step == STEP_ROW
			? g_ascii_strtoull(statement_text(read, 0), NULL, 16)
			: id_hash("", 0);
	return step != STEP_FAILED;
}

bool
examples_stale(Store *store, bool *ret_stale, GError **error)
{
	uint64_t now, then;

	if (!examples_digest(store, &now, error) ||
	    !read_fitted(store, &then, error))
		return false;
	*ret_stale = now != then;
	return true;
}

bool
examples_fitted(Store *store, uint64_t digest, GError **error)
{
	g_autofree char *text =
		g_strdup_printf("%016" G_GINT64_MODIFIER "x", (guint64)digest);
	g_autoptr(Statement) put = store_statement(store, SQL_meta_put);
	g_autoptr(Statement) drop = store_statement(store, SQL_meta_drop);

	statement_bind_text(put, 1, FITTED);
	statement_bind_text(put, 2, text);
	statement_bind_text(drop, 1, REFIT);
	return statement_run(put, error) && statement_run(drop, error);
}
