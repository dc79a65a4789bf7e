/* SPDX-License-Identifier: Apache-2.0 */
/*
 * milter-starve CONTROL SOCKET PROCESS KIND TURNS RCPT MAIL IDS - mails through
 * a milter one of whose processes runs out of memory.
 *
 * CONTROL is the Starve that the milter's processes have mapped (starve.c);
 * those called PROCESS are meant. In each turn one allocation fails, `once` or
 * with all after it in that process (`lasting`), while two mails are under way:
 * of as many as these take, TURNS are chosen, spread evenly; 0: each; A-B: from
 * the A-th to the B-th. KIND `all`: for a second no such process has any
 * memory. @N@ in MAIL is a number of each mail's own.
 *
 * A mail may be answered with all its tags, without those of the store, with
 * the status of an error, or with 4xx, as an MTA does when a milter is gone:
 * then it comes again. Anything else is a fault: `half`, `rejected`; so is one
 * that nobody answers (`silent`), and a milter that does not tag as ever some
 * seconds later (`lame`). Prints one line of logfmt; `n` is how many
 * allocations two mails take. IDS gets the X-Tact-Id of each mail that was told
 * that it gets a draft; "again" before one that came twice, whose draft may
 * have the id of the first time.
 */
#include "starve.h"

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "milter_client.h"

#define PATIENCE_S 12
#define RECOVERY_MS 12000
#define BREATH_US 5000
#define BREATH_BARE_US 100000 /* until the store is there again */
#define OUTAGE_US 1000000
#define MAILS 2
#define CLEAN_TURNS 3 /* so many in which nothing failed: no more to fail */

typedef enum Kind {
	KIND_FULL,  /* every tag */
	KIND_BARE,  /* those without the store */
	KIND_ERROR, /* the status of an error */
	KIND_LATER, /* 4xx */
	KIND_GONE,  /* the connection ended: 4xx of the MTA's own */
	KIND_SILENT,
	KIND_REJECTED,
	KIND_HALF,
	KIND_N
} Kind;

static const char *const kind_name[KIND_N] = {
	"full", "bare", "error", "later", "gone", "silent", "rejected", "half",
};

typedef struct Trial {
	Starve *starve;
	const char *socket, *recipient;
	char *text; /* of a mail */
	char *full; /* the tags of one when all is well */
	char *bare; /* when there is no store */
	FILE *ids;
	unsigned first, number; /* of the first mail, of the last */
	unsigned again;         /* the last one that came twice */
	unsigned turns, lame, hit;
	unsigned of[KIND_N];
	uint64_t n;
	int64_t slowest_us, recovery_us;
} Trial;

/* ---------------------------------------------------------------- answers */

static bool
is_named(const char *line, const char *const *names)
{
	for (; *names != NULL && g_str_has_prefix(line, "X-Tact-"); names++)
		if (g_str_has_prefix(line + strlen("X-Tact-"), *names))
			return true;
	return false;
}

/* The tags without what is another for each mail, and what was taken out. */
static char *
form_of(const char *tags, unsigned deleted)
{
	static const char *const own[] = { "Id:", "Reply-By:", NULL };
	g_auto(GStrv) lines = g_strsplit(tags, "\n", -1);
	g_autofree char *text = NULL;

	for (char **line = lines; *line != NULL; line++)
		if (is_named(*line, own))
			*strchr(*line, ':') = '\0';
	text = g_strjoinv("\n", lines);
	return g_strdup_printf("%sdeleted: %u\n", text, deleted);
}

static const char *const of_store[] = { "Tier",    "Risk",  "Reply-By", "Level",
	                                "Contact", "Trend", NULL };

static char *
bare_of(const char *full)
{
	g_auto(GStrv) lines = g_strsplit(full, "\n", -1);
	GString *bare = g_string_new(NULL);

	for (char **line = lines; *line != NULL && **line != '\0'; line++)
		if (strcmp(*line, "X-Tact-Draft: queued") == 0)
			g_string_append(bare,
			                "X-Tact-Draft: none-unavailable\n");
		else if (!is_named(*line, of_store))
			g_string_append_printf(bare, "%s\n", *line);
	return g_string_free(bare, FALSE);
}

/* An error has a status, an id, and nothing that was found. */
static bool
is_error(const Trial *trial, const char *form)
{
	const char *deleted = strstr(trial->full, "deleted: ");

	static const char *const allowed[] = { "Status: error-", "Id",
		                               "Draft: none-", NULL };
	g_auto(GStrv) lines = g_strsplit(form, "\n", -1);

	for (char **line = lines; *line != NULL && **line != '\0'; line++)
		if (!is_named(*line, allowed) && !is_named(*line, of_store) &&
		    !g_str_has_prefix(*line, "deleted: "))
			return false;
	return g_str_has_suffix(form, deleted) &&
	       strstr(form, "X-Tact-Status: error-") != NULL &&
	       strstr(form, "X-Tact-Id") != NULL;
}

static Kind
kind_of(const Trial *trial, char verdict, const char *form)
{
	if (verdict == 0)
		return KIND_GONE;
	if (verdict == 't')
		return KIND_LATER;
	if (verdict != 'c' && verdict != 'a')
		return KIND_REJECTED;
	if (strcmp(form, trial->full) == 0)
		return KIND_FULL;
	if (strcmp(form, trial->bare) == 0)
		return KIND_BARE;
	return is_error(trial, form) ? KIND_ERROR : KIND_HALF;
}

static void
note_id(const Trial *trial, const char *tags, bool again)
{
	const char *id = strstr(tags, "X-Tact-Id: ");

	if (strstr(tags, "X-Tact-Draft: queued") == NULL || id == NULL)
		return;
	id += strlen("X-Tact-Id: ");
	fprintf(trial->ids, "%s%.*s\n", again ? "again " : "",
	        (int)strcspn(id, "\n"), id);
	fflush(trial->ids);
}

/* ------------------------------------------------------------------ mails */

static MilterResult
send_text(const Trial *trial, MilterClient *client, unsigned number)
{
	g_autofree char *digits = g_strdup_printf("%u", number);
	g_auto(GStrv) pieces = g_strsplit(trial->text, "@N@", -1);
	g_autofree char *text = g_strjoinv(digits, pieces);
	MilterResult result = { 0 };
	MilterMail mail;

	milter_mail_cut(text, strlen(text), &mail);
	if (!milter_client_mail(client, &mail, "anna@example.net",
	                        trial->recipient, &result))
		result.verdict = 0;
	milter_mail_clear(&mail);
	return result;
}

static bool
comes_again(Kind kind)
{
	return kind == KIND_LATER || kind == KIND_GONE || kind == KIND_SILENT;
}

/* One mail on `client`, NULL for one that could not connect. */
static Kind
send_one(Trial *trial, MilterClient *client, unsigned number, int64_t began)
{
	g_autoptr(GString) tags = g_string_new(NULL);
	g_autofree char *form = NULL;
	MilterResult result = { 0 };
	int64_t took;
	Kind kind;

	if (client != NULL) {
		milter_client_watch(client, tags);
		result = send_text(trial, client, number);
		milter_client_watch(client, NULL);
	}
	took = clock_monotonic() - began;
	trial->slowest_us = MAX(trial->slowest_us, took);
	form = form_of(tags->str, result.deleted);
	kind = kind_of(trial, result.verdict, form);
	if (kind == KIND_GONE && took >= (PATIENCE_S - 1) * G_USEC_PER_SEC)
		kind = KIND_SILENT;
	if (kind == KIND_ERROR || kind >= KIND_SILENT)
		printf("# at %" G_GUINT64_FORMAT ": %s in %d ms\n",
		       trial->starve->at, kind_name[kind], (int)(took / 1000));
	if (kind == KIND_HALF)
		printf("%s# of: %s", form, trial->full);
	if (kind <= KIND_ERROR)
		note_id(trial, tags->str, number == trial->again);
	if (comes_again(kind))
		trial->again = number;
	trial->of[kind]++;
	return kind;
}

static Kind
send_alone(Trial *trial, unsigned number)
{
	int64_t began = clock_monotonic();
	MilterClient *client = milter_client_open(trial->socket);
	Kind kind = send_one(trial, client, number, began);

	milter_client_close(client);
	return kind;
}

/* As an MTA's queue does, and then others until one is tagged as ever. */
static void
recover(Trial *trial, unsigned again)
{
	int64_t began = clock_monotonic();
	Deadline until = deadline_in(RECOVERY_MS);
	Kind kind;

	for (;;) {
		kind = send_alone(trial, again);
		if (kind == KIND_FULL || deadline_passed(until))
			break;
		if (!comes_again(kind))
			again = ++trial->number;
		g_usleep(kind == KIND_BARE ? BREATH_BARE_US : BREATH_US);
	}
	trial->lame += kind != KIND_FULL;
	trial->recovery_us = MAX(trial->recovery_us, clock_monotonic() - began);
}

/* ------------------------------------------------------------------ turns */

/* Two mails of one connection, as long as it holds; the one that comes again.
 */
static unsigned
send_both(Trial *trial)
{
	int64_t began = clock_monotonic();
	MilterClient *client = milter_client_open(trial->socket);
	unsigned again = 0;

	for (int i = 0; i < MAILS && again == 0; i++) {
		unsigned number = ++trial->number;

		if (comes_again(send_one(trial, client, number, began)))
			again = number;
		began = clock_monotonic();
	}
	milter_client_close(client);
	g_usleep(BREATH_US);
	return again != 0 ? again : ++trial->number;
}

/* Whether anything failed in it. */
static bool
turn(Trial *trial, uint64_t at, bool lasting)
{
	unsigned again;
	bool failed;

	starve_arm(trial->starve, at, lasting, 0);
	again = send_both(trial);
	trial->starve->armed = false;
	failed = trial->starve->failed > 0;
	trial->hit += failed;
	trial->turns++;
	recover(trial, again);
	return failed;
}

static gpointer
end_outage(gpointer data)
{
	Trial *trial = data;

	g_usleep(OUTAGE_US);
	trial->starve->armed = false;
	return NULL;
}

static void
outage(Trial *trial)
{
	GThread *thread;
	unsigned again;

	starve_arm(trial->starve, 1, true, STARVE_ALL);
	thread = g_thread_new("outage", end_outage, trial);
	do
		again = send_both(trial);
	while (trial->starve->armed);
	g_thread_join(thread);
	trial->hit += trial->starve->failed > 0;
	trial->turns++;
	recover(trial, again);
}

/* ------------------------------------------------------------------ trial */

static bool
learn(Trial *trial)
{
	g_autoptr(GString) tags = g_string_new(NULL);
	MilterClient *client = milter_client_open(trial->socket);
	MilterResult result;

	if (client == NULL)
		return false;
	milter_client_watch(client, tags);
	result = send_text(trial, client, ++trial->number);
	milter_client_close(client);
	note_id(trial, tags->str, false);
	trial->full = form_of(tags->str, result.deleted);
	trial->bare = bare_of(trial->full);
	return strstr(trial->full, "X-Tact-Status: scored") != NULL &&
	       strcmp(trial->full, trial->bare) != 0;
}

/* The most of three counts: threads are started, buffers grow. */
static void
count(Trial *trial)
{
	for (int i = 0; i < 3; i++) {
		starve_arm(trial->starve, 0, false, 0);
		(void)send_both(trial);
		trial->starve->armed = false;
		trial->n = MAX(trial->n, trial->starve->count);
	}
}

/* Until so many have gone by that there is no more to fail. */
static void
run_range(Trial *trial, bool lasting, uint64_t first, uint64_t last)
{
	unsigned clean = 0;

	for (uint64_t at = first; at <= last && clean < CLEAN_TURNS; at++)
		clean = turn(trial, at, lasting) ? 0 : clean + 1;
}

static void
run_turns(Trial *trial, bool lasting, const char *which)
{
	const char *range = strchr(which, '-');
	uint64_t turns = g_ascii_strtoull(which, NULL, 10);

	if (range != NULL)
		run_range(trial, lasting, turns,
		          g_ascii_strtoull(range + 1, NULL, 10));
	else if (turns == 0)
		run_range(trial, lasting, 1, UINT64_MAX);
	else
		for (uint64_t i = 0; i < turns; i++)
			(void)turn(trial, 1 + i * trial->n / turns, lasting);
}

static void
tell(const Trial *trial)
{
	printf("turns=%u hit=%u n=%" G_GUINT64_FORMAT, trial->turns, trial->hit,
	       trial->n);
	for (int i = 0; i < KIND_N; i++)
		printf(" %s=%u", kind_name[i], trial->of[i]);
	printf(" lame=%u slowest_ms=%d recovery_ms=%d mails=%u\n", trial->lame,
	       (int)(trial->slowest_us / 1000),
	       (int)(trial->recovery_us / 1000), trial->number - trial->first);
}

static bool
prepare(Trial *trial, char **argv)
{
	trial->starve = starve_open(argv[1]);
	trial->socket = argv[2];
	trial->recipient = argv[6];
	trial->ids = fopen(argv[8], "a");
	trial->first = trial->number =
		(unsigned)(clock_wall() / 1000 % 1000000000);
	if (trial->starve == NULL || trial->ids == NULL ||
	    !g_file_get_contents(argv[7], &trial->text, NULL, NULL))
		return false;
	g_strlcpy(trial->starve->name, argv[3], STARVE_NAME_SIZE);
	milter_client_patience(PATIENCE_S);
	if (learn(trial))
		return true;
	fprintf(stderr, "milter-starve: not all tags:\n%s",
	        trial->full != NULL ? trial->full : "no milter\n");
	return false;
}

int
main(int argc, char **argv)
{
	Trial trial = { 0 };

	if (argc != 9) {
		fputs("usage: milter-starve CONTROL SOCKET PROCESS KIND TURNS "
		      "RCPT MAIL IDS\n",
		      stderr);
		return 2;
	}
	if (!prepare(&trial, argv))
		return 1;
	count(&trial);
	if (strcmp(argv[4], "all") == 0)
		outage(&trial);
	else
		run_turns(&trial, strcmp(argv[4], "lasting") == 0, argv[5]);
	tell(&trial);
	return 0;
}
