/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "print.h"
#include "value_card.h"

static double
real(const json_t *value, const char *key)
{
	return json_number_value(json_object_get(value, key));
}

static void
tier_text(const json_t *value)
{
	const char *by = print_string(value, "tier_by");
	const char *since = print_string(value, "tier_since");

	printf("%-13s %s", "tier", print_string(value, "tier"));
	if (strcmp(by, "not-allowed") == 0)
		printf(": this customer may not be valued");
	else if (strcmp(by, "override") == 0)
		printf(" until %s: %s", print_string(value, "until"),
		       print_string(value, "reason"));
	else if (strcmp(by, "new") == 0)
		printf(": new, or not yet in a fit");
	else
		printf(" by rank, since %s", since);
	putchar('\n');
}

static void
score_text(const char *name, const json_t *score)
{
	const json_t *reason;
	size_t i;

	printf("%-13s %3d", name, (int)print_integer(score, "score"));
	json_array_foreach(json_object_get(score, "reasons"), i, reason) printf(
		"%s%s", i == 0 ? "  " : "; ", print_string(reason, "words"));
	putchar('\n');
}

static void
scores_text(const json_t *value)
{
	json_t *scores = json_object_get(value, "scores");
	const char *next = print_string(value, "next_order");
	const char *name;
	json_t *score;

	if (!json_is_object(scores)) {
		if (!json_is_true(json_object_get(value, "fitted")))
			puts("              no fit yet: run tact value fit");
		return;
	}
	json_object_foreach(scores, name, score) score_text(name, score);
	printf("%-13s risk %s; churn %.0f %%; %.1f mails an order; RFM %s\n",
	       "outlook", print_string(value, "risk"),
	       100 * real(value, "churn"), real(value, "mails_per_order"),
	       print_string(value, "rfm"));
	printf("%-13s %.1f in a year, worth %.2f%s%s\n", "expected",
	       real(value, "orders_expected"), real(value, "value_expected"),
	       *next ? "; the next about " : "", next);
	printf("%-13s %d, the last on %s (known up to %s)\n", "orders",
	       (int)print_integer(value, "orders"),
	       print_string(value, "last_order"), print_string(value, "as_of"));
}

static void
mood_text(const json_t *value)
{
	const json_t *mood = json_object_get(value, "mood");
	const char *trend = print_string(mood, "trend");
	const json_t *readings = json_object_get(mood, "readings");
	const json_t *reading;
	size_t i;

	printf("%-13s %s%s", "mood", *trend ? trend : "no trend yet",
	       json_array_size(readings) > 0 ? ":" : "");
	json_array_foreach(readings, i, reading)
		printf(" %d", (int)json_integer_value(reading));
	putchar('\n');
}

static void
contact_text(const json_t *value)
{
	const json_t *open = json_object_get(value, "open");
	const char *last = print_string(value, "last_contact");
	int mails = (int)print_integer(open, "mails");

	printf("%-13s %s\n", "last contact", *last ? last : "none known");
	if (mails > 0)
		printf("%-13s %d %s, due %s%s\n", "open", mails,
		       text_noun(mails, "mail", "mails"),
		       print_string(open, "due"),
		       json_is_true(json_object_get(open, "overdue"))
		               ? ": overdue"
		               : "");
	printf("%-13s a mail now is due %s\n", "response",
	       print_string(value, "due_if_now"));
}

void
value_card_text(const json_t *value)
{
	tier_text(value);
	scores_text(value);
	mood_text(value);
	contact_text(value);
	printf("%-13s %s\n", "advice",
	       print_string(json_object_get(value, "advice"), "words"));
}
