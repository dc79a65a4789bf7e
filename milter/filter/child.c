/* SPDX-License-Identifier: Apache-2.0 */
#include "child.h"

#include <glib.h>
#include <signal.h>

#include "base/clock.h"

#define YOUNG_US ((int64_t)1000000)
#define NO_PROCESS_MS ((int64_t)5000)

bool
child_is_due(const Child *child)
{
	return child->pid == 0 && child->due <= clock_monotonic();
}

void
child_began(Child *child, pid_t pid)
{
	child->started = clock_monotonic();
	child->pid = pid > 0 ? pid : 0;
	child->killed = false;
	if (pid <= 0) /* no process to be had: in a while, perhaps */
		child->due = child->started + NO_PROCESS_MS * 1000;
}

void
child_ended(Child *child, int64_t delay_ms, int64_t delay_max_ms)
{
	int64_t now = clock_monotonic();
	int64_t delay = 0;

	if (now - child->started >= YOUNG_US)
		child->failures = 0;
	else if (child->failures++ > 0)
		delay = delay_ms << MIN(child->failures, 16U);
	child->pid = 0;
	child->due = now + MIN(delay, delay_max_ms) * 1000;
}

void
child_kill(Child *child)
{
	if (child->pid <= 0)
		return;
	kill(child->pid, SIGKILL);
	child->killed = true;
}
