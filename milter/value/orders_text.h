/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/orders_text - a file's bytes as UTF-8, block by block.
 *
 * The charset is that of the mark at its start, of zeros between letters, or
 * the one asked for. Without any of them bytes pass as they are: each record
 * is then UTF-8 or, where it is not, CP1252 (orders_text_record()), since
 * exports join files of both.
 *
 * Owns:    an OrdersText is the caller's; blocks are borrowed.
 * Fails:   ORDERS_ERROR_IO or ORDERS_ERROR_FILE.
 * Threads: one an OrdersText.
 */
#ifndef ORDERS_TEXT_H
#define ORDERS_TEXT_H

#include "value/orders.h"

typedef struct OrdersText OrdersText;

OrdersText *orders_text_new(const OrdersSource *source, const char *charset,
                            GError **error);
void orders_text_free(OrdersText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OrdersText, orders_text_free)

/* The next block; *ret_size 0 at the end. */
bool orders_text_next(OrdersText *text, const char **ret_block,
                      size_t *ret_size, GError **error);
/* Back to the start; raw bytes read from now on are added to `hash`, which may
 * be NULL. */
void orders_text_rewind(OrdersText *text, GChecksum *hash);

const char *orders_text_charset(const OrdersText *text);
uint64_t orders_text_bytes(const OrdersText *text); /* raw ones, read so far */

/* `size` bytes of CP1252 as UTF-8 appended to `out`; each becomes at most
 * three. */
void orders_text_western(const char *bytes, size_t size, GString *out);

#endif
