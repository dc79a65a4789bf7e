/* SPDX-License-Identifier: Apache-2.0 */
/*
 * needles make DIRECTORY N: N mails and orders.csv, in which every field that a
 * person fills in holds a word that stands nowhere else.
 * needles scan FILE|DIRECTORY...: where that word is found, as it is or in any
 * of the ways in which a program may write it down; exit 1 if it is anywhere.
 *
 * All needles have one stem, followed by a number: looking for the stem finds
 * each. Ways: UTF-8 and UTF-16 in either order of bytes and any case; base64 at
 * each of the three alignments, URL-safe too, of lower and upper case; quoted
 * printable and percent with every byte escaped; hexadecimal, of UTF-8 and
 * UTF-16, spaced or not; backwards.
 */
#include <ctype.h>
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define STEM "zqxneedle"
#define STEM_BYTES (sizeof STEM - 1)

/* ------------------------------------------------------------------ making */

static const char *const texts[] = {
	"Hej\r\n\r\nJeg er meget utilfreds med jeres service, %s. Min ordre "
	"%s er ikke kommet, og det haster! Ring til %s.\r\n\r\n"
	"Med venlig hilsen\r\n%s\r\n",
	"Hello,\r\n\r\nthank you %s, the parcel %s arrived and I am very happy "
	"with it. Please call %s when the next one is ready.\r\n\r\n"
	"Kind regards\r\n%s\r\n",
	"Guten Tag,\r\n\r\nich bin sehr ver\xc3\xa4rgert, %s! Die Bestellung "
	"%s ist kaputt angekommen. Rufen Sie %s sofort an.\r\n\r\n"
	"Mit freundlichen Gr\xc3\xbc\xc3\x9f"
	"en\r\n%s\r\n",
	"Hej,\r\n\r\njag \xc3\xa4r besviken, %s. Varan %s fungerar inte och jag "
	"beh\xc3\xb6ver hj\xc3\xa4lp av %s idag.\r\n\r\nV\xc3\xa4nliga "
	"h\xc3\xa4lsningar\r\n%s\r\n",
};

static int serial;

/* A word of its own. */
static char *
needle(void)
{
	return g_strdup_printf(STEM "%d", ++serial);
}

static char *
body_text(int i)
{
	g_autofree char *a = needle(), *b = needle(), *c = needle(),
			*d = needle();
	const char *parts[] = { a, b, c, d };
	g_auto(GStrv) split =
		g_strsplit(texts[i % (int)G_N_ELEMENTS(texts)], "%s", -1);
	g_autoptr(GString) text = g_string_new(split[0]);

	for (int k = 1; split[k] != NULL; k++)
		g_string_append_printf(text, "%s%s", parts[k - 1], split[k]);
	return g_strdup(text->str);
}

static char *
as_base64(const char *text)
{
	g_autofree char *line =
		g_base64_encode((const guchar *)text, strlen(text));
	GString *lines = g_string_new(NULL);

	for (size_t at = 0; at < strlen(line); at += 76)
		g_string_append_printf(lines, "%.76s\r\n", line + at);
	return g_string_free(lines, FALSE);
}

static char *
as_quoted(const char *text)
{
	GString *out = g_string_new(NULL);

	for (const char *p = text; *p; p++)
		if ((*p >= ' ' && *p < 127 && *p != '=') || *p == '\r' ||
		    *p == '\n')
			g_string_append_c(out, *p);
		else
			g_string_append_printf(out, "=%02X", (unsigned char)*p);
	return g_string_free(out, FALSE);
}

static char *
body(int i)
{
	g_autofree char *text = body_text(i);
	g_autofree char *encoded = NULL;

	switch (i % 3) {
	case 0:
		return g_strconcat("Content-Type: text/plain; charset=utf-8\r\n"
		                   "Content-Transfer-Encoding: 8bit\r\n\r\n",
		                   text, NULL);
	case 1:
		encoded = as_base64(text);
		return g_strconcat("Content-Type: text/plain; charset=utf-8\r\n"
		                   "Content-Transfer-Encoding: base64\r\n\r\n",
		                   encoded, NULL);
	default:
		encoded = as_quoted(text);
		return g_strconcat("Content-Type: text/plain; charset=utf-8\r\n"
		                   "Content-Transfer-Encoding: "
		                   "quoted-printable\r\n\r\n",
		                   encoded, NULL);
	}
}

/* Every third mail has an attachment and an HTML part around its text. */
static char *
message(int i)
{
	g_autofree char *inner = body(i), *name = needle(), *html = needle();

	if (i % 3 != 0)
		return g_steal_pointer(&inner);
	return g_strdup_printf(
		"Content-Type: multipart/mixed; boundary=%s-b\r\n\r\n"
		"--%s-b\r\n%s\r\n--%s-b\r\nContent-Type: text/html\r\n\r\n"
		"<p title=%s>%s <a href=\"http://%s.example/\">x</a></p>\r\n"
		"--%s-b\r\nContent-Type: application/pdf; name=%s.pdf\r\n"
		"Content-Disposition: attachment; filename=%s.pdf\r\n\r\n"
		"%s\r\n--%s-b--\r\n",
		html, html, inner, html, html, html, html, html, name, name,
		name, html);
}

/* Customer C writes all mails whose number is C by the count of customers, so
 * that there are threads and profiles. */
static char *
header(int i, int customers)
{
	int c = i % customers;
	g_autofree char *name = needle(), *reply = needle(), *id = needle(),
			*subject = needle(), *extra = needle();

	return g_strdup_printf(
		"Received: from %s.example (%s [192.0.2.1]) by mx.test\r\n"
		"Authentication-Results: mx.test; dmarc=pass "
		"header.from=" STEM "c%d.example\r\n"
		"From: \"%s %s\" <" STEM "c%d@" STEM "c%d.example>\r\n"
		"Reply-To: %s@%s.example\r\nTo: %s <support@example.com>\r\n"
		"Cc: help@example.com\r\nSubject: %s and %s\r\n"
		"Message-ID: <" STEM "m%d@%s.example>\r\n"
		"References: <" STEM "m%d@%s.example> <%s@x.example>\r\n"
		"In-Reply-To: <%s@x.example>\r\nOrganization: %s\r\n"
		"User-Agent: %s\r\nThread-Topic: %s\r\nX-Mailer: %s\r\n"
		"Date: Sun, 22 Nov 2026 10:00:00 +0100\r\n"
		"MIME-Version: 1.0\r\n",
		extra, extra, c, name, name, c, c, reply, reply, name, subject,
		subject, i, id, i - customers, id, id, id, extra, extra,
		subject, extra);
}

static void
write_text(const char *directory, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(directory, name, NULL);
	g_autoptr(GError) error = NULL;

	if (!g_file_set_contents(path, text, -1, &error))
		g_error("%s", error->message);
}

static void
make_mails(const char *directory, int n, int customers)
{
	for (int i = 0; i < n; i++) {
		g_autofree char *head = header(i, customers);
		g_autofree char *rest = message(i);
		g_autofree char *mail = g_strconcat(head, rest, NULL);
		g_autofree char *name = g_strdup_printf("%06d.eml", i);

		write_text(directory, name, mail);
	}
}

static void
make_orders(const char *directory, int customers)
{
	g_autoptr(GString) text =
		g_string_new("email;customer number;order;date;amount;name\n");

	for (int c = 0; c < customers; c++)
		for (int k = 0; k < 3; k++) {
			g_autofree char *order = needle();

			g_string_append_printf(
				text,
				STEM "c%d@" STEM "c%d.example;" STEM
				     "n%d;%s;2026-0%d-01;%d,50;%s\n",
				c, c, c, order, k + 1, c % 90 + 10, order);
		}
	write_text(directory, "orders.csv", text->str);
}

static int
make(const char *directory, int n)
{
	int customers = MAX(1, n / 4);

	make_mails(directory, n, customers);
	make_orders(directory, customers);
	return 0;
}

/* ---------------------------------------------------------------- scanning */

typedef struct Way {
	const char *name;
	GBytes *bytes;
	bool any_case;
} Way;

static GArray *ways;

static void
add_way(const char *name, const void *bytes, size_t size, bool any_case)
{
	const Way way = { name, g_bytes_new(bytes, size), any_case };

	g_array_append_val(ways, way);
}

/* The characters that do not depend on what stands before and after. */
static void
add_base64(const char *stem)
{
	for (size_t before = 0; before < 3; before++) {
		g_autofree char *padded =
			g_strdup_printf("%.*s%s", (int)before, "___", stem);
		g_autofree char *code =
			g_base64_encode((const guchar *)padded, strlen(padded));
		size_t from = before == 0 ? 0 : before + 1;
		size_t to = strlen(padded) * 8 / 6;
		g_autofree char *url = NULL;

		add_way("base64", code + from, to - from, false);
		url = g_strdelimit(g_strdup(code), "+", '-');
		g_strdelimit(url, "/", '_');
		add_way("base64url", url + from, to - from, false);
	}
}

/* Each byte as two digits, with something before and after it. */
static void
add_escaped(const char *name, const char *stem, const char *before,
            const char *after)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (const char *p = stem; *p; p++)
		g_string_append_printf(text, "%s%02x%s", before,
		                       (unsigned char)*p, after);
	add_way(name, text->str, text->len, true);
}

static void
add_escapes(const char *stem)
{
	add_escaped("quoted-printable", stem, "=", "");
	add_escaped("percent", stem, "%", "");
	add_escaped("hex", stem, "", "");
	add_escaped("hex, spaced", stem, "", " ");
	add_escaped("hex of utf-16", stem, "", "00");
}

static void
add_utf16(const char *stem)
{
	g_autoptr(GByteArray) wide = g_byte_array_new();

	for (const char *p = stem; *p; p++) {
		const guint8 pair[] = { (guint8)*p, 0 };

		g_byte_array_append(wide, pair, 2);
	}
	/* Without the last zero it is either order's. */
	add_way("utf-16", wide->data, wide->len - 1, true);
}

static void
make_ways(void)
{
	g_autofree char *upper = g_ascii_strup(STEM, -1);
	g_autofree char *back = g_strreverse(g_strdup(STEM));

	ways = g_array_new(FALSE, FALSE, sizeof(Way));
	add_way("utf-8", STEM, STEM_BYTES, true);
	add_way("backwards", back, STEM_BYTES, true);
	add_utf16(STEM);
	add_base64(STEM);
	add_base64(upper);
	add_escapes(STEM);
	/* Escapes are of the letters themselves. */
	add_escapes(upper);
}

static int
search(const char *path, const char *text, const char *lower, size_t size)
{
	int found = 0;

	for (guint i = 0; i < ways->len; i++) {
		const Way *way = &g_array_index(ways, Way, i);
		gsize n;
		const char *bytes = g_bytes_get_data(way->bytes, &n);
		const char *where = way->any_case ? lower : text;
		const char *at = memmem(where, size, bytes, n);

		if (at == NULL)
			continue;
		printf("%s: byte %zu: %s\n", path, (size_t)(at - where),
		       way->name);
		found++;
	}
	return found;
}

static int
scan_file(const char *path)
{
	g_autofree char *text = NULL;
	g_autofree char *lower = NULL;
	gsize size;
	int found;

	if (!g_file_get_contents(path, &text, &size, NULL))
		return 0;
	lower = g_memdup2(text, size + 1);
	for (gsize i = 0; i < size; i++)
		lower[i] = (char)tolower((unsigned char)lower[i]);
	found = search(path, text, lower, size);
	if (memmem(path, strlen(path), STEM, STEM_BYTES) != NULL) {
		printf("%s: in the name\n", path);
		found++;
	}
	return found;
}

static void
gather(const char *path, GPtrArray *files)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL)
		g_ptr_array_add(files, g_build_filename(path, name, NULL));
}

/* Folders are put at the end of the list that is gone through. */
static int
scan(char **paths, int n)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
	int found = 0, read = 0;

	make_ways();
	for (int i = 0; i < n; i++)
		g_ptr_array_add(files, g_strdup(paths[i]));
	for (guint i = 0; i < files->len; i++) {
		const char *path = files->pdata[i];

		if (g_file_test(path, G_FILE_TEST_IS_SYMLINK))
			continue;
		if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
			gather(path, files);
		} else if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
			found += scan_file(path);
			read++;
		}
	}
	printf("# %d files, %u ways\n", read, ways->len);
	return found > 0;
}

int
main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "make") == 0)
		return make(argv[2], (int)g_ascii_strtoll(argv[3], NULL, 10));
	if (argc > 2 && strcmp(argv[1], "scan") == 0)
		return scan(argv + 2, argc - 2);
	fprintf(stderr, "usage: needles make DIRECTORY N | scan PATH...\n");
	return 2;
}
