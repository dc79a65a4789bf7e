/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/record - frames between the filters and the keeper of the store.
 *
 * A request is one datagram on a socket that all filters share, with a
 * descriptor for the one answer: neither end's death leaves anything behind. As
 * between filter and analyser, structs cross as they are, and neither end
 * believes the other: a filter has taken bytes from strangers, and the keeper
 * has read a file. The bytes of a Parcel follow a request.
 *
 * Owns:    nothing.
 * Fails:   false: the frame is not one of ours, or an index is out of range.
 * Threads: any.
 */
#ifndef FILTER_RECORD_H
#define FILTER_RECORD_H

#include "analysis/draftable.h"
#include "analysis/findings.h"
#include "base/id.h"
#include "message/material.h"
#include "message/trace.h"
#include "parcel.h"
#include "store/mails.h"

#define RECORD_MAGIC 0x54524543u
#define RECORD_VERSION 2

typedef struct RecordRequest {
	uint32_t magic;
	uint16_t version;
	uint16_t direction; /* MailDirection */
	int64_t at;         /* unix seconds */
	uint32_t mailbox;   /* index in the settings */
	uint8_t objects;    /* `recipient` carries an objection */
	uint8_t draft;      /* Draftable, as far as the mail says */
	char public_id[ID_LENGTH + 1];
	char recipient[LIMIT_ADDRESS_BYTES + 1];
	Trace trace;
	Findings findings;
	ParcelHead parcel; /* none unless the mailbox has drafts */
} RecordRequest;

typedef enum RecordStatus {
	RECORD_KEPT = 1,    /* it is on the disk */
	RECORD_UNAVAILABLE, /* not now; perhaps it is written later */
	RECORD_FOREIGN,     /* never: it would give away another's data */
} RecordStatus;

typedef struct RecordAnswer {
	uint32_t magic;
	uint16_t version;
	uint16_t status; /* RecordStatus */
	uint16_t draft;  /* Draftable */
	uint16_t unused[3];
	MailAnswer answer;
} RecordAnswer;

/* A zeroed request but for what makes it ours. */
void record_request_init(RecordRequest *request, MailDirection direction);
bool record_request_is_valid(const RecordRequest *request,
                             const Settings *settings, const Rules *rules);
/* The same as the store takes it; all is borrowed. */
MailRecord record_of(const RecordRequest *request, const Settings *settings);

/* `answer` is that of RECORD_KEPT, else NULL. */
void record_answer_init(RecordAnswer *ret_answer, RecordStatus status,
                        const MailAnswer *answer);
bool record_answer_is_valid(const RecordAnswer *answer, const Rules *rules);

#endif
