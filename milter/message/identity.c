/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The address module keeps a local part as it was written, since only the
 * receiving host knows what it means; here we decide, because Bo@ in the shop's
 * export and bo@ in his mail must be one customer. What is merged must be
 * merged by nearly every host, or be asked for by name: letter case is
 * (nobody gives Bo@ and bo@ to two people), `+tag` and dots are not, and
 * guessing would give one customer's tier to another of the same domain. A
 * domain is never touched beyond its canonical form: look-alikes stay apart.
 *
 * Case is folded by pairs, one lower for one upper letter, in no locale. Full
 * folding would merge sharp s with ss and the Turkish dotted I with i; letters
 * without a partner stay as they are. Folding can bring together letters that
 * NFC composes (J and a caron), so it is composed again.
 *
 * Quotes are put only where the text would not be read without them: "bo." and
 * bo. are the same local part, though RFC 5321 wants the first form.
 */
#include "message/identity.h"

#include <glib.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "domain.h"
#include "message/address.h"

/* Without quotes and backslashes; canonical text, so they are well formed. */
static char *
unquoted(const char *local, size_t size)
{
	GString *out = g_string_sized_new(size);

	if (local[0] != '"')
		return g_string_free(
			g_string_append_len(out, local, (gssize)size), FALSE);
	for (size_t i = 1; i + 1 < size; i++) {
		if (local[i] == '\\')
			i++;
		g_string_append_c(out, local[i]);
	}
	return g_string_free(out, FALSE);
}

static bool
is_bare(const char *local)
{
	for (const char *p = local; *p != '\0'; p++)
		if (!g_ascii_isalnum(*p) && (*p & 0x80) == 0 &&
		    strchr("!#$%&'*+-/=?^_`{|}~.", *p) == NULL)
			return false;
	return true;
}

static bool
is_listed(char *const *domains, const char *domain)
{
	for (; domains != NULL && *domains != NULL; domains++) {
		g_autofree char *listed = domain_canonical(*domains);

		if (listed != NULL && strcmp(listed, domain) == 0)
			return true;
	}
	return false;
}

/* NAME+TAG becomes NAME; what starts with + has no name before it. */
static void
drop_tag(char *local)
{
	char *plus = strchr(local, '+');

	if (plus != NULL && plus != local)
		*plus = '\0';
}

static void
drop_dots(char *local)
{
	char *to = local;

	if (local[strspn(local, ".")] == '\0')
		return;
	for (const char *from = local; *from != '\0'; from++)
		if (*from != '.')
			*to++ = *from;
	*to = '\0';
}

static gunichar
lower_of_pair(gunichar c)
{
	gunichar lower = g_unichar_tolower(c);

	return g_unichar_toupper(lower) == c ? lower : c;
}

static char *
folded(const char *local)
{
	g_autoptr(GString) out = g_string_sized_new(strlen(local));

	if (g_str_is_ascii(local))
		return g_ascii_strdown(local, -1);
	for (const char *p = local; *p != '\0'; p = g_utf8_next_char(p))
		g_string_append_unichar(out, lower_of_pair(g_utf8_get_char(p)));
	return g_utf8_normalize(out->str, -1, G_NORMALIZE_NFC);
}

/* By the policy; NULL when nothing fit to be a name is left. */
static char *
local_of(const Settings *settings, const char *raw, size_t size,
         const char *domain)
{
	g_autofree char *plain = unquoted(raw, size);
	g_autofree char *local = NULL;

	if (is_listed(settings->identity_subaddress_domains, domain))
		drop_tag(plain);
	if (is_listed(settings->identity_dotless_domains, domain))
		drop_dots(plain);
	local = settings->identity_fold_case ? folded(plain)
	                                     : g_steal_pointer(&plain);
	if (local == NULL || local[0] == '\0' ||
	    strlen(local) > (size_t)LIMIT_LOCAL_BYTES)
		return NULL;
	return is_bare(local) ? g_steal_pointer(&local) : address_quoted(local);
}

char *
identity_of(const Settings *settings, const char *text)
{
	g_autofree char *address = address_from_header(text, NULL);
	g_autofree char *local = NULL;
	g_autofree char *identity = NULL;
	const char *domain;

	if (address == NULL)
		return NULL;
	domain = address_domain(address);
	if (domain[0] == '[')
		return NULL;
	local = local_of(settings, address, (size_t)(domain - 1 - address),
	                 domain);
	if (local == NULL)
		return NULL;
	/* Folding may have lengthened it past what is read as an address. */
	identity = g_strconcat(local, "@", domain, NULL);
	return strlen(identity) <= (size_t)LIMIT_ADDRESS_BYTES
	               ? g_steal_pointer(&identity)
	               : NULL;
}

static bool
are_domains(const Settings *settings, char *const *domains, const char *name,
            GError **error)
{
	for (; *domains != NULL; domains++) {
		g_autofree char *domain = domain_canonical(*domains);

		if (domain != NULL)
			continue;
		g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
		            "%s: \"%s\" is no mail domain; write it as after "
		            "the @, with ; between two",
		            name, *domains);
		return settings_blame(settings, NULL, "identity", error);
	}
	return true;
}

bool
identity_check(const Settings *settings, GError **error)
{
	return are_domains(settings, settings->identity_subaddress_domains,
	                   "subaddress_domains", error) &&
	       are_domains(settings, settings->identity_dotless_domains,
	                   "dotless_domains", error);
}
