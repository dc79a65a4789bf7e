/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pass over the tokens sums; a few divisions follow.
 */
#include "analysis/structure.h"

#include <string.h>

#include "tokens_private.h"

#define LONG_WORD 12 /* letters */
#define SIGNATURE_WORDS 3

static const char *const names[STRUCTURE_N] = {
	[STRUCTURE_WORDS] = "words",
	[STRUCTURE_SENTENCES] = "sentences",
	[STRUCTURE_PARAGRAPHS] = "paragraphs",
	[STRUCTURE_LINES] = "lines",
	[STRUCTURE_MEAN_SENTENCE_WORDS] = "mean-sentence-words",
	[STRUCTURE_MEAN_WORD_LETTERS] = "mean-word-letters",
	[STRUCTURE_LONG_WORDS] = "long-words",
	[STRUCTURE_QUESTIONS] = "questions",
	[STRUCTURE_EXCLAMATIONS] = "exclamations",
	[STRUCTURE_EXCLAMATION_RUNS] = "exclamation-runs",
	[STRUCTURE_QUESTION_RUNS] = "question-runs",
	[STRUCTURE_CAPS_WORDS] = "caps-words",
	[STRUCTURE_CAPS_SHARE] = "caps-share",
	[STRUCTURE_EMOJI] = "emoji",
	[STRUCTURE_EMOTICONS] = "emoticons",
	[STRUCTURE_NUMBERS] = "numbers",
	[STRUCTURE_CODES] = "codes",
	[STRUCTURE_VERSIONS] = "versions",
	[STRUCTURE_URLS] = "urls",
	[STRUCTURE_LOWERCASE_STARTS] = "lowercase-starts",
	[STRUCTURE_I_LOWERCASE] = "i-lowercase",
	[STRUCTURE_COMMAS_PER_SENTENCE] = "commas-per-sentence",
	[STRUCTURE_DIGITS_SHARE] = "digits-share",
	[STRUCTURE_SUBJECT_WORDS] = "subject-words",
	[STRUCTURE_SUBJECT_CAPS] = "subject-caps",
	[STRUCTURE_HAS_GREETING] = "has-greeting",
	[STRUCTURE_HAS_CLOSING] = "has-closing",
	[STRUCTURE_HAS_SIGNATURE] = "has-signature",
	[STRUCTURE_APOSTROPHE_WORDS] = "apostrophe-words",
	[STRUCTURE_NO_FINAL_STOP] = "no-final-stop",
	[STRUCTURE_QUOTES] = "quotes",
	[STRUCTURE_BULLET_LINES] = "bullet-lines",
};

const char *
structure_name(StructureNumber number)
{
	return names[number];
}

StructureNumber
structure_from_name(const char *name)
{
	unsigned i = 0;

	while (i < STRUCTURE_N && strcmp(names[i], name) != 0)
		i++;
	return (StructureNumber)i;
}

typedef struct Sums {
	unsigned letters; /* of words of letters only */
	unsigned worded;  /* words of letters only */
	unsigned long_words;
	unsigned sizeable; /* words of three letters and more */
	unsigned begun;    /* sentences that begin with a letter */
	unsigned lower_begun;
	unsigned commas;
	unsigned sentence; /* the last one counted, plus one */
} Sums;

static void
count_mark(const Tokens *tokens, const Token *token, float *number, Sums *sums)
{
	const char *mark = tokens_folded(tokens, token);
	bool run = token->length > 1;

	switch (mark[0]) {
	case ',':
		sums->commas++;
		break;
	case '!':
		number[STRUCTURE_EXCLAMATIONS]++;
		number[STRUCTURE_EXCLAMATION_RUNS] += run;
		break;
	case '?':
		number[STRUCTURE_QUESTIONS]++;
		number[STRUCTURE_QUESTION_RUNS] += run;
		break;
	default:
		break;
	}
}

/* What count_classes() counts; most tokens are none of it. */
#define COUNTED_CLASSES                                                        \
	(TOKEN_EMOJI | TOKEN_EMOTICON | TOKEN_CAPS | TOKEN_CODE |              \
	 TOKEN_VERSION | TOKEN_URL | TOKEN_APOSTROPHE | TOKEN_NUM |            \
	 TOKEN_DATE)

static void
count_classes(const Token *token, float *number)
{
	uint32_t classes = token->classes;

	number[STRUCTURE_EMOJI] += (classes & TOKEN_EMOJI) != 0;
	number[STRUCTURE_EMOTICONS] += (classes & TOKEN_EMOTICON) != 0;
	number[STRUCTURE_CAPS_WORDS] += (classes & TOKEN_CAPS) != 0;
	number[STRUCTURE_CODES] += (classes & TOKEN_CODE) != 0;
	number[STRUCTURE_VERSIONS] += (classes & TOKEN_VERSION) != 0;
	number[STRUCTURE_URLS] += (classes & TOKEN_URL) != 0;
	number[STRUCTURE_APOSTROPHE_WORDS] += (classes & TOKEN_APOSTROPHE) != 0;
	number[STRUCTURE_NUMBERS] += (classes & (TOKEN_NUM | TOKEN_DATE)) != 0;
}

static void
count_word(const Tokens *tokens, const Token *token, float *number, Sums *sums)
{
	bool lettered = (token->classes & (TOKEN_UPPER | TOKEN_LOWER)) != 0;

	number[STRUCTURE_WORDS]++;
	if (sums->sentence != token->sentence + 1u) {
		sums->sentence = token->sentence + 1u;
		number[STRUCTURE_SENTENCES]++;
		sums->begun += lettered;
		sums->lower_begun += (token->classes & TOKEN_LOWER) != 0;
	}
	if (!lettered)
		return;
	sums->worded++;
	sums->letters += token->letters;
	sums->long_words += token->letters >= LONG_WORD;
	sums->sizeable += token->letters >= 3;
	if (token->length == 1 && (token->classes & TOKEN_LOWER) &&
	    tokens_folded(tokens, token)[0] == 'i')
		number[STRUCTURE_I_LOWERCASE]++;
}

static float
ratio(double part, double whole, double scale)
{
	return whole > 0 ? (float)(scale * part / whole) : 0;
}

static void
read_subject(const Tokens *tokens, float *number)
{
	unsigned capitals = 0, lettered = 0;

	for (unsigned i = 0; i < tokens->first[FIELD_TEXT]; i++) {
		const Token *token = &tokens->token[i];

		if ((token->classes & TOKEN_WORD) == 0)
			continue;
		number[STRUCTURE_SUBJECT_WORDS]++;
		if (token->letters < 3 ||
		    (token->classes & (TOKEN_UPPER | TOKEN_LOWER)) == 0)
			continue;
		lettered++;
		capitals += (token->classes & TOKEN_CAPS) != 0;
	}
	number[STRUCTURE_SUBJECT_CAPS] = lettered > 0 && capitals == lettered;
}

/* Is the last sentence before the closing without an end mark? */
static bool
lacks_final_stop(const Tokens *tokens)
{
	unsigned i = tokens->first[FIELD_SIGNATURE];

	while (i > tokens->first[FIELD_TEXT] &&
	       (tokens->token[i - 1].regions & REGION_CLOSING ||
	        tokens->token[i - 1].classes & (TOKEN_EMOJI | TOKEN_EMOTICON)))
		i--;
	return i > tokens->first[FIELD_TEXT] &&
	       (tokens->token[i - 1].classes & TOKEN_STOP) == 0;
}

/* Is the signature more than a name? */
static bool
tells_sender(const Tokens *tokens)
{
	unsigned words = 0;

	for (unsigned i = tokens->first[FIELD_SIGNATURE]; i < tokens->n; i++)
		words += (tokens->token[i].classes & TOKEN_WORD) != 0;
	return words >= SIGNATURE_WORDS;
}

void
structure_read(const Tokens *tokens, Structure *ret_structure)
{
	float *number = ret_structure->number;
	Sums sums = { 0 };

	memset(ret_structure, 0, sizeof(*ret_structure));
	for (unsigned i = tokens->first[FIELD_TEXT];
	     i < tokens->first[FIELD_SIGNATURE]; i++) {
		const Token *token = &tokens->token[i];

		if (token->classes & COUNTED_CLASSES)
			count_classes(token, number);
		if (token->classes & TOKEN_WORD)
			count_word(tokens, token, number, &sums);
		else if (token->classes & TOKEN_MARK)
			count_mark(tokens, token, number, &sums);
	}
	number[STRUCTURE_PARAGRAPHS] = (float)tokens->counts.paragraphs;
	number[STRUCTURE_LINES] = (float)tokens->counts.lines;
	number[STRUCTURE_QUOTES] = (float)tokens->counts.quotes;
	number[STRUCTURE_BULLET_LINES] = (float)tokens->counts.bullets;
	number[STRUCTURE_MEAN_SENTENCE_WORDS] =
		ratio(number[STRUCTURE_WORDS], number[STRUCTURE_SENTENCES], 1);
	number[STRUCTURE_MEAN_WORD_LETTERS] =
		ratio(sums.letters, sums.worded, 1);
	number[STRUCTURE_LONG_WORDS] = ratio(sums.long_words, sums.worded, 100);
	number[STRUCTURE_CAPS_SHARE] =
		ratio(number[STRUCTURE_CAPS_WORDS], sums.sizeable, 100);
	number[STRUCTURE_LOWERCASE_STARTS] =
		ratio(sums.lower_begun, sums.begun, 100);
	number[STRUCTURE_COMMAS_PER_SENTENCE] =
		ratio(sums.commas, number[STRUCTURE_SENTENCES], 1);
	number[STRUCTURE_DIGITS_SHARE] =
		ratio(tokens->counts.digits, tokens->counts.characters, 100);
	read_subject(tokens, number);
	number[STRUCTURE_HAS_GREETING] = tokens->greeting;
	number[STRUCTURE_HAS_CLOSING] = tokens->closing;
	number[STRUCTURE_HAS_SIGNATURE] = tells_sender(tokens);
	number[STRUCTURE_NO_FINAL_STOP] = lacks_final_stop(tokens);
}
