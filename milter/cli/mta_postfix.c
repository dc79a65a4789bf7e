/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must hold of Postfix so that no forged header of ours gets in, no own
 * one gets out, and no mail is lost. Checked once for each service that takes
 * mail from outside, because master.cf can override everything.
 *
 * Submission services are left alone: sites rightly give them other milters,
 * and what leaves through smtp(8) is stripped there.
 */
#include <string.h>

#include "mta_check.h"
#include "mta_config.h"
#include "mta_milter.h"
#include "mta_table.h"
#include "store/site.h"

#define MASTER_DIR "/etc/postfix"

typedef struct PostfixCheck {
	MtaCheck *check;
	const MtaConfig *config;
	const MtaService *service; /* NULL: only main.cf is known */
	char *queue;               /* queue_directory */
	char *socket;              /* how Postfix should name our socket */
} PostfixCheck;

static char *
value_of(const PostfixCheck *self, const char *name)
{
	return mta_config_value(self->config, self->service, name);
}

/* Where `name` is set for the service: its override, else main.cf. */
static const char *
place_of(const PostfixCheck *self, const char *name, unsigned *ret_line)
{
	if (self->service != NULL &&
	    g_hash_table_contains(self->service->overrides, name)) {
		*ret_line = self->service->line;
		return self->config->master;
	}
	*ret_line = mta_config_line(self->config, name);
	return self->config->file;
}

/* A setting of the milter's { } block, else the general parameter. */
static char *
milter_value(const PostfixCheck *self, const MtaMilter *milter,
             const char *name, const char *general)
{
	const char *own = g_hash_table_lookup(milter->settings, name);

	return own != NULL ? g_strdup(own) : value_of(self, general);
}

static const char *
milter_place(const PostfixCheck *self, const MtaMilter *milter,
             const char *name, const char *general, unsigned *ret_line)
{
	bool own = g_hash_table_contains(milter->settings, name);

	return place_of(self, own ? "smtpd_milters" : general, ret_line);
}

/* Our socket as smtpd_milters should name it. */
static char *
wanted_socket(const char *ours, const char *queue)
{
	const char *path = mta_socket_path(ours);
	g_autofree char *below = g_strconcat(queue, "/", NULL);
	const char *at = strchr(ours, '@');

	if (path != NULL && g_str_has_prefix(path, below))
		return g_strconcat("unix:", path + strlen(below), NULL);
	if (path != NULL)
		return g_strconcat("unix:", path, NULL);
	if (g_str_has_prefix(ours, "inet:") && at != NULL)
		return g_strdup_printf("inet:%s:%.*s", at + 1,
		                       (int)(at - ours - 5), ours + 5);
	return g_strdup("unix:tact/milter.sock");
}

static void
check_action(PostfixCheck *self, const MtaMilter *milter)
{
	g_autofree char *action = milter_value(self, milter, "default_action",
	                                       "milter_default_action");
	g_autofree char *checks = value_of(self, "header_checks");
	g_autofree char *overrides = value_of(self, "receive_override_options");
	g_autofree char *fault = NULL;
	unsigned line;
	const char *file = milter_place(self, milter, "default_action",
	                                "milter_default_action", &line);

	if (strcmp(action, "tempfail") == 0 || strcmp(action, "shutdown") == 0)
		return;
	if (strcmp(action, "accept") != 0) {
		mta_check_add(self->check, "default-action", file, line,
		              "milter_default_action = tempfail",
		              "while Tact is down mail meets \"%s\"", action);
		return;
	}
	if (strstr(overrides, "no_header_body_checks") != NULL)
		fault = g_strdup("receive_override_options turns it off");
	else if (mta_table_strips(checks, &fault))
		return;
	mta_check_add(self->check, "default-action", file, line,
	              "milter_default_action = tempfail, or header_checks = "
	              "regexp:/etc/postfix/tact-strip with the line "
	              "/^X-Tact-/ IGNORE",
	              "the default action is accept, but header_checks does "
	              "not remove forged X-Tact- headers: %s",
	              fault);
}

static void
check_order(PostfixCheck *self, const GPtrArray *milters, int at)
{
	const MtaMilter *later = mta_milters_authenticator_after(milters, at);
	g_autofree char *host = value_of(self, "myhostname");
	unsigned line;
	const char *file = place_of(self, "smtpd_milters", &line);
	g_autofree char *remedy = NULL;

	mta_milters_check_authenticated(self->check, milters, host, file, line);
	if (later == NULL)
		return;
	remedy = g_strdup_printf("put %s last in smtpd_milters", self->socket);
	mta_check_add(self->check, "order", file, line, remedy,
	              "Tact stands before %s, whose Authentication-Results it "
	              "must see",
	              later->socket);
}

/* What a stranger could write to be believed while nobody takes it off. */
static char *
forged_results(const PostfixCheck *self)
{
	const char *id = self->check->settings->milter_authserv_id;
	g_autofree char *host = value_of(self, "myhostname");

	return g_strdup_printf("Authentication-Results: %s; dmarc=pass "
	                       "header.from=customer.example",
	                       id[0] != '\0' ? id : host);
}

/* Who authenticates takes forged results of ours off, too: while it is down
 * mail must wait, or somebody else must do that. */
static void
check_authenticators(PostfixCheck *self, const GPtrArray *milters, int at)
{
	g_autofree char *forged = forged_results(self);
	g_autofree char *checks = value_of(self, "header_checks");

	if (!site_has_store(self->check->settings) ||
	    mta_table_strips_line(checks, forged))
		return;
	for (int i = 0; i < at; i++) {
		const MtaMilter *milter = milters->pdata[i];
		g_autofree char *action =
			milter_value(self, milter, "default_action",
		                     "milter_default_action");
		unsigned line;
		const char *file = milter_place(self, milter, "default_action",
		                                "milter_default_action", &line);

		if (!mta_milter_authenticates(milter) ||
		    strcmp(action, "accept") != 0)
			continue;
		mta_check_add(self->check, "authenticator-action", file, line,
		              "milter_default_action = tempfail, or a line of "
		              "header_checks that removes Authentication-"
		              "Results of this site's authserv-id",
		              "while %s is down anybody's \"%s\" is believed",
		              milter->socket, forged);
	}
}

static void
check_times(PostfixCheck *self, const MtaMilter *milter)
{
	static const struct {
		const char *own, *general, *remedy;
	} times[] = {
		{ "connect_timeout", "milter_connect_timeout",
		  "milter_connect_timeout = 30s" },
		{ "command_timeout", "milter_command_timeout",
		  "milter_command_timeout = 30s" },
		{ "content_timeout", "milter_content_timeout",
		  "milter_content_timeout = 300s" },
	};
	gint64 least = self->check->settings->milter_analysis_time_max;

	for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
		g_autofree char *value = milter_value(
			self, milter, times[i].own, times[i].general);
		unsigned line;
		const char *file = milter_place(self, milter, times[i].own,
		                                times[i].general, &line);

		if (mta_time(value) <= least)
			mta_check_add(self->check, "timeout", file, line,
			              times[i].remedy,
			              "%s is %s, and an analysis may take "
			              "%d ms (milter.analysis_time_max)",
			              times[i].general, value, (int)least);
	}
}

static void
check_protocol(PostfixCheck *self, const MtaMilter *milter)
{
	g_autofree char *protocol =
		milter_value(self, milter, "protocol", "milter_protocol");
	unsigned line;
	const char *file = milter_place(self, milter, "protocol",
	                                "milter_protocol", &line);

	if (g_ascii_strtoull(protocol, NULL, 10) < 6)
		mta_check_add(self->check, "protocol", file, line,
		              "milter_protocol = 6",
		              "milter_protocol is %s: Tact cannot tell Postfix "
		              "to skip what it need not read",
		              protocol);
}

/* Where `service` looks for `path`. */
static char *
looked_up(const PostfixCheck *self, const MtaService *service, const char *path)
{
	if (path[0] != '/')
		return g_strconcat(self->queue, "/", path, NULL);
	if (service != NULL && service->chrooted)
		return g_strconcat(self->queue, path, NULL);
	return g_strdup(path);
}

static void
check_socket(PostfixCheck *self, const MtaService *service,
             const MtaMilter *milter, const char *parameter)
{
	const char *ours = self->check->settings->milter_socket;
	const char *path = mta_socket_path(milter->socket);
	const char *our_path = mta_socket_path(ours);
	g_autofree char *found = NULL;
	g_autofree char *remedy =
		g_strdup_printf("%s = %s", parameter, self->socket);
	unsigned line;
	const char *file = place_of(self, parameter, &line);

	if (path != NULL && our_path != NULL) {
		found = looked_up(self, service, path);
		if (strcmp(found, our_path) == 0)
			return;
		if (service != NULL && service->chrooted &&
		    strcmp(path, our_path) == 0) {
			mta_check_add(
				self->check, "chroot", file, line,
				"socket = unix:/var/spool/postfix/tact/"
				"milter.sock in tact.conf, and unix:tact/"
				"milter.sock here",
				"%s(8) is chrooted and looks for %s, where "
				"there is no socket",
				service->command, found);
			return;
		}
	} else if (mta_socket_same(ours, milter->socket)) {
		return;
	}
	mta_check_add(self->check, "socket", file, line, remedy,
	              "Postfix connects to %s, but tact.conf says %s",
	              found ? found : milter->socket, ours);
}

static void
check_missing(PostfixCheck *self, const char *parameter)
{
	g_autofree char *remedy =
		g_strdup_printf("%s = %s", parameter, self->socket);
	unsigned line;
	const char *file = place_of(self, parameter, &line);
	bool smtpd = strcmp(parameter, "smtpd_milters") == 0;

	mta_check_add(self->check,
	              smtpd ? "milter-missing" : "non-smtpd-missing", file,
	              line, remedy,
	              smtpd ? "mail from outside does not pass Tact: it is not "
	                      "in smtpd_milters%s"
	                    : "mail submitted on this host does not pass Tact: "
	                      "it is not in non_smtpd_milters%s",
	              self->service != NULL && line == self->service->line
	                      ? " of this service"
	                      : "");
}

static void
check_inbound(PostfixCheck *self)
{
	g_autofree char *value = value_of(self, "smtpd_milters");
	g_autofree char *options = value_of(self, "receive_override_options");
	g_autoptr(GPtrArray) milters = mta_milters_parse(value);
	int at = mta_milters_find(milters, self->check->settings, self->queue);
	const MtaMilter *milter;

	if (at < 0 || strstr(options, "no_milters") != NULL) {
		check_missing(self, "smtpd_milters");
		return;
	}
	milter = milters->pdata[at];
	check_action(self, milter);
	check_order(self, milters, at);
	check_authenticators(self, milters, at);
	check_times(self, milter);
	check_protocol(self, milter);
	check_socket(self, self->service, milter, "smtpd_milters");
}

static void
check_local(PostfixCheck *self)
{
	g_autofree char *value = value_of(self, "non_smtpd_milters");
	g_autoptr(GPtrArray) milters = mta_milters_parse(value);
	int at = mta_milters_find(milters, self->check->settings, self->queue);

	if (at < 0)
		check_missing(self, "non_smtpd_milters");
	else
		check_socket(self, self->service, milters->pdata[at],
		             "non_smtpd_milters");
}

static void
check_newline(PostfixCheck *self)
{
	g_autofree char *value = value_of(self, "smtpd_forbid_bare_newline");
	unsigned line;
	const char *file = place_of(self, "smtpd_forbid_bare_newline", &line);

	if (strcmp(value, "normalize") == 0 || strcmp(value, "reject") == 0 ||
	    strcmp(value, "yes") == 0)
		return;
	mta_check_add(self->check, "bare-newline", file, line,
	              "smtpd_forbid_bare_newline = normalize",
	              "smtpd_forbid_bare_newline is %s: a mail can be smuggled "
	              "in, with headers no milter has seen",
	              value);
}

static void
check_inside(PostfixCheck *self)
{
	g_autofree char *networks = value_of(self, "mynetworks");
	unsigned line;
	const char *file = place_of(self, "mynetworks", &line);

	mta_check_inside(self->check, networks, file, line);
}

static void
check_outbound(PostfixCheck *self)
{
	static const char *const maps[] = {
		"smtp_header_checks", "smtp_mime_header_checks",
		"smtp_nested_header_checks",
		"smtp_body_checks", /* a bounce holds headers as text */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(maps); i++) {
		g_autofree char *value = value_of(self, maps[i]);
		g_autofree char *fault = NULL;
		g_autofree char *remedy = NULL;
		unsigned line;
		const char *file = place_of(self, maps[i], &line);

		if (mta_table_strips(value, &fault))
			continue;
		remedy = g_strdup_printf("%s = regexp:/etc/postfix/tact-strip "
		                         "with the line /^X-Tact-/ IGNORE",
		                         maps[i]);
		mta_check_add(self->check, maps[i], file, line, remedy,
		              "%s lets X-Tact- headers leave this site: %s",
		              maps[i], fault);
	}
}

/*
 * Mail that a content filter hands back passes cleanup(8) again, and its
 * header_checks would take off what Tact has added.
 */
static void
check_reinjection(PostfixCheck *self)
{
	g_autofree char *checks = value_of(self, "header_checks");
	g_autofree char *options = value_of(self, "receive_override_options");
	g_autofree char *fault = NULL;

	if (self->service == NULL || !mta_table_strips(checks, &fault) ||
	    strstr(options, "no_header_body_checks") != NULL)
		return;
	mta_check_add(self->check, "reinjection", self->config->master,
	              self->service->line,
	              "-o receive_override_options=no_header_body_checks,"
	              "no_milters for this service",
	              "mail that comes back from the content filter loses "
	              "Tact's headers: header_checks remove them here");
}

/* Takes mail back from a content filter: none is set for it. */
static bool
is_reinjection(const MtaService *service)
{
	const char *filter =
		g_hash_table_lookup(service->overrides, "content_filter");

	return strcmp(service->command, "smtpd") == 0 && filter != NULL &&
	       filter[0] == '\0';
}

/* Takes mail from anywhere: port 25, alone or behind postscreen(8). */
static bool
is_inbound(const MtaService *service)
{
	const char *colon = strrchr(service->name, ':');
	const char *port = colon != NULL ? colon + 1 : service->name;

	if (strcmp(service->command, "smtpd") != 0)
		return false;
	return strcmp(service->type, "pass") == 0 ||
	       (strcmp(service->type, "inet") == 0 &&
	        (strcmp(port, "smtp") == 0 || strcmp(port, "25") == 0));
}

static bool
is_cleanup(const MtaService *service)
{
	return strcmp(service->name, "cleanup") == 0;
}

static bool
is_outbound(const MtaService *service)
{
	return strcmp(service->command, "smtp") == 0;
}

/* Runs `run` for each service that `wanted` says, else for main.cf alone. */
static void
for_services(PostfixCheck *self, bool (*wanted)(const MtaService *service),
             void (*run)(PostfixCheck *self))
{
	const GPtrArray *services = self->config->services;
	bool any = false;

	for (guint i = 0; i < services->len; i++) {
		if (!wanted(services->pdata[i]))
			continue;
		self->service = services->pdata[i];
		run(self);
		any = true;
	}
	self->service = NULL;
	if (!any)
		run(self);
}

bool
mta_check_postfix(MtaCheck *check, const char *main_file, const char *folder,
                  GError **error)
{
	g_autofree char *file = NULL;
	g_autoptr(MtaConfig) config = NULL;
	PostfixCheck self = { .check = check };

	if (folder == NULL && main_file == NULL)
		folder = MASTER_DIR;
	file = main_file != NULL ? g_strdup(main_file)
	                         : g_build_filename(folder, "main.cf", NULL);
	config = mta_config_read(file, folder, error);
	if (config == NULL)
		return false;
	self.config = config;
	self.queue = mta_config_value(config, NULL, "queue_directory");
	self.socket = wanted_socket(check->settings->milter_socket, self.queue);
	for_services(&self, is_inbound, check_inbound);
	for_services(&self, is_cleanup, check_local);
	for_services(&self, is_inbound, check_newline);
	for_services(&self, is_inbound, check_inside);
	for_services(&self, is_outbound, check_outbound);
	for_services(&self, is_reinjection, check_reinjection);
	g_free(self.queue);
	g_free(self.socket);
	return true;
}
