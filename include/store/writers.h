/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/writers - who wrote a mail, as far as we may know.
 *
 * Levels of consent, a customer's own or else privacy.consent of the settings:
 * none, tags of the mail alone; basic, a profile too; full, tier and value too.
 *
 * Owns:    nothing.
 * Fails:   as store/store.h.
 * Threads: one Store a thread.
 */
#ifndef STORE_WRITERS_H
#define STORE_WRITERS_H

#include "store/mails.h"
#include "store/trust.h"

/* In the order of the choices of privacy.consent, and as stored. */
typedef enum Consent {
	CONSENT_NONE,
	CONSENT_BASIC,
	CONSENT_FULL,
} Consent;

typedef struct Writer {
	MailStanding standing;
	Trust trust;      /* what the mail proves of its From */
	bool known;       /* the From is a customer's */
	int64_t customer; /* 0: none, or none that may be used */
	bool personal;    /* known by the address, not by its domain */
	bool restricted;  /* kept, and not to be used */
	Consent consent;
} Writer;

/* Finds out who wrote the mail. */
bool writers_find(Store *store, const MailSite *site, const MailRecord *record,
                  Writer *ret_writer, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Makes a customer of a proven writer, where the site's level of consent allows
 * a profile of who never bought. */
bool writers_welcome(Store *store, const MailSite *site,
                     const MailRecord *record, Writer *writer,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Tier and risk of a customer into the answer. */
bool writers_worth(Store *store, const MailSite *site, const Writer *writer,
                   int64_t at, MailAnswer *answer,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
