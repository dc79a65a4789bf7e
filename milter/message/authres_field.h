/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message/authres_field - one Authentication-Results value, result by result.
 *
 * Owns:    nothing; the field borrows the text.
 * Fails:   AUTHRES_BROKEN, and nothing after it is to be believed.
 * Threads: any.
 */
#ifndef MESSAGE_AUTHRES_FIELD_H
#define MESSAGE_AUTHRES_FIELD_H

#include <stdbool.h>

#define AUTHRES_WORD_MAX 32
#define AUTHRES_VALUE_MAX 256

typedef struct AuthresField {
	const char *p;
} AuthresField;

/* One `method=result` and those of its properties that matter; "" if absent,
 * in lower case. */
typedef struct AuthresResult {
	char method[AUTHRES_WORD_MAX];
	char result[AUTHRES_WORD_MAX];
	char header_from[AUTHRES_VALUE_MAX];
	char header_d[AUTHRES_VALUE_MAX];
	char header_i[AUTHRES_VALUE_MAX];
	char mailfrom[AUTHRES_VALUE_MAX];
	char helo[AUTHRES_VALUE_MAX];
} AuthresResult;

typedef enum AuthresStep {
	AUTHRES_RESULT,
	AUTHRES_END,
	AUTHRES_BROKEN,
} AuthresStep;

typedef enum AuthresOwner {
	AUTHRES_OTHERS,  /* another authserv-id, or a version we don't know */
	AUTHRES_OURS,    /* written as filters write it */
	AUTHRES_SUSPECT, /* our id, in a form that no filter writes */
} AuthresOwner;

AuthresOwner authres_field_begin(AuthresField *field, const char *value,
                                 const char *authserv_id);
AuthresStep authres_field_next(AuthresField *field, AuthresResult *ret_result);

#endif
