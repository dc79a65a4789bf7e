/* SPDX-License-Identifier: Apache-2.0 */
#include "lesson.h"

#include <string.h>

#include "drafting/address_form.h"
#include "store/lessons.h"

#define RATIO_MIN 0.1
#define RATIO_MAX 5.0

typedef struct Teacher {
	const Office *office;
	const SentTask *task;
	const Match *match;
	const Material *sent;
	GError **error;
} Teacher;

static bool
see(const Teacher *teacher, const char *kind, const char *name, double value)
{
	g_autofree char *full = g_strconcat(kind, name, NULL);
	const LessonSeen seen = { .mailbox = teacher->task->mailbox,
		                  .language = teacher->match->language,
		                  .name = full,
		                  .value = value,
		                  .thread = teacher->task->thread,
		                  .customer = teacher->task->customer,
		                  .at = teacher->task->at };

	return strlen(full) > LESSON_NAME_MAX ||
	       lessons_see(teacher->office->store, &seen, teacher->error);
}

/* Of a greeting or closing the form counts: the name in it is not the
 * module's. */
static double
kept_of(const Edit *edit, const char *id, size_t part)
{
	if (g_str_has_prefix(id, "greeting/"))
		return strcmp(edit->greeting_draft, edit->greeting_sent) == 0;
	if (g_str_has_prefix(id, "signoff/"))
		return strcmp(edit->signoff_draft, edit->signoff_sent) == 0;
	return edit->survival[part] / 1000.0;
}

static bool
see_modules(const Teacher *teacher)
{
	const Sheet *sheet = teacher->match->sheet;

	for (size_t i = 0; i < sheet->n_parts; i++) {
		const char *id = sheet->parts[i].id;

		if (!g_str_has_prefix(id, "article/") &&
		    !see(teacher, "module/", id,
		         kept_of(&teacher->match->edit, id, i)))
			return false;
	}
	return true;
}

/* A form that is none, or none we know, is nothing to use. */
static bool
see_form(const Teacher *teacher, const char *slot, const char *draft,
         const char *sent)
{
	bool kept = strcmp(draft, sent) == 0;
	g_autofree char *kind = g_strconcat(slot, kept ? "-kept/" : "/", NULL);

	return sent[0] == '\0' || strcmp(sent, "none") == 0 ||
	       see(teacher, kind, sent, 1);
}

static bool
see_forms(const Teacher *teacher)
{
	const Edit *edit = &teacher->match->edit;

	return see_form(teacher, "greeting", edit->greeting_draft,
	                edit->greeting_sent) &&
	       see_form(teacher, "signoff", edit->signoff_draft,
	                edit->signoff_sent);
}

static bool
see_address(const Teacher *teacher)
{
	const Sheet *sheet = teacher->match->sheet;
	const char *text = teacher->sent->new_text;
	bool formal = sheet->form == ADDRESS_FORMAL;
	AddressForm other = formal ? ADDRESS_INFORMAL : ADDRESS_FORMAL;
	size_t size;
	/* a word that clashes with the one form is of the other */
	bool same = address_clash(sheet->language, text, other, &size) != NULL;
	bool changed = address_clash(sheet->language, text, sheet->form,
	                             &size) != NULL;

	return same == changed || sheet->form == ADDRESS_BY_MAIL ||
	       see(teacher, "address/", address_form_name(sheet->form), same);
}

static bool
see_parts(const Teacher *teacher)
{
	const Edit *edit = &teacher->match->edit;

	for (unsigned i = 0; i < EDIT_CLASS_N; i++) {
		int had = (edit->had >> i) & 1, has = (edit->has >> i) & 1;

		if ((had || has) &&
		    !see(teacher, "part/", edit_class_name((EditClass)i),
		         has - had))
			return false;
	}
	return true;
}

static bool
see_measures(const Teacher *teacher)
{
	const Edit *edit = &teacher->match->edit;
	double ratio = (double)edit->words_sent / MAX(edit->words_draft, 1u);

	return see(teacher, "length", "", CLAMP(ratio, RATIO_MIN, RATIO_MAX)) &&
	       see(teacher, "formality", "", edit->formality);
}

bool
lesson_learn(const Office *office, const SentTask *task, const Match *match,
             const Material *sent, GError **error)
{
	const Teacher teacher = { office, task, match, sent, error };

	if (match->sheet == NULL || sent == NULL ||
	    (match->fate != FATE_SENT_AS_IS && match->fate != FATE_SENT_EDITED))
		return true;
	return see_modules(&teacher) && see_forms(&teacher) &&
	       see_address(&teacher) && see_parts(&teacher) &&
	       see_measures(&teacher);
}
