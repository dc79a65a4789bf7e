/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/log - events with typed fields, as logfmt on stderr or to syslog.
 *
 *     log_info(&session->log, EVENT("mail_tagged"), INT("ms", 3));
 *     <6>event="mail_tagged" ms=3 queue_id="4ABC"
 *
 * There are no format strings: values are quoted, control and non-ASCII bytes
 * escaped, so that mail content cannot forge a line. A line is at most
 * LIMIT_LOG_LINE bytes. Never pass bodies, subjects or secrets; addresses only
 * through ADDRESS(), which is dropped unless log.addresses is set.
 *
 * Events:  the closed list of names is base/events.def; an unknown one is our
 *          bug and fails an assertion.
 * Owns:    nothing; fields are read before the call returns. A context's
 *          strings are borrowed and must outlive it.
 * Waits:   a tenth of a second for whoever reads stderr; then lines are lost
 *          until he reads again.
 * Threads: any; a line is one write(2).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum LogLevel {
	LOG_LEVEL_ERROR = 3, /* the numbers of syslog(3) and systemd */
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7,
} LogLevel;

typedef enum LogFieldType {
	LOG_FIELD_EVENT,
	LOG_FIELD_STRING,
	LOG_FIELD_ADDRESS,
	LOG_FIELD_INT,
} LogFieldType;

typedef struct LogField {
	LogFieldType type;
	const char *name;
	const char *string; /* NULL is written as "" */
	int64_t number;
} LogField;

/* A context's fields follow those of every line logged with it. */
typedef struct LogContext {
	const struct LogContext *parent; /* or NULL */
	const LogField *fields;
	size_t n_fields;
} LogContext;

#define EVENT(name) ((LogField){ LOG_FIELD_EVENT, "event", name, 0 })
#define STR(name, value) ((LogField){ LOG_FIELD_STRING, name, value, 0 })
#define ADDRESS(name, value) ((LogField){ LOG_FIELD_ADDRESS, name, value, 0 })
#define INT(name, value) ((LogField){ LOG_FIELD_INT, name, NULL, value })

typedef struct LogOptions {
	LogLevel level; /* least urgent level written */
	bool syslog;    /* else stderr */
	bool addresses; /* write ADDRESS() fields */
	const char *program;
} LogOptions;

/* Call before threads exist. Until then: stderr, info, no addresses. */
void log_configure(const LogOptions *options);

void log_write(LogLevel level, const LogContext *context,
               const LogField *fields, size_t n_fields);

#define LOG_FIELDS_(...)                                                       \
	((const LogField[]){ __VA_ARGS__ }),                                   \
		sizeof((LogField[]){ __VA_ARGS__ }) / sizeof(LogField)
#define log_error(context, ...)                                                \
	log_write(LOG_LEVEL_ERROR, context, LOG_FIELDS_(__VA_ARGS__))
#define log_warning(context, ...)                                              \
	log_write(LOG_LEVEL_WARNING, context, LOG_FIELDS_(__VA_ARGS__))
#define log_info(context, ...)                                                 \
	log_write(LOG_LEVEL_INFO, context, LOG_FIELDS_(__VA_ARGS__))
#define log_debug(context, ...)                                                \
	log_write(LOG_LEVEL_DEBUG, context, LOG_FIELDS_(__VA_ARGS__))

/* One line as it would be written, without the newline, into `line` of `size`
 * bytes; returns its length. For tests and the fuzzer. */
size_t log_format(char *line, size_t size, LogLevel level,
                  const LogContext *context, const LogField *fields,
                  size_t n_fields);

/* The names and meanings in base/events.def, for the man page. */
typedef struct LogEvent {
	const char *name;
	const char *meaning;
} LogEvent;
const LogEvent *log_events(size_t *ret_n);

#endif
