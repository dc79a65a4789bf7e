/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/quote - what the sender wrote now, apart from what stood before.
 *
 * Attribution lines and reply headers of Outlook, Gmail, Apple Mail,
 * Thunderbird and phones in da sv nb de en fr es nl fi it pl; signatures;
 * mobile and legal footers. Linear in the text; what comes after 4,096 lines is
 * not told apart.
 *
 * Owns:    the strings of a QuoteSplit are the caller's: quote_split_clear().
 * Fails:   never; with no mark found all text is new.
 * Threads: any.
 */
#ifndef MESSAGE_QUOTE_H
#define MESSAGE_QUOTE_H

#include <glib.h>

typedef struct QuoteSplit {
	char *new_text;  /* answers between quotes stay, in order */
	char *signature; /* "" without one */
	char *quoted;    /* quoted and forwarded text, attribution included */
	char *footer;    /* "Sent from my iPhone", disclaimers */
} QuoteSplit;

/* `text` is sanitised UTF-8 with \n line ends. */
void quote_split(const char *text, QuoteSplit *ret_split);
void quote_split_clear(QuoteSplit *split);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(QuoteSplit, quote_split_clear)

#endif
