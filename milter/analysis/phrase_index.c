/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two shortcuts for matching. Rule files hold slots of a hundred words: the
 * entries let a token find its alternatives by binary search. And most phrases
 * that begin with a common word fail at one of the next three: a set of bits
 * for each says so with one AND.
 */
#include <string.h>

#include "rules_private.h"

static const PhraseTerm *
phrase_term(const Rules *rules, const Alternative *alternative, uint32_t k)
{
	return &g_array_index(rules->phrase_terms, PhraseTerm,
	                      alternative->first_term + k);
}

static TermKind
kind_of(const Rules *rules, const PhraseTerm *term)
{
	return (TermKind)g_array_index(rules->vocabulary->terms, Term,
	                               term->term)
	        .kind;
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

		if (!term->optional && kind_of(rules, term) <= TERM_CLASS) {
			entry.term = term->term;
			slot->n_keyed++;
			slot->bits |= term_bit(term->term);
		}
		g_array_append_val(rules->entries, entry);
	}
	qsort(&g_array_index(rules->entries, Entry, slot->first_entry), slot->n,
	      sizeof(Entry), entry_compare);
}

static const Ahead anything = { { BITS_ALL, BITS_ALL, BITS_ALL } };
G_STATIC_ASSERT(G_N_ELEMENTS(anything.bits) == 3);

/* From the last term to `k`, each before what follows it. */
Ahead
phrase_ahead(const Rules *rules, const Alternative *alternative, uint32_t k,
             const Ahead *after)
{
	Ahead ahead = *after;

	for (uint32_t i = alternative->n_terms; i-- > k;) {
		const PhraseTerm *term = phrase_term(rules, alternative, i);
		TermKind kind = kind_of(rules, term);
		Ahead taken;

		if (kind == TERM_GAP)
			ahead = anything;
		if (kind > TERM_CLASS)
			continue;
		taken = ahead_before(term_bit(term->term), &ahead);
		if (term->optional)
			ahead_add(&ahead, &taken);
		else
			ahead = taken;
	}
	return ahead;
}

static void
index_phrase(const Rules *rules, const Phrase *phrase)
{
	Ahead after = anything;

	for (uint32_t i = phrase->n_slots; i-- > 0;) {
		Slot *slot = &g_array_index(rules->slots, Slot,
		                            phrase->first_slot + i);
		Ahead from = { { 0 } };

		slot->after = after;
		if (slot->optional)
			from = after;
		for (uint32_t k = 0; k < slot->n; k++) {
			Ahead one = phrase_ahead(
				rules,
				&g_array_index(rules->alternatives, Alternative,
			                       slot->first + k),
				0, &slot->after);

			ahead_add(&from, &one);
		}
		after = from;
	}
}

void
phrases_index(Rules *rules)
{
	for (unsigned i = 0; i < rules->slots->len; i++)
		index_slot(rules, &g_array_index(rules->slots, Slot, i));
	for (unsigned i = 0; i < rules->phrases->len; i++)
		index_phrase(rules, &g_array_index(rules->phrases, Phrase, i));
}
