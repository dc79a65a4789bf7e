/* SPDX-License-Identifier: Apache-2.0 */
/*
 * iconv(3) loads a shared object for each family of character sets when it is
 * first opened, and unloads it when the last user closes it: so one converter
 * of each is opened here and kept. Two mails of our own then run through the
 * whole analysis, for the lazy tables of GLib, GMime and libxml2; the pages
 * they touch are shared by all processes forked later.
 */
#include "warmup.h"

#include <glib.h>
#include <iconv.h>
#include <string.h>

#include "analysis/examine.h"
#include "message/trace.h"

static const char *const charsets[] = {
	"US-ASCII",     "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-3",
	"ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",
	"ISO-8859-8",   "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-11",
	"ISO-8859-13",  "ISO-8859-14",  "ISO-8859-15",  "ISO-8859-16",
	"WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253",
	"WINDOWS-1254", "WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257",
	"WINDOWS-1258", "KOI8-R",       "KOI8-U",       "IBM437",
	"IBM850",       "IBM865",       "MACINTOSH",    "UTF-16",
	"UTF-16LE",     "UTF-16BE",     "UTF-32",       "UTF-7",
	"GB18030",      "GBK",          "GB2312",       "BIG5",
	"ISO-2022-JP",  "SHIFT_JIS",    "EUC-JP",       "CP932",
	"EUC-KR",       "CP949",        "TIS-620",
};

static const char plain_mail[] =
	"From: Anna Berg <anna@example.net>\r\n"
	"To: support@example.com\r\n"
	"Subject: =?utf-8?Q?R=C3=A9p=20:_order?= =?iso-8859-1?B?5vjl?=\r\n"
	"Authentication-Results: mx.example.com; dmarc=pass\r\n"
	"Message-ID: <1@example.net>\r\n"
	"MIME-Version: 1.0\r\n"
	"Content-Type: text/plain; charset=\"windows-1252\"\r\n"
	"Content-Transfer-Encoding: quoted-printable\r\n"
	"\r\n"
	"Hello,\r\n\r\nthe printer does not work again, please help =85\r\n\r\n"
	"On Mon, 2 Jan 2023 at 10:00, Support wrote:\r\n> Hi\r\n";

static const char html_mail[] =
	"From: anna@example.net\r\n"
	"Subject: hej\r\n"
	"MIME-Version: 1.0\r\n"
	"Content-Type: multipart/alternative; boundary=\"b\"\r\n"
	"\r\n"
	"--b\r\nContent-Type: text/html; charset=utf-8\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\n"
	"PHA+SGVqLCBkZXQgdmlya2VyIGlra2UgPGI+aWdlbjwvYj4hPC9wPg==\r\n"
	"--b--\r\n";

static void
keep_converters(void)
{
	static bool kept;

	for (size_t i = 0; !kept && i < G_N_ELEMENTS(charsets); i++)
		(void)iconv_open("UTF-8", charsets[i]);
	kept = true;
}

static void
examine(const Snapshot *snapshot, const char *mail)
{
	MessageEnvelope envelope =
		snapshot_envelope(snapshot, "anna@example.net");
	Findings findings;
	Trace trace;

	trace_read(snapshot->settings, mail, strlen(mail), &trace);
	examine_mail(snapshot->rules, mail, strlen(mail), &envelope, &findings);
}

void
warmup_run(const Snapshot *snapshot)
{
	keep_converters();
	examine(snapshot, plain_mail);
	examine(snapshot, html_mail);
}
