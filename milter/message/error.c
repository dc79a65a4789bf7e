/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The error domain of the layer. Names are part of X-Tact-Status
 * (`error-NAME`), so they are a table beside the enum and not made from it.
 */
#include "message/message.h"

static const char *const limit_names[MESSAGE_ERROR_N] = {
	[MESSAGE_ERROR_HEADER_BYTES] = "header-bytes",
	[MESSAGE_ERROR_HEADER_FIELDS] = "header-fields",
	[MESSAGE_ERROR_DEPTH] = "depth",
	[MESSAGE_ERROR_PARTS] = "parts",
	[MESSAGE_ERROR_BOUNDARY] = "boundary",
	[MESSAGE_ERROR_ADDRESSES] = "addresses",
	[MESSAGE_ERROR_PARAMETERS] = "parameters",
	[MESSAGE_ERROR_ENCODED_WORDS] = "encoded-words",
	[MESSAGE_ERROR_SYNTAX] = "syntax",
};

G_DEFINE_QUARK(tact - message - error, message_error)

const char *
message_limit_name(int code)
{
	if (code < 0 || code >= MESSAGE_ERROR_N)
		return "internal";
	return limit_names[code];
}
