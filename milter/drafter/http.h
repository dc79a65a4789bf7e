/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/http (private) - one POST of JSON, within its deadlines.
 *
 * TLS is verified and at least 1.2; no redirect is followed; no proxy, .netrc,
 * cookie or environment variable has a say; the address connected to is one
 * that the Endpoint allows. What comes back is at most LIMIT_ANSWER_BYTES.
 *
 * Owns:    the reply is cleared by the caller.
 * Fails:   HttpReply.fault says how; nothing else does.
 * Threads: one.
 */
#ifndef DRAFTER_HTTP_H
#define DRAFTER_HTTP_H

#include <glib.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint.h"

typedef enum HttpFault {
	HTTP_OK,      /* an answer came, of whatever status */
	HTTP_NETWORK, /* no connection, or it broke */
	HTTP_TIMEOUT, /* one of the three deadlines */
	HTTP_TLS,     /* the certificate, the host's name, the version */
	HTTP_ADDRESS, /* the name means an address that is not allowed */
	HTTP_LARGE,   /* more bytes than may come */
	HTTP_STOPPED, /* `stop` was set */
	HTTP_SETUP,   /* libcurl lacks an option or memory: nothing was sent */
	HTTP_FAULT_N,
} HttpFault;

/* "ok", "network", "timeout", ... */
const char *http_fault_name(HttpFault fault);

typedef struct HttpRequest {
	const Endpoint *endpoint;
	const char *path;       /* added to the endpoint's URL */
	const char *key_header; /* "api-key: ..." or NULL; secret */
	const char *body;
	const char *ca_file;        /* "" or NULL: the system's */
	const char *const *resolve; /* HOST:PORT:ADDRESS, or NULL */
	int64_t connect_ms, first_byte_ms, total_ms;
	const volatile sig_atomic_t *stop; /* or NULL */
} HttpRequest;

#define HTTP_RETRY_AFTER_MAX 64

typedef struct HttpReply {
	HttpFault fault;
	int status; /* 0 before one came */
	GString *body;
	char retry_after[HTTP_RETRY_AFTER_MAX];
} HttpReply;

/* Once a process, before threads. */
void http_library_init(void);

void http_post(const HttpRequest *request, HttpReply *ret_reply);
void http_reply_clear(HttpReply *reply);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HttpReply, http_reply_clear)

#endif
