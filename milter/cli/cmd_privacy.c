/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each thing asked for is told in the audit trail; what cannot be taken back is
 * confirmed, if there is somebody at a terminal to ask. An address nobody is
 * known by is no failure: that nothing is kept is an answer too, and an erasure
 * of it still holds for backups.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "context.h"
#include "message/identity.h"
#include "print.h"
#include "privacy.h"
#include "site.h"
#include "store/retention.h"

#define WAIT_MS 5000         /* for readers, before it is said to be pending */
#define PURGE_WAIT_MS 600000 /* the timer has time */
#define WAIT_SECONDS_MAX 86400

typedef struct Desk {
	const Options *options;
	Site site;
	int64_t wait_ms;
	bool bad; /* something failed, or is not complete */
} Desk;

static void
desk_clear(Desk *desk)
{
	site_clear(&desk->site);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Desk, desk_clear)

static bool
desk_open(Desk *desk, GError **error)
{
	Site *site = &desk->site;

	return site_open(site, desk->options, SITE_WRITE, error) &&
	       audit_note_config(site->store, site->keys, site->settings, NULL,
	                         error);
}

static Subject *
subject_new(const Settings *settings, const char *given)
{
	Subject *subject = g_new0(Subject, 1);

	subject->given = given;
	subject->who = identity_of(settings, given);
	subject->is_address = subject->who != NULL;
	if (subject->who == NULL)
		subject->who = given[0] == '@' ? site_company(settings, given)
		                               : g_strconcat("#", given, NULL);
	return subject;
}

static void
subject_free(Subject *subject)
{
	g_free(subject->who);
	g_free(subject);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Subject, subject_free)

static bool
answer_is_yes(void)
{
	char line[16] = "";

	fflush(stdout);
	return fgets(line, sizeof line, stdin) != NULL &&
	       strcmp(line, "yes\n") == 0;
}

/* Only at a terminal is there somebody to ask. What was not done is no success
 * to go on from. */
static bool
confirmed(Desk *desk, const char *what, const char *given)
{
	g_autofree char *harmless = print_name(given);

	if (desk->options->yes || !isatty(STDIN_FILENO))
		return true;
	fprintf(stderr, "%s %s? This cannot be undone. Type yes: ", what,
	        harmless);
	if (answer_is_yes())
		return true;
	desk->bad = true;
	print_error("privacy: nothing was done for %s", harmless);
	return false;
}

/* False after a message: what is no number must not be taken for no wait, nor
 * an erasure then be pending. */
static bool
read_wait(const Options *options, int64_t *ret_ms)
{
	guint64 seconds;

	*ret_ms = WAIT_MS;
	if (options->wait == NULL)
		return true;
	if (!g_ascii_string_to_unsigned(options->wait, 10, 0, WAIT_SECONDS_MAX,
	                                &seconds, NULL)) {
		print_error("privacy: --wait: say seconds, 0 to %d",
		            WAIT_SECONDS_MAX);
		return false;
	}
	*ret_ms = (int64_t)seconds * 1000 + 1;
	return true;
}

static json_t *
result_value(const ErasureResult *result)
{
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_integer(value, "rows", result->rows);
	print_set_integer(value, "examples", result->examples);
	print_set_integer(value, "shared", result->shared);
	print_set_integer(value, "pages", result->pages);
	print_set_integer(value, "pending", result->pending);
	return value;
}

static void
result_text(const json_t *value)
{
	const char *subject = print_string(value, "subject");

	printf("%s%s", subject, subject[0] ? ": " : "");
	print_count(value, "rows", "row erased\n", "rows erased\n");
	if (print_integer(value, "examples") > 0)
		printf("  %d of them taught the site's model; run: tact train "
		       "--site\n",
		       (int)print_integer(value, "examples"));
	if (print_integer(value, "shared") > 0)
		printf("  one of several people of a company: its orders "
		       "stay; to erase the company,\n"
		       "  name it by its domain: tact privacy erase "
		       "@DOMAIN\n");
	if (print_integer(value, "pending") > 0)
		printf("  PENDING: another reads the database; it is "
		       "completed by the next tact privacy purge\n");
}

static void
tell(Desk *desk, const Subject *subject, const ErasureResult *result)
{
	json_t *value = result_value(result);

	if (subject != NULL) {
		g_autofree char *harmless = print_name(subject->given);

		print_set_string(value, "subject", harmless);
	}
	if (result->pending > 0)
		desk->bad = true;
	print_value(desk->options->json, value, result_text);
}

typedef bool Work(Desk *desk, const Subject *subject, GError **error);

static bool
erase_as(Desk *desk, const Subject *subject, ErasureKind kind, GError **error)
{
	const ErasureRequest request = { .kind = kind,
		                         .who = subject->who,
		                         .wait_ms = desk->wait_ms };
	ErasureResult result;

	if (!erasure_run(desk->site.store, desk->site.keys, &request, &result,
	                 error))
		return false;
	tell(desk, subject, &result);
	return true;
}

static bool
do_erase(Desk *desk, const Subject *subject, GError **error)
{
	return !confirmed(desk, "Erase all that is kept of", subject->given) ||
	       erase_as(desk, subject, ERASURE_ERASE, error);
}

static bool
do_object(Desk *desk, const Subject *subject, GError **error)
{
	return !confirmed(desk, "Erase, and never again keep anything of",
	                  subject->given) ||
	       erase_as(desk, subject, ERASURE_OBJECT, error);
}

static bool
do_export(Desk *desk, const Subject *subject, GError **error)
{
	AuditEntry entry = { .event = AUDIT_EXPORT, .identity = subject->who };
	g_autofree char *keys = site_key_directory(desk->site.settings);
	const PrivacyExport asked = {
		.store = desk->site.store,
		.keys = desk->site.keys,
		.settings = desk->site.settings,
		.key_directory = desk->options->key ? desk->options->key : keys,
	};
	json_t *value = privacy_export(&asked, subject, &entry.n, error);

	if (value == NULL)
		return false;
	json_dumpf(value, stdout,
	           (desk->options->json ? JSON_COMPACT : JSON_INDENT(2)) |
	                   JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(value);
	return audit_record(desk->site.store, desk->site.keys, &entry, error);
}

static void
change_text(const json_t *value)
{
	printf("%s: %s\n", print_string(value, "subject"),
	       json_is_true(json_object_get(value, "changed"))
	               ? "done"
	               : "nothing to change");
}

static bool
change_as(Desk *desk, const Subject *subject, RestrictionChange change,
          GError **error)
{
	g_autofree char *harmless = print_name(subject->given);
	bool changed;
	json_t *value;

	if (!restriction_change(desk->site.store, desk->site.keys, subject->who,
	                        change, &changed, error))
		return false;
	value = json_object();
	print_set_integer(value, "schema", 1);
	print_set_string(value, "subject", harmless);
	print_set_bool(value, "changed", changed);
	print_value(desk->options->json, value, change_text);
	return true;
}

static bool
do_restrict(Desk *desk, const Subject *subject, GError **error)
{
	return change_as(desk, subject, RESTRICTION_SET, error);
}

static bool
do_unrestrict(Desk *desk, const Subject *subject, GError **error)
{
	return change_as(desk, subject, RESTRICTION_LIFT, error);
}

static bool
do_unobject(Desk *desk, const Subject *subject, GError **error)
{
	return change_as(desk, subject, OBJECTION_LIFT, error);
}

static json_t *
purge_value(const RetentionResult *result)
{
	static const char *const names[] = {
		[RETENTION_CUSTOMER] = "customers",
		[RETENTION_PROFILE] = "profiles",
		[RETENTION_MAIL] = "mails",
		[RETENTION_ORDER] = "orders",
		[RETENTION_EXAMPLE] = "examples",
		[RETENTION_OVERRIDE] = "overrides",
		[RETENTION_TEXT] = "texts",
	};
	json_t *value = json_object(), *rows = json_object();

	G_STATIC_ASSERT(G_N_ELEMENTS(names) == RETENTION_N);
	for (int i = 0; i < RETENTION_N; i++)
		print_set_integer(rows, names[i], result->rows[i]);
	print_set_integer(value, "schema", 1);
	json_object_set_new(value, "rows", rows);
	print_set_integer(value, "log", result->log);
	print_set_integer(value, "decisions", result->decisions);
	print_set_integer(value, "pages", result->pages);
	print_set_integer(value, "pending", result->pending);
	return value;
}

static void
purge_text(const json_t *value)
{
	const char *name;
	json_t *n;

	json_object_foreach(json_object_get(value, "rows"), name, n)
		printf("%-10s %8" JSON_INTEGER_FORMAT "\n", name,
	               json_integer_value(n));
	printf("%-10s %8d\n", "log", (int)print_integer(value, "log"));
	if (print_integer(value, "pending") > 0)
		puts("PENDING: another reads the database");
}

static bool
purge(Desk *desk, GError **error)
{
	RetentionResult result;

	if (!retention_run(desk->site.store, desk->site.keys,
	                   desk->site.settings, PURGE_WAIT_MS, &result, error))
		return false;
	desk->bad = result.pending > 0;
	print_value(desk->options->json, purge_value(&result), purge_text);
	return true;
}

static bool
reapply(Desk *desk, GError **error)
{
	ErasureResult result;

	if (!erasures_reapply(desk->site.store, desk->site.keys, NULL, &result,
	                      error))
		return false;
	tell(desk, NULL, &result);
	return true;
}

static bool
show_log(Desk *desk, GError **error)
{
	const char *given = desk->options->arguments[1];
	g_autoptr(Subject) subject =
		given ? subject_new(desk->site.settings, given) : NULL;
	json_t *value = privacy_log(desk->site.store, desk->site.keys, subject,
	                            desk->options->known, error);

	if (value == NULL)
		return false;
	desk->bad = !json_is_true(
		json_object_get(json_object_get(value, "trail"), "whole"));
	print_value(desk->options->json, value, privacy_log_text);
	return true;
}

typedef struct Word {
	const char *name;
	Work *each;                              /* for each operand, or */
	bool (*all)(Desk *desk, GError **error); /* for all */
	bool addresses; /* a domain or number will not do */
	size_t n_max;   /* operands of `all` */
} Word;

static const Word words[] = {
	{ "export", do_export, NULL, false, 0 },
	{ "erase", do_erase, NULL, false, 0 },
	{ "object", do_object, NULL, true, 0 },
	{ "unobject", do_unobject, NULL, true, 0 },
	{ "restrict", do_restrict, NULL, true, 0 },
	{ "unrestrict", do_unrestrict, NULL, true, 0 },
	{ "purge", NULL, purge, false, 0 },
	{ "reapply", NULL, reapply, false, 0 },
	{ "log", NULL, show_log, false, 1 },
	{ "register", NULL, NULL, false, 0 },
};

static bool
work_through(Desk *desk, const Word *word, GError **error)
{
	const Options *options = desk->options;

	for (size_t i = 1; i < options->n_arguments; i++) {
		g_autoptr(Subject) subject =
			subject_new(desk->site.settings, options->arguments[i]);

		if (!word->each(desk, subject, error))
			return false;
	}
	return true;
}

static bool
subjects_are_fit(const Desk *desk, const Word *word)
{
	const Options *options = desk->options;

	for (size_t i = 1; word->addresses && i < options->n_arguments; i++) {
		g_autoptr(Subject) subject =
			subject_new(desk->site.settings, options->arguments[i]);
		g_autofree char *harmless = print_name(subject->given);

		if (!subject->is_address) {
			print_error("privacy: %s: not a mail address",
			            harmless);
			return false;
		}
	}
	return true;
}

static bool
asked_well(const Options *options, const Word *word)
{
	size_t n = options->n_arguments - 1;

	/* "$address" of a script that has none is nobody to be erased. */
	if (g_strv_contains(options->arguments, "") ||
	    (word->each != NULL && n == 0)) {
		print_error("privacy: %s: of whom? say ADDRESS", word->name);
		return false;
	}
	if (options->key != NULL && word->each != do_export) {
		print_error("privacy: --key belongs to export");
		return false;
	}
	if (word->each == NULL && n > word->n_max) {
		print_error("privacy: %s takes no ADDRESS", word->name);
		return false;
	}
	return true;
}

static void
nothing_kept_text(const json_t *value)
{
	(void)value;
	puts("nothing is kept: [store] path is not set");
}

/* Where nothing is kept, nothing comes of age: the timer may run there too. */
static bool
nothing_to_purge(const Options *options, const Word *word)
{
	g_autoptr(Settings) settings =
		word->all == purge ? context_settings(options, NULL) : NULL;
	const RetentionResult nothing = { 0 };

	if (settings == NULL || site_has_store(settings))
		return false;
	print_value(options->json, purge_value(&nothing), nothing_kept_text);
	return true;
}

static int
print_register(const Options *options)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = context_settings(options, &error);

	if (settings == NULL) {
		print_failure(&error);
		return CLI_FOUND;
	}
	print_value(options->json, privacy_register(settings),
	            privacy_register_text);
	return CLI_FINE;
}

static const Word *
find_word(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].name, name) == 0)
			return &words[i];
	return NULL;
}

int
cmd_privacy(const Options *options)
{
	const Word *word = find_word(options->arguments[0]);
	g_auto(Desk) desk = { .options = options };
	g_autoptr(GError) error = NULL;

	if (word == NULL || !asked_well(options, word) ||
	    !read_wait(options, &desk.wait_ms))
		return CLI_USAGE;
	if (word->each == NULL && word->all == NULL)
		return print_register(options);
	if (nothing_to_purge(options, word))
		return CLI_FINE;
	if (!desk_open(&desk, &error)) {
		print_failure(&error);
		return CLI_FOUND;
	}
	if (!subjects_are_fit(&desk, word))
		return CLI_USAGE;
	if (word->each != NULL ? !work_through(&desk, word, &error)
	                       : !word->all(&desk, &error)) {
		print_failure(&error);
		return CLI_FOUND;
	}
	return desk.bad ? CLI_FOUND : CLI_FINE;
}
