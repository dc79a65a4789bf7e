/* SPDX-License-Identifier: Apache-2.0 */
/*
 * starve - lets a process that scenario/starve.c was loaded into run out of
 * memory.
 *
 *     starve CONTROL PROCESS AT [lasting]  its AT-th allocation from now on
 *                                          fails; all after it, too
 *     starve CONTROL                       no more; prints how many there were
 *                                          and how many of them failed
 */
#include "starve.h"

#include <glib.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
	Starve *starve = argc > 1 && argc != 3 ? starve_open(argv[1]) : NULL;

	if (starve == NULL) {
		fputs("usage: starve CONTROL [PROCESS AT [lasting]]\n", stderr);
		return 2;
	}
	if (argc > 3) {
		g_strlcpy(starve->name, argv[2], STARVE_NAME_SIZE);
		starve_arm(starve, g_ascii_strtoull(argv[3], NULL, 10),
		           argc > 4, 0);
		return 0;
	}
	starve->armed = false;
	printf("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
	       (guint64)starve->count, (guint64)starve->failed);
	return 0;
}
