/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GLib maps by IDNA 2003, MTAs and filters by 2008 or UTS 46. Where those give
 * different names (sharp s, final sigma, joiners) the domain is refused: which
 * of two customers it means is not ours to guess.
 */
#include "domain.h"

#include <glib.h>
#include <string.h>

#define LABEL_BYTES_MAX 63
#define DOMAIN_BYTES_MAX 253

static bool
is_hidden(gunichar c)
{
	GUnicodeType type = g_unichar_type(c);

	return type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
	       type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

bool
domain_is_visible(const char *text)
{
	if (!g_utf8_validate(text, -1, NULL))
		return false;
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if ((!g_unichar_isgraph(c) && c != ' ') || is_hidden(c))
			return false;
	}
	return true;
}

static bool
is_label(const char *label, size_t n)
{
	if (n == 0 || n > LABEL_BYTES_MAX || label[0] == '-' ||
	    label[n - 1] == '-')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!g_ascii_isalnum(label[i]) && label[i] != '-' &&
		    label[i] != '_')
			return false;
	return true;
}

static bool
is_name(const char *domain)
{
	if (strlen(domain) > DOMAIN_BYTES_MAX)
		return false;
	for (;; domain++) {
		size_t n = strcspn(domain, ".");

		if (!is_label(domain, n))
			return false;
		domain += n;
		if (*domain == '\0')
			return true;
	}
}

/* True when IDNA 2003 and 2008 agree on the name. */
static bool
is_undisputed(const char *domain)
{
	static const gunichar deviations[] = { 0xdf, 0x1e9e, 0x3c2, 0x200c,
		                               0x200d };

	for (size_t i = 0; i < G_N_ELEMENTS(deviations); i++)
		if (g_utf8_strchr(domain, -1, deviations[i]) != NULL)
			return false;
	return true;
}

char *
domain_canonical(const char *raw)
{
	g_autofree char *ascii = NULL;
	size_t n;

	/* Most are, and an import has millions of them. */
	if (g_str_is_ascii(raw))
		ascii = g_ascii_strdown(raw, -1);
	else if (domain_is_visible(raw) && is_undisputed(raw))
		ascii = g_hostname_to_ascii(raw);
	if (ascii == NULL)
		return NULL;
	n = strlen(ascii);
	if (n > 0 && ascii[n - 1] == '.')
		ascii[n - 1] = '\0';
	return is_name(ascii) ? g_steal_pointer(&ascii) : NULL;
}

bool
domain_is_ldh(const char *domain)
{
	return strchr(domain, '.') != NULL && strchr(domain, '_') == NULL &&
	       is_name(domain);
}
