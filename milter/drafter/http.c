/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Driven by curl's multi interface, though it is one transfer: between its
 * steps the deadline of the first byte and the stop flag are looked at, which
 * the easy interface would do once a second at best.
 *
 * A connection is made for each request and closed after it: drafts are minutes
 * apart, and a kept one would keep an old decision about its certificate.
 */
#include "http.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "faults.h"

#define POLL_MS 100
#define HEADER_BYTES_MAX 65536

static const char *const fault_names[HTTP_FAULT_N] = {
	[HTTP_OK] = "ok",           [HTTP_NETWORK] = "network",
	[HTTP_TIMEOUT] = "timeout", [HTTP_TLS] = "tls",
	[HTTP_ADDRESS] = "address", [HTTP_LARGE] = "large",
	[HTTP_STOPPED] = "stopped", [HTTP_SETUP] = "setup",
};

typedef struct Transfer {
	const HttpRequest *request;
	HttpReply *reply;
	CURL *easy;
	CURLM *multi;
	struct curl_slist *headers;
	struct curl_slist *resolve;
	size_t header_bytes;
	bool refused; /* an address was not allowed */
	bool large;
	bool sent; /* the whole body has left */
} Transfer;

const char *
http_fault_name(HttpFault fault)
{
	return fault < HTTP_FAULT_N ? fault_names[fault] : "";
}

void
http_library_init(void)
{
	/* The TLS library would write session keys where this says. */
	unsetenv("SSLKEYLOGFILE");
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

void
http_reply_clear(HttpReply *reply)
{
	if (reply->body != NULL)
		g_string_free(reply->body, TRUE);
	reply->body = NULL;
}

/* ---------------------------------------------------------------- callbacks */

static curl_socket_t
open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
	Transfer *transfer = data;

	(void)purpose;
	if (!endpoint_allows(transfer->request->endpoint, &address->addr)) {
		transfer->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	              address->protocol);
}

static void
keep_retry_after(HttpReply *reply, const char *line, size_t n)
{
	static const char name[] = "retry-after:";
	size_t begin = sizeof(name) - 1;

	if (n <= begin || g_ascii_strncasecmp(line, name, begin) != 0 ||
	    n - begin >= HTTP_RETRY_AFTER_MAX)
		return;
	memcpy(reply->retry_after, line + begin, n - begin);
	reply->retry_after[n - begin] = '\0';
	g_strstrip(reply->retry_after);
}

static size_t
read_header(char *line, size_t size, size_t n, void *data)
{
	Transfer *transfer = data;

	n *= size;
	transfer->header_bytes += n;
	transfer->large =
		transfer->large || transfer->header_bytes > HEADER_BYTES_MAX;
	keep_retry_after(transfer->reply, line, n);
	return transfer->large ? 0 : n;
}

static size_t
read_body(char *bytes, size_t size, size_t n, void *data)
{
	Transfer *transfer = data;

	n *= size;
	if (transfer->reply->body->len + n > LIMIT_ANSWER_BYTES) {
		transfer->large = true;
		return 0;
	}
	g_string_append_len(transfer->reply->body, bytes, (gssize)n);
	return n;
}

/* -------------------------------------------------------------------- set-up
 */

/* curl takes a long or a pointer, and says whether it knows the option. An
 * option that protects and is not known must not be passed over. */
#define SET(option, value)                                                     \
	(curl_easy_setopt(transfer->easy, option, value) == CURLE_OK)

static const struct {
	CURLoption option;
	long value;
} manners[] = {
	{ CURLOPT_NOSIGNAL, 1 },
	{ CURLOPT_FOLLOWLOCATION, 0 },
	{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
	{ CURLOPT_DISALLOW_USERNAME_IN_URL, 1 },
	{ CURLOPT_FORBID_REUSE, 1 },
	{ CURLOPT_QUICK_EXIT, 1 },
	{ CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
	{ CURLOPT_HTTP09_ALLOWED, 0 },
	{ CURLOPT_SSL_VERIFYPEER, 1 },
	{ CURLOPT_SSL_VERIFYHOST, 2 },
	{ CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2 },
	{ CURLOPT_MAXFILESIZE, LIMIT_ANSWER_BYTES },
};

static bool
set_manners(Transfer *transfer)
{
	const char *scheme = endpoint_scheme(transfer->request->endpoint);

	for (size_t i = 0; i < G_N_ELEMENTS(manners); i++)
		if (curl_easy_setopt(transfer->easy, manners[i].option,
		                     manners[i].value) != CURLE_OK)
			return false;
	return SET(CURLOPT_PROTOCOLS_STR, scheme) &&
	       SET(CURLOPT_REDIR_PROTOCOLS_STR, scheme) &&
	       SET(CURLOPT_PROXY, "") && SET(CURLOPT_NOPROXY, "*") &&
	       SET(CURLOPT_USERAGENT, "tact");
}

static bool
set_tls(Transfer *transfer)
{
	const char *ca_file = transfer->request->ca_file;

	if (ca_file == NULL || *ca_file == '\0')
		return true;
	return SET(CURLOPT_CAINFO, ca_file) && SET(CURLOPT_CAPATH, NULL);
}

static bool
set_callbacks(Transfer *transfer)
{
	return SET(CURLOPT_OPENSOCKETFUNCTION, open_socket) &&
	       SET(CURLOPT_OPENSOCKETDATA, transfer) &&
	       SET(CURLOPT_HEADERFUNCTION, read_header) &&
	       SET(CURLOPT_HEADERDATA, transfer) &&
	       SET(CURLOPT_WRITEFUNCTION, read_body) &&
	       SET(CURLOPT_WRITEDATA, transfer);
}

/* False: out of memory. */
static bool
add(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	if (longer != NULL)
		*list = longer;
	return longer != NULL;
}

static bool
make_lists(Transfer *transfer)
{
	const HttpRequest *request = transfer->request;
	const char *const *resolve = request->resolve;
	bool made = add(&transfer->headers, "Content-Type: application/json") &&
	            add(&transfer->headers, "Accept: application/json") &&
	            add(&transfer->headers, "Expect:");

	if (request->key_header != NULL)
		made = made && add(&transfer->headers, request->key_header);
	for (; resolve != NULL && *resolve != NULL; resolve++)
		made = made && add(&transfer->resolve, *resolve);
	return made && SET(CURLOPT_HTTPHEADER, transfer->headers) &&
	       SET(CURLOPT_RESOLVE, transfer->resolve);
}

static bool
set_request(Transfer *transfer)
{
	const HttpRequest *request = transfer->request;
	g_autofree char *url = g_strconcat(endpoint_url(request->endpoint),
	                                   request->path, NULL);
	const char *socket_path = endpoint_socket(request->endpoint);

	return SET(CURLOPT_URL, url) &&
	       SET(CURLOPT_UNIX_SOCKET_PATH, socket_path) &&
	       SET(CURLOPT_POSTFIELDS, request->body) &&
	       SET(CURLOPT_POSTFIELDSIZE, (long)strlen(request->body)) &&
	       SET(CURLOPT_CONNECTTIMEOUT_MS, (long)request->connect_ms) &&
	       SET(CURLOPT_TIMEOUT_MS, (long)request->total_ms);
}

/* ------------------------------------------------------------------- running
 */

static HttpFault
fault_of(const Transfer *transfer, CURLcode code)
{
	static const struct {
		CURLcode code;
		HttpFault fault;
	} faults[] = {
		{ CURLE_OK, HTTP_OK },
		{ CURLE_OPERATION_TIMEDOUT, HTTP_TIMEOUT },
		{ CURLE_FILESIZE_EXCEEDED, HTTP_LARGE },
		{ CURLE_SSL_CONNECT_ERROR, HTTP_TLS },
		{ CURLE_PEER_FAILED_VERIFICATION, HTTP_TLS },
		{ CURLE_SSL_CACERT_BADFILE, HTTP_TLS },
		{ CURLE_SSL_ISSUER_ERROR, HTTP_TLS },
		{ CURLE_SSL_CIPHER, HTTP_TLS },
		{ CURLE_USE_SSL_FAILED, HTTP_TLS },
	};

	if (transfer->refused && transfer->reply->status == 0)
		return HTTP_ADDRESS;
	if (transfer->large)
		return HTTP_LARGE;
	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		if (faults[i].code == code)
			return faults[i].fault;
	return HTTP_NETWORK;
}

/* Has the time to the first byte run out, or has somebody said stop? */
static bool
is_over(Transfer *transfer, Deadline first_byte)
{
	const HttpRequest *request = transfer->request;

	if (request->stop != NULL && *request->stop)
		transfer->reply->fault = HTTP_STOPPED;
	else if (transfer->header_bytes == 0 && deadline_passed(first_byte))
		transfer->reply->fault = HTTP_TIMEOUT;
	else
		return false;
	return true;
}

static void
finish(Transfer *transfer)
{
	int left;
	const CURLMsg *message = curl_multi_info_read(transfer->multi, &left);
	long status = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	transfer->reply->status = (int)status;
	transfer->reply->fault =
		fault_of(transfer, message == NULL ? CURLE_RECV_ERROR
	                                           : message->data.result);
}

/* For tests that kill: here the request may cost, and no answer is here. */
static void
note_sent(Transfer *transfer)
{
	curl_off_t bytes = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_UPLOAD_T, &bytes);
	if (transfer->sent || (size_t)bytes < strlen(transfer->request->body))
		return;
	transfer->sent = true;
	faults_point("sent");
}

static void
run(Transfer *transfer)
{
	Deadline first_byte = deadline_in(transfer->request->first_byte_ms);
	int running = 1;

	while (curl_multi_perform(transfer->multi, &running) == CURLM_OK &&
	       running > 0) {
		note_sent(transfer);
		if (is_over(transfer, first_byte))
			return;
		curl_multi_poll(transfer->multi, NULL, 0, POLL_MS, NULL);
	}
	finish(transfer);
}

/* The copy of the key that curl's list holds. */
static void
free_headers(struct curl_slist *headers)
{
	for (struct curl_slist *at = headers; at != NULL; at = at->next)
		explicit_bzero(at->data, strlen(at->data));
	curl_slist_free_all(headers);
}

void
http_post(const HttpRequest *request, HttpReply *ret_reply)
{
	Transfer transfer = { .request = request, .reply = ret_reply };

	*ret_reply =
		(HttpReply){ .fault = HTTP_SETUP, .body = g_string_new(NULL) };
	transfer.easy = curl_easy_init();
	transfer.multi = curl_multi_init();
	if (transfer.easy != NULL && transfer.multi != NULL &&
	    set_manners(&transfer) && set_tls(&transfer) &&
	    set_callbacks(&transfer) && make_lists(&transfer) &&
	    set_request(&transfer) &&
	    curl_multi_add_handle(transfer.multi, transfer.easy) == CURLM_OK) {
		run(&transfer);
		curl_multi_remove_handle(transfer.multi, transfer.easy);
	}
	curl_easy_cleanup(transfer.easy);
	curl_multi_cleanup(transfer.multi);
	free_headers(transfer.headers);
	curl_slist_free_all(transfer.resolve);
}
