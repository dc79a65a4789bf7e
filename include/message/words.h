/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/words - header text with its encoded words (RFC 2047) decoded.
 *
 * Owns:    the string returned is the caller's.
 * Fails:   never; what is no encoded word stands as it is. Not yet sanitised.
 * Threads: any, after message_init().
 */
#ifndef MESSAGE_WORDS_H
#define MESSAGE_WORDS_H

/* `value` as message/headers gives it; undeclared 8-bit is guessed. */
char *words_decode(const char *value);

#endif
