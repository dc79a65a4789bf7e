/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench-mails DIR - the mails of the benchmark, the same every time.
 *
 *     DIR/1k/     20 text/plain mails of about 1 KB
 *     DIR/10k/    20 multipart/alternative mails of about 10 KB, with a quote
 *     DIR/100k/   5 of about 100 KB
 *     DIR/5m/     1 of about 5 MB, an attachment of 3.7 MB in base64
 */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What customers write, by language; the mails mix sentences of one. */
static const char *const sentences[][6] = {
	{ "I have been waiting for an answer to my ticket for six days now.",
	  "The invoice from last month was charged twice to our company card.",
	  "Could you please tell me when the export function will work again?",
	  "Thank you so much, the fix you sent yesterday worked like a charm.",
	  "This is the third time I write about the same problem.",
	  "I attached the log file and a screenshot of the error message." },
	{ "Hej, jeg har ventet i over en uge p\303\245 svar.",
	  "Kan I sende mig en ny faktura med det rigtige bel\303\270b?",
	  "Appen g\303\245r ned, hver gang jeg \303\245bner mine ordrer.",
	  "Mange tak for hj\303\246lpen, det virker nu.",
	  "Det er simpelthen uacceptabelt, at ingen svarer os.",
	  "Vi skal bruge delene senest p\303\245 torsdag." },
	{ "Seit gestern k\303\266nnen wir uns nicht mehr anmelden.",
	  "Bitte pr\303\274fen Sie die beigef\303\274gte Rechnung.",
	  "Vielen Dank f\303\274r die schnelle Hilfe, jetzt l\303\244uft es.",
	  "Das ist wirklich \303\244rgerlich, ich m\303\266chte mein Geld "
	  "zur\303\274ck.",
	  "K\303\266nnten Sie mir bitte den Stand der Lieferung mitteilen?",
	  "Die Anlage steht, wir brauchen heute noch einen Techniker." },
	{ "Jag kan inte logga in sedan uppdateringen i m\303\245ndags.",
	  "Tack f\303\266r snabb hj\303\244lp, nu fungerar allt som det ska!",
	  "Det h\303\244r \303\244r helt oacceptabelt.",
	  "Kan ni bekr\303\244fta att best\303\244llningen \303\244r mottagen?",
	  "Vi beh\303\266ver delarna senast p\303\245 fredag.",
	  "Fakturan fr\303\245n f\303\266rra m\303\245naden st\303\244mmer inte." },
	{ "Hei, jeg har ventet p\303\245 svar i over en uke.",
	  "Kan dere sende meg en ny faktura med riktig bel\303\270p?",
	  "Appen krasjer hver gang jeg \303\245pner bestillingene mine.",
	  "Tusen takk for hjelpen, n\303\245 virker det.",
	  "Dette er helt uakseptabelt, ingen svarer oss.",
	  "Vi trenger delene senest torsdag." },
};

static void
add_text(GString *out, GRand *rand, int language, gsize bytes,
         const char *prefix)
{
	gsize end = out->len + bytes;

	while (out->len < end) {
		g_string_append(out, prefix);
		for (int i = g_rand_int_range(rand, 1, 4); i > 0; i--)
			g_string_append_printf(
				out, "%s ",
				sentences[language]
					 [g_rand_int_range(rand, 0, 6)]);
		g_string_append(out, g_rand_boolean(rand) ? "\n" : "\n\n");
	}
}

static void
add_head(GString *out, int number, const char *type)
{
	for (int hop = 0; hop < 3; hop++)
		g_string_append_printf(
			out,
			"Received: from relay%d.client.example (relay%d "
			"[192.0.2.%d])\n\tby mx%d.bench.test with ESMTPS id "
			"%06d; Sat, 21 Nov 2026 09:0%d:00 +0000\n",
			hop, hop, 10 + hop, hop, number, hop);
	g_string_append_printf(
		out,
		"From: Customer %d <customer%d@client.example>\n"
		"To: Support <support@bench.test>\nSubject: Ticket %d\n"
		"Date: Sat, 21 Nov 2026 09:10:00 +0000\n"
		"Message-ID: <bench-%d@client.example>\n"
		"User-Agent: Mozilla Thunderbird\nMIME-Version: 1.0\n"
		"Content-Type: %s\n",
		number, number, number, number, type);
}

static GString *
plain_mail(GRand *rand, int number, gsize bytes)
{
	GString *out = g_string_new(NULL);

	add_head(out, number, "text/plain; charset=utf-8");
	g_string_append(out, "Content-Transfer-Encoding: 8bit\n\n");
	add_text(out, rand, number % 5, bytes, "");
	return out;
}

/* A text, a quote of a quarter of it, and the same as HTML. */
static void
add_alternative(GString *out, GRand *rand, int language, gsize bytes)
{
	GString *text = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;

	add_text(text, rand, language, bytes / 4, "");
	g_string_append(text,
	                "\nOn Fri, 20 Nov 2026 at 10:12, Support wrote:\n");
	add_text(text, rand, language, bytes / 8, "> ");
	g_string_append_printf(out,
	                       "--alt\nContent-Type: text/plain; "
	                       "charset=utf-8\n\n%s\n--alt\nContent-Type: "
	                       "text/html; charset=utf-8\n\n<html><body>\n",
	                       text->str);
	lines = g_strsplit(text->str, "\n", 0);
	for (char **line = lines; *line != NULL; line++)
		g_string_append_printf(
			out,
			"<p class=\"MsoNormal\" style=\"margin:0cm\"><span "
			"lang=\"EN-US\">%s</span></p>\n",
			*line);
	g_string_append(out, "</body></html>\n--alt--\n");
	g_string_free(text, TRUE);
}

static GString *
alternative_mail(GRand *rand, int number, gsize bytes)
{
	GString *out = g_string_new(NULL);

	add_head(out, number, "multipart/alternative; boundary=\"alt\"");
	g_string_append(out, "\n");
	add_alternative(out, rand, number % 5, bytes - 1400);
	return out;
}

static GString *
attachment_mail(GRand *rand, int number, gsize bytes)
{
	GString *out = g_string_new(NULL);
	g_autofree guchar *raw = g_malloc(bytes / 4 * 3);
	g_autofree char *code = NULL;

	for (gsize i = 0; i < bytes / 4 * 3; i++)
		raw[i] = (guchar)g_rand_int_range(rand, 0, 256);
	code = g_base64_encode(raw, bytes / 4 * 3);
	add_head(out, number, "multipart/mixed; boundary=\"mix\"");
	g_string_append(out, "\n--mix\nContent-Type: multipart/alternative; "
	                     "boundary=\"alt\"\n\n");
	add_alternative(out, rand, number % 5, 8000);
	g_string_append(out,
	                "\n--mix\nContent-Type: application/pdf\n"
	                "Content-Transfer-Encoding: base64\n"
	                "Content-Disposition: attachment; filename=a.pdf\n\n");
	for (gsize at = 0, size = strlen(code); at < size; at += 76) {
		g_string_append_len(out, code + at, (gssize)MIN(76, size - at));
		g_string_append_c(out, '\n');
	}
	g_string_append(out, "--mix--\n");
	return out;
}

typedef GString *Maker(GRand *rand, int number, gsize bytes);

typedef struct Kind {
	const char *name;
	int count;
	Maker *maker;
	gsize bytes;
} Kind;

static bool
make(const char *dir, const Kind *kind)
{
	g_autofree char *folder = g_build_filename(dir, kind->name, NULL);
	GRand *rand = g_rand_new_with_seed(20261121);
	bool ok = g_mkdir_with_parents(folder, 0755) == 0;

	for (int i = 0; ok && i < kind->count; i++) {
		g_autofree char *file =
			g_strdup_printf("%s/%03d.eml", folder, i);
		GString *mail = kind->maker(rand, i, kind->bytes);

		ok = g_file_set_contents(file, mail->str, (gssize)mail->len,
		                         NULL);
		g_string_free(mail, TRUE);
	}
	g_rand_free(rand);
	return ok;
}

int
main(int argc, char **argv)
{
	static const Kind kinds[] = {
		{ "1k", 20, plain_mail, 400 },
		{ "10k", 20, alternative_mail, 10240 },
		{ "100k", 5, alternative_mail, 102400 },
		{ "5m", 1, attachment_mail, 5000000 },
	};
	bool good = true;

	if (argc != 2) {
		fprintf(stderr, "usage: bench-mails DIR\n");
		return 2;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(kinds) && good; i++)
		good = make(argv[1], &kinds[i]);
	return good ? 0 : 1;
}
