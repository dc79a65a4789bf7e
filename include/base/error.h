/* SPDX-License-Identifier: Apache-2.0 */
/*
 * base/error - the error domain of the base layer.
 *
 * Codes exist only where a caller acts on them; the text is for the person who
 * mends it and names file, line and remedy.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <glib.h>

typedef enum BaseError {
	BASE_ERROR_IO,       /* a file cannot be read or written */
	BASE_ERROR_SYNTAX,   /* not of the form it must have */
	BASE_ERROR_SETTING,  /* unknown key, bad value, out of bounds */
	BASE_ERROR_DEADLINE, /* the time given was up */
} BaseError;

#define BASE_ERROR (base_error_quark())
GQuark base_error_quark(void);

#endif
