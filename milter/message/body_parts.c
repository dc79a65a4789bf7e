/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The algorithm of RFC 8621 4.1.4 (JMAP), which is what mail programs do, put
 * into words: in an alternative the plain text and the HTML stand for each
 * other; elsewhere inline parts follow one another; a later part with a file
 * name is an attachment, and so is all but the first part of a related.
 *
 * The RFC gives it as a recursion over the tree. Here it is one pass over the
 * list of parts, which is in document order, with a frame for each multipart
 * that a part stands in; their depth is bounded (LIMIT_MIME_DEPTH).
 */
#include "message/body.h"

#include <string.h>

#include "base/limits.h"

/* A multipart that is being read. */
typedef struct Frame {
	int part;
	unsigned children; /* seen so far */
	bool alternative;  /* it is one */
	bool within;       /* or stands in one */
	bool related;
	bool text; /* may its children go to the text, or the HTML? */
	bool html;
	guint text_length; /* when it began */
	guint html_length;
} Frame;

typedef struct Choice {
	const Mime *mime;
	BodyParts *parts;
	unsigned depth;
	Frame frames[LIMIT_MIME_DEPTH + 1];
} Choice;

static void
append_range(GArray *to, const GArray *from, guint start)
{
	if (from->len > start)
		g_array_append_vals(to, &g_array_index(from, unsigned, start),
		                    from->len - start);
}

/* An alternative of one kind only stands for the other kind, too. */
static void
close_frame(Choice *choice)
{
	const Frame *frame = &choice->frames[--choice->depth];
	BodyParts *parts = choice->parts;
	bool no_text = parts->text->len == frame->text_length;
	bool no_html = parts->html->len == frame->html_length;

	if (!frame->alternative || !frame->text || !frame->html)
		return;
	if (no_text && !no_html)
		append_range(parts->text, parts->html, frame->html_length);
	else if (no_html && !no_text)
		append_range(parts->html, parts->text, frame->text_length);
}

static void
open_frame(Choice *choice, unsigned index, const MimePart *part)
{
	Frame *frame = &choice->frames[choice->depth];
	const Frame *outer = choice->depth > 0 ? frame - 1 : NULL;

	*frame = (Frame){
		.part = (int)index,
		.alternative = strcmp(part->type, "multipart/alternative") == 0,
		.related = strcmp(part->type, "multipart/related") == 0,
		.text = outer == NULL || outer->text,
		.html = outer == NULL || outer->html,
		.text_length = choice->parts->text->len,
		.html_length = choice->parts->html->len,
	};
	frame->within = frame->alternative || (outer != NULL && outer->within);
	choice->depth++;
}

static bool
is_media(const MimePart *part)
{
	return g_str_has_prefix(part->type, "image/") ||
	       g_str_has_prefix(part->type, "audio/") ||
	       g_str_has_prefix(part->type, "video/");
}

static bool
is_plain(const MimePart *part)
{
	return part->kind == MIME_LEAF &&
	       (strcmp(part->type, "text/plain") == 0 ||
	        g_str_has_prefix(part->type, "multipart/"));
}

static bool
is_html(const MimePart *part)
{
	return strcmp(part->type, "text/html") == 0;
}

static bool
is_inline(const Frame *frame, unsigned nth, const MimePart *part)
{
	if (part->attachment ||
	    !(is_plain(part) || is_html(part) || is_media(part)))
		return false;
	if (nth == 0)
		return true;
	return !frame->related && (is_media(part) || !part->named);
}

static void
take_alternative(Choice *choice, const MimePart *part, unsigned index)
{
	if (is_plain(part))
		g_array_append_val(choice->parts->text, index);
	else if (is_html(part))
		g_array_append_val(choice->parts->html, index);
	else
		g_array_append_val(choice->parts->attachments, index);
}

static void
take_leaf(Choice *choice, Frame *frame, unsigned index)
{
	const MimePart *part = mime_part(choice->mime, index);
	BodyParts *parts = choice->parts;

	if (!is_inline(frame, frame->children - 1, part)) {
		g_array_append_val(parts->attachments, index);
		return;
	}
	if (frame->alternative) {
		take_alternative(choice, part, index);
		return;
	}
	if (frame->within && is_plain(part))
		frame->html = false;
	if (frame->within && is_html(part))
		frame->text = false;
	if (frame->text)
		g_array_append_val(parts->text, index);
	if (frame->html)
		g_array_append_val(parts->html, index);
	if ((!frame->text || !frame->html) && is_media(part))
		g_array_append_val(parts->attachments, index);
}

static void
take_part(Choice *choice, unsigned index)
{
	const MimePart *part = mime_part(choice->mime, index);
	Frame *frame;

	while (choice->depth > 1 &&
	       choice->frames[choice->depth - 1].part != part->parent)
		close_frame(choice);
	frame = &choice->frames[choice->depth - 1];
	frame->children++;
	if (part->kind == MIME_MULTIPART)
		open_frame(choice, index, part);
	else
		take_leaf(choice, frame, index);
}

void
body_parts_choose(const Mime *mime, BodyParts *ret_parts)
{
	/* The mail itself stands in a multipart/mixed that is not there. */
	Choice choice = { .mime = mime, .parts = ret_parts, .depth = 1 };

	choice.frames[0] = (Frame){ .part = -1, .text = true, .html = true };
	ret_parts->text = g_array_new(FALSE, FALSE, sizeof(unsigned));
	ret_parts->html = g_array_new(FALSE, FALSE, sizeof(unsigned));
	ret_parts->attachments = g_array_new(FALSE, FALSE, sizeof(unsigned));
	for (size_t i = 0; i < mime_count(mime); i++)
		take_part(&choice, (unsigned)i);
	while (choice.depth > 1)
		close_frame(&choice);
}

void
body_parts_clear(BodyParts *parts)
{
	g_clear_pointer(&parts->text, g_array_unref);
	g_clear_pointer(&parts->html, g_array_unref);
	g_clear_pointer(&parts->attachments, g_array_unref);
}
