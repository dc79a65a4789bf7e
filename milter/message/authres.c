/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The worst of all fields of ours counts, method by method, because one of
 * them may be forged. Within one field several DKIM results are several
 * signatures, of which one aligned suffices (RFC 6376 4.2); OpenDKIM and
 * OpenDMARC write a field each, which then hold different methods.
 *
 * Methods are also held against each other: DMARC that failed is not mended by
 * a DKIM pass, and a DMARC pass that neither DKIM nor SPF supports although
 * both were looked at is a contradiction. Anything of ours that cannot be read
 * makes the mail unverified: a forger can harm only himself that way.
 *
 * A forger may also speak through our own filters, which repeat what he wrote:
 * the name of his host, his envelope address, the identity in his signature
 * (seen with the filters of Debian 12, each of which could be made to say
 * dkim=pass header.d=SOMEBODY). What they repeat is therefore looked at where
 * it stands (dkim_tags.c, comments in authres_field.c), and so is what a field
 * says after the name of the host, or beside "no signature".
 */
#include "message/authres.h"

#include <stdbool.h>
#include <string.h>

#include "authres_field.h"
#include "base/limits.h"
#include "dkim_tags.h"
#include "domain.h"
#include "message/address.h"

/* Worst last. */
typedef enum State {
	STATE_UNSEEN,
	STATE_PASS,  /* aligned with From */
	STATE_OTHER, /* none, neutral, an error, not aligned */
	STATE_FAIL,
} State;

typedef struct Evidence {
	State dmarc;
	State dkim;
	State spf;
	bool dkim_any; /* some pass, aligned or not */
	bool dkim_none;
	bool spf_any;
	bool helo;  /* the stranger's host was named, without quotes */
	bool doubt; /* something passed after that */
} Evidence;

const char *
auth_verdict_name(AuthVerdict verdict)
{
	static const char *const names[] = { [AUTH_UNVERIFIED] = "unverified",
		                             [AUTH_WEAK] = "weak",
		                             [AUTH_VERIFIED] = "verified" };

	return names[verdict];
}

/* `domain` equals that of From, or is a parent of it. */
static bool
is_aligned(const char *domain, const char *from_domain)
{
	size_t n = strlen(domain);
	size_t from_n = strlen(from_domain);
	const char *tail;

	if (!domain_is_ldh(domain) || n > from_n)
		return false;
	tail = from_domain + (from_n - n);
	return g_ascii_strcasecmp(tail, domain) == 0 &&
	       (n == from_n || tail[-1] == '.');
}

/* The part after the @; the whole without one. */
static const char *
domain_of(const char *value)
{
	const char *at = strrchr(value, '@');

	return at != NULL ? at + 1 : value;
}

static State
dmarc_state(const AuthresResult *result, const char *from_domain)
{
	static const char *const harmless[] = { "none", "temperror",
		                                "permerror", "bestguesspass" };

	for (size_t i = 0; i < G_N_ELEMENTS(harmless); i++)
		if (strcmp(result->result, harmless[i]) == 0)
			return STATE_OTHER;
	if (strcmp(result->result, "pass") != 0)
		return STATE_FAIL;
	if (result->header_from[0] == '\0')
		return STATE_OTHER;
	return domain_is_ldh(result->header_from) &&
	                       strcmp(result->header_from, from_domain) == 0
	               ? STATE_PASS
	               : STATE_FAIL;
}

/* The signing domain; that of header.i when header.d is not told. */
static State
dkim_state(const AuthresResult *result, const char *from_domain)
{
	const char *identity = domain_of(result->header_i);
	const char *signer = result->header_d;

	if (strcmp(result->result, "pass") != 0)
		return STATE_FAIL;
	if (signer[0] == '\0')
		signer = identity;
	else if (identity[0] != '\0' && !is_aligned(signer, identity))
		return STATE_FAIL;
	return is_aligned(signer, from_domain) ? STATE_PASS : STATE_OTHER;
}

static State
spf_state(const AuthresResult *result, const char *from_domain)
{
	if (strcmp(result->result, "pass") != 0)
		return STATE_FAIL;
	if (strchr(result->mailfrom, '@') == result->mailfrom)
		return STATE_OTHER;
	return is_aligned(domain_of(result->mailfrom), from_domain)
	               ? STATE_PASS
	               : STATE_OTHER;
}

static State
worse(State a, State b)
{
	return a > b ? a : b;
}

/* The better of two signatures in one field. */
static State
better(State a, State b)
{
	if (a == STATE_UNSEEN)
		return b;
	return a < b ? a : b;
}

static bool
is_decisive(const AuthresResult *result)
{
	return strcmp(result->method, "dmarc") == 0 ||
	       strcmp(result->method, "dkim") == 0 ||
	       strcmp(result->method, "spf") == 0;
}

static void
add_result(Evidence *evidence, const AuthresResult *result,
           const char *from_domain)
{
	bool pass = strcmp(result->result, "pass") == 0;

	if (pass && evidence->helo && is_decisive(result))
		evidence->doubt = true;
	if (strcmp(result->method, "dmarc") == 0) {
		evidence->dmarc = worse(evidence->dmarc,
		                        dmarc_state(result, from_domain));
	} else if (strcmp(result->method, "dkim") == 0) {
		evidence->dkim =
			better(evidence->dkim, dkim_state(result, from_domain));
		evidence->dkim_any |= pass;
		evidence->dkim_none |= strcmp(result->result, "none") == 0;
	} else if (strcmp(result->method, "spf") == 0) {
		evidence->spf_any |= pass;
		if (result->helo[0] == '\0' || result->mailfrom[0] != '\0')
			evidence->spf = worse(evidence->spf,
			                      spf_state(result, from_domain));
	}
	evidence->helo |= result->helo[0] != '\0';
}

/* False when the field is of ours and cannot be trusted. */
static bool
add_field(Evidence *evidence, const char *value, bool odd,
          const char *authserv_id, const char *from_domain)
{
	Evidence here = { 0 };
	AuthresField field;
	AuthresResult result;
	AuthresStep step;
	AuthresOwner owner = authres_field_begin(&field, value, authserv_id);

	if (owner != AUTHRES_OURS)
		return owner == AUTHRES_OTHERS;
	if (odd)
		return false;
	while ((step = authres_field_next(&field, &result)) == AUTHRES_RESULT)
		add_result(&here, &result, from_domain);
	evidence->dmarc = worse(evidence->dmarc, here.dmarc);
	evidence->dkim = worse(evidence->dkim, here.dkim);
	evidence->spf = worse(evidence->spf, here.spf);
	evidence->dkim_any |= here.dkim_any;
	evidence->spf_any |= here.spf_any;
	return step == AUTHRES_END && !here.doubt &&
	       !(here.dkim_none && here.dkim_any);
}

/* A signature, or a copy of one, that a filter of ours may have read. */
static bool
is_signature(const char *name)
{
	return g_ascii_strcasecmp(name, "DKIM-Signature") == 0 ||
	       g_ascii_strcasecmp(name, "ARC-Message-Signature") == 0 ||
	       g_ascii_strcasecmp(name, "ARC-Seal") == 0;
}

/* Nothing in the mail's signatures could have spoken through our filters. What
 * was cut could, and so could too much of it. */
static bool
signatures_are_plain(const Headers *headers)
{
	size_t n = 0;

	for (size_t i = 0; i < headers_count(headers); i++) {
		if (!is_signature(headers_name(headers, i)))
			continue;
		if (++n > LIMIT_AUTHRES_FIELDS || headers_is_odd(headers, i) ||
		    !dkim_tags_are_plain(headers_value(headers, i)))
			return false;
	}
	return true;
}

static bool
collect(Evidence *evidence, const Headers *headers, const char *authserv_id,
        const char *from_domain)
{
	size_t n = 0;

	for (size_t i = 0; i < headers_count(headers); i++) {
		if (g_ascii_strcasecmp(headers_name(headers, i),
		                       "Authentication-Results") != 0)
			continue;
		if (++n > LIMIT_AUTHRES_FIELDS ||
		    !add_field(evidence, headers_value(headers, i),
		               headers_is_odd(headers, i), authserv_id,
		               from_domain))
			return false;
	}
	return true;
}

static AuthVerdict
verdict_of(const Evidence *evidence)
{
	bool dkim_empty = evidence->dkim != STATE_UNSEEN && !evidence->dkim_any;
	bool spf_empty = evidence->spf != STATE_UNSEEN && !evidence->spf_any;

	if (evidence->dmarc == STATE_FAIL)
		return AUTH_UNVERIFIED;
	if (evidence->dmarc == STATE_PASS)
		return dkim_empty && spf_empty ? AUTH_UNVERIFIED
		                               : AUTH_VERIFIED;
	if (evidence->dkim == STATE_PASS)
		return AUTH_VERIFIED;
	return evidence->spf == STATE_PASS ? AUTH_WEAK : AUTH_UNVERIFIED;
}

/* The header holds one From field, and it says what we were told. */
static bool
from_is_single(const Headers *headers, const char *from)
{
	const char *value = headers_field(headers, "From", 0);
	g_autofree char *address = NULL;

	if (value == NULL || headers_field(headers, "From", 1) != NULL)
		return false;
	address = address_from_header(value, NULL);
	return address != NULL && strcmp(address, from) == 0;
}

AuthVerdict
authres_verdict(const Headers *headers, const char *authserv_id,
                const char *from)
{
	Evidence evidence = { 0 };
	const char *from_domain;

	if (authserv_id == NULL || authserv_id[0] == '\0' || from == NULL ||
	    !from_is_single(headers, from))
		return AUTH_UNVERIFIED;
	from_domain = address_domain(from);
	if (!domain_is_ldh(from_domain) || !signatures_are_plain(headers) ||
	    !collect(&evidence, headers, authserv_id, from_domain))
		return AUTH_UNVERIFIED;
	return verdict_of(&evidence);
}
