/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Too long a reason is refused rather than cut: its end may be the point of it.
 */
#include "reason.h"

#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "print.h"

char *
reason_read(const Options *options, const char *command, const char *why)
{
	const char *text = options->reason != NULL ? options->reason : "";
	g_autofree char *reason = NULL;

	if (strlen(text) > LIMIT_REASON_BYTES) {
		print_error("%s: --reason: %zu bytes; at most %d are kept",
		            command, strlen(text), LIMIT_REASON_BYTES);
		return NULL;
	}
	reason = text_sanitise(text, strlen(text), LIMIT_REASON_BYTES, NULL);
	g_strstrip(g_strdelimit(reason, "\n\t", ' '));
	if (reason[0] != '\0')
		return g_steal_pointer(&reason);
	print_error("%s: --reason TEXT is needed: %s", command, why);
	return NULL;
}
