/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two shortcuts for matching. Rule files hold slots of a hundred words: the
 * entries let a token find its alternatives by binary search. And most phrases
 * that begin with a common word fail at the next one: a set of bits says so
 * with one AND.
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

uint64_t
phrase_bits(const Rules *rules, const Alternative *alternative, uint32_t k,
            uint64_t after)
{
	uint64_t bits = 0;

	for (; k < alternative->n_terms; k++) {
		const PhraseTerm *term = phrase_term(rules, alternative, k);
		TermKind kind = kind_of(rules, term);

		if (kind == TERM_GAP)
			return BITS_ALL;
		if (kind > TERM_CLASS)
			continue;
		bits |= term_bit(term->term);
		if (!term->optional)
			return bits;
	}
	return bits | after;
}

static void
index_phrase(const Rules *rules, const Phrase *phrase)
{
	uint64_t after = BITS_ALL;

	for (uint32_t i = phrase->n_slots; i-- > 0;) {
		Slot *slot = &g_array_index(rules->slots, Slot,
		                            phrase->first_slot + i);
		uint64_t from = slot->optional ? after : 0;

		slot->after = after;
		for (uint32_t k = 0; k < slot->n; k++)
			from |= phrase_bits(rules,
			                    &g_array_index(rules->alternatives,
			                                   Alternative,
			                                   slot->first + k),
			                    0, after);
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
