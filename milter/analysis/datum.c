/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A phone number is compared by its last digits alone: one writes the country,
 * the other does not. Fewer digits than that are no phone number to go by.
 *
 * A mail waits for this, and finding is a hundred times as dear as looking
 * whether a line has enough digits or an address: so only such lines are
 * searched, each with the one before, whose words may say what it is.
 */
#include "analysis/datum.h"

#include <glib.h>
#include <string.h>

#include "analysis/redact.h"
#include "message/address.h"

#define SPANS_MAX 64
#define PHONE_DIGITS 8
/* Fewer in a line are no datum. */
#define LINE_DIGITS 6

static bool
is_compared(RedactKind kind)
{
	switch (kind) {
	case REDACT_CVR:
	case REDACT_ORGNR:
	case REDACT_NAME:
	case REDACT_LITERAL:
	case REDACT_KIND_N:
		return false;
	default:
		return true;
	}
}

/* Letters in lower case and digits; of an address and a secret everything. */
static char *
folded(RedactKind kind, const char *text, size_t size)
{
	bool whole = kind == REDACT_EMAIL || kind == REDACT_SECRET;
	GString *out = g_string_sized_new(size + 2);

	g_string_append_c(out, (char)('A' + (int)kind));
	for (size_t i = 0; i < size; i++) {
		bool digit = g_ascii_isdigit(text[i]);

		if (digit || whole ||
		    (kind != REDACT_PHONE && g_ascii_isalpha(text[i])))
			g_string_append_c(out, g_ascii_tolower(text[i]));
	}
	return g_string_free(out, FALSE);
}

static char *
value_of(const RedactSpan *span, const char *text)
{
	char *value =
		folded(span->kind, text + span->start, span->end - span->start);
	size_t size = strlen(value);

	if (span->kind == REDACT_PHONE && size > PHONE_DIGITS + 1)
		memmove(value + 1, value + size - PHONE_DIGITS,
		        PHONE_DIGITS + 1);
	if (span->kind == REDACT_PHONE && size < PHONE_DIGITS + 1)
		g_clear_pointer(&value, g_free);
	return value;
}

/* The part after the last @ is the domain of a mailbox. */
static bool
is_own(const Settings *settings, const char *address)
{
	const char *domain = address_domain(address);

	for (size_t i = 0; i < settings->n_mailboxes; i++)
		if (strcmp(address_domain(settings->mailboxes[i].address),
		           domain) == 0)
			return true;
	return false;
}

static TraceHash
hash_of(const char *value)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	uint8_t digest[32];
	gsize size = sizeof(digest);
	TraceHash hash;

	g_checksum_update(checksum, (const guchar *)value,
	                  (gssize)strlen(value));
	g_checksum_get_digest(checksum, digest, &size);
	memcpy(hash.bytes, digest, sizeof(hash.bytes));
	return hash;
}

static size_t
add(TraceHash *hashes, size_t n, TraceHash hash)
{
	for (size_t i = 0; i < n; i++)
		if (memcmp(&hashes[i], &hash, sizeof(hash)) == 0)
			return n;
	hashes[n] = hash;
	return n + 1;
}

/* What is found, on its way. */
typedef struct Finder {
	const Settings *settings;
	TraceHash *hashes;
	size_t n, max;
} Finder;

static void
find_in(Finder *finder, const char *text, size_t size)
{
	RedactSpan spans[SPANS_MAX];
	size_t found = redact_find(text, size, spans, SPANS_MAX);

	for (size_t i = 0; i < found && finder->n < finder->max; i++) {
		g_autofree char *value = NULL;

		if (!is_compared(spans[i].kind))
			continue;
		value = value_of(&spans[i], text);
		if (value == NULL || (spans[i].kind == REDACT_EMAIL &&
		                      is_own(finder->settings, value)))
			continue;
		finder->n = add(finder->hashes, finder->n, hash_of(value));
	}
}

static bool
may_have(const char *line, size_t size)
{
	unsigned digits = 0;

	for (size_t i = 0; i < size; i++) {
		digits += g_ascii_isdigit(line[i]);
		if (line[i] == '@' || digits >= LINE_DIGITS)
			return true;
	}
	return false;
}

size_t
datum_find(const Settings *settings, const char *text, TraceHash *ret_hashes,
           size_t max)
{
	Finder finder = { settings, ret_hashes, 0, max };
	const char *before = text; /* the line before, or where it begins */
	const char *from = NULL;   /* lines that may have some begin here */

	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		bool has = may_have(text, size);

		if (has && from == NULL)
			from = before;
		if (!has && from != NULL) {
			find_in(&finder, from, (size_t)(text - from));
			from = NULL;
		}
		before = text;
		text += size + (text[size] == '\n');
	}
	if (from != NULL)
		find_in(&finder, from, (size_t)(text - from));
	return finder.n;
}
