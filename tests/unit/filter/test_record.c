/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <string.h>

#include "analysis/tags.h"
#include "rules_fixture.h"

static Rules *rules;
static Settings *settings;

static RecordRequest
good_request(void)
{
	RecordRequest request;

	record_request_init(&request, MAIL_IN);
	request.at = 1796000000;
	g_strlcpy(request.public_id, "abcdefghijklmnop",
	          sizeof(request.public_id));
	g_strlcpy(request.trace.from, "a@b.example",
	          sizeof(request.trace.from));
	request.findings.n_findings = (uint8_t)rules_n_findings(rules);
	return request;
}

static bool
is_valid(const RecordRequest *request)
{
	return record_request_is_valid(request, settings, rules);
}

static void
test_request(void)
{
	RecordRequest request = good_request();
	MailRecord record;

	g_assert_true(is_valid(&request));
	record = record_of(&request, settings);
	g_assert_cmpstr(record.mailbox->address, ==, "help@shop.example");
	g_assert_cmpint(record.at, ==, 1796000000);
	g_assert_cmpstr(record.trace->from, ==, "a@b.example");
}

/* Each byte set to each value: what is believed can be used. */
static void
test_request_bytes(void)
{
	const RecordRequest good = good_request();

	for (size_t at = 0; at < sizeof(good); at++)
		for (unsigned value = 0; value < 256; value += 5) {
			RecordRequest request = good;

			((uint8_t *)&request)[at] = (uint8_t)value;
			if (!is_valid(&request))
				continue;
			g_assert_cmpuint(request.mailbox, <,
			                 settings->n_mailboxes);
			g_assert_cmpuint(request.direction, <, MAIL_DIRECTIONS);
			g_assert_cmpuint(strlen(request.recipient), <,
			                 sizeof(request.recipient));
			g_assert_cmpuint(request.trace.n_references, <=,
			                 LIMIT_REFERENCES);
		}
}

static void
test_bad_requests(void)
{
	RecordRequest bad[9];

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		bad[i] = good_request();
	bad[0].magic++;
	bad[1].version++;
	bad[2].direction = MAIL_DIRECTIONS;
	bad[3].at = -1;
	bad[4].mailbox = 1;
	bad[5].objects = 2;
	memset(bad[6].public_id, 'x', sizeof(bad[6].public_id));
	bad[7].recipient[0] = '\n';
	bad[8].findings.finding[0].value = 99;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("request %zu", i);
		g_assert_false(is_valid(&bad[i]));
	}
}

static RecordAnswer
good_answer(void)
{
	MailAnswer known;
	RecordAnswer answer;

	memset(&known, 0, sizeof(known));
	known.findings.n_findings = (uint8_t)rules_n_findings(rules);
	known.due_at = 1796000000;
	known.tier = TIER_VIP;
	record_answer_init(&answer, RECORD_KEPT, &known);
	return answer;
}

static void
test_answer(void)
{
	RecordAnswer answer = good_answer();

	g_assert_true(record_answer_is_valid(&answer, rules));
	record_answer_init(&answer, RECORD_UNAVAILABLE, NULL);
	g_assert_true(record_answer_is_valid(&answer, rules));
}

static void
test_bad_answers(void)
{
	RecordAnswer bad[10];

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		bad[i] = good_answer();
	bad[0].magic++;
	bad[1].version++;
	bad[2].status = 0;
	bad[3].answer.standing = STANDING_N;
	bad[4].answer.tier = TIER_N;
	bad[5].answer.risk = RISK_HIGH + 1;
	bad[6].answer.trend = TREND_N;
	bad[7].answer.due_at = INT64_MAX;
	bad[8].answer.findings.language = LANGUAGE_N;
	bad[9].answer.has_risk = 2;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("answer %zu", i);
		g_assert_false(record_answer_is_valid(&bad[i], rules));
	}
}

int
main(int argc, char **argv)
{
	static const char conf[] = "[mailbox help@shop.example]\n";
	g_autoptr(GError) error = NULL;

	g_test_init(&argc, &argv, NULL);
	rules = fixture_load(rules_load_untrained, RULES_DIR, NO_TRAITS);
	settings = settings_parse("test", conf, strlen(conf), &error);
	g_assert_no_error(error);
	g_test_add_func("/record/request", test_request);
	g_test_add_func("/record/request-bytes", test_request_bytes);
	g_test_add_func("/record/bad-requests", test_bad_requests);
	g_test_add_func("/record/answer", test_answer);
	g_test_add_func("/record/bad-answers", test_bad_answers);
	return g_test_run();
}
