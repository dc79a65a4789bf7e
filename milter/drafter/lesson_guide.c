/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lessons only lean: a module weighs from nothing to twice what it did, and one
 * that humans nearly always drop, or greet otherwise than with, is taken when
 * there is no other. What a model
 * is told is one sentence for each, in words of ours.
 */
#include <math.h>
#include <string.h>

#include "base/log.h"
#include "lesson.h"
#include "store/lessons.h"

#define DROPPED 0.15   /* kept by fewer: not taken */
#define WANTED 4.0     /* times as likely, for the form that humans use */
#define USUAL 0.5      /* used in so many: no other is taken */
#define FORM_SHARE 0.3 /* address kept by fewer: the other form */
#define LEAN 0.5       /* of a part dropped or added */

typedef struct Learnt {
	double value, weight;
	bool active;
} Learnt;

/* The greeting, or closing, that humans use instead. */
typedef struct Wanted {
	const char *slot; /* "greeting" */
	char *form;       /* NULL: none */
	double weight;
	bool frozen, usual;
} Wanted;

enum { WANTED_GREETING, WANTED_SIGNOFF, WANTED_N };

struct Guide {
	const Pack *pack;
	Language language;
	GHashTable *learnt; /* name -> Learnt */
	double edits;       /* of all of them, the old ones counting less */
	Wanted wanted[WANTED_N];
	GPtrArray *advice;
};

/* What was frozen counts whatever comes, and though what taught it goes. */
static bool
outweighs(const Lesson *lesson, const Wanted *wanted)
{
	bool frozen = lesson->state == LESSON_FROZEN;

	if (wanted->form == NULL || frozen != wanted->frozen)
		return wanted->form == NULL || frozen;
	return lesson->weight > wanted->weight;
}

static void
prefer(Wanted *wanted, const Lesson *lesson)
{
	size_t size = strlen(wanted->slot);

	if (!lesson->active || !g_str_has_prefix(lesson->name, wanted->slot) ||
	    lesson->name[size] != '/' || !outweighs(lesson, wanted))
		return;
	g_free(wanted->form);
	wanted->form = g_strdup(lesson->name + size + 1);
	wanted->weight = lesson->weight;
	wanted->frozen = lesson->state == LESSON_FROZEN;
}

static void
add_lesson(const Lesson *lesson, void *data)
{
	Guide *guide = data;
	Learnt *learnt;

	if (lesson->state == LESSON_DROPPED ||
	    lesson->language != guide->language)
		return;
	learnt = g_new(Learnt, 1);
	*learnt = (Learnt){ lesson->value, lesson->weight, lesson->active };
	g_hash_table_replace(guide->learnt, g_strdup(lesson->name), learnt);
	/* Some are seen in each edit; the administrator may drop any. */
	guide->edits = fmax(guide->edits, lesson->weight);
	for (unsigned i = 0; i < WANTED_N; i++)
		prefer(&guide->wanted[i], lesson);
}

static const Learnt *
learnt_of(const Guide *guide, const char *kind, const char *name)
{
	g_autofree char *full = g_strconcat(kind, name, NULL);

	return g_hash_table_lookup(guide->learnt, full);
}

static double
weight_of(const Guide *guide, const char *kind, const char *name)
{
	const Learnt *learnt = learnt_of(guide, kind, name);

	return learnt != NULL ? learnt->weight : 0;
}

/* Of all edits, how many have that form in the end. */
static void
find_usual(const Guide *guide, Wanted *wanted)
{
	g_autofree char *kept = g_strconcat(wanted->slot, "-kept/", NULL);

	if (wanted->form != NULL && guide->edits > 0)
		wanted->usual =
			wanted->weight + weight_of(guide, kept, wanted->form) >=
			USUAL * guide->edits;
}

Guide *
guide_read(Store *store, const Pack *pack, const char *mailbox,
           Language language, int64_t now)
{
	g_autoptr(GError) error = NULL;
	Guide *guide = g_new0(Guide, 1);

	guide->pack = pack;
	guide->language = pack_language(pack, language);
	guide->learnt =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	guide->wanted[WANTED_GREETING].slot = "greeting";
	guide->wanted[WANTED_SIGNOFF].slot = "signoff";
	if (!lessons_each(store, mailbox, now, add_lesson, guide, &error))
		log_debug(NULL, EVENT("store_unavailable"),
		          STR("why", error->message));
	for (unsigned i = 0; i < WANTED_N; i++)
		find_usual(guide, &guide->wanted[i]);
	return guide;
}

void
guide_free(Guide *guide)
{
	if (guide == NULL)
		return;
	g_hash_table_unref(guide->learnt);
	for (unsigned i = 0; i < WANTED_N; i++)
		g_free(guide->wanted[i].form);
	if (guide->advice != NULL)
		g_ptr_array_unref(guide->advice);
	g_free(guide);
}

/* NAN: nothing is known, or not enough. */
static double
value_of(const Guide *guide, const char *kind, const char *name)
{
	const Learnt *learnt = learnt_of(guide, kind, name);

	return learnt != NULL && learnt->active ? learnt->value : NAN;
}

/* The same greeting to nobody named, where a name is wanted, is next best: the
 * mail may tell none. */
static bool
is_next_best(const char *form, const char *wanted)
{
	size_t size = strcspn(wanted, ":");

	return strncmp(form, wanted, size) == 0 && form[size] == ':' &&
	       !g_str_has_suffix(wanted, ":alone");
}

static double
lean(const Wanted *wanted, const char *form)
{
	if (strcmp(form, wanted->form) == 0)
		return WANTED;
	return !wanted->usual || is_next_best(form, wanted->form) ? 1 : 0;
}

/* How much a module's form is wanted; 1 for one of another slot. */
static double
lean_of(const Guide *guide, const char *module)
{
	const char *text =
		pack_module_text(guide->pack, guide->language, module);
	const Wanted *greeting = &guide->wanted[WANTED_GREETING];
	const Wanted *signoff = &guide->wanted[WANTED_SIGNOFF];
	char form[EDIT_FORM_SIZE];

	if (text == NULL)
		return 1;
	if (greeting->form != NULL && g_str_has_prefix(module, "greeting/")) {
		edit_greeting(text, form);
		return lean(greeting, form);
	}
	if (signoff->form != NULL && g_str_has_prefix(module, "signoff/")) {
		edit_signoff(text, form);
		return lean(signoff, form);
	}
	return 1;
}

double
guide_weigh(Language language, const char *module, void *data)
{
	const Guide *guide = data;
	double value = value_of(guide, "module/", module);
	double weight = isnan(value) ? 1 : 2 * CLAMP(value, 0, 1);

	if (language != guide->language)
		return 1;
	if (!isnan(value) && value < DROPPED)
		return 0;
	return weight * lean_of(guide, module);
}

AddressForm
guide_address(const Guide *guide, AddressForm form)
{
	double kept = value_of(guide, "address/", address_form_name(form));

	if (isnan(kept) || kept >= FORM_SHARE || form == ADDRESS_BY_MAIL)
		return form;
	return form == ADDRESS_FORMAL ? ADDRESS_INFORMAL : ADDRESS_FORMAL;
}

static void
advise_form(Guide *guide, const char *what, const char *form)
{
	const char *phrase = form != NULL ? edit_form_phrase(form) : NULL;
	const char *whom = form != NULL ? strchr(form, ':') : NULL;

	if (phrase == NULL)
		return;
	if (whom == NULL || strcmp(whom, ":alone") == 0)
		whom = "";
	else
		whom = strcmp(whom, ":title") == 0
		               ? ", then the title and the surname"
		               : ", then the name";
	g_ptr_array_add(guide->advice, g_strdup_printf("%s with \"%s\"%s.",
	                                               what, phrase, whom));
}

static void
advise_measures(Guide *guide)
{
	double length = value_of(guide, "length", "");
	double formality = value_of(guide, "formality", "");

	if (length < 0.8 || length > 1.25)
		g_ptr_array_add(
			guide->advice,
			g_strdup_printf("Be %s: what is sent has about %d %% "
		                        "of the words of a draft.",
		                        length < 1 ? "shorter"
		                                   : "more thorough",
		                        (int)(length * 100)));
	if (formality < -0.3 || formality > 0.3)
		g_ptr_array_add(
			guide->advice,
			g_strdup_printf("Be a little %s formal.",
		                        formality < 0 ? "less" : "more"));
}

static void
advise_parts(Guide *guide)
{
	static const struct {
		const char *less, *more;
	} says[EDIT_CLASS_N] = {
		[EDIT_APOLOGY] = { "Do not apologise.",
		                   "Say that we regret the trouble." },
		[EDIT_THANKS] = { "Leave out the thanks.",
		                  "Thank for the message." },
		[EDIT_QUESTION] = { "Ask nothing back.",
		                    "Ask for what is missing." },
		[EDIT_LINK] = { "Leave out links.",
		                "Give the link that the articles have." },
		[EDIT_STEPS] = { "Use no lists.",
		                 "Write what is to be done as a list." },
		[EDIT_AMOUNT] = { "Leave out amounts.", NULL },
		[EDIT_DATE] = { "Leave out dates and times.", NULL },
	};

	for (unsigned i = 0; i < EDIT_CLASS_N; i++) {
		double value =
			value_of(guide, "part/", edit_class_name((EditClass)i));
		const char *say = value < -LEAN  ? says[i].less
		                  : value > LEAN ? says[i].more
		                                 : NULL;

		if (say != NULL)
			g_ptr_array_add(guide->advice, g_strdup(say));
	}
}

const char *const *
guide_advice(Guide *guide)
{
	if (guide->advice == NULL) {
		guide->advice = g_ptr_array_new_with_free_func(g_free);
		advise_form(guide, "Greet",
		            guide->wanted[WANTED_GREETING].form);
		advise_form(guide, "Close", guide->wanted[WANTED_SIGNOFF].form);
		advise_measures(guide);
		advise_parts(guide);
		g_ptr_array_add(guide->advice, NULL);
	}
	return (const char *const *)guide->advice->pdata;
}
