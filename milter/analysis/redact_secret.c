/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What opens doors: passwords after the word for them, tokens by the forms that
 * their issuers gave them so that they can be found, secrets in addresses of
 * pages.
 *
 * After `password:` nearly anything is one; after `the password is` only what
 * has a digit or a mark in it, since people write that it is wrong or lost.
 */
#include <string.h>

#include "redact_private.h"

#define VALUE_BYTES_MAX 200
#define TOKEN_BYTES_MIN 24
#define TOKEN_BYTES_SEEN 256 /* by which a token is told */
#define URL_BYTES_MAX 4096

typedef struct Form {
	const char *prefix;
	size_t rest; /* bytes that must follow at least */
} Form;

static const Form forms[] = {
	{ "sk-", 16 },         { "sk_live_", 10 },
	{ "sk_test_", 10 },    { "rk_live_", 10 },
	{ "pk_live_", 10 },    { "ghp_", 20 },
	{ "gho_", 20 },        { "ghs_", 20 },
	{ "ghu_", 20 },        { "github_pat_", 20 },
	{ "glpat-", 16 },      { "xoxb-", 10 },
	{ "xoxp-", 10 },       { "xoxa-", 10 },
	{ "xapp-", 10 },       { "AKIA", 16 },
	{ "ASIA", 16 },        { "AIza", 30 },
	{ "ya29.", 20 },       { "SG.", 20 },
	{ "eyJ", 20 },         { "npm_", 20 },
	{ "pypi-", 20 },       { "dop_v1_", 20 },
	{ "hf_", 20 },         { "shpat_", 20 },
	{ "key-", 24 },        { "whsec_", 16 },
	{ "AccountKey=", 20 }, { "SharedAccessKey=", 20 },
	{ "ssh-rsa ", 40 },    { "ssh-ed25519 ", 40 },
};

static bool
is_token_byte(char c)
{
	return g_ascii_isalnum(c) ||
	       (c != '\0' && strchr("_-.+/=~", c) != NULL);
}

static size_t
token_end(const RedactScan *scan, size_t at)
{
	while (is_token_byte(redact_byte(scan, at)))
		at++;
	while (at > scan->at && strchr(".-/=~", scan->text[at - 1]) != NULL &&
	       scan->text[at - 1] != '=')
		at--;
	return at;
}

/* Letters of both cases and digits, changing often: nobody's word. */
static bool
is_random(const char *text, size_t n, bool cases)
{
	unsigned upper = 0, lower = 0, digits = 0, changes = 0;

	for (size_t i = 0; i < n; i++) {
		upper += g_ascii_isupper(text[i]);
		lower += g_ascii_islower(text[i]);
		digits += g_ascii_isdigit(text[i]);
		changes += i > 0 && g_ascii_isdigit(text[i]) !=
		                            g_ascii_isdigit(text[i - 1]);
	}
	return digits >= 3 && changes >= 4 &&
	       (cases ? upper > 0 && lower > 0 : upper + lower > 0);
}

/* -----BEGIN ... KEY----- to its end, or to the text's. */
static bool
read_pem(RedactScan *scan)
{
	static const char begin[] = "-----BEGIN ", end[] = "-----END ";
	const char *from = scan->text + scan->at;
	const char *close;
	size_t left = scan->size - scan->at, n = left;

	if (left < sizeof(begin) || memcmp(from, begin, sizeof(begin) - 1) != 0)
		return false;
	close = memmem(from, left, end, sizeof(end) - 1);
	if (close != NULL) {
		const char *line =
			memchr(close, '\n', left - (size_t)(close - from));

		n = line == NULL ? left : (size_t)(line - from);
	}
	redact_take(scan, scan->at, scan->at + n, REDACT_SECRET);
	return true;
}

/* The end of what may be a token; it is looked for up to `last`. */
static size_t
run_end(const RedactScan *scan, size_t at, size_t last)
{
	while (at < last && is_token_byte(scan->text[at]) &&
	       strchr("./", scan->text[at]) == NULL)
		at++;
	return at;
}

/* A token of no known issuer. A run of words that is none is looked at again
 * from each of them, so not to its end. */
static bool
read_random(RedactScan *scan)
{
	size_t last = MIN(scan->size, scan->at + TOKEN_BYTES_SEEN);
	size_t end = run_end(scan, scan->at, last);

	if (end - scan->at < TOKEN_BYTES_MIN ||
	    !is_random(scan->text + scan->at, end - scan->at, true))
		return false;
	redact_take(scan, scan->at, run_end(scan, end, scan->size),
	            REDACT_SECRET);
	return true;
}

bool
redact_read_secret_form(RedactScan *scan)
{
	const char *from = scan->text + scan->at;
	size_t left = scan->size - scan->at, end;

	if (*from == '-')
		return read_pem(scan);
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		size_t n = strlen(forms[i].prefix);

		if (*from != *forms[i].prefix || left < n + forms[i].rest ||
		    memcmp(from, forms[i].prefix, n) != 0)
			continue;
		end = token_end(scan, scan->at + n);
		if (end < scan->at + n + forms[i].rest)
			continue;
		redact_take(scan, scan->at, end, REDACT_SECRET);
		return true;
	}
	return read_random(scan);
}

/* What stands between a keyword and its value. */
typedef struct Lead {
	size_t at;
	bool told;  /* a colon, an equals sign, a quote: a value comes */
	char close; /* the quote that ends it */
} Lead;

static size_t
skip_blanks(const RedactScan *scan, size_t at)
{
	while (redact_byte(scan, at) == ' ' || redact_byte(scan, at) == '\t')
		at++;
	return at;
}

static bool
read_quote(const RedactScan *scan, Lead *lead)
{
	static const char *const quotes[][2] = {
		{ "\"", "\"" },
		{ "'", "'" },
		{ "`", "`" },
		{ "\xe2\x80\x9c", "\xe2" },
		{ "\xe2\x80\x9e", "\xe2" },
		{ "\xe2\x80\x9d", "\xe2" },
		{ "\xe2\x80\x98", "\xe2" },
		{ "\xc2\xbb", "\xc2" },
		{ "\xc2\xab", "\xc2" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(quotes); i++) {
		size_t n = strlen(quotes[i][0]);

		if (lead->at + n < scan->size &&
		    memcmp(scan->text + lead->at, quotes[i][0], n) == 0) {
			lead->at += n;
			lead->told = true;
			lead->close = quotes[i][1][0];
			return true;
		}
	}
	return false;
}

/* At most four of: a copula, a colon or equals sign, a bracket. */
static void
read_lead(const RedactScan *scan, Lead *lead)
{
	for (unsigned i = 0; i < 4; i++) {
		size_t end;
		char c;

		lead->at = skip_blanks(scan, lead->at);
		if (read_quote(scan, lead))
			return;
		c = redact_byte(scan, lead->at);
		if (c == ':' || c == '=' || c == '(') {
			lead->told = lead->told || c != '(';
			lead->at++;
			continue;
		}
		end = redact_word_end(scan, lead->at);
		if (end == lead->at || redact_byte(scan, end) == ':' ||
		    !redact_is_copula(scan->text + lead->at, end - lead->at))
			return;
		lead->at = end;
	}
}

/* Without the marks of the sentence, and never within a character. */
static size_t
trim_value(const RedactScan *scan, size_t start, size_t end)
{
	while (end > start && strchr(".,;:?)]>\"'", scan->text[end - 1]))
		end--;
	return MAX(start, redact_whole(scan, end));
}

/* `lead->at` when there is none. */
static size_t
value_end(const RedactScan *scan, const Lead *lead)
{
	size_t end = lead->at, last = MIN(scan->size, end + VALUE_BYTES_MAX);

	if (lead->close == '\0') {
		while (end < last && !g_ascii_isspace(scan->text[end]))
			end++;
		return trim_value(scan, lead->at, end);
	}
	while (end < last && scan->text[end] != '\n' &&
	       scan->text[end] != lead->close)
		end++;
	return redact_byte(scan, end) == lead->close ? end : lead->at;
}

/* A digit or a mark: what words do not have. */
static bool
has_oddity(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (g_ascii_isdigit(text[i]) ||
		    (g_ascii_ispunct(text[i]) && text[i] != '-' &&
		     strchr("'/._", text[i]) == NULL))
			return true;
	return false;
}

static bool
is_secret_value(const RedactScan *scan, const Lead *lead, size_t n, bool code)
{
	bool odd = has_oddity(scan->text + lead->at, n);

	if (redact_near(scan, REDACT_WORD_REFERENCE, 2) && code)
		return false;
	if (lead->told)
		return n >= 4 || (odd && n >= 3);
	return odd && n >= (code ? 4 : 3);
}

bool
redact_read_secret_value(RedactScan *scan, RedactWord word, size_t end)
{
	Lead lead = { .at = end };
	bool code = word == REDACT_WORD_CODE &&
	            !redact_near(scan, REDACT_WORD_SECRET, 2) &&
	            !redact_near(scan, REDACT_WORD_CODE, 2);
	size_t stop;

	read_lead(scan, &lead);
	/* "code 12" is none; "the code is 123456" is. */
	if (code && lead.at == skip_blanks(scan, end))
		return false;
	stop = value_end(scan, &lead);
	if (stop == lead.at ||
	    !is_secret_value(scan, &lead, stop - lead.at, code))
		return false;
	redact_take(scan, lead.at, stop, REDACT_SECRET);
	return true;
}

/* ------------------------------------------------------------------ pages */

static bool
is_url_byte(char c)
{
	return (unsigned char)c > 0x20 && strchr("<>\"`{}|\\^", c) == NULL;
}

static bool
names_secret(const char *name, size_t n)
{
	static const char *const parts[] = {
		"token",  "key",        "sig",    "pass",    "pwd",
		"secret", "auth",       "code",   "session", "sid",
		"otp",    "jwt",        "access", "ticket",  "cpr",
		"ssn",    "credential", "hash",   "nonce"
	};
	char lower[32];

	n = MIN(n, sizeof(lower) - 1);
	for (size_t i = 0; i < n; i++)
		lower[i] = g_ascii_tolower(name[i]);
	lower[n] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		if (strstr(lower, parts[i]) != NULL)
			return true;
	return false;
}

/* One piece of a URL, name=value or a part of its path. */
static void
read_piece(RedactScan *scan, size_t start, size_t end)
{
	const char *equals = memchr(scan->text + start, '=', end - start);
	size_t value =
		equals == NULL ? start : (size_t)(equals - scan->text) + 1;
	size_t n = end - value;
	RedactKind kind = REDACT_SECRET;

	if (n >= 6 && (memchr(scan->text + value, '@', n) != NULL ||
	               memmem(scan->text + value, n, "%40", 3) != NULL)) {
		kind = REDACT_EMAIL;
	} else if (equals != NULL &&
	           names_secret(scan->text + start, value - 1 - start)) {
		if (n < 3)
			return;
	} else if (n < 20 || !is_random(scan->text + value, n, false)) {
		return;
	}
	redact_take(scan, value, end, kind);
}

/* Where the scheme ends, 0 for no URL. */
static size_t
scheme_end(const RedactScan *scan)
{
	static const char *const schemes[] = {
		"https://", "http://",     "ftp://",   "sftp://",  "ssh://",
		"www.",     "postgres://", "mysql://", "redis://", "amqp://"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
		size_t n = strlen(schemes[i]);

		if (scan->size - scan->at > n &&
		    g_ascii_strncasecmp(scan->text + scan->at, schemes[i], n) ==
		            0)
			return scan->at + n;
	}
	return 0;
}

/* USER:PASSWORD@ before the host. */
static size_t
read_userinfo(RedactScan *scan, size_t start, size_t end)
{
	size_t host = start;

	while (host < end && strchr("/?#", scan->text[host]) == NULL)
		host++;
	for (size_t i = host; i > start; i--)
		if (scan->text[i - 1] == '@' && i - 1 > start) {
			redact_take(scan, start, i - 1, REDACT_SECRET);
			return host;
		}
	return host;
}

bool
redact_read_url(RedactScan *scan)
{
	size_t start = scheme_end(scan), end = start, last, piece;

	if (start == 0)
		return false;
	last = MIN(scan->size, start + URL_BYTES_MAX);
	while (end < last && is_url_byte(scan->text[end]))
		end++;
	end = redact_whole(scan, end);
	while (end > start && strchr(".,;:!?)'", scan->text[end - 1]) != NULL)
		end--;
	piece = read_userinfo(scan, start, end);
	for (size_t i = piece; i <= end; i++) {
		if (i < end && strchr("/?&#;", scan->text[i]) == NULL)
			continue;
		if (i > piece)
			read_piece(scan, piece, i);
		piece = i + 1;
	}
	scan->at = end;
	scan->word++;
	return true;
}
