/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Read before any process is forked: a bad hour or an unknown time zone is
 * found when the settings are, and no process that has read a mail opens a file
 * of time zones.
 */
#include "value/desk.h"

#include "value/calendar.h"

typedef struct Place {
	Calendar *calendar;
	ResponseTimes times;
} Place;

struct Desk {
	const Settings *settings;
	Place *places; /* as settings->mailboxes */
};

static bool
read_places(Desk *desk, GError **error)
{
	const Settings *settings = desk->settings;

	for (size_t i = 0; i < settings->n_mailboxes; i++) {
		const Mailbox *mailbox = &settings->mailboxes[i];
		Place *place = &desk->places[i];

		place->calendar = calendar_read(settings, mailbox, error);
		if (place->calendar == NULL ||
		    !response_times_read(settings, mailbox, &place->times,
		                         error))
			return false;
	}
	return true;
}

Desk *
desk_new(const Settings *settings, GError **error)
{
	Desk *desk = g_new0(Desk, 1);

	desk->settings = settings;
	desk->places = g_new0(Place, settings->n_mailboxes + 1);
	if (read_places(desk, error))
		return desk;
	desk_free(desk);
	return NULL;
}

void
desk_free(Desk *desk)
{
	if (desk == NULL)
		return;
	for (size_t i = 0; i < desk->settings->n_mailboxes; i++)
		calendar_free(desk->places[i].calendar);
	g_free(desk->places);
	g_free(desk);
}

static const Place *
place_of(const Desk *desk, const Mailbox *mailbox)
{
	return &desk->places[mailbox - desk->settings->mailboxes];
}

int64_t
desk_due(const Desk *desk, const Mailbox *mailbox, Tier tier, Risk risk,
         int64_t at)
{
	const Place *place = place_of(desk, mailbox);

	return calendar_due(place->calendar, at,
	                    response_minutes(&place->times, tier, risk));
}

char *
desk_format(const Desk *desk, const Mailbox *mailbox, int64_t at)
{
	return calendar_format(place_of(desk, mailbox)->calendar, at);
}
