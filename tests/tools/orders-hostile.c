/* SPDX-License-Identifier: Apache-2.0 */
/*
 * orders-hostile DIR SEED: 300 exports with something wrong, of twenty kinds,
 * the same for the same seed; and DIR/expected, a line each:
 *
 *     FILE refused
 *     FILE ORDERS LINE,LINE,...     the lines that are to be rejected
 *
 * Each file is a sound export of some orders first; then it is damaged.
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define ROUNDS 15
#define LONG_LINE 1200000

typedef struct Export {
	GRand *random;
	unsigned file;     /* ids and addresses are this file's own */
	GPtrArray *lines;  /* of GString; the first is the header */
	GByteArray *bytes; /* what is written; made of the lines if empty */
	GArray *bad;       /* of unsigned: lines to be rejected */
	bool refused;
} Export;

typedef void Damage(Export *export);

static const char header[] = "Order ID,Date,Customer ID,Email,Amount,Currency";

static void
write_line(Export *export, GString *line, unsigned n, const char *date,
           const char *email, const char *amount)
{
	g_string_printf(line, "F%u-%u,%s,C%u-%u,%s,%s,EUR", export->file, n,
	                date, export->file, n, email, amount);
}

/* Another cell in line `n`; NULL: the sound one. */
static void
set_line(Export *export, unsigned n, const char *date, const char *email,
         const char *amount)
{
	g_autofree char *own =
		g_strdup_printf("c%u-%u@mail.invalid", export->file, n);

	write_line(export, g_ptr_array_index(export->lines, n), n,
	           date ? date : "2025-02-01", email ? email : own,
	           amount ? amount : "12.50");
}

static void
free_line(gpointer line)
{
	g_string_free(line, TRUE);
}

static void
make_sound(Export *export)
{
	int n = g_rand_int_range(export->random, 5, 40);

	g_ptr_array_add(export->lines, g_string_new(header));
	for (int i = 1; i <= n; i++) {
		g_ptr_array_add(export->lines, g_string_new(NULL));
		set_line(export, (unsigned)i, NULL, NULL, NULL);
	}
}

/* Lines at random, each once, in their order; returns how many. */
static unsigned
choose_bad(Export *export)
{
	for (unsigned n = 1; n < export->lines->len; n++)
		if (g_rand_int_range(export->random, 0, 4) == 0 ||
		    (export->bad->len == 0 && n + 1 == export->lines->len))
			g_array_append_val(export->bad, n);
	return export->bad->len;
}

static unsigned
bad_line(const Export *export, unsigned i)
{
	return g_array_index(export->bad, unsigned, i);
}

static const char *
one_of(const Export *export, const char *const *list, size_t n)
{
	return list[g_rand_int_range(export->random, 0, (gint32)n)];
}

static void
damage_nul(Export *export)
{
	for (unsigned i = 0, n = choose_bad(export); i < n; i++) {
		GString *line =
			g_ptr_array_index(export->lines, bad_line(export, i));
		int at = g_rand_int_range(export->random, 0, (gint32)line->len);

		line->str[at] = line->str[at] == ',' ? ',' : '\0';
		g_string_append_c(line, '\0');
	}
}

static void
damage_delimiters(Export *export)
{
	for (unsigned i = 0, n = choose_bad(export); i < n; i++) {
		GString *line =
			g_ptr_array_index(export->lines, bad_line(export, i));
		char to = ";\t|"[g_rand_int_range(export->random, 0, 3)];

		for (gsize c = 0; c < line->len; c++)
			line->str[c] = line->str[c] == ',' ? to : line->str[c];
	}
}

static void
damage_amounts(Export *export)
{
	static const char *const amounts[] = {
		"99999999999999999999",
		"9223372036854775807",
		"-9223372036854775808",
		"92233720368547758.08",
		"1e308",
		"10000000000000.01",
		"18446744073709551616",
		"00000000000000000000000000000000"
		"00000000000000000000000000000000"
		"0000000001e5",
	};

	for (unsigned i = 0, n = choose_bad(export); i < n; i++)
		set_line(export, bad_line(export, i), NULL, NULL,
		         one_of(export, amounts, G_N_ELEMENTS(amounts)));
}

static void
damage_years(Export *export)
{
	static const char *const dates[] = {
		"0001-01-01",       "01.01.0001", "9999-12-31", "31.12.9999",
		"0001-01-01T00:00", "00010101",   "99991231",   "1899-12-30",
		"10000-01-01",      "-001-01-01",
	};

	for (unsigned i = 0, n = choose_bad(export); i < n; i++)
		set_line(export, bad_line(export, i),
		         one_of(export, dates, G_N_ELEMENTS(dates)), NULL,
		         NULL);
}

static void
damage_days(Export *export)
{
	static const char *const dates[] = {
		"2025-02-30", "31.04.2025", "2025-13-01", "2025-00-10",
		"45321",      "soon",       "",           "2025-02-01 25:61",
		"2025",       "0000-00-00",
	};

	for (unsigned i = 0, n = choose_bad(export); i < n; i++)
		set_line(export, bad_line(export, i),
		         one_of(export, dates, G_N_ELEMENTS(dates)), NULL,
		         NULL);
}

static void
damage_formulas(Export *export)
{
	static const char *const cells[] = {
		"=cmd|' /C calc'!A0",
		"\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"",
		"@SUM(1+1)*cmd|' /C calc'!A0",
		"+1+1",
		"-2+3+cmd|' /C calc'!D2",
		"\"=IMPORTXML(CONCAT(\"\"http://evil.example\"\"))\"",
	};

	for (unsigned i = 0, n = choose_bad(export); i < n; i++) {
		const char *cell = one_of(export, cells, G_N_ELEMENTS(cells));
		bool amount = g_rand_boolean(export->random);

		set_line(export, bad_line(export, i), NULL,
		         amount ? NULL : cell, amount ? cell : NULL);
	}
}

static unsigned
any_line(const Export *export)
{
	return (unsigned)g_rand_int_range(export->random, 1,
	                                  (gint32) export->lines->len);
}

static void
damage_open_quote(Export *export)
{
	GString *line = g_ptr_array_index(export->lines, any_line(export));

	g_string_prepend_c(line, '"');
	export->refused = true;
}

static void
damage_after_quote(Export *export)
{
	for (unsigned i = 0, n = choose_bad(export); i < n; i++) {
		GString *line =
			g_ptr_array_index(export->lines, bad_line(export, i));

		g_string_prepend(line, "\"a\"");
	}
}

static void
damage_few(Export *export)
{
	for (unsigned i = 0, n = choose_bad(export); i < n; i++) {
		GString *line =
			g_ptr_array_index(export->lines, bad_line(export, i));
		int keep = g_rand_int_range(export->random, 1, 20);

		g_string_truncate(line, MIN((gsize)keep, line->len));
	}
}

static void
damage_many(Export *export)
{
	for (unsigned i = 0, n = choose_bad(export); i < n; i++)
		g_string_append(
			g_ptr_array_index(export->lines, bad_line(export, i)),
			",,1,234.50");
}

static void
damage_long_line(Export *export)
{
	g_autofree char *text = g_strnfill(LONG_LINE, 'x');
	GString *line = g_ptr_array_index(export->lines, any_line(export));

	g_string_insert(line, g_rand_int_range(export->random, 0, 5), text);
	export->refused = true;
}

static void
join_lines(Export *export)
{
	for (guint i = 0; i < export->lines->len; i++) {
		const GString *line = g_ptr_array_index(export->lines, i);

		g_byte_array_append(export->bytes, (const guint8 *)line->str,
		                    (guint)line->len);
		g_byte_array_append(export->bytes, (const guint8 *)"\r\n",
		                    1 + (export->file % 2));
	}
}

/* Bytes of another charset, with or without its mark. */
static void
damage_wide(Export *export)
{
	bool big = g_rand_boolean(export->random);
	g_autofree char *wide = NULL;
	gsize size = 0;

	join_lines(export);
	wide = g_convert(
		(const char *)export->bytes->data, (gssize) export->bytes->len,
		big ? "UTF-16BE" : "UTF-16LE", "UTF-8", NULL, &size, NULL);
	g_byte_array_set_size(export->bytes, 0);
	if (g_rand_boolean(export->random))
		g_byte_array_append(
			export->bytes,
			(const guint8 *)(big ? "\xfe\xff" : "\xff\xfe"), 2);
	g_byte_array_append(export->bytes, (const guint8 *)wide, (guint)size);
}

static void
damage_wide_cut(Export *export)
{
	damage_wide(export);
	g_byte_array_set_size(export->bytes, export->bytes->len - 1);
	export->refused = true;
}

static void
damage_noise(Export *export)
{
	int n = g_rand_int_range(export->random, 1, 20000);

	for (int i = 0; i < n; i++) {
		guint8 byte = (guint8)g_rand_int_range(export->random, 0, 256);

		g_byte_array_append(export->bytes, &byte, 1);
	}
	export->refused = true;
}

static void
damage_header(Export *export)
{
	static const char *const headers[] = {
		"",
		"a,b,c,d,e,f",
		"Order ID,Date,x,y,Amount,Currency",
		"Order ID,When,Customer ID,Email,Amount,Currency",
		"Order ID,Date,Customer ID,Email,How much,Currency",
		"\xe2\x80\xae"
		"DI redrO,?,?,?,?,?",
	};

	g_string_assign(g_ptr_array_index(export->lines, 0),
	                one_of(export, headers, G_N_ELEMENTS(headers)));
	export->refused = true;
}

static void
damage_magic(Export *export)
{
	static const char *const starts[] = {
		"PK\003\004",      "\x1f\x8b",         "%PDF-1.7",
		"{\"orders\":[]}", "[{\"a\":1}",       "<html>",
		"SQLite format 3", "\xd0\xcf\x11\xe0", "\xff\xfe\n",
		"\xfe\xff\n",
	};

	g_string_prepend(g_ptr_array_index(export->lines, 0),
	                 one_of(export, starts, G_N_ELEMENTS(starts)));
	export->refused = true;
}

/* CP1252 beside UTF-8, in cells that nobody reads for their letters. */
static void
damage_western(Export *export)
{
	for (guint n = 1; n < export->lines->len; n++)
		g_string_prepend(g_ptr_array_index(export->lines, n),
		                 one_of(export,
		                        (const char *const[]){
						"\xf8", "\xc3\xb8", "\x80",
						"\xe2\x82\xac", "\x9d" },
		                        5));
}

static void
damage_addresses(Export *export)
{
	static const char *const emails[] = {
		"a@@b.example", "a b c", "<script>",     "a@b@c.example",
		"@example.com", "a@",    "a@[1.2.3.4]",  "a\x01@b.example",
		"a@b..example", "\"a@b", "a@-b.example", "a@b.example x",
	};

	for (unsigned i = 0, n = choose_bad(export); i < n; i++)
		set_line(export, bad_line(export, i), NULL,
		         one_of(export, emails, G_N_ELEMENTS(emails) - 3),
		         NULL);
}

static void
damage_orders(Export *export)
{
	set_line(export, 1, "31/12/2024", NULL, NULL);
	set_line(export, 2, "12/31/2024", NULL, NULL);
	export->refused = true;
}

static void
damage_flood(Export *export)
{
	g_autofree char *commas = g_strnfill(
		(gsize)g_rand_int_range(export->random, 1100, 90000), ',');

	g_string_append(g_ptr_array_index(export->lines, any_line(export)),
	                commas);
	export->refused = true;
}

static const struct {
	const char *name;
	Damage *damage;
} kinds[] = {
	{ "nul", damage_nul },
	{ "delimiters", damage_delimiters },
	{ "amounts", damage_amounts },
	{ "years", damage_years },
	{ "days", damage_days },
	{ "formulas", damage_formulas },
	{ "open-quote", damage_open_quote },
	{ "after-quote", damage_after_quote },
	{ "few-cells", damage_few },
	{ "many-cells", damage_many },
	{ "long-line", damage_long_line },
	{ "wide", damage_wide },
	{ "wide-cut", damage_wide_cut },
	{ "noise", damage_noise },
	{ "header", damage_header },
	{ "magic", damage_magic },
	{ "western", damage_western },
	{ "addresses", damage_addresses },
	{ "both-orders", damage_orders },
	{ "flood", damage_flood },
};

static void
expect(const Export *export, const char *name, FILE *expected)
{
	if (export->refused) {
		fprintf(expected, "%s refused\n", name);
		return;
	}
	fprintf(expected, "%s %u ", name,
	        export->lines->len - 1 - export->bad->len);
	for (unsigned i = 0; i < export->bad->len; i++)
		fprintf(expected, "%s%u", i > 0 ? "," : "",
		        bad_line(export, i) + 1);
	fputc('\n', expected);
}

static bool
make_file(const char *directory, unsigned file, GRand *random, FILE *expected)
{
	unsigned kind = file % G_N_ELEMENTS(kinds);
	g_autofree char *name =
		g_strdup_printf("%03u-%s.csv", file, kinds[kind].name);
	g_autofree char *path = g_build_filename(directory, name, NULL);
	Export export = { .random = random, .file = file };
	bool good;

	export.lines = g_ptr_array_new_with_free_func(free_line);
	export.bytes = g_byte_array_new();
	export.bad = g_array_new(FALSE, FALSE, sizeof(unsigned));
	make_sound(&export);
	kinds[kind].damage(&export);
	if (export.bytes->len == 0)
		join_lines(&export);
	good = g_file_set_contents(path, (const char *)export.bytes->data,
	                           (gssize) export.bytes->len, NULL);
	expect(&export, name, expected);
	g_ptr_array_unref(export.lines);
	g_byte_array_unref(export.bytes);
	g_array_unref(export.bad);
	return good;
}

int
main(int argc, char **argv)
{
	g_autofree char *path = NULL;
	GRand *random;
	guint64 seed;
	FILE *expected;
	bool good = true;

	if (argc != 3 || !g_ascii_string_to_unsigned(argv[2], 10, 0, G_MAXUINT,
	                                             &seed, NULL)) {
		fputs("usage: orders-hostile DIR SEED\n", stderr);
		return 2;
	}
	path = g_build_filename(argv[1], "expected", NULL);
	expected = g_fopen(path, "w");
	if (expected == NULL)
		return 1;
	random = g_rand_new_with_seed((guint32)seed);
	for (unsigned i = 0; i < ROUNDS * G_N_ELEMENTS(kinds); i++)
		good = make_file(argv[1], i, random, expected) && good;
	g_rand_free(random);
	return fclose(expected) == 0 && good ? 0 : 1;
}
