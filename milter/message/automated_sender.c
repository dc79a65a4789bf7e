/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Local parts that are nobody's. What could as well be a person or a desk
 * (info@, support@, bouncer@) is not in the tables.
 */
#include "automated_private.h"

#include <glib.h>
#include <string.h>

/* The whole local part, or followed by one of -+._= or a digit. */
static const char *const robot_names[] = { "mailer-daemon",
	                                   "mailerdaemon",
	                                   "mail-daemon",
	                                   "maildaemon",
	                                   "postmaster",
	                                   "listserv",
	                                   "majordomo",
	                                   "mdaemon",
	                                   "sympa",
	                                   "mailman",
	                                   "bounce",
	                                   "bounces",
	                                   "no-reply",
	                                   "noreply",
	                                   "no.reply",
	                                   "no_reply",
	                                   "do-not-reply",
	                                   "donotreply",
	                                   "do_not_reply",
	                                   "do.not.reply",
	                                   "donot-reply",
	                                   "dont-reply",
	                                   "dontreply",
	                                   "do-not-respond",
	                                   "donotrespond",
	                                   "no-response",
	                                   "noresponse",
	                                   "auto-reply",
	                                   "autoreply",
	                                   "auto_reply",
	                                   "autoresponder",
	                                   "auto-responder",
	                                   "auto-confirm",
	                                   "autosvar",
	                                   "notification",
	                                   "notifications",
	                                   "newsletter",
	                                   "newsletters",
	                                   "nyhedsbrev",
	                                   "nyhetsbrev",
	                                   "mailer",
	                                   "svar-ikke",
	                                   "svarikke",
	                                   "ikke-svar",
	                                   "ikkesvar",
	                                   "ikke-besvar",
	                                   "svara-inte",
	                                   "svarainte",
	                                   "inte-svara",
	                                   "svara-ej",
	                                   "keine-antwort",
	                                   "keineantwort",
	                                   "nicht-antworten",
	                                   "nichtantworten",
	                                   "bitte-nicht-antworten",
	                                   "ne-pas-repondre",
	                                   "nepasrepondre",
	                                   "pas-de-reponse",
	                                   "no-responder",
	                                   "noresponder",
	                                   "no-contestar",
	                                   "nocontestar",
	                                   "niet-antwoorden",
	                                   "niet-beantwoorden",
	                                   "nietbeantwoorden",
	                                   "geen-antwoord",
	                                   "geenantwoord",
	                                   "non-rispondere",
	                                   "nonrispondere",
	                                   "ei-vastausta",
	                                   "alavastaa",
	                                   "ala-vastaa",
	                                   "nie-odpowiadaj",
	                                   "nieodpowiadaj",
	                                   "nie-odpowiadac" };

/* The whole local part only. */
static const char *const robot_exact[] = { "daemon", "root",     "cron",
	                                   "nobody", "www-data", "apache",
	                                   "nginx",  "anacron",  "logwatch",
	                                   "nagios", "zabbix" };

static const char *const robot_starts[] = { "owner-" };

static const char *const robot_ends[] = {
	"-owner",        "-request",      "-bounces",    "-bounce",
	"-noreply",      "-no-reply",     "_noreply",    ".noreply",
	".no-reply",     "+noreply",      "-donotreply", "_no-reply",
	"-do-not-reply", "_no_reply",     "-errors",     "-confirm",
	"-notification", "-notifications"
};

static bool
is_robot_name(const char *local, const char *name)
{
	size_t n;

	if (local[0] != name[0])
		return false;
	n = strlen(name);
	return strncmp(local, name, n) == 0 &&
	       (local[n] == '\0' || strchr("-+._=", local[n]) != NULL ||
	        g_ascii_isdigit(local[n]));
}

static bool
is_robot_local(const char *local)
{
	for (size_t i = 0; i < G_N_ELEMENTS(robot_names); i++)
		if (is_robot_name(local, robot_names[i]))
			return true;
	for (size_t i = 0; i < G_N_ELEMENTS(robot_exact); i++)
		if (strcmp(local, robot_exact[i]) == 0)
			return true;
	for (size_t i = 0; i < G_N_ELEMENTS(robot_starts); i++)
		if (g_str_has_prefix(local, robot_starts[i]))
			return true;
	for (size_t i = 0; i < G_N_ELEMENTS(robot_ends); i++)
		if (g_str_has_suffix(local, robot_ends[i]))
			return true;
	return false;
}

bool
automated_is_robot(const char *address)
{
	const char *at = strrchr(address, '@');
	g_autofree char *local =
		g_ascii_strdown(address, at != NULL ? at - address : -1);

	return is_robot_local(local);
}
