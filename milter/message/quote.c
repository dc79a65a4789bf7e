/* SPDX-License-Identifier: Apache-2.0 */
/*
 * No mark is looked for yet: all text is new.
 */
#include "message/quote.h"

void
quote_split(const char *text, QuoteSplit *ret_split)
{
	ret_split->new_text = g_strdup(text);
	ret_split->signature = g_strdup("");
	ret_split->quoted = g_strdup("");
	ret_split->footer = g_strdup("");
}

void
quote_split_clear(QuoteSplit *split)
{
	g_clear_pointer(&split->new_text, g_free);
	g_clear_pointer(&split->signature, g_free);
	g_clear_pointer(&split->quoted, g_free);
	g_clear_pointer(&split->footer, g_free);
}
