/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry is proven by a MAC over all its columns and the MAC before it,
 * written out as text: what is signed can be read, and no two entries have the
 * same text, because an actor holds no newline.
 */
#include <inttypes.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "audit_private.h"
#include "base/clock.h"
#include "db_private.h"
#include "hex.h"

static const char *const codes[AUDIT_N] = {
#define AUDIT(symbol, code, counts) code,
#include "store/audit_events.def"
};

const char *
audit_code(AuditEvent event)
{
	return codes[event];
}

void
audit_plain_name(const char *name, char ret_name[AUDIT_ACTOR_MAX + 1])
{
	g_strlcpy(ret_name, name, AUDIT_ACTOR_MAX + 1);
	g_strcanon(ret_name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "._-",
	           '_');
}

const char *
audit_actor(void)
{
	static char actor[AUDIT_ACTOR_MAX + 1];
	char buffer[4096];
	struct passwd entry, *found = NULL;

	if (getpwuid_r(getuid(), &entry, buffer, sizeof buffer, &found) == 0 &&
	    found != NULL)
		audit_plain_name(found->pw_name, actor);
	else
		g_snprintf(actor, sizeof actor, "uid-%u", (unsigned)getuid());
	return actor;
}

void
audit_mac(const Keys *keys, const AuditRow *row, const uint8_t *prev,
          uint8_t ret_mac[AUDIT_MAC_BYTES])
{
	g_autofree char *subject =
		row->subject != NULL ? hex_of(row->subject, AUDIT_SUBJECT_BYTES)
				     : g_strdup("-");
	g_autofree char *before = hex_of(prev, AUDIT_MAC_BYTES);
	g_autofree char *text = g_strdup_printf(
		"entry\n%" PRId64 "\n%" PRId64 "\n%s\n%s\n%s\n%" PRId64 "\n%s",
		row->seq, row->at, row->actor, row->event, subject, row->n,
		before);
	Pseudonym mac = keys_pseudonym(keys, PSEUDONYM_AUDIT, text);

	memcpy(ret_mac, mac.bytes, AUDIT_MAC_BYTES);
}

static bool
insert(Store *store, const AuditRecord *record, GError **error)
{
	g_autoptr(Statement) add = store_statement(store, SQL_audit_insert);
	const AuditRow *row = &record->row;

	statement_bind_int(add, 1, row->seq);
	statement_bind_int(add, 2, row->at);
	statement_bind_text(add, 3, row->actor);
	statement_bind_text(add, 4, row->event);
	if (row->subject != NULL)
		statement_bind_bytes(add, 5, row->subject, AUDIT_SUBJECT_BYTES);
	statement_bind_int(add, 6, row->n);
	statement_bind_bytes(add, 7, record->prev, AUDIT_MAC_BYTES);
	statement_bind_bytes(add, 8, record->mac, AUDIT_MAC_BYTES);
	return statement_run(add, error);
}

void
audit_subject(const Keys *keys, const char *identity,
              uint8_t ret_subject[AUDIT_SUBJECT_BYTES])
{
	g_autofree char *text = g_strconcat("subject\n", identity, NULL);
	Pseudonym whole = keys_pseudonym(keys, PSEUDONYM_AUDIT, text);

	memcpy(ret_subject, whole.bytes, AUDIT_SUBJECT_BYTES);
}

/* A trail that begins gets its head's file, so that it is never made later,
 * when its absence means something. */
static bool
begin_trail(Store *store, const Keys *keys, GError **error)
{
	const AuditHead none = { 0 };
	AuditHead head;
	HeadState state;

	if (!audit_head_read(store, keys, &head, &state, error))
		return false;
	return state != HEAD_MISSING ||
	       audit_head_write(store, keys, &none, error);
}

bool
audit_append(Store *store, const Keys *keys, const AuditEntry *entry,
             GError **error)
{
	const char *name = entry->actor != NULL ? entry->actor : audit_actor();
	char actor[AUDIT_ACTOR_MAX + 1];
	uint8_t mac[AUDIT_MAC_BYTES], subject[AUDIT_SUBJECT_BYTES];
	AuditHead last;
	AuditRecord record = { .mac = mac };

	if (!audit_last(store, &last, error))
		return false;
	if (last.seq == 0 && !begin_trail(store, keys, error))
		return false;
	audit_plain_name(name, actor);
	record.prev = last.mac;
	record.row = (AuditRow){ .seq = last.seq + 1,
		                 .at = clock_wall() / G_USEC_PER_SEC,
		                 .actor = actor,
		                 .event = audit_code(entry->event),
		                 .subject = entry->subject,
		                 .n = entry->n };
	if (entry->identity != NULL) {
		audit_subject(keys, entry->identity, subject);
		record.row.subject = subject;
	}
	audit_mac(keys, &record.row, record.prev, mac);
	return insert(store, &record, error);
}

bool
audit_record(Store *store, const Keys *keys, const AuditEntry *entry,
             GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	return txn != NULL && audit_append(store, keys, entry, error) &&
	       store_commit(txn, error) && audit_seal(store, keys, error);
}

typedef struct ConfigText {
	GString *text;
	int64_t n;
} ConfigText;

static void
add_setting(const char *section, const char *name, const char *value,
            void *data)
{
	ConfigText *config = data;

	g_string_append_printf(config->text, "\n%s.%s=%s", section, name,
	                       value);
	config->n++;
}

static bool
config_is_noted(Store *store, const char *hash, bool *ret_noted, GError **error)
{
	g_autoptr(Statement) read =
		store_statement(store, SQL_audit_config_read);
	StepResult step = statement_step(read, error);

	*ret_noted =
		step == STEP_ROW && strcmp(statement_text(read, 0), hash) == 0;
	return step != STEP_FAILED;
}

static bool
write_config(Store *store, const char *hash, GError **error)
{
	g_autoptr(Statement) write =
		store_statement(store, SQL_audit_config_write);

	statement_bind_text(write, 1, hash);
	return statement_run(write, error);
}

static bool
note(Store *store, const Keys *keys, const char *hash, const AuditEntry *entry,
     GError **error)
{
	g_autoptr(StoreTxn) txn = store_begin(store, error);

	return txn != NULL && write_config(store, hash, error) &&
	       audit_append(store, keys, entry, error) &&
	       store_commit(txn, error) && audit_seal(store, keys, error);
}

bool
audit_note_config(Store *store, const Keys *keys, const Settings *settings,
                  const char *actor, GError **error)
{
	g_autoptr(GString) text = g_string_new("config");
	ConfigText config = { text, 0 };
	g_autofree char *hash = NULL;
	Pseudonym mac;
	bool noted;

	settings_each(settings, add_setting, &config);
	mac = keys_pseudonym(keys, PSEUDONYM_AUDIT, text->str);
	hash = hex_of(mac.bytes, sizeof mac.bytes);
	if (!config_is_noted(store, hash, &noted, error))
		return false;
	return noted || note(store, keys, hash,
	                     &(AuditEntry){ .event = AUDIT_CONFIG,
	                                    .actor = actor,
	                                    .n = config.n },
	                     error);
}
