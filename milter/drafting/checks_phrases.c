/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Phrases of blocked.rules, by the engine that reads mails. They are looked for
 * in the draft's language and in English, in which models refuse and babble.
 * What a site's own text promises may be promised: only sentences that no text
 * of the site has are looked at for that.
 */
#include <string.h>

#include "analysis/examine.h"
#include "checks_private.h"

#define LEAK_BYTES 48 /* of the instructions, word for word */

typedef struct Novel {
	const Checking *checking;
	GString *own; /* sentences that stand in no text of the site */
} Novel;

static void
keep_novel(const char *sentence, size_t length, void *data)
{
	Novel *self = data;
	g_autofree char *plain = checks_plain(sentence, length);

	if (strstr(self->checking->site_plain, plain) != NULL)
		return;
	g_string_append_len(self->own, sentence, (gssize)length);
	g_string_append_c(self->own, '\n');
}

/* Which check an escalation code of blocked.rules means. */
static Check
check_of(const Rules *blocked, const ExamineAlert *alert)
{
	Check check = check_from_name(
		rules_escalation_name(blocked, alert->escalation));

	return check == CHECK_N ? CHECK_BLOCKED : check;
}

/* Notes what stands in `text`: promises, or all but them. */
static void
look_in(Checking *self, const char *text, Language language, bool promises)
{
	const Rules *blocked = self->input->blocked;
	g_autoptr(Report) report =
		examine_text(blocked, &(ExamineText){ "", text, "" }, language);

	for (unsigned i = 0; i < report->alerts->len; i++) {
		const ExamineAlert *alert =
			&g_array_index(report->alerts, ExamineAlert, i);
		Check check = check_of(blocked, alert);

		if ((check == CHECK_PROMISE) == promises)
			checks_note(self, check, alert->words,
			            strlen(alert->words));
	}
}

void
checks_phrases(Checking *self)
{
	const CheckInput *input = self->input;
	Novel novel = { self, NULL };
	const Language languages[] = { input->language, LANGUAGE_EN,
		                       LANGUAGE_DA, LANGUAGE_NB, LANGUAGE_SV };
	/* a model mixes up neighbours */
	size_t n = input->language == LANGUAGE_DA ||
	                           input->language == LANGUAGE_NB ||
	                           input->language == LANGUAGE_NN ||
	                           input->language == LANGUAGE_SV
	                   ? G_N_ELEMENTS(languages)
	                   : 2;

	if (input->blocked == NULL)
		return;
	novel.own = g_string_new(NULL);
	checks_sentences(input->text, keep_novel, &novel);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && languages[i] == languages[0])
			continue;
		look_in(self, input->text, languages[i], false);
		look_in(self, novel.own->str, languages[i], true);
	}
	g_string_free(novel.own, TRUE);
}

/* --------------------------------------------------------------- leak */

/* Letters and digits alone, folded: what spells a word however it is spaced. */
static char *
letters_of(const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	GString *letters = g_string_new(NULL);

	for (const char *c = folded; *c != '\0'; c = g_utf8_next_char(c))
		if (g_unichar_isalnum(g_utf8_get_char(c)))
			g_string_append_unichar(letters, g_utf8_get_char(c));
	return g_string_free(letters, FALSE);
}

/* In base64, but for its end, which depends on what follows. */
static bool
holds_base64(const char *text, const char *word)
{
	size_t whole = strlen(word) / 3 * 3;
	g_autofree char *base64 = g_base64_encode((const guchar *)word, whole);

	return whole > 0 && strstr(text, base64) != NULL;
}

static bool
holds_canary(const char *text, const char *canary)
{
	g_autofree char *letters = letters_of(text);
	g_autofree char *word = letters_of(canary);
	g_autofree char *turned = g_utf8_strreverse(word, -1);

	return *word != '\0' &&
	       (strstr(letters, word) != NULL ||
	        strstr(letters, turned) != NULL || holds_base64(text, canary));
}

/* Words in a row that stand so in the instructions, but in none of the texts
 * that the draft may use. */
static const char *
find_copy(const char *plain, const char *instructions, const char *site)
{
	char piece[LEAK_BYTES + 1];
	const char *at = plain;

	while (strlen(at) >= LEAK_BYTES) {
		memcpy(piece, at, LEAK_BYTES);
		piece[LEAK_BYTES] = '\0';
		if (strstr(instructions, piece) != NULL &&
		    strstr(site, piece) == NULL)
			return at;
		at += strcspn(at, " ");
		at += *at == ' ';
	}
	return NULL;
}

void
checks_leak(Checking *self)
{
	const CheckInput *input = self->input;
	g_autofree char *instructions = NULL;
	g_autofree char *plain = NULL;
	const char *copy;

	if (input->canary != NULL && holds_canary(input->text, input->canary))
		checks_note(self, CHECK_PROMPT_LEAK, input->text,
		            strlen(input->text));
	if (input->instructions == NULL)
		return;
	instructions =
		checks_plain(input->instructions, strlen(input->instructions));
	plain = checks_plain(input->text, strlen(input->text));
	copy = find_copy(plain, instructions, self->site_plain);
	if (copy != NULL)
		checks_note(self, CHECK_PROMPT_LEAK, copy, strlen(copy));
}
