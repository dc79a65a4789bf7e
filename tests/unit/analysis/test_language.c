/* SPDX-License-Identifier: Apache-2.0 */
#include <glib.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "analysis/language.h"
#include "analysis/language_file.h"
#include "base/error.h"
#include "rows.h"

static const char profile_path[] = RULES_DIR "/language.profile";

static LanguageProfile *
load(void)
{
	g_autoptr(GError) error = NULL;
	LanguageProfile *profile = language_profile_load(profile_path, &error);

	g_assert_no_error(error);
	return profile;
}

static const struct row {
	const char *name;
	Language language;
	const char *text;
} rows[] = {
	{ "da", LANGUAGE_DA, "Min pakke er ikke kommet endnu, hvad gør jeg?" },
	{ "da-short", LANGUAGE_DA, "Tak for hjælpen" },
	{ "sv", LANGUAGE_SV,
	  "Jag har inte fått mitt paket ännu, vad gör jag?" },
	{ "nb", LANGUAGE_NB, "Pakken min har ikke kommet ennå, hva gjør jeg?" },
	{ "nn", LANGUAGE_NN, "Pakka mi er ikkje komen enno, kva gjer eg?" },
	{ "de", LANGUAGE_DE,
	  "Mein Paket ist noch nicht da, was soll ich tun?" },
	{ "en", LANGUAGE_EN, "My parcel has not come yet, what should I do?" },
	{ "fi", LANGUAGE_FI,
	  "Pakettini ei ole vielä tullut, mitä minun pitää tehdä?" },
	{ "fr", LANGUAGE_FR,
	  "Mon colis n'est pas encore arrivé, que dois-je faire ?" },
	{ "es", LANGUAGE_ES, "Mi paquete todavía no ha llegado, ¿qué hago?" },
	{ "nl", LANGUAGE_NL,
	  "Mijn pakket is nog niet aangekomen, wat moet ik doen?" },
	{ "it", LANGUAGE_IT,
	  "Il mio pacco non è ancora arrivato, cosa devo fare?" },
	{ "pl", LANGUAGE_PL,
	  "Moja paczka jeszcze nie dotarła, co mam zrobić?" },
	{ "is", LANGUAGE_IS,
	  "Pakkinn minn er ekki kominn enn, hvað á ég að gera?" },
	{ "capitals", LANGUAGE_DE,
	  "WO BLEIBT MEINE BESTELLUNG? ICH WARTE NOCH!" },
	{ "with-code", LANGUAGE_EN,
	  "When I run curl -X POST https://api.example.com/v1/orders the server "
	  "says ERR_42 and nothing else happens, can you please help me?" },
	{ "empty", LANGUAGE_UND, "" },
	{ "one-word", LANGUAGE_UND, "Hej" },
	{ "digits", LANGUAGE_UND, "12345 67890 1.200,50 4711" },
	{ "address", LANGUAGE_UND,
	  "https://www.example.com/help me@example.com" },
	{ "c", LANGUAGE_UND,
	  "#include <stdio.h>\nint\nmain(void)\n{\n\tint n = f(x);\n"
	  "\tif (n == 1)\n\t\tprintf(\"%d\\n\", n);\n\treturn 0;\n}\n" },
	{ "json", LANGUAGE_UND,
	  "{ \"order_id\": [ 12, 13 ], \"state\": null }" },
	{ "russian", LANGUAGE_UND,
	  "Моя посылка ещё не пришла, что мне делать?" },
	{ "chinese", LANGUAGE_UND, "你好，我的包裹还没有到，请问怎么办" },
	{ "arabic", LANGUAGE_UND, "لم تصل طلبيتي بعد، ماذا أفعل؟" },
	{ "turkish", LANGUAGE_UND,
	  "Merhaba, siparişim hâlâ gelmedi, ne zaman gönderilecek?" },
	{ "hungarian", LANGUAGE_UND,
	  "Jó napot, a csomagom még nem érkezett meg, kérem segítsenek" },
	{ "lithuanian", LANGUAGE_UND,
	  "Sveiki, mano siuntinys dar neatvyko, prašau padėti" },
};

static void
test_identify(const void *data)
{
	const struct row *row = data;
	g_autoptr(LanguageProfile) profile = load();
	unsigned score = 101;
	Language language = language_identify(profile, row->text,
	                                      strlen(row->text), &score);

	g_assert_cmpstr(language_code(language), ==,
	                language_code(row->language));
	g_assert_cmpuint(score, <=, 100);
	if (language == LANGUAGE_UND)
		g_assert_cmpuint(score, ==, 0);
	else
		g_assert_cmpuint(score, >=, 50);
}

/* Only the start is read, so a later part in another language is not seen. */
static void
test_long(void)
{
	g_autoptr(LanguageProfile) profile = load();
	g_autoptr(GString) text = g_string_new(NULL);
	unsigned score;

	for (int i = 0; i < 100; i++)
		g_string_append(text,
		                "Das ist noch nicht angekommen, leider. ");
	for (int i = 0; i < 2000; i++)
		g_string_append(text, "This has not come yet, I am afraid. ");
	g_assert_cmpint(
		language_identify(profile, text->str, text->len, &score), ==,
		LANGUAGE_DE);
}

/* Unbroken letters must not run over the bounded features. */
static void
test_no_space(void)
{
	g_autoptr(LanguageProfile) profile = load();
	g_autoptr(GString) text = g_string_new(NULL);
	unsigned score;

	for (int i = 0; i < 30000; i++)
		g_string_append(text, i % 3 == 0 ? "ø'" : "x");
	g_assert_cmpint(
		language_identify(profile, text->str, text->len, &score), <,
		LANGUAGE_N);
}

static void
refuses(const char *bytes, size_t size, const char *why)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LanguageProfile) profile =
		language_profile_parse("some.profile", bytes, size, &error);

	g_assert_null(profile);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_SYNTAX);
	g_assert_nonnull(strstr(error->message, "some.profile: "));
	g_assert_nonnull(strstr(error->message, why));
}

static void
test_refuses(void)
{
	static const size_t lengths[] = {
		0, 7, 8, 23, 24, 1000, LANGUAGE_FILE_SIZE - 1
	};
	g_autofree char *bytes = NULL;
	size_t size;

	g_assert_true(g_file_get_contents(profile_path, &bytes, &size, NULL));
	g_assert_cmpuint(size, ==, LANGUAGE_FILE_SIZE);
	for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++)
		refuses(bytes, lengths[i],
		        lengths[i] < LANGUAGE_FILE_CODES ? "not a language"
		                                         : "truncated");
	for (size_t i = 8; i < size; i += 997) {
		bytes[i] ^= 1;
		refuses(bytes, size, "checksum");
		bytes[i] ^= 1;
	}
	bytes[7]++;
	refuses(bytes, size, "not a language profile of this version");
}

static void
test_missing(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LanguageProfile) profile =
		language_profile_load("/nonexistent/x.profile", &error);

	g_assert_null(profile);
	g_assert_error(error, BASE_ERROR, BASE_ERROR_IO);
	g_assert_nonnull(strstr(error->message, "/nonexistent/x.profile"));
}

static bool
mail_is(const LanguageProfile *profile, const char *line, const char *code)
{
	json_t *mail = json_loads(line, 0, NULL);
	g_autofree char *text = g_strconcat(
		json_string_value(json_object_get(mail, "subject")), "\n",
		json_string_value(json_object_get(mail, "body")), NULL);
	unsigned score;
	Language language =
		language_identify(profile, text, strlen(text), &score);

	json_decref(mail);
	return strcmp(language_code(language), code) == 0;
}

/* Mails that the profile has not seen; of the folder of data, if there. */
static void
test_held_out_mails(const void *data)
{
	const char *code = data;
	const char *folder = g_getenv("TACT_DATA");
	g_autoptr(LanguageProfile) profile = load();
	g_autofree char *path = g_strdup_printf("%s/mails/train2-%s.jsonl",
	                                        folder ? folder : "", code);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	unsigned n = 0, right = 0;

	if (folder == NULL || !g_file_get_contents(path, &text, NULL, NULL)) {
		g_test_skip("no held-out mails: TACT_DATA is not set");
		return;
	}
	lines = g_strsplit(text, "\n", -1);
	for (unsigned i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
		n++;
		right += mail_is(profile, lines[i], code);
	}
	g_test_message("%s: %u of %u mails right", code, right, n);
	g_assert_cmpuint(n, >, 0);
	g_assert_cmpuint(100 * right, >=, 99 * n);
}

int
main(int argc, char **argv)
{
	static const char *const held_out[] = { "da", "sv", "nb", "de", "en" };

	g_test_init(&argc, &argv, NULL);
	rows_add("/language/", rows, test_identify);
	g_test_add_func("/language/long", test_long);
	g_test_add_func("/language/no-space", test_no_space);
	g_test_add_func("/language/refuses", test_refuses);
	g_test_add_func("/language/missing", test_missing);
	for (size_t i = 0; i < G_N_ELEMENTS(held_out); i++) {
		g_autofree char *name =
			g_strconcat("/language/mails-", held_out[i], NULL);

		g_test_add_data_func(name, held_out[i], test_held_out_mails);
	}
	return g_test_run();
}
