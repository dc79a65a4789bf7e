/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All checks run, also after one has refused: the reviewer and whoever mends a
 * prompt want the whole list.
 */
#include "drafting/checks.h"

#include <string.h>

#include "base/text.h"
#include "checks_private.h"

#define GROUNDS_MAX 1048576 /* bytes of texts that a draft may rest on */

#define REFUSE true
#define TELL false
static const struct {
	const char *name, *meaning;
	bool refuses;
} table[] = {
#define CHECK(symbol, name, level, meaning) { name, meaning, level },
#include "drafting/checks.def"
};

const char *
check_name(Check check)
{
	return table[check].name;
}

const char *
check_meaning(Check check)
{
	return table[check].meaning;
}

bool
check_refuses(Check check)
{
	return table[check].refuses;
}

Check
check_from_name(const char *name)
{
	unsigned check = 0;

	while (check < CHECK_N && strcmp(table[check].name, name) != 0)
		check++;
	return (Check)check;
}

char *
checks_format(uint32_t found)
{
	GString *names = g_string_new(NULL);

	for (unsigned i = 0; i < CHECK_N; i++)
		if (found & 1u << i)
			g_string_append_printf(names, "%s%s",
			                       names->len > 0 ? "," : "",
			                       table[i].name);
	return g_string_free(names, FALSE);
}

uint32_t
checks_parse(const char *names)
{
	g_auto(GStrv) list = g_strsplit(names, ",", CHECK_N + 1);
	uint32_t found = 0;

	for (char **name = list; *name != NULL; name++) {
		Check check = check_from_name(*name);

		if (check != CHECK_N)
			found |= 1u << check;
	}
	return found;
}

/* ----------------------------------------------------- what the checks share
 */

void
checks_note(Checking *self, Check check, const char *words, size_t length)
{
	CheckRemark remark = { .check = check };

	self->result->found |= 1u << check;
	if (self->result->remarks->len >= CHECK_REMARKS_MAX)
		return;
	remark.words = text_sanitise(words, length, CHECK_WORDS_MAX, NULL);
	g_strdelimit(remark.words, "\n\t", ' ');
	g_array_append_val(self->result->remarks, remark);
}

char *
checks_plain(const char *text, size_t length)
{
	g_autofree char *folded = g_utf8_casefold(text, (gssize)length);
	GString *plain = g_string_sized_new(length);

	for (const char *c = folded; *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar letter = g_utf8_get_char(c);

		if (!g_unichar_isspace(letter))
			g_string_append_unichar(plain, letter);
		else if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
			g_string_append_c(plain, ' ');
	}
	if (plain->len > 0 && plain->str[plain->len - 1] == ' ')
		g_string_truncate(plain, plain->len - 1);
	return g_string_free(plain, FALSE);
}

static const char *
sentence_end(const char *at)
{
	while (*at != '\0' && *at != '\n') {
		if (strchr(".!?", *at) != NULL &&
		    (at[1] == ' ' || at[1] == '\n' || at[1] == '\0'))
			return at + 1;
		at++;
	}
	return at;
}

void
checks_sentences(const char *text, TextVisit *visit, void *data)
{
	while (*text != '\0') {
		const char *end = sentence_end(text);

		while (text < end && g_ascii_isspace(*text))
			text++;
		if (end > text)
			visit(text, (size_t)(end - text), data);
		text = end + (*end != '\0');
	}
}

static void
add_ground(GString *all, const char *text)
{
	g_autofree char *valid = NULL;
	size_t room = GROUNDS_MAX - MIN(all->len, GROUNDS_MAX);

	if (text == NULL || room == 0)
		return;
	valid = text_sanitise(text, strlen(text), room, NULL);
	g_string_append(all, valid);
	g_string_append(all, "\n\n");
}

static void
add_grounds(GString *all, const char *const *texts)
{
	for (; texts != NULL && *texts != NULL; texts++)
		add_ground(all, *texts);
}

static void
remark_clear(void *data)
{
	g_free(((CheckRemark *)data)->words);
}

static int
by_check(const void *a, const void *b)
{
	return (int)((const CheckRemark *)a)->check -
	       (int)((const CheckRemark *)b)->check;
}

static void
begin(Checking *self, const CheckInput *input, CheckResult *result)
{
	*result = (CheckResult){ .remarks = g_array_new(FALSE, FALSE,
		                                        sizeof(CheckRemark)) };
	g_array_set_clear_func(result->remarks, remark_clear);
	self->input = input;
	self->result = result;
	self->site = g_string_new(NULL);
	self->customer = g_string_new(NULL);
	add_grounds(self->site, input->grounds);
	add_ground(self->customer, input->subject);
	add_ground(self->customer, input->mail);
	add_ground(self->customer, input->earlier);
	add_ground(self->customer, input->from_name);
	self->site_plain = checks_plain(self->site->str, self->site->len);
}

static void
end(Checking *self)
{
	g_string_free(self->site, TRUE);
	g_string_free(self->customer, TRUE);
	g_free(self->site_plain);
	g_array_sort(self->result->remarks, by_check);
}

static bool
is_refused(uint32_t found)
{
	for (unsigned i = 0; i < CHECK_N; i++)
		if ((found & 1u << i) && table[i].refuses)
			return true;
	return false;
}

bool
checks_run(const CheckInput *input, CheckResult *ret_result)
{
	Checking self;
	g_autofree char *marked = NULL;

	begin(&self, input, ret_result);
	if (checks_shape(&self)) {
		checks_repetition(&self);
		checks_markup(&self);
		checks_placeholder(&self);
		checks_language(&self);
		checks_links(&self);
		checks_phrases(&self);
		checks_leak(&self);
		checks_people(&self);
		checks_questions(&self);
		marked = checks_numbers(&self);
	}
	end(&self);
	if (is_refused(ret_result->found))
		return false;
	ret_result->text = g_steal_pointer(&marked);
	return true;
}

void
check_result_clear(CheckResult *result)
{
	g_clear_pointer(&result->text, g_free);
	g_clear_pointer(&result->remarks, g_array_unref);
}
