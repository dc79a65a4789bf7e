/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/mails - one mail into the store, and what the store knows of it out.
 *
 * A mail is one row however often it is delivered: its key is made of mailbox,
 * Message-ID and writer, or of Date and body where it has no id. It belongs to
 * the thread that its References name, if that is the same writer's; the mails
 * of a thread are counted, and the thread is due when the tier's response time
 * on the mailbox's calendar says. Mail from a mailbox marks the threads that
 * it refers to as answered.
 *
 * A customer counts as one only if the mail proves it: else nothing of the
 * customer is touched or told.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h; the caller's transaction must then be undone.
 * Threads: one Store a thread. Call within a transaction.
 */
#ifndef STORE_MAILS_H
#define STORE_MAILS_H

#include "analysis/findings.h"
#include "analysis/manner.h"
#include "analysis/rules.h"
#include "base/settings.h"
#include "message/trace.h"
#include "store/keys.h"
#include "store/store.h"
#include "value/desk.h"
#include "value/tier.h"

/* What a site is, to who records its mails. All borrowed. */
typedef struct MailSite {
	const Settings *settings;
	const Rules *rules;
	const Keys *keys;
	const Desk *desk;
	TierPolicy tiers;
} MailSite;

typedef enum MailDirection {
	MAIL_IN,
	MAIL_OUT,
	MAIL_DIRECTIONS,
} MailDirection;

typedef struct MailRecord {
	MailDirection direction;
	int64_t at;             /* unix seconds */
	const Mailbox *mailbox; /* of the site's settings */
	const char *public_id;  /* X-Tact-Id */
	const Trace *trace;
	const Findings *findings; /* of one that came in */
} MailRecord;

typedef enum MailStanding {
	STANDING_UNKNOWN,    /* nobody we know */
	STANDING_UNVERIFIED, /* a customer's address, without proof */
	STANDING_CUSTOMER,
	STANDING_OBJECTED, /* must not be judged: nothing was kept */
	STANDING_N,
} MailStanding;

typedef struct MailAnswer {
	uint8_t standing;  /* MailStanding */
	uint8_t tier;      /* Tier; TIER_UNKNOWN without STANDING_CUSTOMER */
	uint8_t has_risk;  /* the customer's risk is known */
	uint8_t risk;      /* Risk */
	uint8_t trend;     /* Trend */
	uint8_t again;     /* delivered before */
	uint32_t contact;  /* which mail of its thread; 0: not kept */
	int64_t due_at;    /* unix seconds; 0: none */
	Findings findings; /* with the writer's manner weighed in */
} MailAnswer;

bool mails_record(Store *store, const MailSite *site, const MailRecord *record,
                  MailAnswer *ret_answer,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where a mail stands in the tables, for what else the same transaction keeps
 * of it. All 0 of one that must not be kept. */
typedef struct MailPlace {
	int64_t mail, mailbox;
	int64_t thread;   /* 0 of one that went out and answers none of ours */
	int64_t customer; /* 0: none, or none that may be used */
	int consent;      /* Consent of who wrote, or is answered */
	bool again;       /* it was recorded before */
	bool restricted;  /* the customer is kept, and not to be used */
} MailPlace;

/* The same, and tells. */
bool mails_record_at(Store *store, const MailSite *site,
                     const MailRecord *record, MailAnswer *ret_answer,
                     MailPlace *ret_place,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is kept of a mail's Findings, as text: "scored da sentiment=negative/12
 * urgency=high/90 ...". */
char *mails_facts(const Rules *rules, const Findings *findings);
/* And back: status, reason, language, and of what was told value and score.
 * What is not there, or not of these rules, abstained. */
void mails_findings(const Rules *rules, const char *facts,
                    Findings *ret_findings);

#endif
