/* SPDX-License-Identifier: Apache-2.0 */
#include "store/budget.h"

#define DAY INT64_C(86400)

typedef struct Sums {
	int64_t calls, tokens, calls_in_all, tokens_in_all, calls_of_writer;
} Sums;

/* False with no error set: the draft has ended, or must not be used. */
static bool
read_sums(Store *store, const BudgetCall *call, Sums *sums, GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_budget_sums);

	statement_bind_int(read, 1, call->draft);
	statement_bind_int(read, 2, call->at / DAY);
	statement_bind_int(read, 3, call->at - DAY);
	if (statement_step(read, error) != STEP_ROW)
		return false;
	*sums = (Sums){ statement_int(read, 0), statement_int(read, 1),
		        statement_int(read, 2), statement_int(read, 3),
		        statement_int(read, 4) };
	return true;
}

static bool
exceeds(int64_t limit, int64_t now, int64_t more)
{
	return limit != 0 && (more > limit || now > limit - more);
}

static BudgetVerdict
judge(const BudgetLimits *limits, const Sums *sums, int64_t tokens)
{
	if (exceeds(limits->calls, sums->calls, 1) ||
	    exceeds(limits->tokens, sums->tokens, tokens))
		return BUDGET_SPENT_MAILBOX;
	if (exceeds(limits->calls_in_all, sums->calls_in_all, 1) ||
	    exceeds(limits->tokens_in_all, sums->tokens_in_all, tokens))
		return BUDGET_SPENT_ALL;
	if (exceeds(limits->calls_of_writer, sums->calls_of_writer, 1))
		return BUDGET_SPENT_WRITER;
	return BUDGET_BOOKED;
}

/* The statements of a day have the day before the tokens. */
static bool
add_tokens(Store *store, SqlId sql, const BudgetCall *call, int64_t tokens,
           bool of_day, GError **error)
{
	g_autoptr(Statement) add = store_statement(store, sql);

	statement_bind_int(add, 1, call->draft);
	if (of_day)
		statement_bind_int(add, 2, call->at / DAY);
	statement_bind_int(add, of_day ? 3 : 2, tokens);
	return statement_run(add, error);
}

static bool
add_left(Store *store, const BudgetCall *call, GError **error)
{
	g_autoptr(Statement) add = NULL;

	if (call->left == NULL || call->left[0] == '\0')
		return true;
	add = store_statement(store, SQL_budget_add_left);
	statement_bind_int(add, 1, call->draft);
	statement_bind_text(add, 2, call->left);
	statement_bind_int(add, 3, BUDGET_LEFT_MAX);
	return statement_run(add, error);
}

bool
budget_left(Store *store, int64_t draft, char **ret_left, int64_t *ret_calls,
            GError **error)
{
	g_autoptr(Statement) read = store_statement(store, SQL_budget_left);
	StepResult step;

	statement_bind_int(read, 1, draft);
	step = statement_step(read, error);
	if (step == STEP_FAILED)
		return false;
	*ret_left = g_strdup(step == STEP_ROW ? statement_text(read, 0) : "");
	*ret_calls = step == STEP_ROW ? statement_int(read, 1) : 0;
	return true;
}

bool
budget_book(Store *store, const BudgetLimits *limits, const BudgetCall *call,
            BudgetVerdict *ret_verdict, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	g_autoptr(GError) failure = NULL;
	Sums sums;

	if (txn == NULL)
		return false;
	if (!read_sums(store, call, &sums, &failure)) {
		*ret_verdict = BUDGET_NO_DRAFT;
		if (failure == NULL)
			return true;
		g_propagate_error(error, g_steal_pointer(&failure));
		return false;
	}
	*ret_verdict = judge(limits, &sums, call->tokens);
	if (*ret_verdict != BUDGET_BOOKED)
		return true;
	return add_tokens(store, SQL_budget_book, call, call->tokens, true,
	                  error) &&
	       add_tokens(store, SQL_budget_book_draft, call, call->tokens,
	                  false, error) &&
	       add_left(store, call, error) && store_commit(txn, error);
}

bool
budget_settle(Store *store, const BudgetCall *call, int64_t tokens,
              GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);
	int64_t more = tokens - call->tokens;

	return txn != NULL &&
	       add_tokens(store, SQL_budget_settle, call, more, true, error) &&
	       add_tokens(store, SQL_budget_settle_draft, call, more, false,
	                  error) &&
	       store_commit(txn, error);
}

bool
budget_each(Store *store, int64_t first, BudgetVisit *visit, void *data,
            GError **error)
{
	g_autoptr(Statement) list = store_statement(store, SQL_budget_days);
	StepResult step;

	statement_bind_int(list, 1, first);
	while ((step = statement_step(list, error)) == STEP_ROW) {
		const BudgetDay day = { .day = statement_int(list, 0),
			                .mailbox = statement_text(list, 1),
			                .calls = statement_int(list, 2),
			                .tokens = statement_int(list, 3) };

		visit(&day, data);
	}
	return step == STEP_DONE;
}
