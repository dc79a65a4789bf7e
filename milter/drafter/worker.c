/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One thread, one poll(2): signals are read between two steps of the work, and
 * each step has a deadline. That something is due is seen by a read, so that a
 * drafter with nothing to do takes no lock.
 */
#include "worker.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/notify.h"
#include "faults.h"
#include "knowledge.h"
#include "llm.h"
#include "lock.h"
#include "office.h"
#include "orders.h"
#include "outcome.h"
#include "status.h"
#include "store/site.h"
#include "tasks.h"

#define POLL_MS 1000
#define PAUSE_MS 50     /* between two tasks, for who else writes */
#define BUSY_MS 2000    /* after the store failed */
#define UPKEEP_MS 60000 /* how often what is stale is looked for */
#define STATUS_MS 5000

typedef struct Worker {
	const char *config;
	Kit *kit;
	Store *store;
	SealPublic *seal;
	SealSecret *secret;
	Office office;
	int lock;
	Deadline upkeep_due, status_due;
	Status status;
	bool stopping, once, store_failed, knowledge_stale;
} Worker;

static void
worker_clear(Worker *self)
{
	kit_free(self->kit);
	seal_public_free(self->seal);
	seal_secret_free(self->secret);
	store_close(self->store);
	if (self->lock >= 0)
		close(self->lock);
}

static bool
load_seals(Worker *self, const Settings *settings, GError **error)
{
	g_autofree char *keys = site_key_directory(settings);

	self->seal = seal_public_load(keys, error);
	self->secret =
		self->seal != NULL ? seal_secret_load(keys, error) : NULL;
	return self->secret != NULL;
}

/* Takes the Settings. */
static bool
open_all(Worker *self, Settings *settings, GError **error)
{
	self->kit = kit_load(settings, error);
	if (self->kit == NULL)
		return false;
	self->store = site_open_store(self->kit->settings, STORE_DRAFTER,
	                              SITE_WRITE, error);
	if (self->store == NULL ||
	    !load_seals(self, self->kit->settings, error))
		return false;
	self->office =
		(Office){ self->kit, self->store, self->seal, self->secret };
	return true;
}

/* --------------------------------------------------------------- signals */

static void
hear(Worker *self, int milliseconds)
{
	if (orders_stop == 0 && !orders_reload)
		poll(NULL, 0, milliseconds);
	if (orders_hangup) {
		orders_hangup = 0;
		log_info(NULL, EVENT("hangup_ignored"),
		         STR("remedy", "SIGUSR1 reloads, SIGTERM stops"));
	}
	if (orders_stop == 0 || self->stopping)
		return;
	log_info(NULL, EVENT("stopping"), STR("why", strsignal(orders_stop)));
	notify_send("STOPPING=1");
	self->stopping = true;
}

static bool
may_replace(const Settings *now, const Settings *fresh, GError **error)
{
	if (g_strcmp0(now->store_path, fresh->store_path) == 0)
		return true;
	g_set_error(error, BASE_ERROR, BASE_ERROR_SETTING,
	            "store.path was %s and is %s now: restart to change it",
	            now->store_path, fresh->store_path);
	return false;
}

static Kit *
load_again(const Worker *self, GError **error)
{
	g_autoptr(Settings) settings = settings_load(self->config, error);

	if (settings == NULL ||
	    !may_replace(self->kit->settings, settings, error))
		return NULL;
	return kit_load(g_steal_pointer(&settings), error);
}

/* What a mailbox lacks is no reason not to serve the others. */
static void
tell_faults(const Kit *kit)
{
	for (size_t i = 0; i < kit->settings->n_mailboxes; i++) {
		const KitMailbox *box = &kit->mailboxes[i];

		if (box->fault != NULL)
			log_warning(NULL, EVENT("delivery_failed"),
			            ADDRESS("mailbox", box->mailbox->address),
			            STR("why", box->fault));
		if (box->llm_fault != NULL)
			log_warning(NULL, EVENT("model_failed"),
			            ADDRESS("mailbox", box->mailbox->address),
			            STR("why", box->llm_fault));
	}
}

/* A bad file keeps what was read before. */
static void
reload(Worker *self)
{
	g_autoptr(GError) error = NULL;
	Kit *kit;

	orders_reload = 0;
	notify_reloading();
	kit = load_again(self, &error);
	if (kit == NULL) {
		log_error(NULL, EVENT("reload_failed"),
		          STR("why", error->message));
	} else {
		kit_free(self->kit);
		self->kit = kit;
		self->office.kit = kit;
		self->knowledge_stale = true;
		log_info(NULL, EVENT("reloaded"),
		         INT("mailboxes", kit_n_drafting(kit)));
		tell_faults(kit);
	}
	notify_send("READY=1");
}

/* ------------------------------------------------------------------ work */

/* Something failed that the store can tell: said once until it works again. */
static void
store_fails(Worker *self, const GError *error)
{
	if (!self->store_failed)
		log_error(NULL, EVENT("store_unavailable"),
		          STR("why", error->message));
	self->store_failed = true;
}

static void
store_works(Worker *self)
{
	if (self->store_failed)
		log_info(NULL, EVENT("store_available"));
	self->store_failed = false;
}

static bool
do_task(const Office *office, const DraftTask *task, GError **error)
{
	switch (task->kind) {
	case DRAFT_TASK_COMPOSE:
		return tasks_compose(office, task, error);
	case DRAFT_TASK_DELIVER:
		return tasks_deliver(office, task, error);
	case DRAFT_TASK_REMOVE:
		return tasks_remove(office, task, error);
	case DRAFT_TASK_NONE:
		break;
	}
	return true;
}

/* One task; `ret_any`: there was one. */
static bool
step(Worker *self, bool *ret_any, GError **error)
{
	g_auto(DraftTask) task = { .kind = DRAFT_TASK_NONE };
	int64_t due = 0;

	/* What a human has answered needs no draft any more. */
	if (!outcome_step(&self->office, ret_any, error))
		return false;
	if (*ret_any)
		return true;
	if (!drafts_next_due(self->store, &due, error))
		return false;
	if (due == 0 || due > office_now())
		return true;
	if (!tasks_claim(&self->office, &task, error))
		return false;
	*ret_any = task.kind != DRAFT_TASK_NONE;
	if (*ret_any)
		faults_point("claimed");
	return do_task(&self->office, &task, error);
}

/* What nobody wanted for too long. */
static bool
expire(Worker *self, GError **error)
{
	int64_t age = self->kit->settings->drafter_draft_max_age / 1000;
	int64_t now = office_now();
	int64_t n = 0;

	do {
		g_autoptr(StoreTxn) txn = store_begin(self->store, error);

		if (txn == NULL ||
		    !drafts_expire(self->store, now - age, now, &n, error) ||
		    !store_commit(txn, error))
			return false;
		if (n > 0)
			log_info(NULL, EVENT("drafts_expired"), INT("n", n));
	} while (n > 0);
	return true;
}

static bool
upkeep(Worker *self, GError **error)
{
	if (self->knowledge_stale && !knowledge_index(&self->office, error))
		return false;
	self->knowledge_stale = false;
	if (!deadline_passed(self->upkeep_due))
		return true;
	self->upkeep_due = deadline_in(UPKEEP_MS);
	return expire(self, error) && outcome_settle(&self->office, error);
}

static void
write_status(Worker *self)
{
	const Settings *settings = self->kit->settings;

	if (!deadline_passed(self->status_due))
		return;
	self->status_due = deadline_in(STATUS_MS);
	self->status.mailboxes = kit_n_drafting(self->kit);
	self->status.store_failed = self->store_failed;
	status_write(settings->drafter_status_file, &self->status, self->store);
}

/* What this drafter or an earlier one left under way. */
static bool
take_back(Worker *self, GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(self->store, error);
	int64_t n = 0;

	if (txn == NULL ||
	    !drafts_reset(self->store, office_now(), &n, error) ||
	    !store_commit(txn, error))
		return false;
	if (n > 0)
		log_info(NULL, EVENT("drafts_taken_back"), INT("n", n));
	return true;
}

/* Who moved the file, or put a copy in its place, need not have told us; mail
 * goes into the new one. Not into it at once: tact db restore first says there
 * what may have been delivered since the copy was made. */
static bool
follow_file(Worker *self, GError **error)
{
	const Settings *settings = self->kit->settings;
	Store *store;

	if (!store_has_moved(self->store))
		return true;
	if (!self->store_failed) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_IO,
		            "%s: it was moved or replaced",
		            settings->store_path);
		return false;
	}
	store = site_open_store(settings, STORE_DRAFTER, SITE_WRITE, error);
	if (store == NULL)
		return false;
	store_close(self->store);
	self->store = self->office.store = store;
	self->knowledge_stale = true;
	return true;
}

/* Milliseconds until it looks again. */
static int
work(Worker *self)
{
	g_autoptr(GError) error = NULL;
	bool any = false;

	/* What the store failed under is nobody's else until the next start. */
	if (!follow_file(self, &error) ||
	    (self->store_failed && !take_back(self, &error)) ||
	    !upkeep(self, &error) || !step(self, &any, &error)) {
		store_fails(self, error);
		return BUSY_MS;
	}
	store_works(self);
	if (self->once && !any)
		self->stopping = true;
	/* One who writes without a break leaves others the lock by chance
	 * alone: mail would wait for it, and go without its tier. */
	return !any ? POLL_MS : self->once ? 0 : PAUSE_MS;
}

static void
loop(Worker *self)
{
	while (!self->stopping) {
		int wait = work(self);

		write_status(self);
		hear(self, wait);
		if (orders_reload && !self->stopping)
			reload(self);
	}
	self->status.state = "stopped";
	self->status_due = deadline_in(0);
	write_status(self);
	log_info(NULL, EVENT("stopped"));
}

/* ----------------------------------------------------------------- start */

static bool
start(Worker *self, Settings *settings, GError **error)
{
	self->lock = lock_take(settings->store_path, error);
	if (self->lock < 0) {
		settings_free(settings);
		return false;
	}
	orders_take();
	llm_library_init();
	if (!open_all(self, settings, error) || !take_back(self, error))
		return false;
	tell_faults(self->kit);
	self->knowledge_stale = true;
	self->status.state = "running";
	self->status.started = office_now();
	return true;
}

bool
worker_check(Settings *settings, GError **error)
{
	Worker self = { .lock = -1 };
	bool good = open_all(&self, settings, error);

	good = good && kit_check(self.kit, error);
	worker_clear(&self);
	return good;
}

bool
worker_run(const char *config, Settings *settings, bool once)
{
	Worker self = { .config = config, .lock = -1, .once = once };
	g_autoptr(GError) error = NULL;
	bool good = start(&self, settings, &error);

	if (!good) {
		log_error(NULL, EVENT("start_failed"),
		          STR("why", error->message));
	} else {
		log_info(NULL, EVENT("drafter_started"),
		         INT("mailboxes", kit_n_drafting(self.kit)));
		notify_send("READY=1");
		loop(&self);
	}
	worker_clear(&self);
	return good;
}
