/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/kit_models (private) - the models of those mailboxes that have one.
 *
 * Mailboxes that ask the same endpoint with the same key share its Llm, and so
 * its breaker.
 *
 * Owns:    the Kit does.
 * Fails:   a bad file of prompts; what one model lacks is its mailboxes'
 *          `llm_fault`.
 * Threads: as a Kit.
 */
#ifndef DRAFTER_KIT_MODELS_H
#define DRAFTER_KIT_MODELS_H

#include "kit.h"

bool kit_open_models(Kit *kit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
