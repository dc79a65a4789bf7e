/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The depth is counted, not followed: a stranger may open a million of them.
 */
#include "comment.h"

#include <stddef.h>

const char *
comment_skip(const char *p)
{
	size_t depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return p + 1;
		else if (*p == '\\' && *++p == '\0')
			break;
	}
	return NULL;
}
