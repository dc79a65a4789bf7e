/* SPDX-License-Identifier: Apache-2.0 */
#include "base/settings.h"

#include <glib.h>
#include <string.h>

#include "rows.h"

static Settings *
parse(const char *text, GError **error)
{
	return settings_parse("t.conf", text, strlen(text), error);
}

#define TEN "abcdefghij"

/* Each bad file, and what the administrator is told. */
static const struct bad {
	const char *name, *text, *message;
} bad[] = {
	{ "section", "[milker]\n", "t.conf:1: [milker] no such" },
	{ "key", "[milter]\n\nsokcet = unix:/x\n",
	  "t.conf:3: [milter] sokcet: no such setting" },
	{ "number", "[milter]\nfilters = many\n",
	  "t.conf:2: [milter] filters: \"many\" is not a value from 1 to 32" },
	{ "range", "[milter]\nfilters = 33\n", "from 1 to 32" },
	{ "negative", "[milter]\nfilters = -1\n", "from 1 to 32" },
	{ "overflow", "[analysis]\nbytes_max = 99999999999999999999999G\n",
	  "from 4K to 1M" },
	{ "unit", "[milter]\ndrain_time_max = 3 days\n", "from 100ms to 2m" },
	{ "bool", "[log]\naddresses = yes\n",
	  "\"yes\" is neither true nor false" },
	{ "choice", "[log]\nlevel = loud\n",
	  "\"loud\" is none of error|warning|info|debug" },
	{ "path", "[milter]\nstatus_file = run/x\n", "begin it with /" },
	{ "path-comment", "[store]\npath = /var/x.db  # customers\n",
	  "t.conf:2: [store] path: \"/var/x.db  # customers\": a comment" },
	{ "socket", "[milter]\nsocket = /run/x\n", "write unix:/PATH" },
	{ "socket-port", "[milter]\nsocket = inet:70000@127.0.0.1\n",
	  "t.conf:2: [milter] socket: write" },
	{ "socket-service", "[milter]\nsocket = inet:milter@127.0.0.1\n",
	  "inet:PORT@ADDRESS" },
	{ "socket-host", "[milter]\nsocket = inet6:8891@\n",
	  "inet:PORT@ADDRESS" },
	{ "socket-no-host", "[milter]\nsocket = inet:8891\n",
	  "inet:PORT@ADDRESS" },
	{ "socket-long",
	  "[milter]\nsocket = unix:/" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
	  "abcdefg\n",
	  "at most 107 bytes" },
	{ "socket-mode-setgid", "[milter]\nsocket_mode = 2660\n", "in octal" },
	{ "socket-mode", "[milter]\nsocket_mode = rw\n", "in octal" },
	{ "network", "[milter]\ninternal_networks = 10.0.0.0/8;lan\n",
	  "t.conf:2: [milter] internal_networks: write networks" },
	{ "line", "[milter]\nfilters\n", "t.conf:2: neither [SECTION]" },
	{ "no-section", "filters = 2\n", "t.conf:1: no [SECTION]" },
	{ "open-section", "[milter\n", "a section is written" },
	{ "section-bracket", "[mil[ter]\n", "t.conf:1: a section is written" },
	{ "section-control", "[mil\x01ter]\n",
	  "t.conf:1: a section is written" },
	{ "twice", "[milter]\nfilters = 2\nfilters = 3\n",
	  "t.conf:3: this key is set twice" },
	{ "section-twice", "[log]\n[log]\n",
	  "t.conf:2: this section is there twice" },
	{ "address", "[mailbox support]\n", "not an address" },
	{ "address-twice",
	  "[mailbox a@b.dk]\n[mailbox c@b.dk]\naliases = A@B.dk\n",
	  "t.conf:3: [mailbox c@b.dk] aliases: this address belongs to two" },
	{ "translation", "[mailbox a@b.dk]\nmode[da] = off\n",
	  "t.conf:2: a key is letters and _" },
	{ "key-form", "[milter]\n\nfil\x1bters = 1\n",
	  "t.conf:3: a key is letters and _" },
	{ "draft", "[mailbox a@b.dk]\nmode = draft\n",
	  "[mailbox a@b.dk] mode: draft needs a database" },
	{ "draft-capitals", "[mailbox A@B.dk]\nmode = draft\n",
	  "t.conf:2: [mailbox A@B.dk] mode: draft needs a database" },
	{ "bare-mailbox", "[mailbox]\nmode = tag\n", "no such section" },
	{ "utf8", "[milter]\nauthserv_id = \xff\n",
	  "t.conf:2: [milter] authserv_id: write it in UTF-8" },
};

static void
test_bad(const void *data)
{
	const struct bad *row = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = parse(row->text, &error);

	g_assert_null(settings);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, row->message));
}

static void
test_values(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = parse(
		"\xef\xbb\xbf# a comment\r\n[milter]\r\nfilters = 7\r\n"
		"drain_time_max = 3s\nsocket_peers = root ; postfix;\n"
		"[analysis]\nbytes_max = 64K\n[log]\naddresses=true\n"
		"level = debug\n[mailbox Support@Example.COM]\nmode=shadow\n",
		&error);

	g_assert_no_error(error);
	g_assert_cmpint(settings->milter_filters, ==, 7);
	g_assert_cmpint(settings->milter_drain_time_max, ==, 3000);
	g_assert_cmpint(settings->analysis_bytes_max, ==, 65536);
	g_assert_true(settings->log_addresses);
	g_assert_cmpint(settings->log_level, ==, 3);
	g_assert_cmpuint(g_strv_length(settings->milter_socket_peers), ==, 2);
	g_assert_cmpstr(settings->milter_socket_peers[1], ==, "postfix");
	g_assert_cmpuint(settings->n_mailboxes, ==, 1);
	g_assert_cmpstr(settings->mailboxes[0].address, ==,
	                "support@example.com");
	g_assert_cmpint(settings->mailboxes[0].mailbox_mode, ==,
	                MAILBOX_MODE_SHADOW);
}

/* A backslash is one, as in the name of a user of Windows. */
static void
test_as_it_stands(void)
{
	static const char *const values[] = { "FIRM\\support", "FIRM\\anna",
		                              "a\\\\b", "\"a\" # b", "a\\" };

	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		g_autofree char *text = g_strdup_printf(
			"[mailbox a@b.dk]\nimap_user = %s \n", values[i]);
		g_autoptr(GError) error = NULL;
		g_autoptr(Settings) settings = parse(text, &error);

		g_assert_no_error(error);
		g_assert_cmpstr(settings->mailboxes[0].mailbox_imap_user, ==,
		                values[i]);
	}
}

static const struct lookup {
	const char *address;
	int mailbox; /* -1: none */
} lookups[] = {
	{ "support@example.com", 0 },
	{ "<Support@EXAMPLE.com>", 0 },
	{ "support+dk@example.com", 0 },
	{ "help@example.com", 0 },
	{ "sales@example.com", 1 },
	{ "sales+x@example.com", -1 },
	{ "support@example.org", -1 },
	{ "xsupport@example.com", -1 },
	{ "support", -1 },
	{ "", -1 },
	{ "<>", -1 },
	{ "+@example.com", -1 },
	{ "support+a+b@example.com", 0 },
};

static void
test_mailbox(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings =
		parse("[mailbox support@example.com]\n"
	              "aliases = help@example.com\n"
	              "[mailbox sales@example.com]\nsubaddresses = false\n",
	              &error);

	g_assert_no_error(error);
	for (size_t i = 0; i < G_N_ELEMENTS(lookups); i++) {
		const Mailbox *found =
			settings_mailbox(settings, lookups[i].address);

		g_test_message("%s", lookups[i].address);
		if (lookups[i].mailbox < 0)
			g_assert_null(found);
		else
			g_assert_true(found ==
			              &settings->mailboxes[lookups[i].mailbox]);
	}
}

static void
collect(const char *section, const char *name, const char *value, void *data)
{
	g_string_append_printf(data, "[%s] %s=%s\n", section, name, value);
}

/* The sample is the defaults: read with every # removed it changes nothing. */
static void
test_sample(void)
{
	g_autofree char *sample = settings_sample();
	g_autoptr(GString) live = g_string_new(NULL);
	g_autoptr(GString) a = g_string_new(NULL);
	g_autoptr(GString) b = g_string_new(NULL);
	g_auto(GStrv) lines = g_strsplit(sample, "\n", 0);
	g_autoptr(Settings) defaults = settings_new_default();
	g_autoptr(Settings) read = NULL;
	g_autoptr(GError) error = NULL;

	for (char **line = lines; *line != NULL; line++) {
		g_assert_cmpuint(strlen(*line), <=, 80);
		if (g_str_has_prefix(*line, "#[mailbox"))
			break;
		g_string_append_printf(
			live, "%s\n",
			(*line)[0] == '#' && g_ascii_islower((*line)[1])
				? *line + 1
				: *line);
	}
	read = parse(live->str, &error);
	g_assert_no_error(error);
	settings_each(defaults, collect, a);
	settings_each(read, collect, b);
	g_assert_cmpstr(a->str, ==, b->str);
}

static void
test_mdoc(void)
{
	g_autofree char *mdoc = settings_mdoc();

	g_assert_nonnull(strstr(mdoc, ".It Ic analysis_time_max\n"));
	g_assert_nonnull(strstr(mdoc, ".Ql 1500ms .\n"));
}

/* whatever happens to a file, the answer is Settings or an error that
 * names the file; never a crash, never half. */
static void
test_mutations(void)
{
	g_autofree char *sample = settings_sample();
	GRand *rand = g_rand_new_with_seed(19);

	for (int i = 0; i < 3000; i++) {
		g_autofree char *text = g_strdup(sample);
		size_t size = strlen(text);
		g_autoptr(GError) error = NULL;
		g_autoptr(Settings) settings = NULL;

		for (int j = 0; j < 40; j++) {
			size_t at =
				(size_t)g_rand_int_range(rand, 0, (gint32)size);

			text[at] =
				text[at] == '#'
					? ' '
					: (char)g_rand_int_range(rand, 0, 256);
		}
		settings = settings_parse("t.conf", text, size, &error);
		if (settings == NULL)
			g_assert_true(
				g_str_has_prefix(error->message, "t.conf:"));
		else
			g_assert_no_error(error);
	}
	g_rand_free(rand);
}

static void
test_no_file(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(settings_load("/nowhere/tact.conf", &error));
	g_assert_nonnull(strstr(error->message, "/nowhere/tact.conf"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	rows_add("/settings/bad/", bad, test_bad);
	g_test_add_func("/settings/values", test_values);
	g_test_add_func("/settings/as-it-stands", test_as_it_stands);
	g_test_add_func("/settings/mailbox", test_mailbox);
	g_test_add_func("/settings/sample", test_sample);
	g_test_add_func("/settings/mdoc", test_mdoc);
	g_test_add_func("/settings/mutations", test_mutations);
	g_test_add_func("/settings/no-file", test_no_file);
	return g_test_run();
}
