/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sendmail has no header_checks, so only F=T is safe: without it a mail passes
 * unfiltered while Tact is down, with the forged headers it came with.
 *
 * Both forms are read: sendmail.cf is what is in force; a sendmail.mc is read
 * where only that is at hand. M4 is not run: the three macros that matter are
 * found by name.
 */
#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "mta_check.h"
#include "mta_config.h"
#include "mta_milter.h"

typedef struct SendmailCheck {
	MtaCheck *check;
	const char *file;
	GPtrArray *filters; /* of MtaMilter *: those declared */
	char *order;        /* InputMailFilters, or NULL */
} SendmailCheck;

/* "S=local:/x, F=T, T=S:30s;E:5m" of an X line or of INPUT_MAIL_FILTER(). */
static void
add_filter(SendmailCheck *self, const char *name, const char *equates)
{
	g_auto(GStrv) parts = g_strsplit(equates, ",", -1);
	MtaMilter *milter = mta_milter_new(name, "");

	for (unsigned i = 0; parts[i] != NULL; i++) {
		char *part = g_strstrip(parts[i]);

		if (part[0] == '\0' || part[1] != '=')
			continue;
		if (part[0] == 'S') {
			g_free(milter->socket);
			milter->socket = g_strdup(part + 2);
		}
		g_hash_table_insert(milter->settings, g_strndup(part, 1),
		                    g_strdup(part + 2));
	}
	g_ptr_array_add(self->filters, milter);
}

static void
read_cf_line(const char *text, unsigned line, void *data)
{
	SendmailCheck *self = data;
	static const char option[] = "InputMailFilters";

	(void)line;
	if (text[0] == 'X') {
		size_t n = strcspn(text, ", \t");
		g_autofree char *name = g_strndup(text + 1, n - 1);

		add_filter(self, name, text + n);
	} else if (text[0] == 'O') {
		text += 1 + strspn(text + 1, " \t");
		if (!g_str_has_prefix(text, option))
			return;
		text += strlen(option);
		text += strspn(text, " \t=");
		g_free(self->order);
		self->order = g_strstrip(g_strdup(text));
	}
}

/* An argument of a macro, without its quotes; moves `text` past it. */
static char *
read_argument(const char **text)
{
	const char *start;
	size_t n;

	*text += strspn(*text, " \t\r\n,");
	if (**text == '`') {
		start = ++*text;
		n = strcspn(start, "'");
	} else {
		start = *text;
		n = strcspn(start, ",)\n");
	}
	*text = start + n + (start[n] == '\'');
	return g_strstrip(g_strndup(start, n));
}

/* Without what follows dnl, and without comments. */
static char *
strip_dnl(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (unsigned i = 0; lines[i] != NULL; i++) {
		char *dnl = strstr(lines[i], "dnl");

		if (lines[i][0] == '#')
			lines[i][0] = '\0';
		while (dnl != NULL && dnl > lines[i] &&
		       g_ascii_isalnum(dnl[-1]))
			dnl = strstr(dnl + 3, "dnl");
		if (dnl != NULL)
			*dnl = '\0';
	}
	return g_strjoinv("\n", lines);
}

static void
add_to_order(SendmailCheck *self, const char *name)
{
	char *order = self->order != NULL
	                      ? g_strconcat(self->order, ",", name, NULL)
	                      : g_strdup(name);

	g_free(self->order);
	self->order = order;
}

/* A macro call at `text`, if one of ours begins there; its length, or 0. */
static size_t
read_macro(SendmailCheck *self, const char *text)
{
	static const char *const macros[] = { "INPUT_MAIL_FILTER(",
		                              "MAIL_FILTER(", "define(" };
	const char *p = text;
	g_autofree char *first = NULL;
	g_autofree char *second = NULL;
	size_t i = 0;

	while (i < G_N_ELEMENTS(macros) && !g_str_has_prefix(text, macros[i]))
		i++;
	if (i == G_N_ELEMENTS(macros))
		return 0;
	p += strlen(macros[i]);
	first = read_argument(&p);
	second = read_argument(&p);
	if (i < 2)
		add_filter(self, first, second);
	if (i == 0)
		add_to_order(self, first);
	if (i == 2 && strcmp(first, "confINPUT_MAIL_FILTERS") == 0) {
		g_free(self->order);
		self->order = g_steal_pointer(&second);
	}
	return (size_t)(p - text);
}

static void
read_mc(SendmailCheck *self, const char *text)
{
	g_autofree char *macros = strip_dnl(text);
	const char *p = macros;

	while (*p != '\0') {
		size_t n = read_macro(self, p);

		p += n > 0 ? n : 1;
	}
}

/* The filters in the order in which they run. */
static GPtrArray *
filters_in_use(const SendmailCheck *self)
{
	GPtrArray *used = g_ptr_array_new();
	g_auto(GStrv) names =
		g_strsplit_set(self->order ? self->order : "", ",; \t", -1);

	for (unsigned i = 0; names[i] != NULL; i++) {
		for (guint j = 0; j < self->filters->len; j++) {
			MtaMilter *filter = self->filters->pdata[j];

			if (strcmp(filter->name, names[i]) == 0)
				g_ptr_array_add(used, filter);
		}
	}
	return used;
}

static const char *
equate(const MtaMilter *filter, const char *letter)
{
	const char *value = g_hash_table_lookup(filter->settings, letter);

	return value != NULL ? value : "";
}

static char *
wanted_macro(const Settings *settings)
{
	const char *path = mta_socket_path(settings->milter_socket);

	return g_strdup_printf("INPUT_MAIL_FILTER(`tact', `S=%s%s, F=T, "
	                       "T=C:30s;S:30s;R:30s;E:5m')",
	                       path != NULL ? "local:" : "",
	                       path != NULL ? path : settings->milter_socket);
}

static void
check_times(SendmailCheck *self, const MtaMilter *filter)
{
	g_auto(GStrv) times = g_strsplit(equate(filter, "T"), ";", -1);
	gint64 least = self->check->settings->milter_analysis_time_max;

	for (unsigned i = 0; times[i] != NULL; i++) {
		const char *time = g_strstrip(times[i]);

		if (time[0] == '\0' || time[1] != ':' ||
		    mta_time(time + 2) > least)
			continue;
		mta_check_add(self->check, "timeout", self->file, 0,
		              "T=C:30s;S:30s;R:30s;E:5m",
		              "T=%s, and an analysis may take %d ms "
		              "(milter.analysis_time_max)",
		              time, (int)least);
	}
}

static void
check_filter(SendmailCheck *self, const GPtrArray *used, int at)
{
	const Settings *settings = self->check->settings;
	const MtaMilter *filter = used->pdata[at];
	const MtaMilter *later = mta_milters_authenticator_after(used, at);
	g_autofree char *remedy = wanted_macro(settings);

	if (strpbrk(equate(filter, "F"), "T4") == NULL)
		mta_check_add(
			self->check, "default-action", self->file, 0, remedy,
			"F=%s: while Tact is down mail passes with forged "
			"headers, or is refused for good",
			equate(filter, "F"));
	mta_milters_check_authenticated(self->check, used, NULL, self->file, 0);
	if (later != NULL)
		mta_check_add(self->check, "order", self->file, 0,
		              "put tact last in InputMailFilters",
		              "Tact stands before %s, whose "
		              "Authentication-Results it must see",
		              later->name);
	if (!mta_socket_same(settings->milter_socket, filter->socket))
		mta_check_add(self->check, "socket", self->file, 0, remedy,
		              "Sendmail connects to %s, but tact.conf says %s",
		              filter->socket, settings->milter_socket);
	check_times(self, filter);
}

static void
run_checks(SendmailCheck *self)
{
	g_autoptr(GPtrArray) used = filters_in_use(self);
	int at = mta_milters_find(used, self->check->settings, NULL);
	g_autofree char *remedy = wanted_macro(self->check->settings);

	if (at >= 0) {
		check_filter(self, used, at);
		return;
	}
	at = mta_milters_find(self->filters, self->check->settings, NULL);
	mta_check_add(self->check, "milter-missing", self->file, 0, remedy,
	              at < 0 ? "no mail passes Tact: there is no X line for it"
	                     : "no mail passes Tact: it is declared, but not "
	                       "in InputMailFilters");
}

static char *
read_file(const char *folder, const char *name, char **ret_path)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	char *text = NULL;
	gsize size;

	if (!g_file_get_contents(path, &text, &size, NULL) ||
	    size > (gsize)LIMIT_SETTINGS_FILE) {
		g_free(text);
		return NULL;
	}
	*ret_path = g_steal_pointer(&path);
	return text;
}

bool
mta_check_sendmail(MtaCheck *check, const char *folder, GError **error)
{
	const char *where = folder != NULL ? folder : "/etc/mail";
	g_autofree char *path = NULL;
	g_autofree char *cf = read_file(where, "sendmail.cf", &path);
	g_autofree char *mc = NULL;
	SendmailCheck self = { .check = check };

	if (cf == NULL)
		mc = read_file(where, "sendmail.mc", &path);
	if (cf == NULL && mc == NULL) {
		g_set_error(error, BASE_ERROR, BASE_ERROR_IO,
		            "%s: no sendmail.cf or sendmail.mc to be read; "
		            "name their folder with --dir",
		            where);
		return false;
	}
	self.file = path;
	self.filters = g_ptr_array_new_with_free_func(mta_milter_free);
	if (cf != NULL)
		mta_lines(cf, read_cf_line, &self);
	else
		read_mc(&self, mc);
	run_checks(&self);
	g_ptr_array_unref(self.filters);
	g_free(self.order);
	return true;
}
