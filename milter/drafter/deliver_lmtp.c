/* SPDX-License-Identifier: Apache-2.0 */
/*
 * LMTP (RFC 2033) to the mail server, whose Sieve rule files the draft: the way
 * for sites that give nobody's IMAP password away. One loop, one phase.
 *
 * The rule must not trust a header that any stranger can send, so ours carries
 * the site's secret; the rule takes the header off. See contrib/dovecot.
 *
 * After a lost answer nothing can be asked: the same mail is sent again, and
 * the rule's `duplicate` test knows its Message-ID. The envelope sender is
 * null, so that nothing answers a draft.
 */
#include <arpa/inet.h>
#include <string.h>

#include "credential.h"
#include "deliver_private.h"
#include "faults.h"
#include "wire.h"

#define SECRET_MIN 16
#define SECRET_MAX 200
#define LINES_MAX 200 /* of one reply */

typedef enum Phase {
	PHASE_GREETING,
	PHASE_LHLO,
	PHASE_MAIL,
	PHASE_RCPT,
	PHASE_DATA,
	PHASE_TEXT,
	PHASE_DONE,
} Phase;

static const struct phase_row {
	const char *name;
	char good; /* first digit of the reply that leads on */
	DeliveryError refused;
} phases[PHASE_DONE] = {
	{ "the greeting", '2', DELIVERY_ERROR_SETUP },
	{ "LHLO", '2', DELIVERY_ERROR_SETUP },
	{ "MAIL", '2', DELIVERY_ERROR_SETUP },
	{ "RCPT", '2', DELIVERY_ERROR_SETUP },
	{ "DATA", '3', DELIVERY_ERROR_SETUP },
	{ "the draft", '2', DELIVERY_ERROR_REFUSED },
};

typedef struct Talk {
	Wire *wire;
	Phase phase;
	const Mailbox *mailbox;
	GBytes *mail;
	const char *secret;
} Talk;

/* ------------------------------------------------------------- settings */

/* unix:/PATH or inet:PORT@HOST. */
static bool
read_target(const Mailbox *mailbox, char **ret_url, char **ret_path)
{
	const char *lmtp = mailbox->mailbox_lmtp;
	const char *at = strchr(lmtp, '@');

	if (g_str_has_prefix(lmtp, "unix:/")) {
		*ret_path = g_strdup(lmtp + strlen("unix:"));
		return true;
	}
	if (!g_str_has_prefix(lmtp, "inet:") || at == NULL)
		return false;
	*ret_url = g_strdup_printf("tcp://%s:%.*s", at + 1,
	                           (int)(at - lmtp - 5), lmtp + 5);
	return true;
}

static bool
is_loopback(const char *host)
{
	struct in6_addr six;
	struct in_addr four;

	if (g_ascii_strcasecmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &four) == 1)
		return ntohl(four.s_addr) >> 24 == IN_LOOPBACKNET;
	return inet_pton(AF_INET6, host, &six) == 1 &&
	       IN6_IS_ADDR_LOOPBACK(&six);
}

/* LMTP has no TLS: the draft and the secret are for everybody on the way. */
static bool
is_here(const char *lmtp)
{
	const char *at = strchr(lmtp, '@');
	const char *host = at != NULL ? at + 1 : "";
	bool bracketed = *host == '[';
	g_autofree char *bare =
		bracketed ? g_strndup(host + 1, strcspn(host + 1, "]"))
			  : g_strdup(host);

	return at == NULL || g_str_has_prefix(lmtp, "unix:") ||
	       is_loopback(bare);
}

static const char *
recipient(const Mailbox *mailbox)
{
	return *mailbox->mailbox_lmtp_recipient != '\0'
	               ? mailbox->mailbox_lmtp_recipient
	               : mailbox->address;
}

static bool
is_path(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text <= ' ' || *text > '~' || strchr("<>\\\"", *text))
			return false;
	return true;
}

static bool
check_host(const Mailbox *mailbox, GError **error)
{
	if (mailbox->mailbox_lmtp_remote || is_here(mailbox->mailbox_lmtp))
		return true;
	g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
	            "lmtp = %s is not this host, and LMTP is not encrypted: "
	            "use imap or a tunnel, or set lmtp_remote if the way there "
	            "is yours alone",
	            mailbox->mailbox_lmtp);
	return false;
}

static bool
check(const Mailbox *mailbox, GError **error)
{
	g_autofree char *url = NULL;
	g_autofree char *path = NULL;

	if (!deliver_want("lmtp", mailbox->mailbox_lmtp, error) ||
	    !deliver_want("lmtp_secret_file", mailbox->mailbox_lmtp_secret_file,
	                  error))
		return false;
	if (read_target(mailbox, &url, &path) &&
	    (url == NULL || wire_check_url(url, "tcp", NULL)) &&
	    is_path(recipient(mailbox)))
		return check_host(mailbox, error);
	g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
	            "lmtp = %s for %s: write unix:/PATH or inet:PORT@HOST",
	            mailbox->mailbox_lmtp, recipient(mailbox));
	return false;
}

static bool
check_secret(const char *secret, GError **error)
{
	size_t n = strlen(secret);
	bool good = n >= SECRET_MIN && n <= SECRET_MAX;

	for (size_t i = 0; i < n; i++)
		good = good && g_ascii_isalnum(secret[i]);
	if (!good)
		g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
		            "lmtp_secret_file: wanted are %d to %d letters and "
		            "digits",
		            SECRET_MIN, SECRET_MAX);
	return good;
}

static Credential *
read_secret(const Mailbox *mailbox, GError **error)
{
	g_autoptr(GError) unreadable = NULL;
	g_autoptr(Credential) secret =
		credential_read(mailbox->mailbox_lmtp_secret_file, &unreadable);

	if (secret == NULL) {
		g_set_error_literal(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
		                    unreadable->message);
		return NULL;
	}
	return check_secret(secret, error) ? g_steal_pointer(&secret) : NULL;
}

/* ------------------------------------------------------------- dialogue */

static bool
is_reply(const char *line)
{
	return g_ascii_isdigit(line[0]) && g_ascii_isdigit(line[1]) &&
	       g_ascii_isdigit(line[2]) &&
	       (line[3] == ' ' || line[3] == '-' || line[3] == '\0');
}

/* The last line of a reply. */
static char *
read_reply(Talk *talk, GError **error)
{
	for (size_t i = 0; i < LINES_MAX; i++) {
		g_autofree char *line = wire_read_line(talk->wire, error);

		if (line == NULL)
			return NULL;
		if (!is_reply(line))
			break;
		if (line[3] != '-')
			return g_steal_pointer(&line);
	}
	g_set_error_literal(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY,
	                    "this is no LMTP");
	return NULL;
}

/* Over quota is for somebody to mend, whenever it is said. */
static DeliveryError
kind_of_refusal(Phase phase, const char *reply)
{
	if (reply[0] != '5')
		return DELIVERY_ERROR_RETRY;
	if (g_str_has_prefix(reply, "552") || strstr(reply, " 5.2.2") != NULL)
		return DELIVERY_ERROR_SETUP;
	return phases[phase].refused;
}

static bool
judge(const Talk *talk, const char *reply, GError **error)
{
	g_autofree char *code = NULL;

	if (reply[0] == phases[talk->phase].good)
		return true;
	code = wire_code(reply);
	g_set_error(error, DELIVERY_ERROR, kind_of_refusal(talk->phase, reply),
	            "%s: the server answers %s with %s",
	            talk->mailbox->mailbox_lmtp, phases[talk->phase].name,
	            code);
	return false;
}

/* Before the mail; nothing of it stays in memory. */
static bool
write_secret(const Talk *talk, GError **error)
{
	char line[SECRET_MAX + 32];
	int size = g_snprintf(line, sizeof(line), "X-Tact-Secret: %s\r\n",
	                      talk->secret);
	bool good = wire_write(talk->wire, line, (size_t)size, error);

	explicit_bzero(line, sizeof(line));
	return good;
}

/* The mail, dots doubled (RFC 5321 4.5.2). */
static char *
text_of(const Talk *talk)
{
	gsize size;
	const char *p = g_bytes_get_data(talk->mail, &size);
	const char *end = p + size;
	GString *out = g_string_sized_new(size + 256);

	for (bool fresh = true; p < end; fresh = *p++ == '\n') {
		if (fresh && *p == '.')
			g_string_append_c(out, '.');
		g_string_append_c(out, *p);
	}
	if (!g_str_has_suffix(out->str, "\n"))
		g_string_append(out, "\r\n");
	g_string_append(out, ".\r\n");
	return g_string_free(out, FALSE);
}

/* What leads into the phase. */
static char *
words_of(const Talk *talk)
{
	switch (talk->phase) {
	case PHASE_LHLO:
		return g_strdup("LHLO localhost\r\n");
	case PHASE_MAIL:
		return g_strdup("MAIL FROM:<>\r\n");
	case PHASE_RCPT:
		return g_strdup_printf("RCPT TO:<%s>\r\n",
		                       recipient(talk->mailbox));
	case PHASE_DATA:
		return g_strdup("DATA\r\n");
	case PHASE_TEXT:
		return text_of(talk);
	case PHASE_GREETING:
	case PHASE_DONE:
		break;
	}
	return g_strdup("");
}

static bool
hold(Talk *talk, GError **error)
{
	for (; talk->phase < PHASE_DONE; talk->phase++) {
		g_autofree char *words = words_of(talk);
		g_autofree char *reply = NULL;

		if ((talk->phase == PHASE_TEXT && !write_secret(talk, error)) ||
		    !wire_write(talk->wire, words, strlen(words), error))
			return false;
		if (talk->phase == PHASE_TEXT)
			faults_point("appended");
		reply = read_reply(talk, error);
		if (reply == NULL || !judge(talk, reply, error))
			return false;
	}
	return true;
}

static bool
deliver(const Mailbox *mailbox, const DeliveryTask *task, char **ret_place,
        GError **error)
{
	g_autoptr(Credential) secret = read_secret(mailbox, error);
	g_autofree char *url = NULL;
	g_autofree char *path = NULL;
	g_autoptr(Wire) wire = NULL;
	Talk talk = { .mailbox = mailbox, .mail = task->mail };

	if (secret == NULL)
		return false;
	talk.secret = secret;
	read_target(mailbox, &url, &path);
	wire = wire_open(&(WireTarget){ .url = url, .unix_path = path },
	                 deadline_in(DELIVERY_TIME_MAX), error);
	if (wire == NULL)
		return false;
	talk.wire = wire;
	if (!hold(&talk, error))
		return false;
	wire_say_goodbye(wire, "QUIT\r\n");
	*ret_place = g_strdup("lmtp");
	return true;
}

const DeliveryKind deliver_lmtp = {
	.name = "lmtp",
	.check = check,
	.deliver = deliver,
};
