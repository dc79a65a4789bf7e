/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of tokens grows by doubling from a guess by the size of the text:
 * a mail costs two or three allocations, not one a word.
 */
#include "analysis/tokens.h"

#include <string.h>

#include "base/limits.h"
#include "tokens_private.h"

const char *const token_class_names[TOKEN_CLASSES] = {
	"num", "time",  "date", "amount", "code",  "version",
	"url", "email", "caps", "name",   "emoji",
};

char *
tokens_reserve(Tokens *tokens, size_t length)
{
	if (tokens->n >= LIMIT_TOKENS) {
		tokens->truncated = tokens->full = true;
		return NULL;
	}
	if (tokens->n == tokens->allocated) {
		tokens->allocated *= 2;
		tokens->token = g_realloc_n(tokens->token, tokens->allocated,
		                            sizeof(Token));
	}
	if (tokens->folded_size + length > tokens->folded_allocated) {
		tokens->folded_allocated =
			tokens->folded_allocated * 2 + length;
		tokens->folded =
			g_realloc(tokens->folded, tokens->folded_allocated);
	}
	return tokens->folded + tokens->folded_size;
}

Token *
tokens_append(Tokens *tokens, TokenField field, size_t length, uint32_t hash)
{
	Token *token = &tokens->token[tokens->n++];

	*token = (Token){ .field = (uint8_t)field,
		          .folded = (uint32_t)tokens->folded_size,
		          .length = (uint16_t)length,
		          .hash = hash };
	tokens->folded_size += length;
	return token;
}

Token *
tokens_add(Tokens *tokens, TokenField field, const char *folded, size_t length)
{
	char *place = tokens_reserve(tokens, length);

	if (place == NULL)
		return NULL;
	memcpy(place, folded, length);
	return tokens_append(tokens, field, length,
	                     tokens_hash(TOKENS_HASH, folded, length));
}

Tokens *
tokens_read(const char *subject, const char *text, const char *signature)
{
	Tokens *tokens = g_new0(Tokens, 1);
	const char *texts[FIELD_N] = { subject, text, signature };
	size_t size = 0;

	for (int i = 0; i < FIELD_N; i++) {
		tokens->text[i] = texts[i] ? texts[i] : "";
		tokens->size[i] = strnlen(tokens->text[i], LIMIT_ANALYSE_TEXT);
		tokens->truncated |= tokens->text[i][tokens->size[i]] != '\0';
		size += tokens->size[i];
	}
	size = MIN(size, (size_t)LIMIT_TOKENS * 8);
	tokens->allocated = (unsigned)(size / 4 + 16);
	tokens->token = g_new(Token, tokens->allocated);
	tokens->folded_allocated = size + 64;
	tokens->folded = g_malloc(tokens->folded_allocated);
	for (int i = 0; i < FIELD_N; i++) {
		tokens->first[i] = tokens->n;
		scan_field(tokens, (TokenField)i);
	}
	tokens->first[FIELD_N] = tokens->n;
	classify_neighbours(tokens);
	regions_mark(tokens);
	sentences_mark(tokens);
	return tokens;
}

void
tokens_free(Tokens *tokens)
{
	if (tokens == NULL)
		return;
	g_free(tokens->token);
	g_free(tokens->folded);
	g_free(tokens);
}
