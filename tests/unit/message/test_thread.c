/* SPDX-License-Identifier: Apache-2.0 */
#include "message/thread.h"

#include <glib.h>
#include <string.h>

static const struct row {
	const char *subject, *bare;
	bool reply;
} rows[] = {
	{ "", "", false },
	{ NULL, "", false },
	{ "Pump", "Pump", false },
	{ "Re: Pump", "Pump", true },
	{ "RE: Pump", "Pump", true },
	{ "re:Pump", "Pump", true },
	{ "Re : Pump", "Pump", true },
	{ "  Re:   Pump  ", "Pump", true },
	{ "Re: Re: Re: Pump", "Pump", true },
	{ "Re[2]: Pump", "Pump", true },
	{ "Re(3): Pump", "Pump", true },
	{ "Re^4: Pump", "Pump", true },
	{ "SV: Pumpe", "Pumpe", true },
	{ "Sv: VS: Pumpe", "Pumpe", true },
	{ "VS: Pumppu", "Pumppu", true },
	{ "VL: Pumppu", "Pumppu", false },
	{ "AW: Pumpe", "Pumpe", true },
	{ "Antwort: Pumpe", "Pumpe", true },
	{ "WG: Pumpe", "Pumpe", false },
	{ "Antw: Pomp", "Pomp", true },
	{ "Doorst: Pomp", "Pomp", false },
	{ "Odp: Pompa", "Pompa", true },
	{ "PD: Pompa", "Pompa", false },
	{ "R: Pompa", "Pompa", true },
	{ "I: Pompa", "Pompa", false },
	{ "RIF: Pompa", "Pompa", true },
	{ "TR: Pompe", "Pompe", false },
	{ "TR : RE : Pompe", "Pompe", false },
	{ "R\xc3\xa9p: Pompe", "Pompe", true },
	{ "R\xc3\x89P : Pompe", "Pompe", true },
	{ "RV: Bomba", "Bomba", false },
	{ "Fwd: Pump", "Pump", false },
	{ "FW: Re: Pump", "Pump", false },
	{ "Re: Fwd: SV: AW: Pump", "Pump", true },
	{ "Re\xef\xbc\x9aPump", "Pump", true },
	{ "[list] Re: Pump", "Pump", false },
	{ "Re: [list] Re: Pump", "Pump", true },
	{ "[Ticket 12] Pump", "[Ticket 12] Pump", false },
	{ "Re: [Ticket 12] Pump", "[Ticket 12] Pump", true },
	{ "Re:", "", true },
	{ "Re: Re:", "", true },
	{ "Regarding: Pump", "Regarding: Pump", false },
	{ "Rest: 4 pumps", "Rest: 4 pumps", false },
	{ "I: and you", "and you", false },
	{ "It: works", "It: works", false },
	{ "R2: Pump", "R2: Pump", false },
	{ "Pump: Re: x", "Pump: Re: x", false },
	{ "Re[x]: Pump", "Re[x]: Pump", false },
	{ "Re", "Re", false },
	{ "a  b\tc\nd", "a b c d", false },
	{ "Re: [unclosed Re: x", "[unclosed Re: x", true },
};

static void
test_subjects(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *bare = thread_bare_subject(rows[i].subject);

		g_test_message("'%s'", rows[i].subject);
		g_assert_cmpstr(bare, ==, rows[i].bare);
		g_assert_true(thread_subject_is_reply(rows[i].subject) ==
		              rows[i].reply);
	}
}

static const struct {
	const char *value, *id;
} id_rows[] = {
	{ NULL, NULL },
	{ "", NULL },
	{ "<a@b>", "a@b" },
	{ " <a@b> ", "a@b" },
	{ "<a@b> <c@d>", "a@b" },
	{ "(comment) <a@b>", "a@b" },
	{ "Your mail of Monday <a@b>", "a@b" },
	{ "a@b", NULL },
	{ "<>", NULL },
	{ "<a@b", NULL },
	{ "<a b@c>", NULL },
	{ "<a\x01@b>", NULL },
	{ "<a\xc3\xa5@b>", NULL },
	{ "<<a@b>", NULL },
	{ "> <a@b>", "a@b" },
};

static void
test_ids(void)
{
	g_autofree char *fill = g_strnfill(300, 'a');
	g_autofree char *value = g_strdup_printf("<%s@b>", fill);

	for (size_t i = 0; i < G_N_ELEMENTS(id_rows); i++) {
		g_autofree char *id = thread_message_id(id_rows[i].value);

		g_assert_cmpstr(id, ==, id_rows[i].id);
	}
	g_assert_null(thread_message_id(value));
}

static const struct {
	const char *name, *header, *subject, *key;
} key_rows[] = {
	{ "/thread/key/first", "Message-ID: <1@a>\n", "Pump", "1@a" },
	{ "/thread/key/answer",
	  "Message-ID: <2@b>\nIn-Reply-To: <1@a>\nReferences: <1@a>\n",
	  "Re: Pump", "1@a" },
	{ "/thread/key/answer-to-answer",
	  "Message-ID: <3@a>\nIn-Reply-To: <2@b>\nReferences: <1@a>\n <2@b>\n",
	  "SV: Re: Pump", "1@a" },
	{ "/thread/key/in-reply-to-only",
	  "Message-ID: <2@b>\nIn-Reply-To: <1@a>\n", "AW: Pump", "1@a" },
	{ "/thread/key/broken-references",
	  "Message-ID: <2@b>\nReferences: none\nIn-Reply-To: <1@a>\n", "Re: x",
	  "1@a" },
	{ "/thread/key/by-subject", "Message-ID: <2@b>\n", "Re: Pump  Broken",
	  "subject:pump broken" },
	{ "/thread/key/by-subject-folded", "", "AW: PUMPE", "subject:pumpe" },
	{ "/thread/key/no-id", "", "Pump", "subject:pump" },
	{ "/thread/key/nothing", "", NULL, "subject:" },
};

static void
test_keys(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(key_rows); i++) {
		g_autoptr(Headers) headers = headers_parse(
			key_rows[i].header, strlen(key_rows[i].header), NULL);
		g_autofree char *key = thread_key(headers, key_rows[i].subject);

		g_test_message("%s", key_rows[i].name);
		g_assert_cmpstr(key, ==, key_rows[i].key);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/thread/subjects", test_subjects);
	g_test_add_func("/thread/ids", test_ids);
	g_test_add_func("/thread/keys", test_keys);
	return g_test_run();
}
