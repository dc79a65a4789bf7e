/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plain text is preferred: HTML is converted only when there is no plain text
 * that says anything, which saves most of the time of most mails. The price is
 * that hidden text is noticed only in HTML that was read.
 */
#include "message/body.h"

#include <string.h>

#include "base/limits.h"
#include "flowed.h"
#include "message/charset.h"
#include "message/html.h"
#include "message/message.h"

/* Plain text of at most this many bytes that names HTML is a mere notice. */
#define STUB_MAX 300
/* Where a charset may be declared within HTML (WHATWG: first 1024 bytes). */
#define SNIFF_MAX 1024

typedef struct Reader {
	const Mime *mime;
	Body *body;
	GString *text;
	size_t decoded; /* bytes of all parts read: HTML costs by those */
} Reader;

static bool
is_type(const MimePart *part, const char *type)
{
	return strcmp(part->type, type) == 0;
}

/* The charset that HTML declares of itself, or NULL. */
static char *
sniff_charset(const char *html, size_t size)
{
	g_autofree char *head = g_strndup(html, MIN(size, SNIFF_MAX));
	g_autofree char *lower = g_ascii_strdown(head, -1);
	const char *meta = strstr(lower, "<meta");
	const char *at = meta == NULL ? NULL : strstr(meta, "charset=");

	if (at == NULL)
		return NULL;
	at += strlen("charset=");
	at += strspn(at, "\"' ");
	return g_strndup(at, strcspn(at, "\"'> ;/\t\r\n"));
}

/* A declaration within a text that could be read as ASCII is not UTF-16. */
static char *
html_charset(const MimePart *part, const char *content, size_t size)
{
	char *charset;

	if (charset_name(part->charset) != NULL)
		return g_strdup(part->charset);
	charset = sniff_charset(content, size);
	if (charset != NULL && g_ascii_strncasecmp(charset, "utf-16", 6) == 0)
		g_clear_pointer(&charset, g_free);
	return charset;
}

static void
append_html(Reader *reader, const char *html, size_t size)
{
	HtmlNotes notes;
	g_autofree char *text =
		html_to_text(html, size, LIMIT_TEXT_DECODED, &notes);

	reader->body->flags |= MESSAGE_HTML;
	if (notes.hidden)
		reader->body->flags |= MESSAGE_HIDDEN_TEXT;
	if (notes.truncated)
		reader->body->flags |= MESSAGE_TRUNCATED;
	g_string_append(reader->text, text);
}

static void
append_plain(Reader *reader, const MimePart *part, const char *text,
             size_t size)
{
	g_autofree char *unwrapped = NULL;

	if (!part->flowed) {
		g_string_append_len(reader->text, text, (gssize)size);
		return;
	}
	unwrapped = flowed_unwrap(text, size, part->delsp, &size);
	g_string_append_len(reader->text, unwrapped, (gssize)size);
}

/* text/enriched (RFC 1896) is near enough to HTML. */
static bool
is_markup(const MimePart *part)
{
	return is_type(part, "text/html") || is_type(part, "text/enriched") ||
	       is_type(part, "text/richtext") ||
	       is_type(part, "text/x-amp-html");
}

static void
append_part(Reader *reader, const MimePart *part)
{
	bool html = is_markup(part);
	size_t max = LIMIT_TEXT_DECODED - reader->decoded;
	size_t size;
	g_autofree char *content = mime_decode(reader->mime, part, max, &size);
	g_autofree char *label = html ? html_charset(part, content, size)
	                              : g_strdup(part->charset);
	const char *charset;
	g_autofree char *text = charset_to_utf8(
		label, content, size, LIMIT_TEXT_DECODED, &size, &charset);

	reader->decoded = MIN(reader->decoded + size, LIMIT_TEXT_DECODED);
	if (reader->decoded == LIMIT_TEXT_DECODED)
		reader->body->flags |= MESSAGE_TRUNCATED;
	if (*reader->body->type == '\0') {
		g_free(reader->body->type);
		reader->body->type = g_strdup(part->type);
		reader->body->charset = charset;
	}
	if (html)
		append_html(reader, text, size);
	else
		append_plain(reader, part, text, size);
	if (reader->text->len > 0 &&
	    reader->text->str[reader->text->len - 1] != '\n')
		g_string_append_c(reader->text, '\n');
}

static bool
is_text(const MimePart *part)
{
	return is_type(part, "text/html") || is_type(part, "text/plain") ||
	       g_str_has_prefix(part->type, "multipart/");
}

/* RFC 2046 4.1.4: an unknown kind of text is read as plain text; but not what
 * is known to be data. */
static bool
is_other_text(const MimePart *part)
{
	static const char *const data[] = {
		"text/calendar",
		"text/css",
		"text/csv",
		"text/directory",
		"text/rfc822-headers",
		"text/vcard",
		"text/x-vcard",
		"text/xml",
	};

	if (!g_str_has_prefix(part->type, "text/") || part->attachment ||
	    part->named)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(data); i++)
		if (is_type(part, data[i]))
			return false;
	return true;
}

static void
append_parts(Reader *reader, const GArray *indexes,
             bool (*is_wanted)(const MimePart *))
{
	for (guint i = 0; i < indexes->len; i++) {
		const MimePart *part = mime_part(
			reader->mime, g_array_index(indexes, unsigned, i));

		if (!is_wanted(part))
			continue;
		if (reader->decoded == LIMIT_TEXT_DECODED)
			return;
		append_part(reader, part);
	}
}

static bool
has_html(const Mime *mime, const GArray *indexes)
{
	for (guint i = 0; i < indexes->len; i++)
		if (is_type(mime_part(mime,
		                      g_array_index(indexes, unsigned, i)),
		            "text/html"))
			return true;
	return false;
}

/* Does the text say anything, other than "read the HTML"? Programs that make
 * it of HTML leave a no-break space, or what nobody sees. */
static bool
is_usable(const GString *text)
{
	g_autofree char *seen = NULL;
	g_autofree char *lower = NULL;

	if (text->len > STUB_MAX)
		return strspn(text->str, " \t\r\n") != text->len;
	seen = text_sanitise(text->str, text->len, STUB_MAX, NULL);
	if (text_is_blank(seen))
		return false;
	lower = g_ascii_strdown(seen, -1);
	return strstr(lower, "html") == NULL;
}

static unsigned
part_flags(const MimePart *part)
{
	unsigned flags = 0;

	if (is_type(part, "text/calendar"))
		flags |= MESSAGE_CALENDAR;
	if (is_type(part, "multipart/encrypted") ||
	    is_type(part, "application/pkcs7-mime") ||
	    is_type(part, "application/x-pkcs7-mime"))
		flags |= MESSAGE_ENCRYPTED;
	return flags;
}

/* Parts that belong to a mail's form are no attachments to its reader. */
static bool
is_attachment(const MimePart *part)
{
	static const char *const formal[] = {
		"text/calendar",
		"application/pgp-signature",
		"application/pgp-encrypted",
		"application/pkcs7-signature",
		"application/x-pkcs7-signature",
		"message/delivery-status",
		"message/disposition-notification",
	};

	if (part->kind == MIME_MULTIPART || is_other_text(part))
		return false;
	if (part->attachment || part->named)
		return !g_str_has_suffix(part->type, "-signature");
	for (size_t i = 0; i < G_N_ELEMENTS(formal); i++)
		if (is_type(part, formal[i]))
			return false;
	return true;
}

static unsigned
mail_flags(const Mime *mime, const BodyParts *parts)
{
	unsigned flags = 0;

	for (size_t i = 0; i < mime_count(mime); i++)
		flags |= part_flags(mime_part(mime, i));
	for (guint i = 0; i < parts->attachments->len; i++)
		if (is_attachment(
			    mime_part(mime, g_array_index(parts->attachments,
		                                          unsigned, i))))
			flags |= MESSAGE_ATTACHMENTS;
	return flags;
}

/* PGP without MIME: bytes of an armour where the text should begin. */
static size_t
armour_size(const char *text)
{
	static const char begin[] = "-----BEGIN PGP MESSAGE-----";
	static const char end[] = "-----END PGP MESSAGE-----";
	const char *start = text + strspn(text, " \t\r\n");
	const char *last;

	if (!g_str_has_prefix(start, begin))
		return 0;
	last = strstr(start, end);
	return last == NULL ? strlen(text)
	                    : (size_t)(last - text) + strlen(end);
}

static void
start_again(Reader *reader)
{
	g_string_truncate(reader->text, 0);
	reader->decoded = 0;
	*reader->body->type = '\0';
	reader->body->charset = "";
}

static void
read_text(Reader *reader, const BodyParts *parts)
{
	append_parts(reader, parts->text, is_text);
	if (is_usable(reader->text))
		return;
	if (has_html(reader->mime, parts->html)) {
		start_again(reader);
		append_parts(reader, parts->html, is_text);
	} else if (reader->text->len == 0) {
		start_again(reader);
		append_parts(reader, parts->attachments, is_other_text);
	}
}

void
body_read(const Mime *mime, Body *ret_body)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(BodyParts) parts = { 0 };
	Reader reader = { mime, ret_body, text, 0 };

	*ret_body = (Body){ .type = g_strdup(""), .charset = "" };
	body_parts_choose(mime, &parts);
	ret_body->flags = mail_flags(mime, &parts);
	read_text(&reader, &parts);
	ret_body->text = text_sanitise(text->str, text->len, LIMIT_TEXT_DECODED,
	                               &ret_body->notes);
	ret_body->armour = armour_size(ret_body->text);
	if (ret_body->armour > 0)
		ret_body->flags |= MESSAGE_ENCRYPTED;
	if (ret_body->notes.truncated)
		ret_body->flags |= MESSAGE_TRUNCATED;
	if (ret_body->notes.invisible > 0)
		ret_body->flags |= MESSAGE_INVISIBLES;
}

void
body_clear(Body *body)
{
	g_clear_pointer(&body->text, g_free);
	g_clear_pointer(&body->type, g_free);
}
