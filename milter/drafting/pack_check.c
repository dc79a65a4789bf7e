/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pronoun outside of [[ ]] is an error even under formality=formal: a house
 * may have one form for all, and then that module would address the customer
 * in two.
 */
#include <string.h>

#include "base/text.h"
#include "drafting/address_form.h"
#include "pack.h"
#include "prose.h"

typedef struct Checker {
	const Pack *pack;
	Language language;
	Slot slot;
	const GPtrArray *modules;
	PackRemark *remark;
	void *data;
} Checker;

static void G_GNUC_PRINTF(4, 5)
	tell(const Checker *checker, bool error, const Module *module,
             const char *format, ...)
{
	g_autofree char *message = NULL;
	g_autofree char *place = NULL;
	va_list args;

	va_start(args, format);
	message = g_strdup_vprintf(format, args);
	va_end(args);
	place = g_strdup_printf("templates/%s/%s.md",
	                        language_code(checker->language),
	                        slot_name(checker->slot));
	if (module != NULL)
		checker->remark(error, module->file, module->line, message,
		                checker->data);
	else
		checker->remark(error, place, 0, message, checker->data);
}

/* ------------------------------------------------------------------ a module
 */

static void
check_address(const Checker *checker, const Module *module, AddressForm form)
{
	const Term *term = terms_find(module->terms, "address");
	const char *name = address_form_name(form);
	g_autofree char *text = NULL;
	const char *word;
	size_t size;

	if (term != NULL && g_strv_contains((const char *const *)term->values,
	                                    name) == term->unless)
		return;
	text = prose_choose(module->text, form);
	word = address_clash(checker->language, text, form, &size);
	if (word != NULL)
		tell(checker, true, module,
		     "'%.*s' where the customer is addressed by the %s form; "
		     "write [[informal|formal]]",
		     (int)size, word, name);
}

static bool
may_exclaim(const Module *module)
{
	return terms_want(module->terms, "formality", "informal") ||
	       terms_want(module->terms, "emotion", "enthusiastic") ||
	       terms_want(module->terms, "request", "feedback");
}

static void
check_marks(const Checker *checker, const Module *module)
{
	const char *text = module->text;
	size_t digit = strcspn(text, "0123456789");

	if (strchr(text, '!') != NULL && !may_exclaim(module))
		tell(checker, true, module,
		     "an exclamation mark; end with a full stop, or say when: "
		     "formality=informal or emotion=enthusiastic");
	if (text[digit] != '\0')
		tell(checker, true, module,
		     "a number (%.*s); modules promise and name none",
		     (int)strspn(text + digit, "0123456789"), text + digit);
	if (strchr(text, '@') != NULL || strstr(text, "://") != NULL ||
	    strstr(text, "www.") != NULL)
		tell(checker, true, module,
		     "a link or an address; those belong into an article");
	if (g_str_has_suffix(text, "|") || strchr(text, '<') != NULL)
		tell(checker, true, module,
		     "HTML or a stray mark; the text "
		     "is plain");
}

static void
check_twin(const Checker *checker, const Module *module)
{
	for (unsigned i = 0; i < checker->modules->len; i++) {
		const Module *other = checker->modules->pdata[i];

		if (other->line < module->line &&
		    strcmp(other->text, module->text) == 0 &&
		    terms_same(other->terms, module->terms))
			tell(checker, false, module,
			     "text and conditions of %s in line %u; vary it, "
			     "or raise its weight",
			     other->id, other->line);
	}
}

/* -------------------------------------------------------------------- a slot
 */

static unsigned
count_for_all(const Checker *checker)
{
	unsigned n = 0;

	for (unsigned i = 0; i < modules_n(checker->modules); i++) {
		const Module *module = checker->modules->pdata[i];

		n += module->terms->len == 0 && module->blanks == 0;
	}
	return n;
}

static bool
has_register(const Checker *checker, const char *value)
{
	for (unsigned i = 0; i < modules_n(checker->modules); i++) {
		const Module *module = checker->modules->pdata[i];

		if (terms_want(module->terms, "formality", value) ||
		    terms_want(module->terms, "address", value))
			return true;
	}
	return false;
}

static void
check_registers(const Checker *checker)
{
	bool formal = has_register(checker, "formal");
	bool informal = has_register(checker, "informal");

	if (formal != informal)
		tell(checker, false, NULL,
		     "modules for %s mails alone; write some for %s ones",
		     formal ? "formal" : "informal",
		     formal ? "informal" : "formal");
}

static void
check_slot(const Checker *checker)
{
	unsigned n = count_for_all(checker);

	if (n == 0 && slot_needed(checker->slot))
		tell(checker, true, NULL,
		     "no module for every mail; write two without when: and "
		     "without names");
	else if (n == 1 || (n == 0 && checker->slot == SLOT_QUESTION))
		tell(checker, false, NULL,
		     "%s for every mail; write two without when:, so that "
		     "nobody reads the same twice",
		     n == 1 ? "one module alone" : "no module");
	if (checker->slot == SLOT_GREETING || checker->slot == SLOT_SIGNOFF)
		check_registers(checker);
	for (unsigned i = 0; i < modules_n(checker->modules); i++) {
		const Module *module = checker->modules->pdata[i];

		check_address(checker, module, ADDRESS_INFORMAL);
		check_address(checker, module, ADDRESS_FORMAL);
		check_marks(checker, module);
		check_twin(checker, module);
	}
}

static bool
is_there(const Pack *pack, unsigned language)
{
	for (unsigned s = 0; s < SLOT_N; s++)
		if (modules_n(pack->slot[language][s]) > 0)
			return true;
	return false;
}

void
pack_check(const Pack *pack, PackRemark *remark, void *data)
{
	for (unsigned l = 0; l < LANGUAGE_N; l++) {
		if (!is_there(pack, l))
			continue;
		for (unsigned s = 0; s < SLOT_N; s++) {
			Checker checker = { pack,    (Language)l,
				            (Slot)s, pack->slot[l][s],
				            remark,  data };

			check_slot(&checker);
		}
	}
}
