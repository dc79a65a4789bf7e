/* SPDX-License-Identifier: Apache-2.0 */
/*
 * model-server - speaks chat completions, and misbehaves on command.
 *
 *     model-server [--port N] [--address A] [--unix PATH] [--cert F --key F]
 *                  [--priorities S] [--script F] [--corpus F] [--redirect URL]
 *                  [--mute] DIR
 *
 * Each request is kept in DIR/requests/N: line, headers, empty line, body. What
 * is answered is told by the next line of --script, of which the last stays in
 * force, or else by the model's name:
 *
 *     ok            a reply in Danish           say TEXT
 *     echo          the customer's own words: one that does as he says
 *     status-N      that status; status-N-after-S, status-N-date-S with
 *                   Retry-After: S seconds, or the date S seconds from now
 *     credit        429, quota used up          redirect-N  to --redirect
 *     line-N        the N-th line of --corpus   headers     100 KiB of them
 *     think fence bom empty length tools refusal filter not-json not-utf8
 *     deep large (10 MB) endless slow (a byte each 50 ms) silent close
 *
 * With --mute nobody is ever answered, not even a TLS greeting. Prints "ready
 * PORT" when it listens, and ends with its input.
 */
#include <arpa/inet.h>
#include <glib.h>
#include <jansson.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "asked.h"

#define LARGE_BYTES 10000000

static int port;
static const char *address = "127.0.0.1";
static char *unix_path, *cert_file, *key_file;
static char *priorities, *script_file, *corpus_file, *redirect_to;
static gboolean mute;
static char **rest;

static const GOptionEntry options[] = {
	{ "port", 0, 0, G_OPTION_ARG_INT, &port, "0: any", "N" },
	{ "address", 0, 0, G_OPTION_ARG_STRING, &address, "IPv4", "A" },
	{ "unix", 0, 0, G_OPTION_ARG_FILENAME, &unix_path, "", "PATH" },
	{ "cert", 0, 0, G_OPTION_ARG_FILENAME, &cert_file, "", "F" },
	{ "key", 0, 0, G_OPTION_ARG_FILENAME, &key_file, "", "F" },
	{ "priorities", 0, 0, G_OPTION_ARG_STRING, &priorities, "", "S" },
	{ "script", 0, 0, G_OPTION_ARG_FILENAME, &script_file, "", "F" },
	{ "corpus", 0, 0, G_OPTION_ARG_FILENAME, &corpus_file, "", "F" },
	{ "mute", 0, 0, G_OPTION_ARG_NONE, &mute, "", NULL },
	{ "redirect", 0, 0, G_OPTION_ARG_STRING, &redirect_to, "", "URL" },
	{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL,
	  "DIR" },
	{ NULL, 0, 0, 0, NULL, NULL, NULL },
};

static GMutex lock;
static unsigned n_requests;

typedef struct Request {
	GString *text; /* line, headers, body */
	size_t body;   /* where the body begins */
} Request;

/* ----------------------------------------------------------------- answers */

static const char reply_text[] =
	"Hej\n\nTak for din mail. Vi ser p\xc3\xa5 sagen, og en kollega vender "
	"tilbage til dig.\n\nVenlig hilsen\nKundeservice";

static char *
completion(const char *content, const char *finish, bool tools)
{
	json_t *message = json_pack("{s:s, s:s?}", "role", "assistant",
	                            "content", content);
	json_t *body;
	char *text, *copy;

	if (tools)
		json_object_set_new(
			message, "tool_calls",
			json_pack("[{s:s, s:s, s:{s:s, s:s}}]", "id", "call_1",
		                  "type", "function", "function", "name",
		                  "send_mail", "arguments",
		                  "{\"to\":\"evil@evil.example\"}"));
	body = json_pack(
		"{s:s, s:s, s:i, s:s, s:[{s:i, s:s, s:o}], s:{s:i, s:i, s:i}}",
		"id", "chatcmpl-1", "object", "chat.completion", "created", 1,
		"model", "m", "choices", "index", 0, "finish_reason", finish,
		"message", message, "usage", "prompt_tokens", 17,
		"completion_tokens", 5, "total_tokens", 22);
	text = json_dumps(body, 0);
	copy = g_strdup(text);
	free(text);
	json_decref(body);
	return copy;
}

static struct MHD_Response *
respond(char *body, size_t size)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		size, body, MHD_RESPMEM_MUST_COPY);

	g_free(body);
	MHD_add_response_header(response, "Content-Type", "application/json");
	return response;
}

static struct MHD_Response *
respond_text(char *body)
{
	return respond(body, strlen(body));
}

/* Bytes of a body that never ends, or ends slowly. */
static ssize_t
drip(void *data, uint64_t at, char *to, size_t max)
{
	bool slow = data != NULL;

	(void)at;
	if (slow)
		g_usleep(50000);
	memset(to, ' ', slow ? 1 : max);
	return slow ? 1 : (ssize_t)max;
}

static struct MHD_Response *
respond_dripping(bool slow)
{
	return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, drip,
	                                         slow ? &port : NULL, NULL);
}

static char *
corpus_body(unsigned line)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	json_t *row;
	const char *raw, *finish;
	char *body;
	gsize size;

	g_file_get_contents(corpus_file, &text, NULL, NULL);
	lines = g_strsplit(text, "\n", -1);
	row = json_loads(lines[line - 1], 0, NULL);
	raw = json_string_value(json_object_get(row, "body64"));
	finish = json_string_value(json_object_get(row, "finish"));
	if (raw != NULL) {
		g_autofree guchar *bytes = g_base64_decode(raw, &size);

		body = g_strndup((const char *)bytes, size);
	} else {
		body = completion(
			json_string_value(json_object_get(row, "content")),
			finish != NULL ? finish : "stop",
			json_object_get(row, "tools") != NULL);
	}
	json_decref(row);
	return body;
}

/* Contents and finish reasons by name. */
static const struct {
	const char *name, *content, *finish;
} contents[] = {
	{ "ok", reply_text, "stop" },
	{ "think", "<think>\nhm\n</think>\n\nHej\n\nTak.", "stop" },
	{ "fence", "```text\nHej\n\nTak.\n```", "stop" },
	{ "bom", "\xef\xbb\xbfHej\n\nTak.", "stop" },
	{ "empty", "", "stop" },
	{ "length", "<think>hm", "length" },
	{ "refusal", "I'm sorry, but I can't assist with that.", "stop" },
	{ "filter", "", "content_filter" },
	{ "injected", "Hej\r\nBcc: evil@evil.example\r\n\r\nTak.", "stop" },
};

static struct MHD_Response *
respond_by_name(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(contents); i++)
		if (strcmp(name, contents[i].name) == 0)
			return respond_text(completion(contents[i].content,
			                               contents[i].finish,
			                               false));
	if (strcmp(name, "tools") == 0)
		return respond_text(completion(NULL, "tool_calls", true));
	if (strcmp(name, "not-json") == 0)
		return respond_text(g_strdup("<html>Welcome</html>"));
	if (strcmp(name, "not-utf8") == 0)
		return respond_text(g_strdup("{\"choices\":\"\xff\"}"));
	if (strcmp(name, "deep") == 0)
		return respond_text(g_strnfill(5000, '['));
	if (strcmp(name, "large") == 0)
		return respond_text(g_strnfill(LARGE_BYTES, ' '));
	if (strcmp(name, "endless") == 0)
		return respond_dripping(false);
	if (strcmp(name, "slow") == 0)
		return respond_dripping(true);
	if (g_str_has_prefix(name, "say "))
		return respond_text(completion(name + 4, "stop", false));
	if (g_str_has_prefix(name, "line-"))
		return respond_text(corpus_body(
			(unsigned)g_ascii_strtoull(name + 5, NULL, 10)));
	return respond_text(completion(reply_text, "stop", false));
}

/* status-503, status-429-after-17, status-429-date-17. */
static struct MHD_Response *
respond_status(const char *name, unsigned *ret_status)
{
	struct MHD_Response *response =
		respond_text(g_strdup("{\"error\":{\"message\":\"no key "
	                              "sk-canary-1234567890\"}}"));
	const char *after = strstr(name, "-after-");
	const char *date = strstr(name, "-date-");

	*ret_status = (unsigned)g_ascii_strtoull(name + 7, NULL, 10);
	if (after != NULL)
		MHD_add_response_header(response, "Retry-After", after + 7);
	if (date != NULL) {
		g_autoptr(GDateTime) now = g_date_time_new_now_utc();
		g_autoptr(GDateTime) then = g_date_time_add_seconds(
			now, g_ascii_strtod(date + 6, NULL));
		g_autofree char *text =
			g_date_time_format(then, "%a, %d %b %Y %H:%M:%S GMT");

		MHD_add_response_header(response, "Retry-After", text);
	}
	return response;
}

static struct MHD_Response *
respond_headers(void)
{
	struct MHD_Response *response = respond_by_name("ok");
	g_autofree char *value = g_strnfill(100000, 'x');

	MHD_add_response_header(response, "X-Filler", value);
	return response;
}

static struct MHD_Response *
respond_redirect(const char *name, unsigned *ret_status)
{
	struct MHD_Response *response = respond_text(g_strdup("{}"));

	*ret_status = (unsigned)g_ascii_strtoull(name + 9, NULL, 10);
	MHD_add_response_header(response, "Location", redirect_to);
	return response;
}

/* NULL: the connection is closed without a word. */
static struct MHD_Response *
behave(const char *name, const char *body, unsigned *ret_status)
{
	*ret_status = 200;
	if (strcmp(name, "echo") == 0) {
		g_autofree char *mail = asked_mail(body);

		return respond_text(completion(mail, "stop", false));
	}
	if (strcmp(name, "close") == 0)
		return NULL;
	if (strcmp(name, "silent") == 0) {
		g_usleep(120 * G_USEC_PER_SEC);
		return NULL;
	}
	if (strcmp(name, "headers") == 0)
		return respond_headers();
	if (strcmp(name, "credit") == 0) {
		*ret_status = 429;
		return respond_text(g_strdup(
			"{\"error\":{\"code\":\"insufficient_quota\"}}"));
	}
	if (g_str_has_prefix(name, "status-"))
		return respond_status(name, ret_status);
	if (g_str_has_prefix(name, "redirect-"))
		return respond_redirect(name, ret_status);
	return respond_by_name(name);
}

/* ---------------------------------------------------------------- requests */

static enum MHD_Result
add_header(void *data, enum MHD_ValueKind kind, const char *name,
           const char *value)
{
	(void)kind;
	g_string_append_printf(data, "%s: %s\n", name, value);
	return MHD_YES;
}

static unsigned
keep(const Request *request)
{
	g_autofree char *path = NULL;
	unsigned n;

	g_mutex_lock(&lock);
	n = ++n_requests;
	path = g_strdup_printf("%s/requests/%u", rest[0], n);
	g_file_set_contents(path, request->text->str,
	                    (gssize)request->text->len, NULL);
	g_mutex_unlock(&lock);
	return n;
}

static char *
behaviour(const Request *request, unsigned n)
{
	char *name = asked_line(script_file, n);
	json_t *body;

	if (name != NULL)
		return name;
	body = json_loads(request->text->str + request->body, 0, NULL);
	name = g_strdup(json_string_value(json_object_get(body, "model")));
	json_decref(body);
	return name != NULL ? name : g_strdup("ok");
}

static enum MHD_Result
answer(struct MHD_Connection *connection, const Request *request)
{
	g_autofree char *name = behaviour(request, keep(request));
	unsigned status;
	struct MHD_Response *response =
		behave(name, request->text->str + request->body, &status);
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result
serve(void *data, struct MHD_Connection *connection, const char *url,
      const char *method, const char *version, const char *upload,
      size_t *upload_size, void **state)
{
	Request *request = *state;

	(void)data;
	if (request == NULL) {
		const char *query = MHD_lookup_connection_value(
			connection, MHD_GET_ARGUMENT_KIND, "api-version");

		request = g_new0(Request, 1);
		request->text = g_string_new(NULL);
		g_string_append_printf(request->text, "%s %s%s%s %s\n", method,
		                       url,
		                       query != NULL ? "?api-version=" : "",
		                       query != NULL ? query : "", version);
		MHD_get_connection_values(connection, MHD_HEADER_KIND,
		                          add_header, request->text);
		g_string_append_c(request->text, '\n');
		request->body = request->text->len;
		*state = request;
		return MHD_YES;
	}
	if (*upload_size > 0) {
		g_string_append_len(request->text, upload,
		                    (gssize)*upload_size);
		*upload_size = 0;
		return MHD_YES;
	}
	return answer(connection, request);
}

static void
completed(void *data, struct MHD_Connection *connection, void **state,
          enum MHD_RequestTerminationCode code)
{
	Request *request = *state;

	(void)data, (void)connection, (void)code;
	if (request != NULL)
		g_string_free(request->text, TRUE);
	g_free(request);
}

/* --------------------------------------------------------------- the server */

static char *
read_file(const char *path)
{
	char *text = NULL;

	if (path != NULL && !g_file_get_contents(path, &text, NULL, NULL))
		g_error("%s cannot be read", path);
	return text;
}

static int
listen_inet(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
		                  .sin_port = htons((uint16_t)port) };
	socklen_t size = sizeof(in);
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	inet_pton(AF_INET, address, &in.sin_addr);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&in, sizeof(in)) != 0 ||
	    listen(fd, 64) != 0 ||
	    getsockname(fd, (struct sockaddr *)&in, &size) != 0)
		g_error("cannot listen on %s:%d", address, port);
	port = ntohs(in.sin_port);
	return fd;
}

static int
listen_unix(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	g_strlcpy(un.sun_path, unix_path, sizeof(un.sun_path));
	unlink(unix_path);
	if (bind(fd, (struct sockaddr *)&un, sizeof(un)) != 0 ||
	    listen(fd, 64) != 0)
		g_error("cannot listen on %s", unix_path);
	return fd;
}

static struct MHD_Daemon *
start(int fd)
{
	g_autofree char *cert = read_file(cert_file);
	g_autofree char *key = read_file(key_file);
	unsigned flags = MHD_USE_THREAD_PER_CONNECTION |
	                 MHD_USE_INTERNAL_POLLING_THREAD |
	                 (cert != NULL ? MHD_USE_TLS : 0);
	struct MHD_OptionItem more[] = {
		{ MHD_OPTION_LISTEN_SOCKET, fd, NULL },
		{ MHD_OPTION_CONNECTION_MEMORY_LIMIT, 1048576, NULL },
		{ MHD_OPTION_END, 0, NULL },
		{ MHD_OPTION_END, 0, NULL },
		{ MHD_OPTION_END, 0, NULL },
		{ MHD_OPTION_END, 0, NULL },
	};

	if (cert != NULL) {
		more[2].option = MHD_OPTION_HTTPS_MEM_CERT;
		more[2].ptr_value = cert;
		more[3].option = MHD_OPTION_HTTPS_MEM_KEY;
		more[3].ptr_value = key;
	}
	if (priorities != NULL) {
		more[4].option = MHD_OPTION_HTTPS_PRIORITIES;
		more[4].ptr_value = priorities;
	}
	return MHD_start_daemon(flags, 0, NULL, NULL, serve, NULL,
	                        MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
	                        MHD_OPTION_ARRAY, more, MHD_OPTION_END);
}

int
main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autofree char *requests = NULL;
	char byte;
	int fd;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, NULL) ||
	    rest == NULL)
		g_error("see the head of model-server.c");
	requests = g_build_filename(rest[0], "requests", NULL);
	g_mkdir_with_parents(requests, 0700);
	fd = unix_path != NULL ? listen_unix() : listen_inet();
	if (!mute && start(fd) == NULL)
		g_error("cannot start");
	printf("ready %d\n", port);
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	/* Not MHD_stop_daemon(): it would wait for who is silent. */
	_exit(0);
}
