/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/mime_fields - what the Content- fields of a part say. Private.
 *
 * Owns:    the strings put into the MimePart are its owner's.
 * Fails:   never; what cannot be read is as if it were not there.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_MIME_FIELDS_H
#define MESSAGE_MIME_FIELDS_H

#include "message/mime.h"
#include "message/prescan.h"

/* Fills in all of `part` but its place; `otherwise` is the type of a part that
 * names none. The boundary of a multipart is returned and the caller's: NULL
 * when it is none, "" without one. */
char *mime_fields_read(MimePart *part, const PrescanHeader *header,
                       const char *otherwise);

#endif
