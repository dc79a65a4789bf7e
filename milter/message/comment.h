/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/comment (private) - the comments of structured header fields, which
 * nest (RFC 5322 3.2.2).
 *
 * Owns:    nothing.
 * Fails:   NULL when a comment does not end.
 * Threads: any.
 */
#ifndef MESSAGE_COMMENT_H
#define MESSAGE_COMMENT_H

/* Past the comment that starts at `p`. */
const char *comment_skip(const char *p);

#endif
