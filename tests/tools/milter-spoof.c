/* SPDX-License-Identifier: Apache-2.0 */
/*
 * milter-spoof - mail that claims to be anna@vip.example's, in every way but
 * the one that proves it (H-5).
 *
 *     milter-spoof SOCKET N
 *
 * Sends the first N combinations of ways to write From, of what is said about
 * it, and of what else the mail holds; prints each that is told a tier of a
 * customer, and fails. With 0 it sends the mail that proves it, and fails when
 * that one is told none: then the others would show nothing.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "milter_client.h"

static const char *const writers[] = {
	"From: anna@vip.example",
	"From: Anna <anna@vip.example>",
	"From: \"Anna Berg\" <anna@vip.example>",
	"From: ANNA@VIP.EXAMPLE",
	"From: anna@vip.example (Anna)",
	"From: <anna@vip.example.>",
	"From: =?utf-8?q?Anna?= <anna@vip.example>",
	"From: <@relay.example:anna@vip.example>",
	"From: Group: anna@vip.example;",
	"From: anna@vip.example, eve@evil.example",
	"From: eve@evil.example, anna@vip.example",
	"From: eve@evil.example\nFrom: anna@vip.example",
	"From: anna@vip.example\nFrom: eve@evil.example",
	"From:\n anna@vip.example",
	"From: \"anna@vip.example\" <eve@evil.example>",
	"From: anna@vip.example <eve@evil.example>",
	"From: eve@evil.example\nReply-To: anna@vip.example",
	"From: eve@evil.example\nSender: anna@vip.example",
	"From: eve@evil.example\nResent-From: anna@vip.example",
	"From: anna+eve@vip.example",
};

#define AR "\nAuthentication-Results: "
#define OURS AR "mx.test; "

static const char *const claims[] = {
	"",
	AR "mx.other; dmarc=pass header.from=vip.example",
	AR "mx.test.evil; dmarc=pass header.from=vip.example",
	OURS "dmarc=fail header.from=vip.example",
	OURS "dmarc=pass header.from=evil.example",
	OURS "spf=pass smtp.mailfrom=vip.example",
	OURS "dkim=pass header.d=evil.example",
	OURS "dkim=pass header.d=example",
	OURS "dmarc=none (dmarc=pass header.from=vip.example)",
	OURS "dmarc=fail reason=\"dmarc=pass\" header.from=vip.example",
};

static const char *const others[] = {
	"",
	"\nIn-Reply-To: <proven@vip.example>",
	"\nX-Tact-Tier: vip\nx-tact-tier: vip\nX_Tact_Tier: vip",
	"\nReturn-Path: <anna@vip.example>\nX-Original-From: anna@vip.example",
	"\nARC-Authentication-Results: i=1; mx.test; dmarc=pass "
	"header.from=vip.example",
};

static bool
is_of_customer(const char *tier)
{
	return tier[0] != '\0' && strcmp(tier, "unverified") != 0 &&
	       strcmp(tier, "unknown") != 0;
}

static MilterResult
send_mail(const char *socket, unsigned n, const char *head)
{
	g_autofree char *path = NULL;
	g_autofree char *text =
		g_strdup_printf("%s\nMessage-ID: <%u@spoof.example>\nSubject: "
	                        "Please\n\nWhere is my order, this is "
	                        "unacceptable!\n",
	                        head, n);
	MilterClient *client = milter_client_open(socket);
	MilterResult result = { 0 };
	MilterMail mail;
	int file = g_file_open_tmp("milter-spoof-XXXXXX", &path, NULL);

	if (client == NULL || file < 0 ||
	    !g_file_set_contents(path, text, -1, NULL) ||
	    !milter_mail_read(path, &mail) ||
	    !milter_client_mail(client, &mail, "<anna@vip.example>",
	                        "<support@example.com>", &result)) {
		fprintf(stderr, "milter-spoof: cannot send\n");
		exit(1);
	}
	milter_mail_clear(&mail);
	milter_client_close(client);
	remove(path);
	g_close(file, NULL);
	return result;
}

int
main(int argc, char **argv)
{
	unsigned n = argc == 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;
	unsigned bad = 0;

	if (n == 0)
		return !is_of_customer(
			send_mail(argv[1], n,
		                  "From: anna@vip.example" OURS
		                  "dmarc=pass header.from=vip.example")
				.tier);
	for (unsigned i = 0; i < n; i++) {
		unsigned w = i % G_N_ELEMENTS(writers);
		unsigned c = i / G_N_ELEMENTS(writers) % G_N_ELEMENTS(claims);
		unsigned o = i / G_N_ELEMENTS(writers) / G_N_ELEMENTS(claims) %
		             G_N_ELEMENTS(others);
		g_autofree char *head =
			g_strconcat(writers[w], claims[c], others[o], NULL);
		MilterResult result = send_mail(argv[1], i, head);

		if (result.verdict != 'c' || is_of_customer(result.tier)) {
			printf("# tier %s:\n%s\n", result.tier, head);
			bad++;
		}
	}
	printf("# %u mails, %u of them told a tier\n", n, bad);
	return bad > 0;
}
