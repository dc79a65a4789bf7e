/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/ipc - frames between a filter and one of its analysers.
 *
 * A request is a header, the envelope sender and the mail; an answer is a
 * header, a Findings, a Trace and, if it was asked for, a Parcel. One request
 * is under way on a channel at a time. Both ends are the same program, forked
 * from one image, so structs cross as they are; yet neither end trusts the
 * other: sizes and every index are checked, for an analyser has read a
 * stranger's mail.
 *
 * Owns:    nothing.
 * Fails:   false: the frame is not one of ours, or the index is out of range.
 * Threads: any; one at a time on a channel.
 */
#ifndef FILTER_IPC_H
#define FILTER_IPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "analysis/findings.h"
#include "analysis/rules.h"
#include "base/clock.h"
#include "message/trace.h"
#include "parcel.h"

#define IPC_MAGIC 0x54414354u
#define IPC_VERSION 2
#define IPC_NO_SENDER UINT32_MAX
#define IPC_REQUEST_MAX (LIMIT_ANALYSE_BYTES + LIMIT_ADDRESS_BYTES)

typedef enum IpcType {
	IPC_REQUEST = 1,
	IPC_ANSWER,
	IPC_REQUEST_TRACE, /* without Findings, which stay zero */
} IpcType;

typedef struct IpcHeader {
	uint32_t magic;
	uint16_t version;
	uint16_t type;
	uint32_t length; /* of what follows the header */
	uint32_t sender; /* bytes of it that are the sender, or IPC_NO_SENDER */
	uint64_t serial; /* of the request; the answer repeats it */
	uint32_t parcel; /* 1: a Parcel is wanted */
	uint32_t unused;
} IpcHeader;

/* What an analyser tells of one mail. */
typedef struct Insight {
	Findings findings;
	Trace trace;
	Parcel parcel;
} Insight;

typedef struct IpcAnswer {
	IpcHeader header;
	Findings findings;
	Trace trace;
	ParcelHead parcel; /* its bytes follow the answer */
	uint32_t last;     /* 1: this analyser ends now, to be replaced */
} IpcAnswer;

/* The header of an IPC_REQUEST for `size` bytes from `sender` (NULL: unknown).
 */
IpcHeader ipc_request_header(const char *sender, size_t size, uint64_t serial);
bool ipc_request_is_valid(const IpcHeader *header);
/* Splits what followed a valid header. `ret_sender` is NULL or of
 * `ret_sender_size` bytes, without a NUL. */
void ipc_request_split(const IpcHeader *header, const char *payload,
                       const char **ret_sender, size_t *ret_sender_size,
                       const char **ret_mail, size_t *ret_mail_size);

IpcAnswer ipc_answer(const Findings *findings, const Trace *trace,
                     uint64_t serial, bool last);
void ipc_answer_add(IpcAnswer *answer, const ParcelHead *parcel);
/* Is it an answer to `serial`, with all its indexes known to `rules`? */
bool ipc_answer_is_valid(const IpcAnswer *answer, uint64_t serial,
                         const Rules *rules);

typedef enum IpcResult {
	IPC_DONE,
	IPC_CLOSED,   /* the other end is gone */
	IPC_DEADLINE, /* the time was up */
} IpcResult;

/* Sends all of `parts`, which is changed; receives exactly `size` bytes. The
 * channel may be blocking; these calls never wait past the deadline. */
IpcResult ipc_send(int channel, struct iovec *parts, int n_parts,
                   Deadline deadline);
IpcResult ipc_receive(int channel, void *bytes, size_t size, Deadline deadline);

#endif
