/* SPDX-License-Identifier: Apache-2.0 */
/*
 * milter_client - plays the MTA on a milter's socket, protocol version 6.
 *
 * What goes over the wire follows Postfix 3.7: macros before each event, a
 * reply awaited for each unless the milter negotiated it away, body chunks of
 * 65535 bytes, writes gathered until a reply is needed.
 *
 * Owns:    MilterMail and MilterClient are the caller's.
 * Fails:   false; errno or milter_client_problem() says why.
 * Threads: one client a thread.
 */
#ifndef TESTS_MILTER_CLIENT_H
#define TESTS_MILTER_CLIENT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A mail cut into what a milter is sent. */
typedef struct MilterMail {
	GPtrArray *headers; /* GBytes: NAME NUL VALUE NUL */
	GByteArray *body;   /* with CRLF */
	size_t size;
} MilterMail;

void milter_mail_cut(const char *text, size_t size, MilterMail *ret_mail);
bool milter_mail_read(const char *path, MilterMail *ret_mail);
void milter_mail_clear(MilterMail *mail);
/* The same mail under another Message-ID; it borrows the body. */
void milter_mail_rename(const MilterMail *mail, const char *id,
                        MilterMail *ret_mail);

typedef struct MilterResult {
	char verdict; /* 'a' accept, 'c' continue, 't' tempfail, ... */
	bool early;   /* the verdict came before the body */
	unsigned added, deleted;
	char tier[16]; /* X-Tact-Tier that was added; "" for none */
	double eom_ms; /* from the last packet sent to the verdict */
} MilterResult;

typedef struct MilterClient MilterClient;

/* `socket`: unix:/PATH or inet:PORT@ADDRESS. NULL when it cannot connect or
 * negotiate. */
MilterClient *milter_client_open(const char *socket);
bool milter_client_mail(MilterClient *client, const MilterMail *mail,
                        const char *sender, const char *recipient,
                        MilterResult *ret_result);
/* Whoever opens after this takes a milter for gone that is silent so long. */
void milter_client_patience(unsigned seconds);
/* "Name: value\n" of each header that is added from now on is appended. */
void milter_client_watch(MilterClient *client, GString *watcher);
void milter_client_close(MilterClient *client);

#endif
