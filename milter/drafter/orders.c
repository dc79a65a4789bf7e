/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Handlers that set a flag and nothing else. The filter reads its signals from
 * a descriptor instead; here they must reach a transfer that libcurl runs.
 * Interrupted system calls go on by themselves, but for those that wait. A
 * signal that comes just before poll(2) is heard when that returns, in a
 * second at most.
 */
#include "orders.h"

#include <stddef.h>

volatile sig_atomic_t orders_stop;
volatile sig_atomic_t orders_reload;
volatile sig_atomic_t orders_hangup;

static void
note(int number)
{
	if (number == SIGUSR1)
		orders_reload = 1;
	else if (number == SIGHUP)
		orders_hangup = 1;
	else
		orders_stop = number;
}

void
orders_take(void)
{
	static const int heard[] = { SIGTERM, SIGINT, SIGUSR1, SIGUSR2,
		                     SIGHUP };
	struct sigaction action = { .sa_handler = note,
		                    .sa_flags = SA_RESTART };

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(heard) / sizeof(heard[0]); i++)
		sigaction(heard[i], &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}
