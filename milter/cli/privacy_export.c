/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Columns keep the names of the schema, so that none is forgotten and each can
 * be looked up; times, days, tiers and the profile's numbers are written so
 * that the person they are about can read them.
 * contrib/schema/privacy-export.schema.json describes the result.
 */
#include <string.h>

#include "analysis/manner.h"
#include "base/clock.h"
#include "print.h"
#include "privacy.h"
#include "privacy_sealed.h"
#include "store/export.h"
#include "store/retention.h"
#include "store/suppression.h"
#include "value/tier.h"

#define EXPORT_SCHEMA 1

typedef struct Export {
	const Settings *settings;
	const Unsealer *unsealer;
	json_t *classes;
	int64_t n;
} Export;

char *
privacy_time(int64_t at)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(at);

	return time != NULL ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ")
	                    : g_strdup_printf("%" G_GINT64_FORMAT, at);
}

static json_t *
time_value(int64_t at)
{
	g_autofree char *text = privacy_time(at);

	return json_string(text);
}

static json_t *
day_value(int64_t day)
{
	g_autofree char *text = privacy_time(day * 86400);

	return json_stringn(text, strcspn(text, "T"));
}

static json_t *
hex_value(const ExportValue *value)
{
	return print_hex(value->bytes, value->size);
}

static json_t *
running_value(const Running *running)
{
	json_t *value = json_object();

	json_object_set_new(value, "weight", json_real(running->n));
	json_object_set_new(value, "mean", json_real(running->mean));
	json_object_set_new(value, "squares", json_real(running->squares));
	return value;
}

/* Running numbers and the last moods, from the bytes that are stored. */
static json_t *
manner_value(const ExportValue *stored)
{
	json_t *value = json_object(), *readings = json_array();
	Manner manner;

	if (!manner_unpack(stored->bytes, stored->size, &manner)) {
		json_decref(value);
		json_decref(readings);
		return hex_value(stored);
	}
	for (int axis = 0; axis < MANNER_AXES; axis++)
		json_object_set_new(value, manner_axis_name((MannerAxis)axis),
		                    running_value(&manner.axis[axis]));
	for (unsigned i = 0; i < manner.n_readings; i++) {
		json_t *reading = json_object();

		json_object_set_new(reading, "at",
		                    time_value(manner.reading[i].at));
		print_set_integer(reading, "mood", manner.reading[i].mood);
		json_array_append_new(readings, reading);
	}
	json_object_set_new(value, "readings", readings);
	return value;
}

static bool
is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* Those that stand for a word; NULL for a number. */
static const char *
word_of(const char *name, int64_t n)
{
	static const char *const consents[] = { "none", "basic", "full" };

	if (strcmp(name, "tier") == 0 && n >= 0 && n < TIER_N)
		return tier_name((Tier)n);
	if (strcmp(name, "consent") == 0 && n >= 0 && n < 3)
		return consents[n];
	if (strcmp(name, "direction") == 0)
		return n == 0 ? "in" : "out";
	return NULL;
}

static json_t *
integer_value(const char *table, const ExportValue *value)
{
	static const char *const times[] = { "at", "since", "until",
		                             "tier_since", NULL };
	const char *name = value->name;
	const char *word = word_of(name, value->integer);

	if (word != NULL)
		return json_string(word);
	if (strcmp(name, "at") == 0 && strcmp(table, "orders") == 0)
		return day_value(value->integer);
	if (is_one_of(name, times) || g_str_has_suffix(name, "_at"))
		return time_value(value->integer);
	return json_integer(value->integer);
}

static json_t *
column_value(const char *table, const ExportValue *value)
{
	json_t *text;

	switch (value->type) {
	case EXPORT_INTEGER:
		return integer_value(table, value);
	case EXPORT_REAL:
		return json_real(value->real);
	case EXPORT_TEXT:
		text = json_string(value->text);
		return text != NULL ? text : json_string("?");
	case EXPORT_BYTES:
		if (strcmp(table, "profile") == 0)
			return manner_value(value);
		return hex_value(value);
	default:
		return json_null();
	}
}

/* Every class is told of, with records or without. */
static json_t *
class_value(const Settings *settings, const PersonalTable *table)
{
	json_t *value = json_object();
	const char *setting = retention_setting(table->retention);
	int64_t seconds = retention_seconds(settings, table->retention);

	print_set_string(value, "table", table->name);
	print_set_string(value, "holds", table->holds);
	print_set_string(value, "source", table->source);
	print_set_string(value, "kept", retention_rule(table->retention));
	print_set_string(value, "setting", setting);
	json_object_set_new(value, "kept_days",
	                    setting != NULL ? json_integer(seconds / 86400)
	                                    : json_null());
	json_object_set_new(value, "records", json_array());
	return value;
}

static void
add_row(const ExportRow *row, void *data)
{
	Export *export = data;
	json_t *record = json_object(), *values = json_object();
	int64_t due = retention_due(export->settings, row->table->retention,
	                            row->due_from);
	json_t *class;
	json_t *opened;
	size_t i;

	json_array_foreach(export->classes, i, class)
	{
		if (strcmp(print_string(class, "table"), row->table->name) == 0)
			json_array_append_new(json_object_get(class, "records"),
			                      record);
	}
	json_object_set_new(record, "due",
	                    due != 0 ? time_value(due) : json_null());
	for (i = 0; i < row->n; i++) {
		opened = unsealer_value(export->unsealer, row, &row->values[i]);
		json_object_set_new(values, row->values[i].name,
		                    opened != NULL
		                            ? opened
		                            : column_value(row->table->name,
		                                           &row->values[i]));
	}
	json_object_set_new(record, "values", values);
	export->n++;
}

static const char *
suppression_name(SuppressionKind kind)
{
	static const char *const names[] = { "none", "objection",
		                             "restriction" };

	return names[kind];
}

static const char *
basis_name(const Settings *settings)
{
	static const char *const names[] = { "consent", "contract",
		                             "public-task",
		                             "legitimate-interests" };

	return names[settings->privacy_legal_basis];
}

static json_t *
head_value(const Settings *settings, const Subject *subject,
           const Person *person, SuppressionKind kind)
{
	json_t *value = json_object();

	print_set_integer(value, "schema", EXPORT_SCHEMA);
	json_object_set_new(value, "made_at",
	                    time_value(clock_wall() / G_USEC_PER_SEC));
	print_set_string(value, "controller", settings->privacy_controller);
	print_set_string(value, "contact", settings->privacy_contact);
	print_set_string(value, "legal_basis", basis_name(settings));
	print_set_string(value, "subject", subject->given);
	print_set_bool(value, "known", person->customer != 0);
	print_set_bool(value, "company", person->company);
	print_set_bool(value, "colleague", person->colleague);
	print_set_string(value, "suppression", suppression_name(kind));
	return value;
}

/* One of a company's people is not the company: texts that others of them may
 * have written stay closed. */
static bool
export_all(const PrivacyExport *asked, const Subject *subject,
           const Person *person, Export *export, GError **error)
{
	const Unsealer *unsealer = export->unsealer;
	g_auto(Unsealer) closed = {
		.why = g_strdup("it may be a colleague's; those of a company "
		                "are opened when its domain is asked for")
	};
	bool good;

	if (person->company && subject->is_address)
		export->unsealer = &closed;
	good = person->customer == 0 ||
	       export_customer(asked->store, person->customer, add_row, export,
	                       error);
	export->unsealer = unsealer;
	return good && export_writer(asked->store, asked->keys, subject->who,
	                             add_row, export, error);
}

json_t *
privacy_export(const PrivacyExport *asked, const Subject *subject,
               int64_t *ret_n, GError **error)
{
	Store *store = asked->store;
	const Keys *keys = asked->keys;
	const Settings *settings = asked->settings;
	g_auto(Unsealer) unsealer = { 0 };
	Export export = { .settings = settings, .unsealer = &unsealer };
	SuppressionKind kind;
	Person person;
	json_t *value;
	size_t n;
	const PersonalTable *tables = personal_tables(&n);

	if (!person_find(store, keys, subject->who, &person, error) ||
	    !suppression_find(store, keys, subject->who, &kind, error))
		return NULL;
	unsealer_init(&unsealer, asked->key_directory);
	value = head_value(settings, subject, &person, kind);
	json_object_set_new(value, "sealed",
	                    unsealer.why != NULL ? json_string(unsealer.why)
	                                         : json_null());
	export.classes = json_array();
	json_object_set_new(value, "classes", export.classes);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(export.classes,
		                      class_value(settings, &tables[i]));
	if (!export_all(asked, subject, &person, &export, error)) {
		json_decref(value);
		return NULL;
	}
	*ret_n = export.n;
	return value;
}
