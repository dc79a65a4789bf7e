/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every table of the schema is named here once. A company's purchases are the
 * company's: when one of several people whom it is known by asks, what was
 * learnt from mails goes, and orders and their value stay. All of it goes with
 * the company's own erasure, or with the last of its people.
 */
#include "store/erasure.h"

static const PersonalTable personal[] = {
	{ "worth", "tier, scores and expectations computed from the orders",
	  "computed from the orders", SQL_export_worth, SQL_erase_worth, true,
	  RETENTION_CUSTOMER },
	{ "override", "a tier set by hand, until when and why",
	  "entered by the site's staff", SQL_export_override,
	  SQL_erase_override, true, RETENTION_OVERRIDE },
	{ "orders", "day and amount of each order",
	  "imported from the site's order system", SQL_export_orders,
	  SQL_erase_orders, true, RETENTION_ORDER },
	{ "profile", "running numbers of style and mood, the last readings",
	  "computed from the mails", SQL_export_profile, SQL_erase_profile,
	  false, RETENTION_PROFILE },
	{ "example", "word features of mails whose finding was corrected",
	  "made from mails by the site's staff", SQL_export_example,
	  SQL_erase_example, false, RETENTION_EXAMPLE },
	{ "draft_text", "sealed: what a draft needs of a mail, and the draft",
	  "made from the mails", SQL_export_draft_text, SQL_erase_draft_text,
	  false, RETENTION_TEXT },
	{ "draft", "when a draft was made, by what, and what became of it",
	  "computed from the mails", SQL_export_draft, SQL_erase_draft, false,
	  RETENTION_MAIL },
	{ "sent", "sealed: an answer that was sent, to be compared",
	  "made from the answers", SQL_export_sent, SQL_erase_sent, false,
	  RETENTION_TEXT },
	{ "datum", "keyed hashes of numbers and addresses in the mails",
	  "computed from the mails", SQL_export_datum, SQL_erase_datum, false,
	  RETENTION_MAIL },
	{ "outcome", "how soon a mail was answered, and with what draft",
	  "computed from mails and answers", SQL_export_outcome,
	  SQL_erase_outcome, false, RETENTION_MAIL },
	{ "evidence", "what an edited draft taught, as a number",
	  "computed from the answers", SQL_export_evidence, SQL_erase_evidence,
	  false, RETENTION_EXAMPLE },
	{ "answer", "sealed: an approved answer, redacted",
	  "made from the answers", SQL_export_answer, SQL_erase_answer, false,
	  RETENTION_EXAMPLE },
	{ "gap", "sealed: words of a question that no article answered",
	  "made from the mails", SQL_export_gap, SQL_erase_gap, false,
	  RETENTION_TEXT },
	{ "thread_ref", "keyed hashes that tell which mails belong together",
	  "computed from the mails", SQL_export_thread_ref,
	  SQL_erase_thread_ref, false, RETENTION_MAIL },
	{ "mail", "time of each mail and what was found in it, without text",
	  "computed from the mails", SQL_export_mail, SQL_erase_mail, false,
	  RETENTION_MAIL },
	{ "thread", "how many mails of a conversation, when an answer was due",
	  "computed from the mails", SQL_export_thread, SQL_erase_thread, false,
	  RETENTION_MAIL },
	{ "alias", "pseudonyms: keyed hashes of the addresses and numbers",
	  "computed from mails and imports", SQL_export_alias, SQL_erase_alias,
	  true, RETENTION_CUSTOMER },
	{ "customer", "since when, level of consent, restriction",
	  "mails and imports", SQL_export_customer, SQL_erase_customer, true,
	  RETENTION_CUSTOMER },
};

static const ImpersonalTable impersonal[] = {
	{ "meta", "numbers of the whole site" },
	{ "mailbox", "the site's own addresses" },
	{ "suppression", "who objected: the hash that the objection itself "
	                 "needs" },
	{ "audit", "who acted; of the customer 64 bits under another key" },
	{ "exception", "mail domains" },
	{ "trust_day", "counts a day" },
	{ "import", "files and counts" },
	{ "lesson", "names of ours; what they rest on is evidence" },
	{ "budget", "counts a day" },
	{ "article", "the site's own articles" },
	{ "article_words", "their words" },
};

const PersonalTable *
personal_tables(size_t *ret_n)
{
	*ret_n = G_N_ELEMENTS(personal);
	return personal;
}

const ImpersonalTable *
impersonal_tables(size_t *ret_n)
{
	*ret_n = G_N_ELEMENTS(impersonal);
	return impersonal;
}
