/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line is made in a fixed buffer and written by one write(2), so that lines
 * of several processes and threads on one pipe do not mix, and a long value
 * costs its own tail, never the line's end quote.
 */
#include "base/log.h"

#include <glib.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "base/limits.h"

#define READER_WAIT_MS 100

static const LogEvent events[] = {
#define LOG_EVENT(name, meaning) { #name, meaning },
#include "base/events.def"
#undef LOG_EVENT
};

static LogOptions options = { LOG_LEVEL_INFO, false, false, "tact" };

typedef struct Line {
	char *text;
	size_t size;
	size_t length;
} Line;

const LogEvent *
log_events(size_t *ret_n)
{
	*ret_n = G_N_ELEMENTS(events);
	return events;
}

static bool
event_is_known(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(events); i++)
		if (strcmp(events[i].name, name) == 0)
			return true;
	return false;
}

static void
line_add(Line *line, const char *text, size_t length)
{
	if (line->length + length < line->size) {
		memcpy(line->text + line->length, text, length);
		line->length += length;
	}
}

static void
line_add_text(Line *line, const char *text)
{
	line_add(line, text, strlen(text));
}

static void
line_add_escaped(Line *line, const char *value)
{
	static const char hex[] = "0123456789abcdef";

	line_add(line, "\"", 1);
	/* Room is kept for the longest escape and the quote. */
	for (; *value != '\0' && line->length + 6 < line->size; value++) {
		unsigned char c = (unsigned char)*value;
		char escape[4] = { '\\', 'x', hex[c >> 4], hex[c & 15] };

		if (c == '"' || c == '\\')
			line_add(line, (char[]){ '\\', (char)c }, 2);
		else if (c < 0x20 || c > 0x7e)
			line_add(line, escape, 4);
		else
			line_add(line, (const char *)value, 1);
	}
	line_add(line, "\"", 1);
}

static void
line_add_field(Line *line, const LogField *field)
{
	char number[24];

	if (field->type == LOG_FIELD_ADDRESS && !options.addresses)
		return;
	if (line->length + strlen(field->name) + sizeof(number) + 8 >
	    line->size)
		return;
	if (line->length > 0 && line->text[line->length - 1] != '>')
		line_add(line, " ", 1);
	line_add_text(line, field->name);
	line_add(line, "=", 1);
	if (field->type == LOG_FIELD_INT) {
		g_snprintf(number, sizeof(number), "%" G_GINT64_FORMAT,
		           field->number);
		line_add_text(line, number);
	} else {
		line_add_escaped(line, field->string ? field->string : "");
	}
}

size_t
log_format(char *text, size_t size, LogLevel level, const LogContext *context,
           const LogField *fields, size_t n_fields)
{
	Line line = { text, size, 0 };

	line_add(&line, (char[]){ '<', (char)('0' + level), '>' }, 3);
	for (size_t i = 0; i < n_fields; i++)
		line_add_field(&line, &fields[i]);
	for (; context != NULL; context = context->parent)
		for (size_t i = 0; i < context->n_fields; i++)
			line_add_field(&line, &context->fields[i]);
	line.text[line.length] = '\0';
	return line.length;
}

void
log_configure(const LogOptions *new_options)
{
	options = *new_options;
	if (options.syslog)
		openlog(options.program, LOG_PID, LOG_MAIL);
}

/* Who reads the lines may hang, and a mail must not hang with him: a line is
 * lost instead, and as long as that lasts the next is not waited for. */
static bool
is_read(void)
{
	static _Atomic bool hangs;
	struct pollfd end = { .fd = STDERR_FILENO, .events = POLLOUT };
	bool now = poll(&end, 1, hangs ? 0 : READER_WAIT_MS) > 0;

	hangs = !now;
	return now;
}

void
log_write(LogLevel level, const LogContext *context, const LogField *fields,
          size_t n_fields)
{
	char text[LIMIT_LOG_LINE];
	size_t length;

	g_assert(n_fields > 0 && fields[0].type == LOG_FIELD_EVENT &&
	         event_is_known(fields[0].string));
	if (level > options.level)
		return;
	length = log_format(text, sizeof(text), level, context, fields,
	                    n_fields);
	if (options.syslog) {
		syslog((int)level, "%s", text + 3);
		return;
	}
	text[length] = '\n';
	if (!is_read() || write(STDERR_FILENO, text, length + 1) < 0)
		return; /* no one is left to be told */
}
