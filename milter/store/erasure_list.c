/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of words, so that an administrator can see that there is nothing in
 * them to be read, and an older release can be told from a damaged file.
 */
#include "erasure_private.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "beside.h"
#include "hex.h"

static const char *const kinds[] = {
	[ERASURE_ERASE] = "erase",
	[ERASURE_OBJECT] = "object",
	[ERASURE_OBJECT_MAIL] = "object-mail",
};
static const char *const decisions[DECISION_N] = {
	[DECISION_ERASE] = "erase",           [DECISION_OBJECT] = "object",
	[DECISION_UNOBJECT] = "unobject",     [DECISION_RESTRICT] = "restrict",
	[DECISION_UNRESTRICT] = "unrestrict",
};

static bool
find_word(const char *word, const char *const *words, size_t n, int *ret_at)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(word, words[i]) == 0) {
			*ret_at = (int)i;
			return true;
		}
	}
	return false;
}

static char *
key_text(bool there, const Pseudonym *key)
{
	return there ? hex_of(key->bytes, sizeof key->bytes) : g_strdup("-");
}

/* "-" is none. */
static bool
read_key(const char *word, bool *ret_there, Pseudonym *ret_key)
{
	*ret_there = strcmp(word, "-") != 0;
	return !*ret_there ||
	       hex_parse(word, "", ret_key->bytes, sizeof ret_key->bytes);
}

char *
pending_text(const Pending *pending)
{
	const PersonNames *names = &pending->names;
	g_autofree char *now = key_text(true, &names->now);
	g_autofree char *old = key_text(names->has_old, &names->old);
	g_autofree char *suppression = key_text(true, &pending->suppression);
	g_autofree char *subject =
		hex_of(pending->subject, AUDIT_SUBJECT_BYTES);

	return g_strdup_printf("%s %d %s %s %s %s %s\n", kinds[pending->kind],
	                       (int)names->kind, now, old, suppression, subject,
	                       pending->actor);
}

#define PENDING_WORDS 7

static bool
read_pending(char *const *words, Pending *pending)
{
	PersonNames *names = &pending->names;
	bool there;
	int kind;

	if (!find_word(words[0], kinds, G_N_ELEMENTS(kinds), &kind))
		return false;
	pending->kind = (ErasureKind)kind;
	names->kind = (PseudonymKind)g_ascii_strtoll(words[1], NULL, 10);
	if (!read_key(words[2], &there, &names->now) || !there ||
	    !read_key(words[3], &names->has_old, &names->old) ||
	    !read_key(words[4], &there, &pending->suppression) || !there ||
	    !hex_parse(words[5], "", pending->subject, AUDIT_SUBJECT_BYTES))
		return false;
	g_strlcpy(pending->actor, words[6], sizeof pending->actor);
	return true;
}

bool
pending_parse(const char *line, Pending *ret_pending)
{
	g_auto(GStrv) words = g_strsplit(line, " ", PENDING_WORDS + 1);
	Pending pending = { 0 };

	if (g_strv_length(words) != PENDING_WORDS ||
	    !read_pending(words, &pending))
		return false;
	*ret_pending = pending;
	return true;
}

Pseudonym
decision_hash(const Keys *keys, const void *alias_key)
{
	g_autofree char *hex = hex_of(alias_key, PSEUDONYM_BYTES);
	g_autofree char *text = g_strconcat("erased\n", hex, NULL);

	return keys_pseudonym(keys, PSEUDONYM_AUDIT, text);
}

char *
decision_text(const Decision *decision)
{
	g_autofree char *hash = key_text(decision->has_hash, &decision->hash);
	g_autofree char *suppression =
		key_text(decision->has_suppression, &decision->suppression);

	return g_strdup_printf("%" PRId64 " %s %s %s\n", decision->at,
	                       decisions[decision->kind], hash, suppression);
}

bool
decision_parse(const char *line, Decision *ret_decision)
{
	g_auto(GStrv) words = g_strsplit(line, " ", 5);
	Decision decision = { 0 };
	char *end = NULL;
	int kind;

	if (g_strv_length(words) != 4)
		return false;
	decision.at = g_ascii_strtoll(words[0], &end, 10);
	if (*end != '\0' || end == words[0] ||
	    !find_word(words[1], decisions, DECISION_N, &kind) ||
	    !read_key(words[2], &decision.has_hash, &decision.hash) ||
	    !read_key(words[3], &decision.has_suppression,
	              &decision.suppression))
		return false;
	decision.kind = (DecisionKind)kind;
	*ret_decision = decision;
	return true;
}

GArray *
decisions_read(const Store *store, GError **error)
{
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Decision));
	g_autofree char *text = beside_read(store, ERASURES_SUFFIX, error);
	g_auto(GStrv) lines = NULL;

	if (text == NULL)
		return NULL;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		Decision decision;

		if (**line == '\0')
			continue;
		if (!decision_parse(*line, &decision)) {
			store_refuse(error, STORE_ERROR_CORRUPT,
			             "%s.%s: line %d cannot be read",
			             store->path, ERASURES_SUFFIX,
			             (int)(line - lines) + 1);
			return NULL;
		}
		g_array_append_val(list, decision);
	}
	return g_steal_pointer(&list);
}

/* The lines of one decision. */
typedef struct Lines {
	const Keys *keys;
	GString *text;
	Decision decision;
} Lines;

static void
add_line(Lines *lines, const Pseudonym *key)
{
	Decision *decision = &lines->decision;
	g_autofree char *line = NULL;

	decision->has_hash = true;
	decision->hash = decision_hash(lines->keys, key->bytes);
	line = decision_text(decision);
	g_string_append(lines->text, line);
	/* The suppression stands in the first line alone. */
	decision->has_suppression = false;
}

/* A backup may hold the person under another of the customer's names. */
static void
add_alias(const Pseudonym *key, PseudonymKind kind, void *data)
{
	(void)kind;
	add_line(data, key);
}

bool
decisions_write(Store *store, const Keys *keys, const PersonNames *names,
                const Pseudonym *suppression, DecisionKind kind, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	Lines lines = { .keys = keys,
		        .text = text,
		        .decision = { .at = clock_wall() / G_USEC_PER_SEC,
		                      .kind = kind,
		                      .has_suppression = true,
		                      .suppression = *suppression } };
	int64_t customer;
	bool company = false;

	add_line(&lines, &names->now);
	if (names->has_old)
		add_line(&lines, &names->old);
	if (!person_customer(store, names, &customer, error) ||
	    !person_is_company(store, names, customer, &company, error))
		return false;
	/* One of a company's people is not the company. */
	if ((!company || names->kind != PSEUDONYM_EMAIL) &&
	    !person_each_key(store, customer, add_alias, &lines, error))
		return false;
	return beside_append(store, ERASURES_SUFFIX, text->str, error);
}

bool
erasures_forget(const Store *store, int64_t before, int64_t *ret_n,
                GError **error)
{
	int lock = beside_lock(store, error);
	g_autoptr(GArray) list =
		lock >= 0 ? decisions_read(store, error) : NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	int64_t n = 0;
	bool good = list != NULL;

	for (guint i = 0; good && i < list->len; i++) {
		const Decision *decision = &g_array_index(list, Decision, i);
		g_autofree char *line = decision_text(decision);

		if (decision->at < before)
			n++;
		else
			g_string_append(text, line);
	}
	good = good && (n == 0 ||
	                beside_write(store, ERASURES_SUFFIX, text->str, error));
	beside_unlock(lock);
	*ret_n = n;
	return good;
}
