/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/charset - bytes in any charset to UTF-8.
 *
 * Labels are read as browsers read them (WHATWG Encoding Standard): what calls
 * itself iso-8859-1 is windows-1252, gb2312 is GB18030, and so on. A label that
 * is missing, unknown or us-ascii with 8-bit bytes is guessed: a byte order
 * mark, else UTF-8 if valid, else windows-1252. What calls itself UTF-8 and has
 * not one character of it is windows-1252, too, and UTF-8 what calls itself
 * latin1 and is valid.
 *
 * Owns:    strings returned are the caller's.
 * Fails:   never; bytes that mean nothing become U+FFFD. The result may still
 *          hold invalid UTF-8 where UTF-8 was declared: base/text repairs that.
 * Threads: any, after charset_init().
 */
#ifndef MESSAGE_CHARSET_H
#define MESSAGE_CHARSET_H

#include <stddef.h>

/* Loads every converter, so that none is opened later, inside a sandbox that
 * can open no file. message_init() calls it. */
void charset_init(void);

/* The charset that `label` stands for, lower case; NULL: none known. */
const char *charset_name(const char *label);

/*
 * At most `max` bytes of UTF-8. `ret_name`, if not NULL: the charset taken; a
 * constant.
 */
char *charset_to_utf8(const char *label, const char *bytes, size_t size,
                      size_t max, size_t *ret_size, const char **ret_name);

#endif
