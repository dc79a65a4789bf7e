/* SPDX-License-Identifier: Apache-2.0 */
/*
 * authres_fixture - the header of a mail to mx.firm.example, and its verdict.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef TESTS_AUTHRES_FIXTURE_H
#define TESTS_AUTHRES_FIXTURE_H

#include <glib.h>
#include <string.h>

#include "message/address.h"
#include "message/authres.h"
#include "message/headers.h"

#define ID "mx.firm.example"
#define AR "Authentication-Results: "
#define OUR AR ID
#define FROM "From: Bo <bo@customer.example>\n"
#define PASS "; dmarc=pass (p=none dis=none) header.from=customer.example\n"
#define FAIL "; dmarc=fail (p=none dis=none) header.from=customer.example\n"

typedef struct Row {
	const char *name, *header;
} Row;

static inline AuthVerdict
verdict_of(const char *header)
{
	g_autoptr(Headers) headers =
		headers_parse(header, strlen(header), NULL);
	const char *value = headers_field(headers, "From", 0);
	g_autofree char *from = address_from_header(value, NULL);

	return authres_verdict(headers, ID, from);
}

#endif
