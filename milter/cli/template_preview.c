/* SPDX-License-Identifier: Apache-2.0 */
#include "template.h"

int
template_preview(const Options *options)
{
	(void)options;
	return CLI_FOUND;
}
