/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/headers - the top header of a mail, read by one linear scan.
 *
 * Our own reader, not GMime's, because what decides about trust must see what
 * the MTA saw: names without blanks before the colon, continuation lines
 * unfolded, every instance in order, the first non-header line ends it.
 *
 * Owns:    Headers is the caller's; names and values are borrowed from it.
 * Fails:   MESSAGE_ERROR_HEADER_BYTES, MESSAGE_ERROR_HEADER_FIELDS.
 * Threads: any.
 */
#ifndef MESSAGE_HEADERS_H
#define MESSAGE_HEADERS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Headers Headers;

Headers *headers_parse(const char *bytes, size_t size,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void headers_free(Headers *headers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Headers, headers_free)

size_t headers_count(const Headers *headers);
/* The i-th field; NULL past the end. Values are raw (not RFC 2047 decoded),
 * unfolded, without NUL, cut at LIMIT_HEADER_VALUE. A NUL and a bare CR become
 * \x01, so that whoever must refuse such a value still sees it. */
const char *headers_name(const Headers *headers, size_t i);
const char *headers_value(const Headers *headers, size_t i);
/* The i-th field was written in a way no filter of ours writes (blanks before
 * the colon) or its value was cut: never a witness for trust. */
bool headers_is_odd(const Headers *headers, size_t i);
/* The n-th (from 0) field of that name (ASCII case ignored), or NULL. */
const char *headers_field(const Headers *headers, const char *name, size_t n);
/* Offset of the body: after the empty line, or of the first non-header. */
size_t headers_body_offset(const Headers *headers);

#endif
