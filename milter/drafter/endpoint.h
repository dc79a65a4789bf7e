/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/endpoint (private) - where a model is, and which addresses that may
 * mean.
 *
 * Three kinds: https to a public address or one of the private networks the
 * site named; http or https to this very host, by the names 127.0.0.1, [::1]
 * and localhost alone; a unix socket. The address is judged when the socket is
 * made, after the name was resolved, so that no name can point elsewhere later.
 *
 * Owns:    an Endpoint is the caller's.
 * Fails:   BASE_ERROR_SETTING, with what to write instead.
 * Threads: any.
 */
#ifndef DRAFTER_ENDPOINT_H
#define DRAFTER_ENDPOINT_H

#include <glib.h>
#include <stdbool.h>
#include <sys/socket.h>

typedef struct Endpoint Endpoint;

/* `networks` (NULL-terminated, or NULL): "10.1.0.0/16", "fd12::/48". */
Endpoint *endpoint_new(const char *base_url, const char *const *networks,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void endpoint_free(Endpoint *endpoint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Endpoint, endpoint_free)

/* "https://api.example", "unix:/run/llama.sock": for logs. */
const char *endpoint_name(const Endpoint *endpoint);
/* The base, without a / at its end; of a socket http://localhost/v1. */
const char *endpoint_url(const Endpoint *endpoint);
/* NULL unless it is one. */
const char *endpoint_socket(const Endpoint *endpoint);
/* "https" or "http": the only protocol that may be spoken. */
const char *endpoint_scheme(const Endpoint *endpoint);
/* May a connection to that address be made? */
bool endpoint_allows(const Endpoint *endpoint, const struct sockaddr *address);

/* Is it an address of the public internet, however it is written? */
bool address_is_public(const struct sockaddr *address);

#endif
