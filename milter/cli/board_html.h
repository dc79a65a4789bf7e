/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/board_html - parts of the page: style, charts as SVG, each with the same
 * figures as a table.
 *
 * Owns:    nothing; `page` is added to.
 * Fails:   never.
 * Threads: one.
 */
#ifndef CLI_BOARD_HTML_H
#define CLI_BOARD_HTML_H

#include <glib.h>
#include <jansson.h>

extern const char board_style[];

/* Text of others', escaped. */
void html_text(GString *page, const char *text);
/* A <th> or <td> of words. */
void html_cell(GString *page, const char *tag, const char *text);

/* A figure over the periods, with its intervals. */
void chart_line(GString *page, const json_t *value, const json_t *scope,
                const char *name);
/* What became of drafts, over the periods. */
void chart_drafts(GString *page, const json_t *value, const json_t *scope);
/* What waits, by tier. */
void chart_backlog(GString *page, const json_t *backlog);

#endif
