/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mail is matched against the cues of its language, those of the language
 * it falls back to, and those of every language: each such set is a Pack, with
 * an index from a word to the phrases that may begin there. Languages without
 * anything of their own share one.
 */
#include <string.h>

#include "rules_private.h"

/* One way for a phrase to begin with a term. */
typedef struct Start {
	uint32_t term, phrase;
	uint32_t alternative, slot; /* as in Posting */
	Ahead ahead;
} Start;

/* Where phrase_starts() is. */
typedef struct Walk {
	const Rules *rules;
	uint32_t phrase, slot;
	bool plain; /* what stands before was optional and nothing else */
	const Ahead *after;
	GArray *starts;
} Walk;

/* Adds to `starts` each term that an alternative may begin with; true when
 * the alternative may be passed without a token. */
static bool
alternative_starts(const Walk *walk, uint32_t which)
{
	const Rules *rules = walk->rules;
	const Alternative *alternative =
		&g_array_index(rules->alternatives, Alternative, which);

	for (uint32_t i = 0; i < alternative->n_terms; i++) {
		const PhraseTerm *term =
			&g_array_index(rules->phrase_terms, PhraseTerm,
		                       alternative->first_term + i);
		bool plain = walk->plain && i == 0;
		Start start = { .term = term->term,
			        .phrase = walk->phrase,
			        .alternative = plain ? which : TERM_NONE,
			        .slot = plain ? walk->slot : 0 };

		if (term->term < TERM_FIRST_TAKING)
			continue;
		start.ahead =
			phrase_ahead(rules, alternative, i + 1, 1, walk->after);
		g_array_append_val(walk->starts, start);
		if (!term->optional)
			return false;
	}
	return true;
}

static void
phrase_starts(const Rules *rules, uint32_t which, GArray *starts)
{
	const Phrase *phrase = &g_array_index(rules->phrases, Phrase, which);
	Walk walk = {
		.rules = rules, .phrase = which, .plain = true, .starts = starts
	};
	bool passable = true;

	for (; passable && walk.slot < phrase->n_slots; walk.slot++) {
		const Slot *slot = &g_array_index(
			rules->slots, Slot, phrase->first_slot + walk.slot);

		passable = slot->optional;
		walk.after = &rules->after[phrase->first_slot + walk.slot];
		for (uint32_t k = 0; k < slot->n; k++)
			passable |= alternative_starts(&walk, slot->first + k);
		walk.plain &= slot->optional;
	}
}

static int
start_compare(const void *a, const void *b)
{
	const Start *x = a, *y = b;

	if (x->term != y->term)
		return x->term < y->term ? -1 : 1;
	if (x->phrase != y->phrase)
		return x->phrase < y->phrase ? -1 : 1;
	return x->alternative < y->alternative
	               ? -1
	               : x->alternative > y->alternative;
}

static Posting
posting_of(const Rules *rules, const Start *start)
{
	const Phrase *phrase =
		&g_array_index(rules->phrases, Phrase, start->phrase);
	const Cue *cue = rules_cue(rules, phrase->cue);
	bool plain = start->alternative != TERM_NONE;
	bool alone = plain && g_array_index(rules->alternatives, Alternative,
	                                    start->alternative)
	                                      .n_terms == 1;
	uint32_t taken = plain ? start->slot + 1 : 0;

	return (Posting){ .cue = phrase->cue & 0xffffff,
		          .where = cue->where,
		          .alternative = alone ? ALONE : start->alternative,
		          .slot = phrase->first_slot + taken,
		          .n_slots = (uint8_t)(phrase->n_slots - taken),
		          .whole = alone && taken == phrase->n_slots,
		          .once = cue->once,
		          .whens = cue->n_whens > 0 };
}

static Filter
filter_of(const Ahead *ahead)
{
	bool near = ahead->words <= LATER_WORDS;

	return (Filter){ .other = ahead->other,
		         .second = ahead->second,
		         .later = near ? ahead->later : BITS_ALL,
		         .later_other = near ? ahead->later_other : BITS_ALL };
}

/* Sorts them and makes one of those that differ in nothing else than in what
 * comes after. */
static void
unite_starts(GArray *starts)
{
	unsigned n = 0;

	g_array_sort(starts, start_compare);
	for (unsigned i = 0; i < starts->len; i++) {
		Start *kept = &g_array_index(starts, Start, n);
		const Start *start = &g_array_index(starts, Start, i);

		if (n > 0 && start_compare(start, kept - 1) == 0)
			ahead_add(&kept[-1].ahead, &start->ahead);
		else
			g_array_index(starts, Start, n++) = *start;
	}
	g_array_set_size(starts, n);
}

static void
build_index(const Rules *rules, Pack *pack, GArray *starts)
{
	uint32_t n_terms = rules->vocabulary->terms->len;

	unite_starts(starts);
	pack->starts = g_new0(uint32_t, n_terms + 1);
	pack->postings = g_new(Posting, starts->len + 1);
	pack->filters = g_new(Filter, starts->len + 1);
	pack->rows = g_new0(uint64_t, ((size_t)starts->len / 64 + 1) * 64);
	for (uint32_t i = 0; i < starts->len; i++) {
		const Start *start = &g_array_index(starts, Start, i);
		uint64_t *rows = &pack->rows[(size_t)i / 64 * 64];

		pack->postings[i] = posting_of(rules, start);
		pack->filters[i] = filter_of(&start->ahead);
		pack->starts[start->term + 1] = i + 1;
		for (uint64_t next = start->ahead.next; next != 0;
		     next &= next - 1)
			rows[__builtin_ctzll(next)] |= 1ull << i % 64;
	}
	for (uint32_t i = 1; i <= n_terms; i++)
		pack->starts[i] = MAX(pack->starts[i], pack->starts[i - 1]);
}

/* The languages whose cues a pack holds. */
typedef struct Sources {
	Language language, fallback; /* LANGUAGE_UND: none */
} Sources;

static bool
name_in_language(const Rules *rules, const Cue *cue, Language language)
{
	for (unsigned i = 0; i < rules->cues->len; i++) {
		const Cue *other = rules_cue(rules, i);

		if (other->language == language &&
		    strcmp(other->ast->name, cue->ast->name) == 0)
			return true;
	}
	return false;
}

static bool
belongs(const Rules *rules, const Cue *cue, const Sources *sources)
{
	if (cue->language == LANGUAGE_UND || cue->language == sources->language)
		return true;
	/* a cue of its own takes the place of its namesake */
	return cue->language == sources->fallback &&
	       !name_in_language(rules, cue, sources->language);
}

/* Marks all terms of a phrase; they stand in one row. */
static void
want_phrase(const Rules *rules, uint32_t which, bool *wanted)
{
	const Phrase *phrase = &g_array_index(rules->phrases, Phrase, which);
	const Slot *first =
		&g_array_index(rules->slots, Slot, phrase->first_slot);
	const Slot *last = first + phrase->n_slots - 1;
	const Alternative *from =
		&g_array_index(rules->alternatives, Alternative, first->first);
	const Alternative *to = &g_array_index(rules->alternatives, Alternative,
	                                       last->first + last->n - 1);

	for (uint32_t i = from->first_term; i < to->first_term + to->n_terms;
	     i++)
		wanted[g_array_index(rules->phrase_terms, PhraseTerm, i).term] =
			true;
}

static void
add_cues(const Rules *rules, Pack *pack, const Sources *sources, bool *wanted)
{
	g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(Start));

	for (uint32_t i = 0; i < rules->cues->len; i++) {
		const Cue *cue = rules_cue(rules, i);

		if ((cue->n_votes == 0 && cue->escalate == NO_INDEX) ||
		    !belongs(rules, cue, sources))
			continue;
		pack->speaks |= cue->language != LANGUAGE_UND;
		if (cue->n_phrases == 0 && cue->ast->phrases->len == 0)
			g_array_append_val(pack->unphrased, i);
		for (uint32_t k = 0; k < cue->n_phrases; k++) {
			phrase_starts(rules, cue->first_phrase + k, starts);
			want_phrase(rules, cue->first_phrase + k, wanted);
		}
	}
	build_index(rules, pack, starts);
}

static void
add_marks(Pack *pack, const GArray *words, const uint32_t *terms,
          const Sources *sources, bool *wanted)
{
	static const uint8_t bits[] = { MARK_NEGATION, MARK_INTENSIFIER,
		                        MARK_CONTRAST };

	for (unsigned i = 0; i < words->len; i++) {
		const AstWord *word = &g_array_index(words, AstWord, i);

		if (word->kind == WORD_FALLBACK || terms[i] == TERM_NONE ||
		    (word->language != LANGUAGE_UND &&
		     word->language != sources->language &&
		     word->language != sources->fallback))
			continue;
		wanted[terms[i]] = true;
		pack->marks[terms[i]] |= bits[word->kind];
		if (word->kind == WORD_INTENSIFIER)
			pack->factors[terms[i]] = (float)word->factor;
	}
}

static Pack *
pack_new(const Rules *rules, const GArray *words, const uint32_t *terms,
         const Sources *sources)
{
	Pack *pack = g_new0(Pack, 1);
	uint32_t n = rules->vocabulary->terms->len;
	g_autofree bool *wanted = g_new0(bool, n + 1);

	pack->marks = g_new0(uint8_t, n + 1);
	pack->factors = g_new0(float, n + 1);
	pack->unphrased = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	add_cues(rules, pack, sources, wanted);
	add_marks(pack, words, terms, sources, wanted);
	pack->index = term_index_new(rules->vocabulary, wanted, pack);
	return pack;
}

/* Does the language have cues or words of its own, or a fallback? */
static bool
has_own(const Rules *rules, const GArray *words, Language language)
{
	for (unsigned i = 0; i < rules->cues->len; i++)
		if (rules_cue(rules, i)->language == language)
			return true;
	for (unsigned i = 0; i < words->len; i++)
		if (g_array_index(words, AstWord, i).language == language)
			return true;
	return false;
}

void
packs_build(Rules *rules, const GArray *words, Problems *problems)
{
	g_autofree uint32_t *terms = g_new(uint32_t, words->len + 1);
	Language fallback[LANGUAGE_N] = { LANGUAGE_UND };

	for (unsigned i = 0; i < words->len; i++) {
		const AstWord *word = &g_array_index(words, AstWord, i);

		terms[i] = TERM_NONE;
		if (word->kind == WORD_FALLBACK)
			fallback[word->language] =
				language_from_code(word->word);
		else
			terms[i] = phrase_word(rules, word->word, &word->place,
			                       problems);
	}
	for (unsigned i = 0; i < LANGUAGE_N; i++) {
		Sources sources = { .language = (Language)i,
			            .fallback = fallback[i] };

		if (i == LANGUAGE_UND || has_own(rules, words, (Language)i))
			rules->packs[i] =
				pack_new(rules, words, terms, &sources);
		else
			rules->packs[i] = rules->packs[LANGUAGE_UND];
	}
	g_clear_pointer(&rules->after, g_free);
}

static void
pack_free(Pack *pack)
{
	if (pack == NULL)
		return;
	term_index_free(pack->index);
	g_free(pack->marks);
	g_free(pack->factors);
	g_free(pack->starts);
	g_free(pack->postings);
	g_free(pack->filters);
	g_free(pack->rows);
	g_array_unref(pack->unphrased);
	g_free(pack);
}

void
packs_free(Rules *rules)
{
	for (unsigned i = 1; i < LANGUAGE_N; i++)
		if (rules->packs[i] != rules->packs[LANGUAGE_UND])
			pack_free(rules->packs[i]);
	pack_free(rules->packs[LANGUAGE_UND]);
}
