/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words are the tokens of a mail but its marks, each made a number that both
 * texts share; then all questions are about two lists of numbers.
 */
#include "analysis/edit.h"

#include <glib.h>
#include <string.h>

#include "analysis/tokens.h"
#include "edit_align.h"
#include "edit_class.h"

typedef struct Words {
	Tokens *tokens;
	GArray *number; /* uint32_t, of each word */
	GArray *index;  /* unsigned: which token it is */
} Words;

typedef struct Numbers {
	GHashTable *of; /* folded word -> number + 1 */
} Numbers;

static uint32_t
number_of(const Numbers *numbers, const Tokens *tokens, const Token *token)
{
	char *word = g_strndup(tokens_folded(tokens, token), token->length);
	gpointer known = g_hash_table_lookup(numbers->of, word);
	guint next = g_hash_table_size(numbers->of) + 1;

	if (known == NULL) {
		known = GUINT_TO_POINTER(next);
		g_hash_table_insert(numbers->of, word, known);
	} else {
		g_free(word);
	}
	return GPOINTER_TO_UINT(known);
}

static void
words_read(Words *words, const Numbers *numbers, const char *text)
{
	const Tokens *tokens;

	words->tokens = tokens_read(NULL, text, NULL);
	words->number = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	words->index = g_array_new(FALSE, FALSE, sizeof(unsigned));
	tokens = words->tokens;
	for (unsigned i = 0; i < tokens->n; i++) {
		uint32_t number;

		if (tokens->token[i].classes & TOKEN_MARK)
			continue;
		number = number_of(numbers, tokens, &tokens->token[i]);
		g_array_append_val(words->number, number);
		g_array_append_val(words->index, i);
	}
}

static void
words_clear(Words *words)
{
	tokens_free(words->tokens);
	g_array_unref(words->number);
	g_array_unref(words->index);
}

static EditWords
list_of(const Words *words)
{
	return (EditWords){ (const uint32_t *)words->number->data,
		            words->number->len };
}

static const Token *
token_of(const Words *words, unsigned word)
{
	unsigned i = g_array_index(words->index, unsigned, word);

	return &words->tokens->token[i];
}

/* Takes the words of the signature off the end, if they stand there. */
static void
drop_signature(Words *sent, const Numbers *numbers, const char *signature)
{
	Words tail;
	size_t n, from;

	words_read(&tail, numbers, signature);
	n = tail.number->len;
	from = sent->number->len - n;
	if (n > 0 && n <= sent->number->len &&
	    memcmp(tail.number->data,
	           sent->number->data + from * sizeof(uint32_t),
	           n * sizeof(uint32_t)) == 0) {
		g_array_set_size(sent->number, (guint)from);
		g_array_set_size(sent->index, (guint)from);
	}
	words_clear(&tail);
}

static unsigned
thousandths(unsigned part, unsigned whole)
{
	return whole == 0 ? 0
	                  : (unsigned)(((uint64_t)part * 1000 + whole - 1) /
	                               whole);
}

/* Words of the body in runs of EDIT_RUN, of all words of the body. */
static unsigned
count_kept(const Words *draft, const bool *kept)
{
	unsigned all = 0, good = 0, run = 0;

	for (unsigned i = 0; i < draft->number->len; i++) {
		if (token_of(draft, i)->regions &
		    (REGION_GREETING | REGION_CLOSING))
			continue;
		all++;
		run = kept[i] ? run + 1 : 0;
		if (run == EDIT_RUN)
			good += EDIT_RUN;
		else if (run > EDIT_RUN)
			good++;
	}
	return thousandths(good, all);
}

static unsigned
survival_of(const Words *draft, const bool *kept, const EditSpan *span)
{
	unsigned all = 0, good = 0;

	for (unsigned i = 0; i < draft->number->len; i++) {
		const Token *token = token_of(draft, i);

		if (token->start < span->start || token->end > span->end)
			continue;
		all++;
		good += kept[i];
	}
	return all > 0 ? (unsigned)((uint64_t)good * 1000 / all) : 1000;
}

static void
compare_words(const EditInput *input, const Words *draft, const Words *sent,
              Edit *edit)
{
	EditWords a = list_of(draft), b = list_of(sent);
	g_autofree bool *kept = g_new0(bool, a.n + 1);
	unsigned changed = edit_align(a, b, kept, &edit->banded);

	edit->words_draft = a.n;
	edit->words_sent = b.n;
	edit->distance = thousandths(changed, MAX(a.n, b.n));
	edit->kept = count_kept(draft, kept);
	edit->survival = g_new0(unsigned, input->n_spans + 1);
	for (size_t i = 0; i < input->n_spans; i++)
		edit->survival[i] = survival_of(draft, kept, &input->spans[i]);
}

/* The text up to its last word. */
static char *
text_of(const Words *words)
{
	const Tokens *tokens = words->tokens;
	unsigned n = words->number->len;
	size_t end = n > 0 ? token_of(words, n - 1)->end : 0;

	return g_strndup(tokens->text[FIELD_TEXT], end);
}

static int
sign(int number)
{
	return (number > 0) - (number < 0);
}

static int
formality_of(const char *greeting, const char *signoff, int marks)
{
	return edit_form_formality(greeting) + edit_form_formality(signoff) -
	       marks;
}

static void
compare_forms(const EditInput *input, const Words *draft, const Words *sent,
              Edit *edit)
{
	g_autofree char *before = text_of(draft);
	g_autofree char *after = text_of(sent);
	int was, is;

	edit_greeting(before, edit->greeting_draft);
	edit_greeting(after, edit->greeting_sent);
	edit_signoff(before, edit->signoff_draft);
	edit_signoff(after, edit->signoff_sent);
	edit->had = edit_classes(draft->tokens, (unsigned)strlen(before));
	edit->has = edit_classes(sent->tokens, (unsigned)strlen(after));
	was = formality_of(edit->greeting_draft, edit->signoff_draft,
	                   edit_is_light(draft->tokens, input->language));
	is = formality_of(edit->greeting_sent, edit->signoff_sent,
	                  edit_is_light(sent->tokens, input->language));
	edit->formality = sign(is - was);
}

void
edit_compare(const EditInput *input, Edit *ret_edit)
{
	Numbers numbers = { g_hash_table_new_full(g_str_hash, g_str_equal,
		                                  g_free, NULL) };
	Words draft, sent;

	*ret_edit = (Edit){ 0 };
	words_read(&draft, &numbers, input->draft);
	words_read(&sent, &numbers, input->sent);
	if (input->signature != NULL)
		drop_signature(&sent, &numbers, input->signature);
	compare_words(input, &draft, &sent, ret_edit);
	compare_forms(input, &draft, &sent, ret_edit);
	words_clear(&draft);
	words_clear(&sent);
	g_hash_table_unref(numbers.of);
}

void
edit_clear(Edit *edit)
{
	g_free(edit->survival);
	*edit = (Edit){ 0 };
}

unsigned
edit_distance(const char *a, const char *b)
{
	const EditInput input = { .draft = a, .sent = b };
	g_auto(Edit) edit = { 0 };

	edit_compare(&input, &edit);
	return edit.distance;
}
