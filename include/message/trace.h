/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/trace - what ties a mail to its writer and to other mails.
 *
 * Read by who may read a stranger's header, and handed to who keeps it: plain
 * data without a pointer, of fixed size. Message-IDs cross as hashes, so that
 * nothing of them is kept by mistake; whoever stores them hashes them once
 * more, with a key.
 *
 * Owns:    nothing.
 * Fails:   never: what cannot be read is left empty.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_TRACE_H
#define MESSAGE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/settings.h"
#include "message/headers.h"

#define TRACE_HASH_BYTES 16

/* The first bytes of a SHA-256. */
typedef struct TraceHash {
	uint8_t bytes[TRACE_HASH_BYTES];
} TraceHash;

typedef struct Trace {
	char from[LIMIT_ADDRESS_BYTES + 1]; /* message/identity; "" for none */
	uint8_t has_id;
	uint8_t reply_to_differs; /* answers would go to somebody else */
	uint8_t automated;        /* by its header, a machine wrote it */
	uint8_t n_references;
	TraceHash id;      /* of the Message-ID */
	TraceHash content; /* of Date, From and body: the mail's name without */
	/* Of In-Reply-To and References, the oldest first: the root of the
	 * thread. Of more than LIMIT_REFERENCES the root and the newest. */
	TraceHash reference[LIMIT_REFERENCES];
} Trace;

/* `bytes` may be a prefix of the mail, or its header alone. */
void trace_read(const Settings *settings, const char *bytes, size_t size,
                Trace *ret_trace);

/* The same where the header was parsed already. */
void trace_of(const Settings *settings, const Headers *headers,
              const char *bytes, size_t size, Trace *ret_trace);

/* True for what trace_read() could have made; it came from elsewhere. */
bool trace_is_valid(const Trace *trace);

/* 32 hexadecimal digits and a NUL into `ret_text`. */
#define TRACE_TEXT_SIZE (2 * TRACE_HASH_BYTES + 1)
void trace_text(const TraceHash *hash, char *ret_text);

#endif
