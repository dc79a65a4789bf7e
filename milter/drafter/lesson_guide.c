/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lessons only lean: a module weighs from nothing to twice what it did, and one
 * that humans nearly always drop is taken when there is no other. What a model
 * is told is one sentence for each, in words of ours.
 */
#include <math.h>
#include <string.h>

#include "base/log.h"
#include "lesson.h"
#include "store/lessons.h"

#define DROPPED 0.15   /* kept by fewer: not taken */
#define WANTED 4.0     /* times as likely, for the form that humans use */
#define FORM_SHARE 0.3 /* address kept by fewer: the other form */
#define LEAN 0.5       /* of a part dropped or added */

struct Guide {
	const Pack *pack;
	Language language;
	GHashTable *value;        /* name -> double * */
	char *greeting, *signoff; /* forms; NULL: none is used instead */
	double greeting_weight, signoff_weight;
	GPtrArray *advice;
};

static void
prefer(char **form, double *most, const char *name, double weight)
{
	if (weight <= *most)
		return;
	g_free(*form);
	*form = g_strdup(name);
	*most = weight;
}

static void
add_lesson(const Lesson *lesson, void *data)
{
	Guide *guide = data;
	double *value;

	if (!lesson->active || lesson->language != guide->language)
		return;
	value = g_new(double, 1);
	*value = lesson->value;
	g_hash_table_replace(guide->value, g_strdup(lesson->name), value);
	if (g_str_has_prefix(lesson->name, "greeting/"))
		prefer(&guide->greeting, &guide->greeting_weight,
		       lesson->name + strlen("greeting/"), lesson->weight);
	if (g_str_has_prefix(lesson->name, "signoff/"))
		prefer(&guide->signoff, &guide->signoff_weight,
		       lesson->name + strlen("signoff/"), lesson->weight);
}

Guide *
guide_read(Store *store, const Pack *pack, const char *mailbox,
           Language language, int64_t now)
{
	g_autoptr(GError) error = NULL;
	Guide *guide = g_new0(Guide, 1);

	guide->pack = pack;
	guide->language = pack_language(pack, language);
	guide->value =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	guide->greeting_weight = guide->signoff_weight = -1;
	if (!lessons_each(store, mailbox, now, add_lesson, guide, &error))
		log_debug(NULL, EVENT("store_unavailable"),
		          STR("why", error->message));
	return guide;
}

void
guide_free(Guide *guide)
{
	if (guide == NULL)
		return;
	g_hash_table_unref(guide->value);
	g_free(guide->greeting);
	g_free(guide->signoff);
	if (guide->advice != NULL)
		g_ptr_array_unref(guide->advice);
	g_free(guide);
}

/* NAN: nothing is known. */
static double
value_of(const Guide *guide, const char *kind, const char *name)
{
	g_autofree char *full = g_strconcat(kind, name, NULL);
	const double *value = g_hash_table_lookup(guide->value, full);

	return value != NULL ? *value : NAN;
}

static bool
is_wanted(const Guide *guide, const char *module)
{
	const char *text =
		pack_module_text(guide->pack, guide->language, module);
	char form[EDIT_FORM_SIZE] = "";

	if (text == NULL)
		return false;
	if (guide->greeting != NULL && g_str_has_prefix(module, "greeting/")) {
		edit_greeting(text, form);
		return strcmp(form, guide->greeting) == 0;
	}
	if (guide->signoff != NULL && g_str_has_prefix(module, "signoff/")) {
		edit_signoff(text, form);
		return strcmp(form, guide->signoff) == 0;
	}
	return false;
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
	return is_wanted(guide, module) ? weight * WANTED : weight;
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
		advise_form(guide, "Greet", guide->greeting);
		advise_form(guide, "Close", guide->signoff);
		advise_measures(guide);
		advise_parts(guide);
		g_ptr_array_add(guide->advice, NULL);
	}
	return (const char *const *)guide->advice->pdata;
}
