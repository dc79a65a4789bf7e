/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A range is written in one transaction and one pass over the table; rows that
 * the fit did not reach (orders gone, consent withdrawn) go with it.
 */
#include "store/worth.h"

#include <math.h>
#include <string.h>

#define DAY 86400
#define FIT_NAME "value_fit" /* in meta */

static void
bind_range(Statement *statement, const WorthRange *range)
{
	statement_bind_int(statement, 1, range->after);
	statement_bind_int(statement, 2, range->upto);
}

static int64_t
whole(double value)
{
	return (int64_t)llrint(fmin(fmax(value, 0), 1e15));
}

static void
bind_scores(Statement *put, const Scores *scores)
{
	statement_bind_int(put, 4, scores->of[SCORE_VALUE]);
	statement_bind_int(put, 5, scores->of[SCORE_RISK]);
	statement_bind_int(put, 6, scores->of[SCORE_UPSELL]);
	statement_bind_int(put, 7, scores->of[SCORE_SERVICE]);
	statement_bind_int(put, 8, whole(scores->alive * 1000));
	statement_bind_int(put, 9, whole(scores->expected * 1000));
	if (scores->next != 0)
		statement_bind_int(put, 10, (int64_t)scores->next * DAY);
	else
		statement_bind_null(put, 10);
	statement_bind_int(put, 11, whole(scores->clv));
	statement_bind_int(put, 12, scores->recency);
	statement_bind_int(put, 13, scores->frequency);
	statement_bind_int(put, 14, scores->money);
	statement_bind_int(put, 15, scores->method);
}

static bool
put_row(Store *store, const WorthRange *range, const Worth *row,
        int64_t fitted_at, GError **error)
{
	g_autoptr(Statement) put = store_statement(store, SQL_worth_put);

	statement_bind_int(put, 1, row->customer);
	statement_bind_int(put, 2, row->tier);
	statement_bind_int(put, 3, row->tier_since);
	bind_scores(put, &row->scores);
	statement_bind_int(put, 16, fitted_at);
	statement_bind_int(put, 17, range->consent);
	return statement_run(put, error);
}

static bool
run_range(Store *store, SqlId id, const WorthRange *range, int64_t fitted_at,
          GError **error)
{
	g_autoptr(Statement) run = store_statement(store, id);

	bind_range(run, range);
	statement_bind_int(run, 3, fitted_at);
	return statement_run(run, error);
}

bool
worth_write(Store *store, const WorthRange *range, const Worth *rows, size_t n,
            int64_t fitted_at, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	if (txn == NULL ||
	    !run_range(store, SQL_worth_age, range, fitted_at, error))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!put_row(store, range, &rows[i], fitted_at, error))
			return false;
	return run_range(store, SQL_worth_drop_old, range, fitted_at, error) &&
	       store_commit(txn, error);
}

bool
worth_override(Store *store, int64_t customer, const WorthOverride *set,
               GError **error)
{
	g_autoptr(Statement) put =
		store_statement(store, set != NULL ? SQL_worth_override_put
	                                           : SQL_worth_override_drop);

	statement_bind_int(put, 1, customer);
	if (set == NULL)
		return statement_run(put, error);
	statement_bind_int(put, 2, set->tier);
	statement_bind_int(put, 3, set->until);
	statement_bind_text(put, 4, set->reason);
	statement_bind_int(put, 5, set->at);
	return statement_run(put, error);
}

char *
worth_fit_read(Store *store, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_meta_read);

	statement_bind_text(read, 1, FIT_NAME);
	return statement_step(read, error) == STEP_ROW
	               ? g_strdup(statement_text(read, 0))
	               : NULL;
}

bool
worth_fit_write(Store *store, const char *text, GError **error)
{
	g_autoptr(Statement) put = store_statement(store, SQL_meta_put);

	statement_bind_text(put, 1, FIT_NAME);
	statement_bind_text(put, 2, text);
	return statement_run(put, error);
}

static void
read_scores(Statement *read, Worth *worth)
{
	Scores *scores = &worth->scores;

	worth->tier = (Tier)CLAMP(statement_int(read, 1), 0, TIER_N - 1);
	worth->tier_since = statement_int(read, 2);
	for (int i = 0; i < SCORE_N; i++)
		scores->of[i] = (int)statement_int(read, 3 + i);
	scores->alive = (double)statement_int(read, 7) / 1000;
	scores->expected = (double)statement_int(read, 8) / 1000;
	scores->next = (int32_t)(statement_int(read, 9) / DAY);
	scores->clv = (double)statement_int(read, 10);
	scores->recency = (int)statement_int(read, 11);
	scores->frequency = (int)statement_int(read, 12);
	scores->money = (int)statement_int(read, 13);
	scores->method = (ScoreMethod)statement_int(read, 14);
	worth->fitted_at = statement_int(read, 15);
}

static bool
read_worth(Store *store, const WorthAsk *ask, WorthCard *card, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_worth_read);
	StepResult result;

	statement_bind_int(read, 1, ask->customer);
	statement_bind_int(read, 2, ask->consent);
	result = statement_step(read, error);
	if (result != STEP_ROW)
		return result == STEP_DONE;
	card->allowed = statement_int(read, 0) != 0;
	card->has_worth = !statement_is_null(read, 1);
	card->worth.customer = ask->customer;
	if (card->has_worth)
		read_scores(read, &card->worth);
	card->mails = (double)statement_int(read, 16);
	card->last_mail = statement_int(read, 17);
	return true;
}

static bool
read_override(Store *store, const WorthAsk *ask, WorthCard *card,
              GError **error)
{
	g_autoptr(Statement) read =
		store_statement(store, SQL_worth_override_read);
	WorthOverride *override = &card->override;
	StepResult result;

	statement_bind_int(read, 1, ask->customer);
	statement_bind_int(read, 2, ask->now);
	result = statement_step(read, error);
	if (result != STEP_ROW)
		return result == STEP_DONE;
	card->has_override = true;
	override->tier = (Tier)CLAMP(statement_int(read, 0), 0, TIER_N - 1);
	override->until = statement_int(read, 1);
	override->at = statement_int(read, 2);
	g_strlcpy(override->reason, statement_text(read, 3),
	          sizeof(override->reason));
	return true;
}

static bool
read_mails(Store *store, int64_t customer, WorthCard *card, GError **error)
{
	g_autoptr(Statement) last = store_statement(store, SQL_worth_last_mail);
	g_autoptr(Statement) open =
		store_statement(store, SQL_worth_open_thread);
	StepResult result;

	statement_bind_int(last, 1, customer);
	result = statement_step(last, error);
	if (result == STEP_FAILED)
		return false;
	if (result == STEP_ROW)
		card->last_mail = MAX(card->last_mail, statement_int(last, 0));
	statement_bind_int(open, 1, customer);
	result = statement_step(open, error);
	if (result == STEP_ROW) {
		card->open_due = statement_int(open, 0);
		card->open_since = statement_int(open, 1);
		card->open_contacts = statement_int(open, 2);
		card->open_mailbox = statement_int(open, 3);
	}
	return result != STEP_FAILED;
}

static bool
read_orders(Store *store, int64_t customer, WorthCard *card, GArray *orders,
            GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_worth_orders);
	StepResult result;

	statement_bind_int(read, 1, customer - 1);
	statement_bind_int(read, 2, customer);
	while ((result = statement_step(read, error)) == STEP_ROW) {
		Order order = { (int32_t)CLAMP(statement_int(read, 1), -1,
			                       INT32_MAX),
			        statement_int(read, 2) };

		card->orders += order.cents > 0;
		card->cancelled += order.cents == 0;
		if (orders->len < WORTH_ORDERS_MAX)
			g_array_append_val(orders, order);
	}
	return result == STEP_DONE;
}

bool
worth_card(Store *store, const WorthAsk *ask, WorthCard *ret_card,
           GArray *orders, GError **error)
{
	int64_t customer = ask->customer;
	WorthCard card;

	memset(&card, 0, sizeof(card));
	if (!read_worth(store, ask, &card, error) ||
	    !read_override(store, ask, &card, error) ||
	    !read_mails(store, customer, &card, error) ||
	    !read_orders(store, customer, &card, orders, error))
		return false;
	*ret_card = card;
	return true;
}
