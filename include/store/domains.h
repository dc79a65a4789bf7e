/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/domains - mail domains that belong to everybody: two people who write
 * from one have nothing in common.
 *
 * Owns:    Domains are the caller's.
 * Fails:   STORE_ERROR_IO when no folder has the list.
 * Threads: immutable after loading, so any.
 */
#ifndef STORE_DOMAINS_H
#define STORE_DOMAINS_H

#include <glib.h>
#include <stdbool.h>

#define DOMAINS_FILE "public-domains.txt"

typedef struct Domains Domains;

/* From DOMAINS_FILE of each folder that has it; NULL-terminated. */
Domains *domains_load(const char *const *dirs,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
void domains_free(Domains *domains);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Domains, domains_free)

/* True for a domain of the list and for those below one. */
bool domains_have(const Domains *domains, const char *domain);

#endif
