/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Models wrap what was asked for: thoughts before it, a fence around it, "Here
 * is the draft:" above it. Each wrapping is taken off in one pass, by marks
 * that no reply to a customer holds; what is left is either the reply or
 * nothing.
 *
 * Thoughts without an end mean that the answer was cut within them, and
 * thoughts without a beginning that the server had swallowed the opening mark.
 */
#include "answer_text.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"

#define REFUSAL_BYTES 400 /* a refusal comes at once */
#define PREAMBLE_BYTES 160

static const struct {
	const char *open, *close;
	unsigned flag;
} wraps[] = {
	{ "<think>", "</think>", ANSWER_HAD_THOUGHTS },
	{ "<thinking>", "</thinking>", ANSWER_HAD_THOUGHTS },
	{ "<thought>", "</thought>", ANSWER_HAD_THOUGHTS },
	{ "<reasoning>", "</reasoning>", ANSWER_HAD_THOUGHTS },
	{ "[THINK]", "[/THINK]", ANSWER_HAD_THOUGHTS },
	{ "<|channel|>analysis<|message|>", "<|end|>", ANSWER_HAD_THOUGHTS },
	{ "<tool_call>", "</tool_call>", ANSWER_HAD_TOOLS },
	{ "<function_call>", "</function_call>", ANSWER_HAD_TOOLS },
	{ "[TOOL_CALLS]", "\n", ANSWER_HAD_TOOLS },
};

/* Marks of chat formats that some servers let through. */
static const char *const marks[] = {
	"<|start|>assistant",
	"<|channel|>final<|message|>",
	"<|im_start|>assistant",
	"<|im_end|>",
	"<|return|>",
	"<|end|>",
	"<|eot_id|>",
	"<|endoftext|>",
	"</s>",
	"<s>",
	"\xef\xbb\xbf",
};

/* Removes each `what`. */
static unsigned
drop_all(GString *text, const char *what)
{
	return g_string_replace(text, what, "", 0);
}

/* The first `needle` in `text`, letters of either case; NULL: none. */
static char *
find(const char *text, const char *needle)
{
	size_t n = strlen(needle);

	for (const char *at = strpbrk(text, "<["); at != NULL;
	     at = strpbrk(at + 1, "<["))
		if (g_ascii_strncasecmp(at, needle, n) == 0)
			return (char *)(uintptr_t)at;
	return NULL;
}

/* Where the wrap that is open at `at` ends; NULL: nowhere. */
static char *
wrap_end(size_t wrap, char *at)
{
	const char *close = wraps[wrap].close;
	char *end = *close == '\n' ? strchr(at, '\n') : find(at, close);

	if (end == NULL)
		return *close == '\n' ? at + strlen(at) : NULL;
	return end + strlen(close);
}

/* What is behind a mark that ends what never began; `text` when none is. */
static const char *
behind_orphan(size_t wrap, const char *text)
{
	const char *close = wraps[wrap].close;
	const char *at = close[1] == '/' ? find(text, close) : NULL;

	return at != NULL ? at + strlen(close) : text;
}

/* False: it begins and does not end. */
static bool
drop_wrap(GString *text, size_t wrap, unsigned *flags)
{
	g_autoptr(GString) kept = g_string_sized_new(text->len);
	char *from = text->str, *open;
	const char *rest;

	while (from != NULL && (open = find(from, wraps[wrap].open)) != NULL) {
		*flags |= wraps[wrap].flag;
		g_string_append_len(kept, from, open - from);
		from = wrap_end(wrap, open);
	}
	if (from != NULL)
		g_string_append(kept, from);
	rest = behind_orphan(wrap, kept->str);
	if (rest != kept->str)
		*flags |= wraps[wrap].flag;
	g_string_assign(text, rest);
	return from != NULL;
}

static bool
drop_wraps(GString *text, unsigned *flags)
{
	bool whole = true;

	for (size_t i = 0; i < G_N_ELEMENTS(wraps); i++)
		whole = drop_wrap(text, i, flags) && whole;
	if (strstr(text->str, "\xef\xbb\xbf") != NULL)
		*flags |= ANSWER_HAD_BOM;
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		drop_all(text, marks[i]);
	return whole;
}

static void
strip(GString *text)
{
	g_strstrip(text->str);
	text->len = strlen(text->str);
}

/* The start of the line after the one at `at`; the end when there is none. */
static const char *
next_line(const char *at)
{
	const char *end = strchr(at, '\n');

	return end != NULL ? end + 1 : at + strlen(at);
}

static const char *
find_fence(const char *text)
{
	while (*text != '\0' && strncmp(text, "```", 3) != 0)
		text = next_line(text);
	return *text != '\0' ? text : NULL;
}

/* May a fence begin after `n` bytes of text? Only a line for the one who asked
 * stands before a whole reply. */
static bool
is_outer(const char *text, size_t n)
{
	while (n > 0 && g_ascii_isspace(text[n - 1]))
		n--;
	return n == 0 || (n <= PREAMBLE_BYTES &&
	                  memchr(text, '\n', n) == NULL && text[n - 1] == ':');
}

/* What stands within a pair of fences, if there is just one, around the whole.
 * Fences within a reply are left for those who look at it for markup. */
static void
open_fence(GString *text, unsigned *flags)
{
	const char *open = find_fence(text->str);
	const char *inside = open != NULL ? next_line(open) : NULL;
	const char *close = inside != NULL ? find_fence(inside) : NULL;
	size_t from, n;

	if (open == NULL || !is_outer(text->str, (size_t)(open - text->str)))
		return;
	*flags |= ANSWER_HAD_FENCE;
	if (close == NULL)
		close = text->str + text->len;
	else if (find_fence(next_line(close)) != NULL)
		return;
	from = (size_t)(inside - text->str);
	n = (size_t)(close - inside);
	g_string_truncate(text, from + n);
	g_string_erase(text, 0, (gssize)from);
	strip(text);
}

/* A first line for the one who asked, or a header that nobody asked for. */
static bool
is_preamble(const char *line, size_t n)
{
	static const char *const starts[] = {
		"here is",    "here's",
		"sure",       "certainly",
		"of course",  "below is",
		"okay",       "her er",
		"selvf",      "naturligvis",
		"h\xc3\xa4r", "sj\xc3\xa4lvklart",
		"hier ist",   "nat\xc3\xbcrlich",
		"gerne",      "draft",
		"udkast",     "utkast",
		"entwurf",    "reply:",
		"svar:",      "antwort:",
		"**",
	};
	static const char *const headers[] = {
		"subject:", "emne:", "\xc3\xa4mne:", "betreff:", "to:",
		"from:",    "cc:",   "bcc:",         "til:",     "an:",
	};

	if (n > PREAMBLE_BYTES)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
		if (g_ascii_strncasecmp(line, headers[i], strlen(headers[i])) ==
		    0)
			return true;
	if (n == 0 || (line[n - 1] != ':' && !g_str_has_prefix(line, "**")))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++)
		if (g_ascii_strncasecmp(line, starts[i], strlen(starts[i])) ==
		    0)
			return true;
	return false;
}

/* At most four such lines. */
static void
drop_preamble(GString *text, unsigned *flags)
{
	for (unsigned i = 0; i < 4; i++) {
		size_t n = strcspn(text->str, "\n");

		if (text->str[n] == '\0' || !is_preamble(text->str, n))
			return;
		*flags |= ANSWER_HAD_PREAMBLE;
		g_string_erase(text, 0, (gssize)n);
		strip(text);
	}
}

/* What no reply to a customer holds: a model has lost its form. */
static bool
has_chat_marks(const char *text)
{
	return strstr(text, "<|") != NULL || strstr(text, "|>") != NULL ||
	       strstr(text, "[INST]") != NULL ||
	       strstr(text, "[/INST]") != NULL ||
	       strstr(text, "<<SYS>>") != NULL || find(text, "<think") != NULL;
}

AnswerFault
answer_text_clean(const char *content, char **ret_text, unsigned *flags)
{
	g_autoptr(GString) text = g_string_new(content);
	bool whole = drop_wraps(text, flags);
	TextNotes notes = { 0 };
	AnswerFault fault;

	strip(text);
	open_fence(text, flags);
	drop_preamble(text, flags);
	if (!whole)
		return ANSWER_TRUNCATED;
	if (text->len == 0)
		return *flags & ANSWER_HAD_TOOLS ? ANSWER_TOOLS : ANSWER_EMPTY;
	if (text->len > LIMIT_ANSWER_TEXT)
		return ANSWER_TOO_LARGE;
	*ret_text =
		text_sanitise(text->str, text->len, LIMIT_ANSWER_TEXT, &notes);
	if (notes.controls + notes.invisible > 0)
		*flags |= ANSWER_HAD_CONTROLS;
	g_strstrip(*ret_text);
	if (**ret_text != '\0' && !has_chat_marks(*ret_text))
		return ANSWER_OK;
	fault = **ret_text == '\0' ? ANSWER_EMPTY : ANSWER_NOISE;
	g_clear_pointer(ret_text, g_free);
	return fault;
}

/* Words that a person of a support desk has no reason to write. */
bool
answer_text_refuses(const char *text)
{
	static const char *const phrases[] = {
		"as an ai",
		"as a language model",
		"i'm an ai",
		"i am an ai",
		"can't assist with",
		"cannot assist with",
		"can't help with that",
		"cannot help with that",
		"can't comply",
		"cannot comply",
		"unable to comply",
		"can't fulfill",
		"cannot fulfill",
		"unable to fulfill",
		"cannot generate",
		"can't generate",
		"against my programming",
		"my guidelines",
		"content policy",
		"som en ai",
		"som ai-",
		"som sprogmodel",
		"en sprogmodel",
		"som spr\xc3\xa5kmodell",
		"en spr\xc3\xa5kmodell",
		"ai-assistent",
		"ai-modell",
		"ai-model",
		"als ki-",
		"als ki ",
		"ein sprachmodell",
		"als sprachmodell",
		"ki-sprachmodell",
		"en tant qu'ia",
		"como modelo de lenguaje",
	};
	g_autofree char *start = g_strndup(text, REFUSAL_BYTES);
	g_autofree char *folded = g_ascii_strdown(start, -1);
	g_autoptr(GString) plain = g_string_new(folded);

	g_string_replace(plain, "\xe2\x80\x99", "'", 0);
	for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++)
		if (strstr(plain->str, phrases[i]) != NULL)
			return true;
	return false;
}

/* -------------------------------------------------------------- its end */

/* False: the text does not end in these lines, or is nothing else. */
static bool
drop_lines(char *text, const char *lines)
{
	size_t n = strlen(lines), size = strlen(g_strchomp(text));

	if (n == 0 || size <= n || text[size - n - 1] != '\n' ||
	    strcmp(text + size - n, lines) != 0)
		return false;
	text[size - n] = '\0';
	g_strchomp(text);
	if (g_str_has_suffix(text, "\n--"))
		text[strlen(text) - strlen("--")] = '\0';
	g_strchomp(text);
	return true;
}

void
answer_drop_signature(char *text, const char *signature)
{
	g_autofree char *own = g_strstrip(g_strdup(signature));
	char *lines = own;

	if (g_str_has_prefix(lines, "-- \n"))
		lines += strlen("-- \n");
	if (drop_lines(text, lines))
		return;
	lines[strcspn(lines, "\n")] = '\0';
	drop_lines(text, lines);
}
