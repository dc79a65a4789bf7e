/* SPDX-License-Identifier: Apache-2.0 */
/*
 * g_autoptr() for the GMime types we hold: GMime ships none.
 */
#ifndef MESSAGE_GMIME_AUTO_H
#define MESSAGE_GMIME_AUTO_H

#include <gmime/gmime.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeContentType, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(InternetAddressList, g_object_unref)

#endif
