/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail_fixture - a store, a site, and mails that are delivered to it.
 *
 * Owns:    the fixture and all in it.
 * Fails:   ends the test.
 * Threads: one.
 */
#ifndef TESTS_MAIL_FIXTURE_H
#define TESTS_MAIL_FIXTURE_H

#include "store/mails.h"
#include "store_fixture.h"

#define ALICE "alice@customer.example"
#define HOUR 3600
#define MONDAY INT64_C(1796000000) /* seconds; any moment does */

typedef struct MailFixture {
	StoreFixture *base;
	Settings *settings;
	Rules *rules;
	Desk *desk;
	MailSite site;
	MailPlace place; /* of the mail that was delivered last */
} MailFixture;

MailFixture *mail_fixture_new(const char *settings, const char *rules_dir);
void mail_fixture_free(MailFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailFixture, mail_fixture_free)

/* A mail as a filter would hand it over. */
typedef struct Sent {
	const char *from, *id, *references, *body;
	int auth;
	int64_t at; /* 0: MONDAY */
	bool out;
	bool to_sales;
	FindingsStatus status;
	uint8_t mood; /* sentiment score; 0: 50 */
} Sent;

/* In a transaction of its own. */
MailAnswer mail_fixture_deliver(MailFixture *fixture, const Sent *sent);

/* Customer 1, with a tier and a risk. */
void mail_fixture_customer(const MailFixture *fixture, const char *identity,
                           Tier tier, int risk);

/* Through a connection that is not ours: the first value; or a change. */
int64_t mail_fixture_ask(const MailFixture *fixture, const char *sql);
void mail_fixture_meddle(const MailFixture *fixture, const char *sql);

#endif
