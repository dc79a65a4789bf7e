/* SPDX-License-Identifier: Apache-2.0 */
/*
 * value/calendar - opening hours, and when a mail is due.
 *
 * Opening hours are local wall-clock times; minutes are counted in real time,
 * so that a day on which the clock changes has the hours it really has. An
 * opening time that the clock skips is the moment of the skip; one that comes
 * twice opens at the first and closes at the second.
 *
 * Owns:    a Calendar is the caller's.
 * Fails:   BASE_ERROR_SETTING (unknown zone, bad hours or date), BASE_ERROR_IO
 *          (file of holidays); the text says what to write instead.
 * Threads: immutable once made, so any.
 */
#ifndef VALUE_CALENDAR_H
#define VALUE_CALENDAR_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/settings.h"

typedef struct Calendar Calendar;

/* `mailbox` may be NULL: what holds without one. */
Calendar *calendar_read(const Settings *settings, const Mailbox *mailbox,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As settings value.time_zone, value.hours and value.holidays. */
Calendar *calendar_new(const char *zone, const char *const *hours,
                       const char *const *holidays,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void calendar_free(Calendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Calendar, calendar_free)

/* The moment at which `minutes` of opening time have passed since `start`
 * (seconds since 1970). With no opening hour within ten years: as if it were
 * always open. */
int64_t calendar_due(const Calendar *calendar, int64_t start, int64_t minutes);
bool calendar_is_open(const Calendar *calendar, int64_t at);
/* Opening minutes between two moments; 0 when `to` is not after `from`. */
int64_t calendar_minutes(const Calendar *calendar, int64_t from, int64_t to);

/* "Mon, 23 Nov 2026 09:30:00 +0100": RFC 5322, in the calendar's zone. */
char *calendar_format(const Calendar *calendar, int64_t at);

#endif
