/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Weights are log-odds, so evidence adds up and a softmax turns sums into
 * probabilities. The same arithmetic holds for weights that a person wrote
 * and for weights that were fitted, which is why heads can be added.
 */
#include "analysis/heads.h"

#include <math.h>
#include <string.h>

#include "rules_private.h"

/* The value that a vote goes to when its hit is negated; NO_INDEX: none. */
static uint8_t
negated_value(const Rules *rules, const Cue *cue, const Vote *vote)
{
	if (cue->negated == NEGATED_DROP)
		return NO_INDEX;
	return rules_finding(rules, vote->finding)->opposite[vote->value];
}

static void
visit_hit(const Rules *rules, const Features *features, unsigned i,
          HeadVisit *visit, void *data)
{
	const FeatureHit *hit = &features->hits[i];
	const Cue *cue = rules_cue(rules, hit->cue);

	for (uint32_t k = 0; k < cue->n_votes; k++) {
		const Vote *vote =
			&g_array_index(rules->votes, Vote, cue->first_vote + k);
		HeadVote fell = { .hit = i,
			          .finding = vote->finding,
			          .value = vote->value };

		if (hit->negated)
			fell.value = negated_value(rules, cue, vote);
		if (fell.value == NO_INDEX)
			continue;
		fell.weight = (double)vote->weight * (double)hit->strength;
		if (rules_finding(rules, vote->finding)->contrast)
			fell.weight *= (double)hit->contrast;
		visit(&fell, data);
	}
}

void
heads_each_vote(const Rules *rules, const Features *features, HeadVisit *visit,
                void *data)
{
	for (unsigned i = 0; i < features->n_hits; i++)
		visit_hit(rules, features, i, visit, data);
}

static void
add_vote(const HeadVote *vote, void *data)
{
	HeadSums *sums = data;

	sums->sum[vote->finding][vote->value] += vote->weight;
}

void
heads_add_rules(const Rules *rules, const Features *features, HeadSums *sums)
{
	for (unsigned f = 0; f < rules->findings->len; f++)
		for (unsigned v = 0; v < rules_finding(rules, f)->n_values; v++)
			sums->sum[f][v] += rules_finding(rules, f)->bias[v];
	heads_each_vote(rules, features, add_vote, sums);
}

/* In place: sums to probabilities. Returns the most likely value; of equal
 * ones the default. */
static unsigned
softmax(const FindingRule *rule, double *sum)
{
	unsigned best = rule->value_default;
	double total = 0, most;

	for (unsigned v = 0; v < rule->n_values; v++)
		if (sum[v] > sum[best])
			best = v;
	most = sum[best];
	for (unsigned v = 0; v < rule->n_values; v++)
		total += sum[v] = exp(sum[v] - most);
	for (unsigned v = 0; v < rule->n_values; v++)
		sum[v] /= total;
	return best;
}

static uint8_t
percent(double p)
{
	return (uint8_t)CLAMP(lround(100 * p), 0, 100);
}

static int
value_named(const FindingRule *rule, const char *name)
{
	for (unsigned v = 0; v < rule->n_values; v++)
		if (strcmp(rule->ast->values->pdata[v], name) == 0)
			return (int)v;
	return -1;
}

static uint8_t
score_of(const FindingRule *rule, const double *p, unsigned best)
{
	int positive, negative;

	if (strcmp(rule->name, "sentiment") != 0)
		return percent(p[best]);
	positive = value_named(rule, "positive");
	negative = value_named(rule, "negative");
	if (positive < 0 || negative < 0)
		return percent(p[best]);
	return percent(0.5 + 0.5 * (p[positive] - p[negative]));
}

void
heads_probabilities(const Rules *rules, const HeadSums *sums, unsigned finding,
                    double ret_p[LIMIT_FINDING_VALUES])
{
	const FindingRule *rule = rules_finding(rules, finding);
	double p[LIMIT_FINDING_VALUES] = { 0 };

	for (unsigned v = 0; v < rule->n_values; v++)
		p[v] = sums->sum[finding][v];
	softmax(rule, p);
	memcpy(ret_p, p, sizeof(p));
}

Confidence
heads_confidence(const Rules *rules, unsigned finding, double p)
{
	const FindingRule *rule = rules_finding(rules, finding);

	return confidence_of(p, rule->likely, rule->sure);
}

static Finding
decide(const Rules *rules, unsigned f, const double *sums)
{
	const FindingRule *rule = rules_finding(rules, f);
	double p[LIMIT_FINDING_VALUES], second = 0;
	Finding finding = { 0 };
	unsigned best;

	memcpy(p, sums, sizeof(p));
	best = softmax(rule, p);
	for (unsigned v = 0; v < rule->n_values; v++)
		if (v != best && p[v] > second)
			second = p[v];
	finding.value = (uint8_t)best;
	finding.score = score_of(rule, p, best);
	finding.confidence = (uint8_t)heads_confidence(rules, f, p[best]);
	finding.abstained = p[best] - second < rule->margin;
	return finding;
}

void
heads_decide(const Rules *rules, const HeadSums *sums, Findings *ret_findings)
{
	bool any = false;

	ret_findings->n_findings = (uint8_t)rules->findings->len;
	for (unsigned f = 0; f < rules->findings->len; f++) {
		ret_findings->finding[f] = decide(rules, f, sums->sum[f]);
		any |= !ret_findings->finding[f].abstained;
	}
	ret_findings->status = any ? FINDINGS_SCORED : FINDINGS_ABSTAINED;
	ret_findings->reason = any ? REASON_NONE : ABSTAINED_EVIDENCE;
}

uint32_t
heads_escalate(const Rules *rules, const Features *features)
{
	uint32_t codes = 0;

	for (unsigned i = 0; i < features->n_hits; i++) {
		const FeatureHit *hit = &features->hits[i];
		const Cue *cue = rules_cue(rules, hit->cue);

		if (cue->escalate != NO_INDEX && !hit->negated)
			codes |= 1u << cue->escalate;
	}
	return codes;
}

typedef struct Explaining {
	const Rules *rules;
	const Features *features;
	const Findings *findings;
	double weight[LIMIT_GROUPS];
} Explaining;

static void
weigh_group(const HeadVote *vote, void *data)
{
	Explaining *explaining = data;
	const Finding *finding = &explaining->findings->finding[vote->finding];
	const FeatureHit *hit = &explaining->features->hits[vote->hit];
	uint8_t group = rules_cue(explaining->rules, hit->cue)->group;

	if (group != NO_INDEX && !finding->abstained &&
	    finding->value == vote->value && vote->weight > 0)
		explaining->weight[group] += vote->weight;
}

void
heads_explain(const Rules *rules, const Features *features, Findings *findings)
{
	Explaining explaining = { .rules = rules,
		                  .features = features,
		                  .findings = findings };
	double *weight = explaining.weight;

	heads_each_vote(rules, features, weigh_group, &explaining);
	findings->n_why = 0;
	while (findings->n_why < LIMIT_WHY) {
		unsigned most = 0;

		for (unsigned i = 1; i < rules->groups->len; i++)
			if (weight[i] > weight[most])
				most = i;
		if (weight[most] <= 0)
			break;
		findings->why[findings->n_why++] = (uint8_t)most;
		weight[most] = 0;
	}
}
