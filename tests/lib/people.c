/* SPDX-License-Identifier: Apache-2.0 */
#include "people.h"

#include <string.h>

/* 48 bytes that are in no other row of any table. */
#define MARK_BYTES 48

static void
make_mark(int person, char mark[MARK_BYTES + 1])
{
	g_snprintf(mark, MARK_BYTES + 1,
	           "mark-of-person-%09d-and-of-nobody-else-12345678", person);
}

char *
people_identity(int person)
{
	return g_strdup_printf("person-%d@customer.example", person);
}

int64_t
people_ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t value;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK ||
	    sqlite3_step(stmt) != SQLITE_ROW)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
	value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return value;
}

void
people_run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		g_error("%s: %s", sql, sqlite3_errmsg(db));
}

/* ?1 customer, ?2 pseudonym, ?3 mark, ?4 since */
static const char *const inserts[] = {
	"INSERT INTO customer (id, since, source) VALUES (?1, ?4, 'mail')",
	"INSERT INTO alias VALUES (?2, 1, ?1, 0)",
	"INSERT INTO orders VALUES (?1, ?1 * 1000003, ?4 / 86400, 1999)",
	"INSERT INTO worth VALUES (?1, 2, ?4, 50, 10, 10, 5, 900, 2000, NULL,"
	" 10000, 3, 3, 3, 1, ?4)",
	"INSERT INTO override VALUES (?1, 4, NULL, ?3, ?4)",
	"INSERT INTO profile VALUES (?1, 3, ?4, ?4, CAST(?3 AS BLOB))",
	"INSERT INTO thread (id, customer, opened_at, last_in_at, contacts,"
	" tier) VALUES (?1, ?1, ?4, ?4, 1, 2)",
	"INSERT INTO mail (key, customer, thread, at, direction, public_id,"
	" facts) VALUES (?2, ?1, ?1, ?4, 0, 'x', CAST(?3 AS BLOB))",
	"INSERT INTO thread_ref VALUES (?2, ?1, ?4)",
	"INSERT INTO example (mail, customer, finding, value, features, at)"
	" VALUES (?2, ?1, 'sentiment', 'negative', CAST(?3 AS BLOB), ?4)",
	"INSERT INTO draft (id, public_id, mail, thread, mailbox, customer,"
	" writer, state, fate, created_at, language, contact, flags, facts)"
	" VALUES (?1, 'draft ' || ?1, ?1, ?1, 1, ?1, ?2, 7, 1, ?4, 'da', 1, 0,"
	" ?3)",
	"INSERT INTO draft_text VALUES (?1, CAST(?3 AS BLOB),"
	" CAST(?3 AS BLOB))",
	"INSERT INTO sent (public_id, mail, thread, mailbox, customer, at,"
	" next_at, material) VALUES ('x', ?1, ?1, 1, ?1, ?4, ?4,"
	" CAST(?3 AS BLOB))",
	"INSERT INTO datum VALUES (?2, ?1, ?1, ?4)",
	"INSERT INTO outcome (thread, customer, mailbox, at, contacts, answers,"
	" draft, engine, language, tier) VALUES (?1, ?1, 1, ?4, 1, 1, 0, '',"
	" 'da', 1)",
	"INSERT INTO evidence (lesson, thread, customer, value, at)"
	" VALUES (1, ?1, ?1, 1.0, ?4)",
	"INSERT INTO answer (public_id, thread, customer, mailbox, language,"
	" at, text) VALUES ('x', ?1, ?1, 1, 'da', ?4, CAST(?3 AS BLOB))",
	"INSERT INTO gap (public_id, thread, customer, language, request, at,"
	" words) VALUES ('x', ?1, ?1, 'da', '', ?4, CAST(?3 AS BLOB))",
};

typedef struct Inserts {
	sqlite3_stmt *stmts[G_N_ELEMENTS(inserts)];
} Inserts;

static void
insert_person(const People *people, Inserts *all, int person, int64_t since)
{
	g_autofree char *identity = people_identity(person);
	Pseudonym key = keys_pseudonym(people->fixture->keys, PSEUDONYM_EMAIL,
	                               identity);
	char mark[MARK_BYTES + 1];

	make_mark(person, mark);
	for (size_t i = 0; i < G_N_ELEMENTS(inserts); i++) {
		sqlite3_stmt *stmt = all->stmts[i];

		sqlite3_bind_int(stmt, 1, person);
		sqlite3_bind_blob(stmt, 2, key.bytes, sizeof key.bytes,
		                  SQLITE_STATIC);
		sqlite3_bind_text(stmt, 3, mark, -1, SQLITE_STATIC);
		sqlite3_bind_int64(stmt, 4, since);
		if (sqlite3_step(stmt) != SQLITE_DONE)
			g_error("%s: %s", inserts[i],
			        sqlite3_errmsg(people->db));
		sqlite3_reset(stmt);
	}
}

static void
insert_all(const People *people, int64_t since)
{
	Inserts all = { 0 };

	for (size_t i = 0; i < G_N_ELEMENTS(inserts); i++)
		if (sqlite3_prepare_v2(people->db, inserts[i], -1,
		                       &all.stmts[i], NULL) != SQLITE_OK)
			g_error("%s: %s", inserts[i],
			        sqlite3_errmsg(people->db));
	people_run(people->db, "BEGIN");
	/* 1 to n, in leaps, so that rows come between rows. */
	for (int leap = 0; leap < 7; leap++) {
		for (int i = 1 + leap; i <= people->n; i += 7)
			insert_person(people, &all, i, since);
		people_run(people->db, "COMMIT; BEGIN");
	}
	people_run(people->db, "COMMIT");
	for (size_t i = 0; i < G_N_ELEMENTS(inserts); i++)
		sqlite3_finalize(all.stmts[i]);
}

static People *
new_by(const StoreFixture *fixture, int n, int64_t since, const char *vfs)
{
	People *people = g_new0(People, 1);

	people->fixture = fixture;
	people->n = n;
	g_assert_cmpint(sqlite3_open_v2(fixture->path, &people->db,
	                                SQLITE_OPEN_READWRITE, vfs),
	                ==, SQLITE_OK);
	people_run(people->db, "PRAGMA synchronous = OFF;"
	                       "PRAGMA secure_delete = ON;"
	                       "PRAGMA journal_mode = TRUNCATE;"
	                       "INSERT INTO lesson (id, mailbox, language,"
	                       " name) VALUES (1, 1, 'da', 'length')");
	insert_all(people, since);
	return people;
}

People *
people_new(const StoreFixture *fixture, int n, int64_t since)
{
	return new_by(fixture, n, since, "tact");
}

People *
people_new_foreign(const StoreFixture *fixture, int n, int64_t since)
{
	return new_by(fixture, n, since, NULL);
}

void
people_free(People *people)
{
	if (people == NULL)
		return;
	sqlite3_close(people->db);
	g_free(people);
}

/* What is looked for: told by its first eight bytes, and before that by three
 * of them, so that a file is gone through once for all of them. */
typedef struct Needles {
	GHashTable *heads; /* guint64: GBytes */
	uint8_t *marked;   /* 2 to the 24th bits */
	int found;
} Needles;

static uint32_t
first_bits(const char *text)
{
	return (uint32_t)(uint8_t)text[0] << 16 |
	       (uint32_t)(uint8_t)text[1] << 8 | (uint8_t)text[2];
}

static void
add_needle(Needles *needles, const void *text, size_t size)
{
	uint32_t bits = first_bits(text);
	gint64 *head = g_new(gint64, 1);

	memcpy(head, text, sizeof *head);
	needles->marked[bits / 8] |= (uint8_t)(1u << bits % 8);
	g_hash_table_insert(needles->heads, head, g_bytes_new(text, size));
}

static void
add_person(Needles *needles, const People *people, int person)
{
	g_autofree char *identity = people_identity(person);
	Pseudonym key = keys_pseudonym(people->fixture->keys, PSEUDONYM_EMAIL,
	                               identity);
	char lower[2 * PSEUDONYM_BYTES + 1], mark[MARK_BYTES + 1];
	g_autofree char *upper = NULL;

	for (int i = 0; i < PSEUDONYM_BYTES; i++)
		g_snprintf(lower + 2 * i, 3, "%02x", key.bytes[i]);
	upper = g_ascii_strup(lower, -1);
	make_mark(person, mark);
	add_needle(needles, key.bytes, sizeof key.bytes);
	add_needle(needles, lower, strlen(lower));
	add_needle(needles, upper, strlen(upper));
	/* From its number on. */
	add_needle(needles, mark + 15, strlen(mark) - 15);
}

static void
look_at(Needles *needles, const char *at, size_t left)
{
	uint32_t bits = first_bits(at);
	gint64 head;
	GBytes *needle;
	gsize size;
	const char *text;

	if ((needles->marked[bits / 8] & 1u << bits % 8) == 0)
		return;
	memcpy(&head, at, sizeof head);
	needle = g_hash_table_lookup(needles->heads, &head);
	text = needle ? g_bytes_get_data(needle, &size) : NULL;
	if (text != NULL && size <= left && memcmp(text, at, size) == 0)
		needles->found++;
}

static void
search_file(Needles *needles, const char *path)
{
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	const char *text = file ? g_mapped_file_get_contents(file) : NULL;
	size_t size = file ? g_mapped_file_get_length(file) : 0;

	for (size_t i = 0; text != NULL && i + 8 <= size; i++)
		look_at(needles, text + i, size - i);
}

static void
search_directory(Needles *needles, const char *directory)
{
	g_autoptr(GDir) dir = g_dir_open(directory, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(directory, name, NULL);

		if (!g_file_test(path, G_FILE_TEST_IS_DIR))
			search_file(needles, path);
	}
}

int
people_traces(const People *people, int from, int step)
{
	Needles needles = { 0 };

	needles.heads =
		g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
	                              (GDestroyNotify)g_bytes_unref);
	needles.marked = g_malloc0(1u << 21);
	for (int i = from; i <= people->n; i += step)
		add_person(&needles, people, i);
	search_directory(&needles, people->fixture->directory);
	g_free(needles.marked);
	g_hash_table_unref(needles.heads);
	return needles.found;
}
