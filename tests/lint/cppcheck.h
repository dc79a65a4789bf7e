/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What cppcheck must know of the macros of GLib and jansson: it reads no
 * system header, and leaves out a file where it meets a macro unknown to it.
 */
#ifndef LINT_CPPCHECK_H
#define LINT_CPPCHECK_H

#define G_DEFINE_AUTOPTR_CLEANUP_FUNC(type, function)
#define G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(type, function)
#define G_DEFINE_AUTO_CLEANUP_FREE_FUNC(type, function, none)
#define G_DEFINE_QUARK(name, function)
#define G_GNUC_NORETURN
#define G_GNUC_PRINTF(format, first)
#define G_GNUC_WARN_UNUSED_RESULT
#define G_N_ELEMENTS(array) (sizeof(array) / sizeof((array)[0]))
#define G_STATIC_ASSERT(condition)
#define g_auto(type) type
#define g_autofree
#define g_autoptr(type) type *

#define json_array_foreach(array, i, value)                                    \
	for ((i) = 0; ((value) = json_array_get(array, i)) != NULL; (i)++)
#define json_object_foreach(object, key, value)                                \
	for ((key) = first_key(object); ((value) = value_of(key)) != NULL;     \
	     (key) = next_key(object, key))

#endif
