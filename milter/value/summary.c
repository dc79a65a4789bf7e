/* SPDX-License-Identifier: Apache-2.0 */
#include "value/summary.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/limits.h"

#define NUMBER_BYTES 64

typedef enum Column {
	COLUMN_CUSTOMER,
	COLUMN_FREQUENCY,
	COLUMN_RECENCY,
	COLUMN_AGE,
	COLUMN_MEAN,
	COLUMN_N,
} Column;

static const struct {
	const char *name;
	Column column;
} names[] = {
	{ "customer", COLUMN_CUSTOMER },
	{ "customer_id", COLUMN_CUSTOMER },
	{ "id", COLUMN_CUSTOMER },
	{ "frequency", COLUMN_FREQUENCY },
	{ "x", COLUMN_FREQUENCY },
	{ "recency", COLUMN_RECENCY },
	{ "t_x", COLUMN_RECENCY },
	{ "t", COLUMN_AGE },
	{ "age", COLUMN_AGE },
	{ "monetary_value", COLUMN_MEAN },
	{ "monetary", COLUMN_MEAN },
	{ "mean", COLUMN_MEAN },
	{ "mean_value", COLUMN_MEAN },
	{ "mean_order_value", COLUMN_MEAN },
	{ "average_order_value", COLUMN_MEAN },
	{ "avg_order_value", COLUMN_MEAN },
	{ "zbar", COLUMN_MEAN },
	{ "m_x", COLUMN_MEAN },
};

/* Bytes of the text, not ended by a NUL. */
typedef struct Slice {
	const char *at;
	size_t size;
} Slice;

typedef struct Reader {
	Slice left;
	size_t line;
	char delimiter;
	int at[COLUMN_N]; /* which field; -1: none */
	GArray *rows;
	Summary *summary;
} Reader;

void
summary_free(Summary *summary)
{
	if (summary == NULL)
		return;
	g_free(summary->rows);
	g_free(summary);
}

static bool
next_line(Reader *reader, Slice *ret_line)
{
	Slice *left = &reader->left;
	const char *end;
	size_t size;

	if (left->size == 0)
		return false;
	end = memchr(left->at, '\n', left->size);
	size = end != NULL ? (size_t)(end - left->at) : left->size;
	*ret_line = (Slice){ left->at, size };
	if (size > 0 && left->at[size - 1] == '\r')
		ret_line->size--;
	size += end != NULL;
	left->at += size;
	left->size -= size;
	reader->line++;
	return true;
}

static Slice
trim_blanks(Slice field)
{
	while (field.size > 0 && g_ascii_isspace(field.at[0])) {
		field.at++;
		field.size--;
	}
	while (field.size > 0 && g_ascii_isspace(field.at[field.size - 1]))
		field.size--;
	return field;
}

/* Without blanks, and one pair of quotes around it. */
static Slice
trim(Slice field)
{
	field = trim_blanks(field);
	if (field.size > 1 && field.at[0] == '"' &&
	    field.at[field.size - 1] == '"')
		return trim_blanks((Slice){ field.at + 1, field.size - 2 });
	return field;
}

static size_t
split(const Reader *reader, Slice line, Slice *fields)
{
	size_t n = 0;

	for (;;) {
		const char *end = memchr(line.at, reader->delimiter, line.size);
		size_t size = end != NULL ? (size_t)(end - line.at) : line.size;

		fields[n++] = trim((Slice){ line.at, size });
		if (end == NULL || n == LIMIT_SUMMARY_FIELDS)
			return n;
		line.at += size + 1;
		line.size -= size + 1;
	}
}

static bool
read_number(const Reader *reader, Slice field, double *ret_number)
{
	char text[NUMBER_BYTES];
	char *end, *comma;

	if (field.size == 0 || field.size >= sizeof(text) ||
	    memchr(field.at, '\0', field.size) != NULL)
		return false;
	memcpy(text, field.at, field.size);
	text[field.size] = '\0';
	comma = strchr(text, ',');
	if (comma != NULL && reader->delimiter != ',')
		*comma = '.';
	*ret_number = g_ascii_strtod(text, &end);
	return *end == '\0' && isfinite(*ret_number) &&
	       strpbrk(text, "xX") == NULL;
}

/* In any case, with blanks or hyphens for underscores. */
static bool
is_name(Slice field, const char *name)
{
	size_t i = 0;

	for (; i < field.size && name[i] != '\0'; i++) {
		char c = field.at[i];

		if ((c == ' ' || c == '-' ? '_' : g_ascii_tolower(c)) !=
		    name[i])
			return false;
	}
	return i == field.size && name[i] == '\0';
}

static void
name_column(Reader *reader, Slice field, int at)
{
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (is_name(field, names[i].name) &&
		    reader->at[names[i].column] < 0)
			reader->at[names[i].column] = at;
}

static void
choose_delimiter(Reader *reader, Slice line)
{
	static const char delimiters[] = { '\t', ';', ',' };

	reader->delimiter = ',';
	for (size_t i = 0; i < sizeof(delimiters); i++)
		if (line.size > 0 &&
		    memchr(line.at, delimiters[i], line.size) != NULL) {
			reader->delimiter = delimiters[i];
			return;
		}
}

/* True when the line was one of names, or there is none that could be. */
static bool
read_header(Reader *reader, Slice line)
{
	Slice fields[LIMIT_SUMMARY_FIELDS];
	double number;
	size_t n;

	choose_delimiter(reader, line);
	n = split(reader, line, fields);
	if (n > COLUMN_FREQUENCY &&
	    read_number(reader, fields[COLUMN_FREQUENCY], &number)) {
		for (int i = 0; i < COLUMN_N; i++)
			reader->at[i] = i < (int)n ? i : -1;
		return false;
	}
	for (size_t i = 0; i < n; i++)
		name_column(reader, fields[i], (int)i);
	return true;
}

static const char *
read_row(const Reader *reader, Slice line, Purchases *row)
{
	double *members[COLUMN_N] = { NULL, &row->repeats, &row->last,
		                      &row->age, &row->mean };
	Slice fields[LIMIT_SUMMARY_FIELDS];
	size_t n;

	if (line.size > LIMIT_SUMMARY_LINE)
		return "too long a line";
	n = split(reader, line, fields);
	for (int i = COLUMN_FREQUENCY; i < COLUMN_N; i++) {
		int at = reader->at[i];

		if (at < 0 || (i == COLUMN_MEAN &&
		               (at >= (int)n || fields[at].size == 0)))
			continue;
		if (at >= (int)n)
			return "too few fields";
		if (!read_number(reader, fields[at], members[i]))
			return "not a number";
	}
	if (row->mean < 0)
		return "a negative mean";
	return purchases_are_possible(row)
	               ? NULL
	               : "impossible: frequency must be a whole number, "
	                 "0 <= recency <= T, and recency 0 without repeats";
}

static void
take_line(Reader *reader, Slice line)
{
	Purchases row = { .weight = 1 };
	Summary *summary = reader->summary;
	const char *what;

	if (trim(line).size == 0)
		return;
	what = read_row(reader, line, &row);
	if (what == NULL) {
		g_array_append_val(reader->rows, row);
		return;
	}
	if (summary->rejected < SUMMARY_FAULTS)
		summary->faults[summary->rejected] =
			(SummaryFault){ reader->line, what };
	summary->rejected++;
}

static bool
has_columns(const Reader *reader, GError **error)
{
	static const struct {
		Column column;
		const char *name;
	} needed[] = { { COLUMN_FREQUENCY, "frequency" },
		       { COLUMN_RECENCY, "recency" },
		       { COLUMN_AGE, "T" } };

	for (size_t i = 0; i < G_N_ELEMENTS(needed); i++)
		if (reader->at[needed[i].column] < 0) {
			g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
			            "line 1: no column is named %s; write "
			            "customer,frequency,recency,T and, if "
			            "known, monetary_value",
			            needed[i].name);
			return false;
		}
	return true;
}

static bool
begin(Reader *reader, GError **error)
{
	static const char mark[] = "\xef\xbb\xbf"; /* UTF-8 */
	Slice line;

	if (reader->left.size >= 3 && memcmp(reader->left.at, mark, 3) == 0) {
		reader->left.at += 3;
		reader->left.size -= 3;
	}
	if (!next_line(reader, &line) || line.size > LIMIT_SUMMARY_LINE) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_SYNTAX,
		            "line 1: nothing to read, or too long");
		return false;
	}
	if (!read_header(reader, line))
		take_line(reader, line);
	return has_columns(reader, error);
}

Summary *
summary_parse(const char *text, size_t size, GError **error)
{
	Summary *summary = g_new0(Summary, 1);
	Reader reader = {
		.left = { text, size },
		.at = { -1, -1, -1, -1, -1 },
		.rows = g_array_new(FALSE, FALSE, sizeof(Purchases)),
		.summary = summary,
	};
	bool ok = begin(&reader, error);
	Slice line;

	while (ok && next_line(&reader, &line))
		take_line(&reader, line);
	summary->n = reader.rows->len;
	summary->has_mean = reader.at[COLUMN_MEAN] >= 0;
	summary->rows = (Purchases *)(void *)g_array_free(reader.rows, FALSE);
	if (ok)
		return summary;
	summary_free(summary);
	return NULL;
}
