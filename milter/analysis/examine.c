/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole path of a mail. What must not be judged is sorted out first, in
 * the order in which it is certain: a mail past a limit, a machine's mail, a
 * mail that cannot be read, one that says nothing.
 */
#include "analysis/examine.h"

#include <string.h>

#include "report.h"

/* Reasons follow the order of MessageError. */
G_STATIC_ASSERT(ERROR_ENCODED_WORDS - ERROR_HEADER_BYTES ==
                MESSAGE_ERROR_ENCODED_WORDS - MESSAGE_ERROR_HEADER_BYTES);

static void
set_status(Findings *findings, FindingsStatus status, FindingsReason reason)
{
	findings->status = (uint8_t)status;
	findings->reason = (uint8_t)reason;
}

static void
set_error(Findings *findings, const GError *error)
{
	FindingsReason reason = ERROR_INTERNAL;

	if (error != NULL && error->domain == MESSAGE_ERROR &&
	    error->code <= MESSAGE_ERROR_ENCODED_WORDS)
		reason = (FindingsReason)(ERROR_HEADER_BYTES + error->code);
	set_status(findings, FINDINGS_ERROR, reason);
}

/* True when the mail is not to be judged; says why. */
static bool
is_skipped(const Message *message, const ExamineText *text, Findings *findings)
{
	Automated automated = message_automated(message);

	if (automated != AUTOMATED_NO) {
		findings->automated = (uint8_t)automated;
		set_status(findings, FINDINGS_SKIPPED, SKIPPED_AUTOMATED);
		return true;
	}
	if (text->new_text[0] != '\0')
		return false;
	if (message_flags(message) & MESSAGE_ENCRYPTED) {
		set_status(findings, FINDINGS_SKIPPED, SKIPPED_ENCRYPTED);
		return true;
	}
	if (text->subject[0] != '\0')
		return false;
	set_status(findings, FINDINGS_SKIPPED, SKIPPED_EMPTY);
	return true;
}

/* Fills `findings`; with a report, also its reasons. */
static void
examine_message(const Rules *rules, const Message *message, Findings *findings,
                Report *report)
{
	ExamineText text = { message_subject(message),
		             message_new_text(message),
		             message_signature(message) };
	FeatureText parts = { .subject = text.subject,
		              .text = text.new_text,
		              .signature = text.signature };
	g_autoptr(Features) features = NULL;
	Language language;
	unsigned score;

	findings->flags = message_flags(message);
	findings->auth = (uint8_t)message_auth(message);
	language = examine_language(rules, &text, &score);
	findings->language = (uint8_t)language;
	findings->language_score = (uint8_t)score;
	if (is_skipped(message, &text, findings))
		return;
	features = features_read(rules, language, &parts);
	report_judge(rules, features, findings, NULL);
	if (report != NULL)
		report_reason(report, rules, features, &parts);
}

void
examine_parsed(const Rules *rules, const Message *message, const GError *error,
               Findings *ret_findings)
{
	memset(ret_findings, 0, sizeof(*ret_findings));
	if (message == NULL)
		set_error(ret_findings, error);
	else
		examine_message(rules, message, ret_findings, NULL);
}

void
examine_mail(const Rules *rules, const char *bytes, size_t size,
             const MessageEnvelope *envelope, Findings *ret_findings)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Message) message =
		message_parse(bytes, size, envelope, &error);

	examine_parsed(rules, message, error, ret_findings);
}

Report *
examine_report(const Rules *rules, const char *bytes, size_t size,
               const MessageEnvelope *envelope)
{
	Report *report = report_new();
	g_autoptr(GError) error = NULL;

	report->message = message_parse(bytes, size, envelope, &error);
	if (report->message == NULL)
		set_error(&report->findings, error);
	else
		examine_message(rules, report->message, &report->findings,
		                report);
	return report;
}
