/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two shortcuts for matching. Rule files hold slots of a hundred words: the
 * entries let a token find its alternatives by binary search. And most phrases
 * that begin with a common word fail at one of the next: sets of bits of what
 * may or must come say so with an AND.
 */
#include <string.h>

#include "rules_private.h"

static const PhraseTerm *
phrase_term(const Rules *rules, const Alternative *alternative, uint32_t k)
{
	return &g_array_index(rules->phrase_terms, PhraseTerm,
	                      alternative->first_term + k);
}

static int
entry_compare(const void *a, const void *b)
{
	const Entry *x = a, *y = b;

	if (x->term != y->term)
		return x->term < y->term ? -1 : 1;
	return x->alternative < y->alternative ? -1 : 1;
}

static void
index_slot(Rules *rules, Slot *slot)
{
	slot->first_entry = rules->entries->len;
	for (uint32_t i = 0; i < slot->n; i++) {
		const Alternative *alternative = &g_array_index(
			rules->alternatives, Alternative, slot->first + i);
		const PhraseTerm *term = phrase_term(rules, alternative, 0);
		Entry entry = { .term = TERM_NONE,
			        .alternative = slot->first + i };

		if (!term->optional && term->term >= TERM_FIRST_TAKING) {
			entry.term = term->term;
			if (alternative->n_terms == 1)
				entry.alternative = ALONE;
			slot->n_keyed++;
			slot->bits |= term_bit(term->term);
		}
		g_array_append_val(rules->entries, entry);
	}
	qsort(&g_array_index(rules->entries, Entry, slot->first_entry), slot->n,
	      sizeof(Entry), entry_compare);
}

static const Ahead anything = { BITS_ALL, BITS_ALL, BITS_ALL,
	                        BITS_ALL, BITS_ALL, 0 };

#define ANY_CHOICE 63 /* what comes later is preferred to what may not come */

/* One of `choices` terms before `after`. Of what must come the smaller set
 * rules out more; of equal ones the later, as the first is in `next` too. */
static Ahead
before(uint32_t term, const Ahead *after, unsigned choices)
{
	Ahead ahead = { .next = term_bit(term),
		        .other = other_bit(term),
		        .second = after->next,
		        .later = after->later,
		        .later_other = after->later_other,
		        .words = after->words + 1 };

	if (ahead.words <= LATER_WORDS &&
	    (unsigned)__builtin_popcountll(after->later) <= choices)
		return ahead;
	ahead.later = ahead.next;
	ahead.later_other = ahead.other;
	ahead.words = 1;
	return ahead;
}

/* A gap takes anything, but what must come still must. */
static void
add_gap(Ahead *ahead)
{
	ahead->next = ahead->other = ahead->second = BITS_ALL;
	ahead->words += GAP_WORDS;
}

/* From the last term to `k`, each before what follows it. */
Ahead
phrase_ahead(const Rules *rules, const Alternative *alternative, uint32_t k,
             unsigned choices, const Ahead *after)
{
	Ahead ahead = *after;

	for (uint32_t i = alternative->n_terms; i-- > k;) {
		const PhraseTerm *term = phrase_term(rules, alternative, i);
		Ahead taken;

		if (term->term == TERM_THE_GAP)
			add_gap(&ahead);
		if (term->term < TERM_FIRST_TAKING)
			continue;
		taken = before(term->term, &ahead,
		               term->optional ? ANY_CHOICE : choices);
		if (term->optional)
			ahead_add(&ahead, &taken);
		else
			ahead = taken;
	}
	return ahead;
}

static void
index_phrase(Rules *rules, const Phrase *phrase)
{
	Ahead after = anything;

	for (uint32_t i = phrase->n_slots; i-- > 0;) {
		const Slot *slot = &g_array_index(rules->slots, Slot,
		                                  phrase->first_slot + i);
		Ahead from = { 0 };

		rules->after[phrase->first_slot + i] = after;
		if (slot->optional)
			from = after;
		for (uint32_t k = 0; k < slot->n; k++) {
			Ahead one = phrase_ahead(
				rules,
				&g_array_index(rules->alternatives, Alternative,
			                       slot->first + k),
				0, slot->optional ? ANY_CHOICE : slot->n,
				&after);

			ahead_add(&from, &one);
		}
		after = from;
	}
}

void
phrases_index(Rules *rules)
{
	rules->after = g_new(Ahead, rules->slots->len + 1);
	for (unsigned i = 0; i < rules->slots->len; i++)
		index_slot(rules, &g_array_index(rules->slots, Slot, i));
	for (unsigned i = 0; i < rules->phrases->len; i++)
		index_phrase(rules, &g_array_index(rules->phrases, Phrase, i));
}
