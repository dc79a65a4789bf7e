/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CURLOPT_CONNECT_ONLY: libcurl's own IMAP says APPEND with (\Seen) and cannot
 * say (\Draft) before 8.13, so that a draft would be wrong for a moment, and
 * for ever after a crash in it. What libcurl does best, TLS, STARTTLS and SASL,
 * it does; the few commands after the login are ours.
 *
 * A bare connection is what libcurl makes of http:// before it says a word.
 *
 * The socket is shut down before libcurl's own clean-up, which would send a
 * LOGOUT and wait two minutes for a dead server to answer it.
 */
#include "wire.h"

#include <curl/curl.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "base/text.h"
#include "deliver.h"

#define CONNECT_TIME_MAX 10000L /* ms */
#define ANSWER_TIME_MAX 30L     /* s, of a step of the login */
#define CHUNK 16384
#define QUOTED_MAX 160

struct Wire {
	CURL *curl;
	curl_socket_t socket;
	Deadline deadline;
	GString *in; /* read from the server */
	size_t at;   /* in it: what the caller has not read yet */
	size_t n_read;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CURLU, curl_url_cleanup)

/* From `least` to `most` bytes, all of `letters`. */
static bool
is_of(const char *text, size_t least, size_t most, const char *letters)
{
	size_t size = strlen(text);

	return size >= least && size <= most && strspn(text, letters) == size;
}

/* "A B", or "A" alone where B is not `told`. */
static char *
joined(const char *first, const char *second, bool told)
{
	return told ? g_strconcat(first, " ", second, NULL) : g_strdup(first);
}

static bool
is_status(const char *word)
{
	static const char *const known[] = { "NO", "BAD",     "BYE",
		                             "OK", "PREAUTH", NULL };

	return g_strv_contains(known, word);
}

char *
wire_code(const char *line)
{
	static const char letters[] = "[]ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
	g_auto(GStrv) words = g_strsplit(line, " ", 4);
	const char *const word[] = { words[0] != NULL ? words[0] : "",
		                     g_strv_length(words) > 1 ? words[1] : "",
		                     g_strv_length(words) > 2 ? words[2] : "" };
	unsigned at = is_status(word[0]) ? 0 : 1;
	const char *code = word[at + 1];

	if (is_of(word[0], 3, 3, "0123456789"))
		return joined(word[0], word[1],
		              is_of(word[1], 5, 11, "0123456789."));
	if (!is_status(word[at]))
		return g_strdup("?");
	return joined(word[at], code,
	              code[0] == '[' && g_str_has_suffix(code, "]") &&
	                      is_of(code, 3, 32, letters));
}

char *
wire_quoted(const char *line)
{
	g_autofree char *safe =
		text_sanitise(line, strlen(line), QUOTED_MAX, NULL);

	g_strdelimit(safe, "\n\t\"", ' ');
	return g_strdup_printf("\"%s\"", safe);
}

/* ---------------------------------------------------------- the address */

/* Nothing but a scheme, a host and a port: a password in a URL ends in logs. */
static bool
is_bare(CURLU *parts)
{
	static const CURLUPart others[] = { CURLUPART_USER, CURLUPART_PASSWORD,
		                            CURLUPART_OPTIONS, CURLUPART_QUERY,
		                            CURLUPART_FRAGMENT };
	char *path = NULL;
	bool bare =
		curl_url_get(parts, CURLUPART_PATH, &path, 0) == CURLUE_OK &&
		strcmp(path, "/") == 0;

	curl_free(path);
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		char *part = NULL;

		if (curl_url_get(parts, others[i], &part, 0) == CURLUE_OK)
			bare = false;
		curl_free(part);
	}
	return bare;
}

static char *
part_of(CURLU *parts, CURLUPart which)
{
	char *part = NULL;
	g_autofree char *copy = NULL;

	if (curl_url_get(parts, which, &part, 0) != CURLUE_OK)
		return g_strdup("");
	copy = g_strdup(part);
	curl_free(part);
	return g_steal_pointer(&copy);
}

bool
wire_check_url(const char *url, const char *schemes, GError **error)
{
	g_autoptr(CURLU) parts = curl_url();
	g_auto(GStrv) known = g_strsplit(schemes, "|", -1);

	if (curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) ==
	    CURLUE_OK) {
		g_autofree char *scheme = part_of(parts, CURLUPART_SCHEME);
		g_autofree char *host = part_of(parts, CURLUPART_HOST);

		if (g_strv_contains((const char *const *)known, scheme) &&
		    *host != '\0' && is_bare(parts))
			return true;
	}
	g_set_error(error, DELIVERY_ERROR, DELIVERY_ERROR_SETUP,
	            "this is not of the form %s://HOST[:PORT]", known[0]);
	return false;
}

/* The connection never leaves the host: libcurl looks up no "localhost". */
static bool
is_local(const char *url)
{
	g_autoptr(CURLU) parts = curl_url();
	g_autofree char *host = NULL;

	if (curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME))
		return false;
	host = part_of(parts, CURLUPART_HOST);
	return strcmp(host, "localhost") == 0 ||
	       strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0;
}

/* ------------------------------------------------------------ to connect */

static void
set_limits(CURL *curl, Deadline deadline)
{
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIME_MAX);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
	                 ANSWER_TIME_MAX);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
	                 (long)MAX(deadline_poll_ms(deadline), 1));
}

static void
set_trust(CURL *curl, const WireTarget *target)
{
	bool local = target->url != NULL && is_local(target->url);

	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	                 (long)(local ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION,
	                 (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (target->ca_file == NULL)
		return;
	curl_easy_setopt(curl, CURLOPT_CAINFO, target->ca_file);
	curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
}

static void
set_target(CURL *curl, const WireTarget *target)
{
	static const char bare[] = "tcp://";
	const char *url = target->url != NULL ? target->url : "tcp://localhost";

	if (g_str_has_prefix(url, bare)) {
		g_autofree char *http =
			g_strconcat("http://", url + strlen(bare), NULL);

		curl_easy_setopt(curl, CURLOPT_URL, http);
		curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http");
	} else {
		curl_easy_setopt(curl, CURLOPT_URL, url);
		curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "imap,imaps");
	}
	curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, target->unix_path);
	curl_easy_setopt(curl, CURLOPT_USERNAME, target->user);
	curl_easy_setopt(curl, CURLOPT_PASSWORD, target->password);
	curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, target->token);
}

/* Waiting mends none of these. */
static bool
is_setup(CURLcode code)
{
	static const CURLcode codes[] = {
		CURLE_LOGIN_DENIED,       CURLE_PEER_FAILED_VERIFICATION,
		CURLE_SSL_CACERT_BADFILE, CURLE_USE_SSL_FAILED,
		CURLE_URL_MALFORMAT,      CURLE_UNSUPPORTED_PROTOCOL,
		CURLE_AUTH_ERROR,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (code == codes[i])
			return true;
	return false;
}

static bool
connect_to(Wire *wire, const WireTarget *target, GError **error)
{
	char detail[CURL_ERROR_SIZE] = "";
	g_autofree char *quoted = NULL;
	CURLcode code;

	set_limits(wire->curl, wire->deadline);
	set_trust(wire->curl, target);
	set_target(wire->curl, target);
	curl_easy_setopt(wire->curl, CURLOPT_ERRORBUFFER, detail);
	code = curl_easy_perform(wire->curl);
	curl_easy_setopt(wire->curl, CURLOPT_ERRORBUFFER, NULL);
	if (code == CURLE_OK)
		code = curl_easy_getinfo(wire->curl, CURLINFO_ACTIVESOCKET,
		                         &wire->socket);
	if (code == CURLE_OK && wire->socket != CURL_SOCKET_BAD)
		return true;
	quoted = wire_quoted(*detail != '\0' ? detail
	                                     : curl_easy_strerror(code));
	g_set_error(
		error, DELIVERY_ERROR,
		is_setup(code) ? DELIVERY_ERROR_SETUP : DELIVERY_ERROR_RETRY,
		"%s: %s", target->url != NULL ? target->url : target->unix_path,
		quoted);
	return false;
}

Wire *
wire_open(const WireTarget *target, Deadline deadline, GError **error)
{
	g_autoptr(Wire) wire = g_new0(Wire, 1);

	wire->socket = CURL_SOCKET_BAD;
	wire->deadline = deadline;
	wire->in = g_string_new(NULL);
	wire->curl = curl_easy_init();
	if (wire->curl == NULL) {
		g_set_error_literal(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY,
		                    "libcurl cannot start");
		return NULL;
	}
	if (!connect_to(wire, target, error))
		return NULL;
	return g_steal_pointer(&wire);
}

void
wire_free(Wire *wire)
{
	if (wire == NULL)
		return;
	if (wire->socket != CURL_SOCKET_BAD)
		shutdown(wire->socket, SHUT_RDWR);
	curl_easy_cleanup(wire->curl);
	if (wire->in != NULL)
		g_string_free(wire->in, TRUE);
	g_free(wire);
}

/* ------------------------------------------------------- to and from it */

static bool
fail(const char *what, GError **error)
{
	g_set_error_literal(error, DELIVERY_ERROR, DELIVERY_ERROR_RETRY, what);
	return false;
}

static bool
wait_for(const Wire *wire, short events, GError **error)
{
	struct pollfd poll_fd = { .fd = wire->socket, .events = events };

	while (!deadline_passed(wire->deadline)) {
		int n = poll(&poll_fd, 1, deadline_poll_ms(wire->deadline));

		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return fail("the connection broke", error);
	}
	return fail("the server took too long", error);
}

bool
wire_write(Wire *wire, const char *bytes, size_t size, GError **error)
{
	while (size > 0) {
		size_t n = 0;
		CURLcode code = curl_easy_send(wire->curl, bytes, size, &n);

		if (code == CURLE_AGAIN) {
			if (!wait_for(wire, POLLOUT, error))
				return false;
			continue;
		}
		if (code != CURLE_OK)
			return fail("the connection broke", error);
		bytes += n;
		size -= n;
	}
	return true;
}

void
wire_say_goodbye(Wire *wire, const char *words)
{
	size_t n;

	(void)curl_easy_send(wire->curl, words, strlen(words), &n);
}

/* Reads what there is, or waits until there is something. */
static bool
fill(Wire *wire, GError **error)
{
	char chunk[CHUNK];
	size_t n = 0;
	CURLcode code;

	while ((code = curl_easy_recv(wire->curl, chunk, sizeof(chunk), &n)) ==
	       CURLE_AGAIN)
		if (!wait_for(wire, POLLIN, error))
			return false;
	if (code != CURLE_OK || n == 0)
		return fail("the server hung up", error);
	wire->n_read += n;
	if (wire->n_read > WIRE_READ_MAX)
		return fail("the server says too much", error);
	g_string_erase(wire->in, 0, (gssize)wire->at);
	wire->at = 0;
	g_string_append_len(wire->in, chunk, (gssize)n);
	return true;
}

/* Until a line end is there; its size without it. */
static bool
wait_for_line(Wire *wire, size_t *ret_size, GError **error)
{
	size_t seen = 0;

	for (;;) {
		const char *start = wire->in->str + wire->at;
		size_t size = wire->in->len - wire->at;
		const char *end = memchr(start + seen, '\n', size - seen);

		if (end != NULL) {
			*ret_size = (size_t)(end - start);
			return true;
		}
		seen = size;
		if (seen > WIRE_LINE_MAX)
			return fail("the server's line is too long", error);
		if (!fill(wire, error))
			return false;
	}
}

char *
wire_read_line(Wire *wire, GError **error)
{
	size_t size;
	char *line;

	if (!wait_for_line(wire, &size, error))
		return NULL;
	line = g_strndup(wire->in->str + wire->at, size);
	wire->at += size + 1;
	if (size > 0 && line[size - 1] == '\r')
		line[size - 1] = '\0';
	return line;
}

bool
wire_read(Wire *wire, size_t size, GString *out, GError **error)
{
	while (wire->in->len - wire->at < size)
		if (!fill(wire, error))
			return false;
	g_string_append_len(out, wire->in->str + wire->at, (gssize)size);
	wire->at += size;
	return true;
}
