/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>

#include "base/settings.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	g_autoptr(Settings) settings =
		settings_parse("fuzz", (const char *)bytes, size, NULL);

	if (settings != NULL)
		(void)settings_mailbox(settings, "a+b@example.com");
	return 0;
}
