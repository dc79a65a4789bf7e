/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One function for each reason, tried in the order of the enum. Tables hold
 * what is only a name or a word. Rejected: reading the body for vacation
 * phrases; customers of a helpdesk write about vacation replies.
 *
 *     null sender      RFC 3834 2, RFC 5321 4.5.5
 *     Auto-Submitted   RFC 3834 5, with comments and parameters
 *     List-*           RFC 2369, 2919; Mailing-List and kin of older managers
 *     Precedence       sendmail's custom, RFC 2076
 *     X-Auto-Response-Suppress   MS-OXCMAIL 2.1.3.2.20; a wish rather than a
 *                      proof, but whoever has it must not be answered
 *     reports          RFC 3462, 3464, 5965, 8098; X-Failed-Recipients of Exim
 */
#include "message/automated.h"

#include <glib.h>
#include <string.h>

#include "automated_private.h"
#include "message/address.h"

#define HOPS_MAX 40
#define TOKEN_MAX 64

const char *
automated_name(Automated reason)
{
	static const char *const names[AUTOMATED_N] = {
		[AUTOMATED_NO] = "",
		[AUTOMATED_NULL_SENDER] = "null-sender",
		[AUTOMATED_AUTO_SUBMITTED] = "auto-submitted",
		[AUTOMATED_LIST] = "list",
		[AUTOMATED_PRECEDENCE] = "precedence",
		[AUTOMATED_SUPPRESS] = "suppress",
		[AUTOMATED_REPORT] = "report",
		[AUTOMATED_SENDER] = "sender",
		[AUTOMATED_LOOP] = "loop",
		[AUTOMATED_CALENDAR] = "calendar",
		[AUTOMATED_OUT_OF_OFFICE] = "out-of-office",
		[AUTOMATED_SPAM] = "spam"
	};

	return reason < AUTOMATED_N ? names[reason] : "";
}

/* Past blanks and comments, an unclosed one to the end. */
static const char *
skip_cfws(const char *p)
{
	size_t depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && depth > 0)
			depth--;
		else if (*p == '\\' && depth > 0 && p[1] != '\0')
			p++;
		else if (depth == 0 && *p != ' ' && *p != '\t')
			break;
	}
	return p;
}

/* The token at `*p`, in lower case, without comments and quotes; "" at the
 * end. `*p` is left after it and what separates it from the next. */
static const char *
next_token(const char **p, char token[TOKEN_MAX])
{
	size_t n = 0;

	*p = skip_cfws(*p);
	for (; **p != '\0' && strchr(" \t(,;", **p) == NULL; (*p)++)
		if (**p != '"' && n + 1 < TOKEN_MAX)
			token[n++] = g_ascii_tolower(**p);
	token[n] = '\0';
	*p = skip_cfws(*p);
	while (**p == ',' || **p == ';')
		*p = skip_cfws(*p + 1);
	return token;
}

static const char *
first_token(const char *value, char token[TOKEN_MAX])
{
	return next_token(&value, token);
}

static bool
is_one_of(const char *token, const char *const *words)
{
	for (; *words != NULL; words++)
		if (g_ascii_strcasecmp(token, *words) == 0)
			return true;
	return false;
}

/* Some field of one of those names is there, and doesn't say no. */
static bool
any_field(const Headers *headers, const char *const *names)
{
	static const char *const no[] = { "no", "none", "false", "0", NULL };

	for (size_t i = 0; i < headers_count(headers); i++) {
		char token[TOKEN_MAX];

		if (is_one_of(headers_name(headers, i), names) &&
		    !is_one_of(first_token(headers_value(headers, i), token),
		               no))
			return true;
	}
	return false;
}

/* The value of the next field of that name from `*i` on, `*i` left after it;
 * NULL past the last. */
static const char *
next_field(const Headers *headers, const char *name, size_t *i)
{
	while (*i < headers_count(headers)) {
		size_t here = (*i)++;

		if (g_ascii_strcasecmp(headers_name(headers, here), name) == 0)
			return headers_value(headers, here);
	}
	return NULL;
}

/* Some field of that name has one of those words as its first token. */
static bool
any_value(const Headers *headers, const char *name, const char *const *words)
{
	const char *value;
	char token[TOKEN_MAX];
	size_t i = 0;

	while ((value = next_field(headers, name, &i)) != NULL)
		if (is_one_of(first_token(value, token), words))
			return true;
	return false;
}

static bool
is_null_path(const char *value)
{
	value = skip_cfws(value);
	return *value == '\0' ||
	       (*value == '<' && *skip_cfws(value + 1) == '>');
}

static bool
is_null_sender(const AutomatedInput *input)
{
	const char *value;
	size_t i = 0;

	if (input->envelope_sender != NULL &&
	    is_null_path(input->envelope_sender))
		return true;
	while ((value = next_field(input->headers, "Return-Path", &i)) != NULL)
		if (is_null_path(value))
			return true;
	return false;
}

static bool
is_auto_submitted(const AutomatedInput *input)
{
	const char *value;
	char token[TOKEN_MAX];
	size_t i = 0;

	while ((value = next_field(input->headers, "Auto-Submitted", &i)) !=
	       NULL)
		if (strcmp(first_token(value, token), "no") != 0)
			return true;
	return false;
}

static bool
is_list(const AutomatedInput *input)
{
	static const char *const names[] = {
		"List-Id",        "List-Help",         "List-Subscribe",
		"List-Post",      "List-Owner",        "List-Unsubscribe",
		"List-Archive",   "Mailing-List",      "List-Unsubscribe-Post",
		"X-Mailing-List", "X-BeenThere",       "X-Mailman-Version",
		"X-ML-Name",      "X-Google-Group-Id", NULL
	};

	for (size_t i = 0; i < headers_count(input->headers); i++)
		if (is_one_of(headers_name(input->headers, i), names))
			return true;
	return false;
}

static bool
is_precedence(const AutomatedInput *input)
{
	static const char *const words[] = { "bulk",       "junk",       "list",
		                             "auto_reply", "auto-reply", NULL };

	return any_value(input->headers, "Precedence", words) ||
	       any_value(input->headers, "X-Precedence", words);
}

static bool
is_suppress_wish(const char *value)
{
	char token[TOKEN_MAX];

	for (const char *p = value; *p != '\0';)
		if (strcmp(next_token(&p, token), "none") != 0 &&
		    token[0] != '\0')
			return true;
	return false;
}

/* Gmail's feedback loop is for bulk senders, but these providers put its field
 * into what each of their users writes: "12345:user:proton", "i1b2c:Fastmail".
 * The last word of it says who sends. */
static bool
is_bulk_feedback(const Headers *headers)
{
	static const char *const people[] = { "proton", "fastmail", NULL };
	const char *value;
	char token[TOKEN_MAX];
	size_t i = 0;

	while ((value = next_field(headers, "Feedback-ID", &i)) != NULL) {
		const char *colon = strrchr(value, ':');

		if (colon == NULL ||
		    !is_one_of(first_token(colon + 1, token), people))
			return true;
	}
	return false;
}

static bool
is_suppressed(const AutomatedInput *input)
{
	static const char *const names[] = { "X-Autoreply",
		                             "X-Auto-Reply",
		                             "X-Autorespond",
		                             "X-Autoresponse",
		                             "X-Autoresponder",
		                             "X-AutoReply-From",
		                             "X-Loop",
		                             "X-Mail-Autoreply",
		                             "X-FC-MachineGenerated",
		                             "X-Vacation",
		                             "X-Cron-Env",
		                             "X-Autogenerated",
		                             "X-Auto-Generated",
		                             NULL };
	static const char wish[] = "X-Auto-Response-Suppress";
	const char *value;
	size_t i = 0;

	while ((value = next_field(input->headers, wish, &i)) != NULL)
		if (is_suppress_wish(value))
			return true;
	return any_field(input->headers, names) ||
	       is_bulk_feedback(input->headers);
}

static bool
is_report(const AutomatedInput *input)
{
	static const char *const types[] = {
		"multipart/report",
		"message/delivery-status",
		"message/disposition-notification",
		"message/feedback-report",
		"message/global-delivery-status",
		"message/global-disposition-notification",
		NULL
	};

	return headers_field(input->headers, "X-Failed-Recipients", 0) !=
	               NULL ||
	       any_value(input->headers, "Content-Type", types);
}

typedef bool AddressTest(const AutomatedInput *input, const char *address);

/* `test` holds for one of those who may have sent the mail. */
static bool
any_sender(const AutomatedInput *input, AddressTest *test)
{
	static const char *const names[] = { "From", "Sender", "Return-Path" };
	g_autofree char *envelope =
		address_from_envelope(input->envelope_sender);

	if ((input->from != NULL && test(input, input->from)) ||
	    (envelope != NULL && test(input, envelope)))
		return true;
	for (size_t i = input->from != NULL; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *address = address_from_header(
			headers_field(input->headers, names[i], 0), NULL);

		if (address != NULL && test(input, address))
			return true;
	}
	return false;
}

static bool
test_robot(const AutomatedInput *input, const char *address)
{
	(void)input;
	return automated_is_robot(address);
}

static bool
is_robot(const AutomatedInput *input)
{
	return any_sender(input, test_robot);
}

/* name+tag@domain as name@domain: own addresses only, where that holds. */
static char *
without_tag(const char *address)
{
	size_t local = strcspn(address, "+@");

	if (address[local] != '+' || local == 0)
		return g_strdup(address);
	return g_strdup_printf("%.*s@%s", (int)local, address,
	                       address_domain(address));
}

static bool
test_own(const AutomatedInput *input, const char *address)
{
	g_autofree char *bare = without_tag(address);

	return is_one_of(address, input->own_addresses) ||
	       is_one_of(bare, input->own_addresses);
}

static bool
is_loop(const AutomatedInput *input)
{
	size_t hops = 0;
	size_t i = 0;

	while (next_field(input->headers, "Received", &i) != NULL)
		if (++hops > HOPS_MAX)
			return true;
	return input->own_addresses != NULL && any_sender(input, test_own);
}

static bool
is_calendar(const AutomatedInput *input)
{
	static const char *const types[] = { "text/calendar", NULL };

	return input->calendar_only ||
	       any_value(input->headers, "Content-Type", types);
}

static bool
is_absence(const AutomatedInput *input)
{
	bool in_reply =
		headers_field(input->headers, "In-Reply-To", 0) != NULL ||
		headers_field(input->headers, "References", 0) != NULL;

	return input->subject != NULL &&
	       automated_is_absence(input->subject, in_reply);
}

/* X-Spamd-Result: default: True [15.2 / 15.0]; METRIC: ... */
static bool
is_rspamd_spam(const Headers *headers)
{
	const char *value;
	size_t i = 0;

	while ((value = next_field(headers, "X-Spamd-Result", &i)) != NULL) {
		const char *colon = strchr(value, ':');
		char token[TOKEN_MAX];

		if (colon != NULL &&
		    strcmp(first_token(colon + 1, token), "true") == 0)
			return true;
	}
	return false;
}

/* What amavis warns of, but for a header that is not well made: many a
 * customer's program writes "ø" in it as it is, or a field twice. */
static bool
is_amavis_alert(const Headers *headers)
{
	static const char bad_header[] = "BAD HEADER";
	const char *value;
	size_t i = 0;

	while ((value = next_field(headers, "X-Amavis-Alert", &i)) != NULL)
		if (g_ascii_strncasecmp(value, bad_header,
		                        strlen(bad_header)) != 0)
			return true;
	return false;
}

static bool
is_spam(const AutomatedInput *input)
{
	static const char *const yes[] = { "yes", "true", NULL };
	static const char *const actions[] = { "reject",  "add",  "rewrite",
		                               "discard", "spam", NULL };
	static const char *const infected[] = { "infected", NULL };
	const Headers *headers = input->headers;

	return any_value(headers, "X-Spam-Flag", yes) ||
	       any_value(headers, "X-Spam-Status", yes) ||
	       any_value(headers, "X-Spam", yes) ||
	       any_value(headers, "X-Rspamd-Action", actions) ||
	       is_rspamd_spam(headers) ||
	       any_value(headers, "X-Virus-Status", infected) ||
	       is_amavis_alert(headers) ||
	       (input->subject != NULL &&
	        automated_is_spam_subject(input->subject));
}

Automated
automated_classify(const AutomatedInput *input)
{
	static bool (*const checks[AUTOMATED_N])(const AutomatedInput *) = {
		[AUTOMATED_NULL_SENDER] = is_null_sender,
		[AUTOMATED_AUTO_SUBMITTED] = is_auto_submitted,
		[AUTOMATED_LIST] = is_list,
		[AUTOMATED_PRECEDENCE] = is_precedence,
		[AUTOMATED_SUPPRESS] = is_suppressed,
		[AUTOMATED_REPORT] = is_report,
		[AUTOMATED_SENDER] = is_robot,
		[AUTOMATED_LOOP] = is_loop,
		[AUTOMATED_CALENDAR] = is_calendar,
		[AUTOMATED_OUT_OF_OFFICE] = is_absence,
		[AUTOMATED_SPAM] = is_spam
	};

	for (int i = AUTOMATED_NO + 1; i < AUTOMATED_N; i++)
		if (checks[i](input))
			return (Automated)i;
	return AUTOMATED_NO;
}
