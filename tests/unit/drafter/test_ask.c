/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What ended while its reply was being written is not asked of a model: the
 * template's reply is taken, and nobody is called.
 */
#include <glib.h>
#include <string.h>

#include "ask.h"
#include "draft_fixture.h"

static const char *const dirs[] = { RULES_DIR, NULL };

static Settings *
read_settings(void)
{
	static const char text[] =
		"[store]\npath = /nowhere/tact.db\n"
		"[mailbox support@site.example]\nmode = draft\n";
	g_autoptr(GError) error = NULL;
	Settings *settings = settings_parse("t", text, strlen(text), &error);

	g_assert_no_error(error);
	return settings;
}

static void
test_ended(void)
{
	static const LlmOptions options = { .base_url = "http://127.0.0.1:9/v1",
		                            .model = "m",
		                            .connect_ms = 1000,
		                            .first_byte_ms = 1000,
		                            .total_ms = 1000,
		                            .tokens_max = 100 };
	static const Material material = { .from = (char *)"anna@site.example",
		                           .from_name = (char *)"Anna",
		                           .subject = (char *)"Hej",
		                           .new_text = (char *)"Hvornår?" };
	static const DraftText text = { .body = (char *)"Hej Anna",
		                        .language = LANGUAGE_DA };
	g_autoptr(DraftFixture) fixture = draft_fixture_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(Settings) settings = read_settings();
	Prompts *prompts = prompts_load(dirs, &error);
	const Kit kit = { .settings = settings, .prompts = prompts };
	const Office office = { .kit = &kit, .store = fixture->drafter };
	const DraftTask task = { .id = 4711,
		                 .public_id = (char *)"aaaaaaaaaaaaaaaa",
		                 .attempts = 1 };
	const KitMailbox box = { .mailbox = &settings->mailboxes[0],
		                 .llm = llm_new(&options, &error) };
	const Asking asking = { .office = &office,
		                .task = &task,
		                .material = &material,
		                .box = &box,
		                .text = &text };
	g_auto(Asked) asked = { NULL };

	g_assert_no_error(error);
	g_assert_cmpint(ask_model(&asking, &asked), ==, ASK_TEMPLATE);
	g_assert_cmpstr(asked.reason, ==, "llm-budget");
	llm_free(box.llm);
	prompts_free(prompts);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ask/ended", test_ended);
	return g_test_run();
}
