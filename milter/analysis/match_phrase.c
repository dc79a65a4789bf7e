/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A phrase is matched by carrying the set of all places where it may have got
 * to, as bits of one word relative to its first token. Gaps, options and
 * alternatives thus cost the width of the set at worst, never a product of
 * choices: there is no backtracking.
 */
#include <string.h>

#include "match.h"
#include "tokens_private.h"

#define REACH 64 /* tokens that a match may span */
#define FEW 3    /* alternatives that are quicker tried than looked up */

static bool
term_matches(const PhraseMatcher *matcher, uint32_t term, unsigned i)
{
	const TokenTerms *of = &matcher->of[i];

	for (unsigned k = 0; k < of->n; k++)
		if (matcher->terms[of->first + k]->term == term)
			return true;
	return false;
}

/* The token that a term at `i` takes, over marks that are passed; n: none. */
static unsigned
take(PhraseMatcher *matcher, uint32_t term, unsigned first, unsigned i)
{
	for (; i < matcher->limit; i++) {
		matcher->steps--;
		if (i > first && (matcher->of[i].pass & PASS_JOINED) == 0)
			break;
		if (term_matches(matcher, term, i))
			return i;
		if ((matcher->of[i].pass & PASS_OVER) == 0)
			break;
	}
	return matcher->tokens->n;
}

static bool
at_line_start(const Tokens *tokens, unsigned i)
{
	while (i < tokens->n && (tokens->token[i].classes & TOKEN_SKIP))
		i++;
	return i < tokens->n &&
	       ((tokens->token[i].classes & TOKEN_LINE_START) || i == 0 ||
	        tokens->token[i - 1].field != tokens->token[i].field ||
	        tokens->token[i - 1].line != tokens->token[i].line);
}

static bool
at_line_end(const Tokens *tokens, unsigned i)
{
	const Token *last = &tokens->token[i - 1];

	while (i < tokens->n && tokens->token[i].line == last->line &&
	       tokens->token[i].field == last->field &&
	       (tokens->token[i].classes &
	        (TOKEN_MARK | TOKEN_EMOJI | TOKEN_EMOTICON)))
		i++;
	return i >= tokens->n || tokens->token[i].line != last->line ||
	       tokens->token[i].field != last->field;
}

static uint64_t
bit(unsigned offset)
{
	return offset < REACH ? 1ull << offset : 0;
}

/* The places after 0 to GAP_WORDS words from `i`. */
static uint64_t
gap(PhraseMatcher *matcher, unsigned first, unsigned i)
{
	uint64_t out = bit(i - first);

	for (unsigned words = 0; words < GAP_WORDS; i++) {
		matcher->steps--;
		if (i >= matcher->limit ||
		    (matcher->of[i].pass & (PASS_JOINED | PASS_NOT)) !=
		            PASS_JOINED)
			break;
		if (matcher->of[i].pass & PASS_OVER)
			continue;
		words++;
		out |= bit(i + 1 - first);
	}
	return out;
}

static uint64_t
step(PhraseMatcher *matcher, uint32_t term, unsigned first, uint64_t set)
{
	uint64_t out = 0;

	for (; set != 0; set &= set - 1) {
		unsigned i = first + (unsigned)__builtin_ctzll(set);

		if (term == TERM_THE_GAP) {
			out |= gap(matcher, first, i);
		} else if (term == TERM_THE_LINE_START) {
			if (at_line_start(matcher->tokens, i))
				out |= bit(i - first);
		} else if (term == TERM_THE_LINE_END) {
			if (i > 0 && at_line_end(matcher->tokens, i))
				out |= bit(i - first);
		} else {
			unsigned taken = take(matcher, term, first, i);

			if (taken < matcher->tokens->n)
				out |= bit(taken + 1 - first);
		}
	}
	return out;
}

/* The terms of an alternative from `k` on. */
static uint64_t
run_terms(PhraseMatcher *matcher, uint32_t alternative, uint32_t k,
          unsigned first, uint64_t set)
{
	const Rules *rules = matcher->rules;
	const Alternative *terms =
		&g_array_index(rules->alternatives, Alternative, alternative);

	for (; k < terms->n_terms && set != 0; k++) {
		const PhraseTerm *term = &g_array_index(
			rules->phrase_terms, PhraseTerm, terms->first_term + k);
		uint64_t next = step(matcher, term->term, first, set);

		set = term->optional ? set | next : next;
	}
	return set;
}

/* The alternative after its first term, which token `i` is. Most have no
 * more. */
static uint64_t
run_rest(PhraseMatcher *matcher, uint32_t alternative, unsigned first,
         unsigned i)
{
	uint64_t set = bit(i + 1 - first);

	if (alternative == ALONE)
		return set;
	return run_terms(matcher, alternative, 1, first, set);
}

/* The entries of the slot that begin with this term. */
static uint64_t
run_entries(PhraseMatcher *matcher, const Slot *slot, uint32_t term,
            unsigned first, unsigned i)
{
	const Entry *entries = &g_array_index(matcher->rules->entries, Entry,
	                                      slot->first_entry);
	uint32_t low = 0, high = slot->n_keyed;
	uint64_t out = 0;

	while (low < high) {
		uint32_t middle = (low + high) / 2;

		if (entries[middle].term < term)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < slot->n_keyed && entries[low].term == term; low++) {
		matcher->steps--;
		out |= run_rest(matcher, entries[low].alternative, first, i);
	}
	return out;
}

/* The keyed alternatives of the slot that begin at token `i`. */
static uint64_t
run_token(PhraseMatcher *matcher, const Slot *slot, unsigned first, unsigned i)
{
	const Entry *entries = &g_array_index(matcher->rules->entries, Entry,
	                                      slot->first_entry);
	uint64_t out = 0;

	if (slot->n_keyed > FEW) {
		const TokenTerms *of = &matcher->of[i];

		for (unsigned k = 0; k < of->n; k++, matcher->steps--)
			out |= run_entries(matcher, slot,
			                   matcher->terms[of->first + k]->term,
			                   first, i);
		return out;
	}
	for (uint32_t k = 0; k < slot->n_keyed; k++, matcher->steps--)
		if (term_matches(matcher, entries[k].term, i))
			out |= run_rest(matcher, entries[k].alternative, first,
			                i);
	return out;
}

static uint64_t
run_slot(PhraseMatcher *matcher, const Slot *slot, unsigned first, uint64_t set)
{
	uint64_t out = slot->optional ? set : 0;

	for (uint32_t k = slot->n_keyed; k < slot->n; k++)
		out |= run_terms(matcher,
		                 g_array_index(matcher->rules->entries, Entry,
		                               slot->first_entry + k)
		                         .alternative,
		                 0, first, set);
	for (; set != 0 && slot->n_keyed > 0; set &= set - 1) {
		unsigned i = first + (unsigned)__builtin_ctzll(set);

		for (; i < matcher->limit; i++) {
			const TokenTerms *of = &matcher->of[i];

			matcher->steps--;
			if (i > first && (of->pass & PASS_JOINED) == 0)
				break;
			if (of->bits & slot->bits)
				out |= run_token(matcher, slot, first, i);
			if ((of->pass & PASS_OVER) == 0)
				break;
		}
	}
	return out;
}

unsigned
match_phrase(PhraseMatcher *matcher, const Posting *posting, unsigned at)
{
	const Slot *slot =
		&g_array_index(matcher->rules->slots, Slot, posting->slot);
	const Slot *end = slot + posting->n_slots;
	uint64_t set = 1;

	if (posting->whole)
		return at + 1;
	matcher->limit = MIN(matcher->tokens->n, at + REACH);
	if (posting->alternative != TERM_NONE)
		set = run_rest(matcher, posting->alternative, at, at);
	for (; slot < end && set != 0; slot++)
		set = run_slot(matcher, slot, at, set);
	if (set <= 1 || matcher->steps <= 0)
		return 0;
	return at + 63 - (unsigned)__builtin_clzll(set);
}
