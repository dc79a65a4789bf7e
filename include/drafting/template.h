/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafting/template - a reply put together from modules that people wrote.
 *
 * A module is a piece of text with conditions; modules stand in
 * templates/LANGUAGE/SLOT.md below the rules folders, in the format of
 * tact-templates(5). Of each slot the module that fits the mail best is taken;
 * the same input makes the same text.
 *
 * Owns:    Pack and DraftText are the caller's; strings are borrowed from them.
 * Fails:   loading: BASE_ERROR_IO, BASE_ERROR_SYNTAX with file, line and
 *          remedy. Composing: BASE_ERROR_SETTING, no modules for the language.
 * Threads: a Pack is immutable after loading, so any.
 */
#ifndef DRAFTING_TEMPLATE_H
#define DRAFTING_TEMPLATE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/findings.h"
#include "analysis/rules.h"
#include "drafting/article.h"

#define DRAFT_ARTICLES_MAX 3 /* that one reply answers with */

/* In the order of a reply. */
typedef enum Slot {
	SLOT_GREETING,
	SLOT_THANKS,
	SLOT_FEELING,
	SLOT_ANSWER,  /* the sentence before an article's text */
	SLOT_HOLDING, /* instead, when nothing was found */
	SLOT_ALSO,    /* what else the mail asks */
	SLOT_QUESTION,
	SLOT_NEXT,
	SLOT_CLOSING,
	SLOT_SIGNOFF,
	SLOT_N,
} Slot;

const char *slot_name(Slot slot); /* "greeting" */

/* How a customer is addressed: du or De, du or Sie, tu or vous. */
typedef enum AddressForm {
	ADDRESS_INFORMAL,
	ADDRESS_FORMAL,
	ADDRESS_BY_MAIL, /* as setting: by the mail and the language's custom */
} AddressForm;

const char *address_form_name(AddressForm form); /* "informal" */

typedef struct Pack Pack;

/* Every templates/LANGUAGE/SLOT.md below the folders `dirs` (NULL-terminated).
 * A file in a later folder replaces that of the same name; a folder that is not
 * there is skipped. `rules` may be NULL; they tell which traits the site has,
 * and their values. */
Pack *pack_load(const char *const *dirs, const Rules *rules,
                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As pack_load(), for those who mend modules: each bad module is reported and
 * left out. */
typedef void PackProblem(const char *file, unsigned line, const char *message,
                         void *data);
Pack *pack_load_reporting(const char *const *dirs, const Rules *rules,
                          PackProblem *report, void *data);
/* The same by hand: an empty one, and the modules of one file in memory, which
 * take the place of those of that slot. */
Pack *pack_new(void);
typedef struct PackText {
	const char *name; /* stands for the file in errors */
	Language language;
	Slot slot;
	const char *text;
	size_t size;
} PackText;
bool pack_add(Pack *pack, const PackText *text, GError **error);
void pack_free(Pack *pack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pack, pack_free)

/* The language of the modules for a mail in `language`: its own, or nb for nn;
 * LANGUAGE_UND: there is not enough for a whole reply. */
Language pack_language(const Pack *pack, Language language);
/* A module's text, with its blanks; NULL: there is none of that id. */
const char *pack_module_text(const Pack *pack, Language language,
                             const char *id);
/* Each module, in the order of languages, slots and files; `text` has its
 * blanks, and is as the customer is addressed by `form`. */
typedef void PackVisit(Language language, const char *file, unsigned line,
                       const char *text, void *data);
void pack_each(const Pack *pack, AddressForm form, PackVisit *visit,
               void *data);
/* How many modules there are. */
unsigned pack_count(const Pack *pack, Language language, Slot slot);
/* What is well formed and yet not good: a slot without modules for every mail,
 * one variant alone, marks and words that no reply should have. `error` false
 * is a warning. Modules of a slot that the language lacks are told, too. */
typedef void PackRemark(bool error, const char *file, unsigned line,
                        const char *message, void *data);
void pack_check(const Pack *pack, PackRemark *remark, void *data);

/* How much a module has proved itself, 1 when nothing is known, 0: never take
 * it. Bounded to 0 .. 10. */
typedef double TemplateWeigh(Language language, const char *module, void *data);

typedef struct TemplateInput {
	Language language;        /* of the mail */
	const Findings *findings; /* with the Rules that made them */
	const Rules *rules;
	const char *from_name, *from_address; /* may be NULL */
	const char *signature;                /* of the mail; may be NULL */
	const char *subject;                  /* of the mail; may be NULL */
	const char *text; /* the mail's own: whether it says du or Sie, and what
	                   * it tells already; may be NULL */
	const char *topic; /* what it is about, in a few words; may be NULL */
	const char *team;  /* who answers; may be NULL */
	unsigned contact;  /* the how many-th mail of the thread: 1 .. */
	const Article *const *articles; /* the best first */
	size_t n_articles;
	AddressForm house_form;
	uint64_t seed;
	const char *const *used; /* modules that this customer read lately,
	                          * NULL-terminated; may be NULL */
	TemplateWeigh *weigh;    /* may be NULL */
	void *weigh_data;
} TemplateInput;

/* A piece of the body; `start` and `end` are bytes of it. Parts are in order
 * and do not overlap; what is between them is white space. */
typedef struct DraftPart {
	char *id; /* "greeting/formal-1"; an article: "article/ID" */
	size_t start, end;
} DraftPart;

typedef struct DraftText {
	char *body; /* UTF-8, lines not wrapped, no signature; ends with \n */
	DraftPart *parts;
	size_t n_parts;
	Language language; /* of the modules: nb for nn without a pack */
	AddressForm form;
	bool holding; /* no knowledge was found */
} DraftText;

/* What of an article template_compose() gives to who writes so: prices to who
 * buys, steps to a beginner, detail to an expert, Short to all others. With
 * [[ ]] in it. `findings` may be NULL. */
char *template_article(const Article *article, const Rules *rules,
                       const Findings *findings);

DraftText *template_compose(const Pack *pack, const TemplateInput *input,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void draft_text_free(DraftText *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DraftText, draft_text_free)

#endif
