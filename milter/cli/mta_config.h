/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cli/mta_config - Postfix's main.cf and master.cf, read as Postfix reads them:
 * nothing is run, so this works on a copy of another host's files.
 *
 * Owns:    an MtaConfig is the caller's; what it returns is borrowed unless it
 *          is char *.
 * Fails:   reading: NULL and an error naming the file.
 * Threads: one.
 */
#ifndef CLI_MTA_CONFIG_H
#define CLI_MTA_CONFIG_H

#include <glib.h>
#include <stdbool.h>

/* One service of master.cf. */
typedef struct MtaService {
	char *name;    /* "smtp", "587", "submission" */
	char *type;    /* "inet", "unix" */
	char *command; /* "smtpd", "cleanup", "smtp" */
	bool chrooted;
	GHashTable *overrides; /* of -o NAME=VALUE */
	unsigned line;
} MtaService;

typedef struct MtaConfig {
	char *file;          /* main.cf, or what stands for it */
	char *master;        /* master.cf, or NULL when there is none */
	GHashTable *values;  /* name: value as written */
	GHashTable *lines;   /* name: line number */
	GPtrArray *services; /* of MtaService * */
} MtaConfig;

/* `main_file` "-" is standard input; `folder` is that of master.cf, or NULL. */
MtaConfig *mta_config_read(const char *main_file, const char *folder,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void mta_config_free(MtaConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MtaConfig, mta_config_free)

/* The value of `name` for `service` (NULL: main.cf's), else its default, with
 * every $name in it expanded. */
char *mta_config_value(const MtaConfig *config, const MtaService *service,
                       const char *name);
/* 0 when it is not set. */
unsigned mta_config_line(const MtaConfig *config, const char *name);

/* "30s", "5m" in milliseconds; a bare number is in seconds; -1: no time. */
gint64 mta_time(const char *text);

/* Lines joined as Postfix joins them; `visit` gets each without comments. */
typedef void MtaLine(const char *text, unsigned line, void *data);
void mta_lines(const char *text, MtaLine *visit, void *data);

#endif
