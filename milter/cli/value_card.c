/* SPDX-License-Identifier: Apache-2.0 */
#include "value_card.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "day.h"
#include "print.h"
#include "store/profiles.h"
#include "store/worth.h"
#include "value/advice.h"
#include "value/calendar.h"

#define SCHEMA 1

typedef struct Card {
	const Site *site;
	TierPolicy policy;
	int64_t now;
	WorthCard kept;
	Profile profile;
	Calendar *calendar;
	ResponseTimes times;
	bool fitted; /* there was a fit: `scoring` holds */
	Scoring scoring;
	bool valued; /* `history` and `scores` hold */
	History history;
	Scores scores;
	Tier tier;
	Risk risk;
} Card;

static void
card_clear(Card *card)
{
	calendar_free(card->calendar);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Card, card_clear)

static bool
read_fit(Card *card, GError **error)
{
	GError *failure = NULL;
	g_autofree char *text = worth_fit_read(card->site->store, &failure);

	if (text == NULL) {
		if (failure != NULL)
			g_propagate_error(error, failure);
		return failure == NULL;
	}
	card->fitted = scoring_from_text(text, &card->scoring);
	return true;
}

static void
score(Card *card, GArray *orders)
{
	const ScoringOptions *options = &card->scoring.options;
	g_autoptr(Scorer) scorer = NULL;

	if (!card->fitted || !card->kept.allowed)
		return;
	card->history = history_of((Order *)(void *)orders->data, orders->len,
	                           options->as_of, options->window);
	if (card->history.purchases == 0)
		return;
	scorer = scorer_new(&card->scoring);
	card->scores = scorer_scores(scorer, &card->history, card->kept.mails);
	card->valued = true;
}

static Tier
tier_of(const Card *card)
{
	if (!card->kept.allowed)
		return TIER_UNKNOWN;
	if (card->kept.has_override)
		return card->kept.override.tier;
	return card->kept.has_worth ? card->kept.worth.tier
	                            : card->policy.fresh;
}

static bool
read_card(Card *card, int64_t customer, GError **error)
{
	const Site *site = card->site;
	const WorthAsk ask = { customer, site->settings->privacy_consent,
		               card->now };
	g_autoptr(GArray) orders = g_array_new(FALSE, FALSE, sizeof(Order));

	card->calendar = calendar_read(site->settings, NULL, error);
	if (card->calendar == NULL ||
	    !tier_policy_read(site->settings, &card->policy, error) ||
	    !response_times_read(site->settings, NULL, &card->times, error) ||
	    !read_fit(card, error) ||
	    !worth_card(site->store, &ask, &card->kept, orders, error) ||
	    !profiles_read(site->store, customer, &card->profile, error))
		return false;
	score(card, orders);
	card->tier = tier_of(card);
	card->risk = card->valued ? risk_of_score(&card->policy,
	                                          card->scores.of[SCORE_RISK])
	                          : RISK_LOW;
	return true;
}

static void
set_time(json_t *value, const char *key, const Card *card, int64_t at)
{
	g_autofree char *text =
		at > 0 ? calendar_format(card->calendar, at) : NULL;

	print_set_string(value, key, text);
}

static const char *
tier_source(const Card *card)
{
	if (!card->kept.allowed)
		return "not-allowed";
	if (card->kept.has_override)
		return "override";
	return card->kept.has_worth ? "rank" : "new";
}

static void
add_tier(json_t *value, const Card *card)
{
	const WorthOverride *override = &card->kept.override;
	g_autofree char *until = NULL;

	print_set_string(value, "tier", tier_name(card->tier));
	print_set_string(value, "tier_by", tier_source(card));
	set_time(value, "tier_since", card,
	         card->kept.has_worth ? card->kept.worth.tier_since : 0);
	if (!card->kept.has_override)
		return;
	until = day_of(override->until - 1);
	print_set_string(value, "until", until);
	print_set_string(value, "reason", override->reason);
}

static json_t *
reasons_of(const Scores *scores, ScoreKind kind)
{
	json_t *list = json_array();

	for (int i = 0; i < BECAUSE_N; i++)
		if ((scores->reasons & 1u << i) != 0 &&
		    value_reason_kind((ValueReason)i) == kind)
			json_array_append_new(
				list,
				json_pack("{ssss}", "code",
			                  value_reason_code((ValueReason)i),
			                  "words",
			                  value_reason_words((ValueReason)i)));
	return list;
}

static json_t *
scores_value(const Scores *scores)
{
	json_t *value = json_object();

	for (int kind = 0; kind < SCORE_N; kind++)
		json_object_set_new(
			value, score_kind_name((ScoreKind)kind),
			json_pack("{siso}", "score", scores->of[kind],
		                  "reasons",
		                  reasons_of(scores, (ScoreKind)kind)));
	return value;
}

static void
add_scores(json_t *value, const Card *card)
{
	const Scores *scores = &card->scores;
	g_autofree char *rfm = NULL;

	if (!card->valued) {
		print_set_string(value, "scores", NULL);
		return;
	}
	rfm = g_strdup_printf("%d%d%d", scores->recency, scores->frequency,
	                      scores->money);
	json_object_set_new(value, "scores", scores_value(scores));
	print_set_string(value, "risk", risk_name(card->risk));
	print_set_string(value, "method", score_method_name(scores->method));
	print_set_string(value, "rfm", rfm);
	json_object_set_new(value, "churn", json_real(1 - scores->alive));
	json_object_set_new(value, "orders_expected",
	                    json_real(scores->expected));
	json_object_set_new(value, "value_expected",
	                    json_real(round(scores->clv) / 100));
	json_object_set_new(value, "mails_per_order", json_real(scores->mails));
	day_set(value, "next_order", scores->next);
	day_set(value, "last_order", card->history.last);
	day_set(value, "as_of", card->history.as_of);
}

static void
add_mood(json_t *value, const Card *card)
{
	const Manner *manner = &card->profile.manner;
	const char *trend = trend_name(manner_trend(manner));
	json_t *readings = json_array();
	json_t *mood = json_object();

	for (unsigned i = 0; i < manner->n_readings; i++)
		json_array_append_new(readings,
		                      json_integer(manner->reading[i].mood));
	print_set_string(mood, "trend", *trend != '\0' ? trend : NULL);
	json_object_set_new(mood, "readings", readings);
	json_object_set_new(value, "mood", mood);
}

static void
add_contact(json_t *value, const Card *card)
{
	const WorthCard *kept = &card->kept;
	int64_t minutes =
		response_minutes(&card->times, card->tier, card->risk);
	json_t *open = json_object();

	print_set_integer(value, "orders", kept->orders);
	print_set_integer(value, "mails", (gint64)kept->mails);
	set_time(value, "last_contact", card, kept->last_mail);
	if (kept->open_due > 0) {
		print_set_integer(open, "mails", kept->open_contacts);
		set_time(open, "since", card, kept->open_since);
		set_time(open, "due", card, kept->open_due);
		print_set_bool(open, "overdue", kept->open_due < card->now);
	}
	json_object_set_new(value, "open", open);
	print_set_integer(value, "response_minutes", minutes);
	set_time(value, "due_if_now", card,
	         calendar_due(card->calendar, card->now, minutes));
}

static void
add_advice(json_t *value, const Card *card)
{
	const AdviceFacts facts = {
		.tier = card->tier,
		.risk = card->risk,
		.valued = card->valued,
		.upsell = card->scores.of[SCORE_UPSELL],
		.service = card->scores.of[SCORE_SERVICE],
		.open = card->kept.open_due > 0,
		.overdue = card->kept.open_due < card->now,
		.worsening =
			manner_trend(&card->profile.manner) == TREND_WORSENING,
	};
	Advice advice = advice_for(&facts);

	json_object_set_new(value, "advice",
	                    json_pack("{ssss}", "code", advice_code(advice),
	                              "words", advice_words(advice)));
}

json_t *
value_card(const Site *site, int64_t customer, GError **error)
{
	g_auto(Card)
		card = { .site = site, .now = clock_wall() / G_USEC_PER_SEC };
	json_t *value;

	if (!read_card(&card, customer, error))
		return NULL;
	value = json_object();
	print_set_integer(value, "schema", SCHEMA);
	print_set_integer(value, "customer", customer);
	print_set_bool(value, "fitted", card.fitted);
	add_tier(value, &card);
	add_scores(value, &card);
	add_mood(value, &card);
	add_contact(value, &card);
	add_advice(value, &card);
	return value;
}
