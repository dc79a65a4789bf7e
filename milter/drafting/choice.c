/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Among equals every module gets a number made of the seed and its own name,
 * and the highest is taken: weights hold, the same seed takes the same module,
 * and adding one changes no choice but those it wins (rendezvous hashing;
 * weights as in Efraimidis and Spirakis 2006).
 */
#include "choice.h"

#include <math.h>
#include <string.h>

typedef struct Pick {
	const Choice *choice;
	const GPtrArray *modules;
	bool found; /* the slot is `question`, and there is an answer */
	unsigned specificity; /* of the best that fit */
} Pick;

static double
learnt(const Choice *choice, const Module *module)
{
	const TemplateInput *input = choice->input;
	double weight = input->weigh != NULL
	                        ? input->weigh(choice->language, module->id,
	                                       input->weigh_data)
	                        : 1;

	return isnan(weight) ? 1 : CLAMP(weight, 0, 10);
}

static bool
fits(const Pick *pick, const Module *module)
{
	if ((module->blanks & ~pick->choice->blanks) != 0 ||
	    !terms_hold(module->terms, &pick->choice->facts))
		return false;
	return !pick->found || terms_want(module->terms, "knowledge", "found");
}

static bool
was_used(const Choice *choice, const Module *module)
{
	const char *const *used = choice->input->used;

	return used != NULL && g_strv_contains(used, module->id);
}

/* A number in (0, 1). */
static double
number_of(uint64_t seed, const char *id)
{
	uint64_t hash = seed ^ UINT64_C(14695981039346656037);

	for (; *id != '\0'; id++)
		hash = (hash ^ (unsigned char)*id) * UINT64_C(1099511628211);
	/* splitmix64: FNV-1a alone leaves the high bits poor */
	hash ^= hash >> 30;
	hash *= UINT64_C(0xbf58476d1ce4e5b9);
	hash ^= hash >> 27;
	hash *= UINT64_C(0x94d049bb133111eb);
	hash ^= hash >> 31;
	return ((double)(hash >> 11) + 0.5) / 9007199254740992.0;
}

/* How a module is passed over: unless nothing else is left. */
typedef enum Pass {
	PASS_FRESH, /* those read lately, and those dropped */
	PASS_READ,  /* those dropped */
	PASS_ANY,
	PASS_N,
} Pass;

static bool
passes(const Pick *pick, const Module *module, Pass pass)
{
	const Choice *choice = pick->choice;

	return fits(pick, module) &&
	       (pass == PASS_ANY || learnt(choice, module) > 0) &&
	       (pass != PASS_FRESH ||
	        (module->specificity == pick->specificity &&
	         !was_used(choice, module)));
}

static const Module *
best_of(const Pick *pick, Pass pass)
{
	const Module *best = NULL;
	double highest = -INFINITY;

	for (unsigned i = 0; i < pick->modules->len; i++) {
		const Module *module = pick->modules->pdata[i];
		double weight, score;

		if (module->specificity < pick->specificity ||
		    !passes(pick, module, pass))
			continue;
		weight = module->weight *
		         MAX(learnt(pick->choice, module), 1e-6);
		score = log(number_of(pick->choice->input->seed, module->id)) /
		        weight;
		if (score > highest) {
			highest = score;
			best = module;
		}
	}
	return best;
}

/* The most that a module which fits, and is not dropped, knows of the mail. */
static unsigned
most_specific(const Pick *pick)
{
	unsigned most = 0;

	for (unsigned i = 0; i < pick->modules->len; i++) {
		const Module *module = pick->modules->pdata[i];

		if (module->specificity > most &&
		    passes(pick, module, PASS_READ))
			most = module->specificity;
	}
	return most;
}

const Module *
choice_of(const Choice *choice, Slot slot)
{
	Pick pick = { choice, choice->pack->slot[choice->language][slot],
		      slot == SLOT_QUESTION && choice->found, 0 };
	const Module *module = NULL;

	if (pick.modules == NULL)
		return NULL;
	pick.specificity = most_specific(&pick);
	for (unsigned pass = 0; pass < PASS_N && module == NULL; pass++) {
		if (pass == PASS_ANY && !slot_needed(slot))
			break;
		module = best_of(&pick, (Pass)pass);
	}
	return module;
}
