/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ways in which a process that reads hostile bytes goes wrong, on request.
 */
#include "faults.h"

#ifdef TACT_FAULTS

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MARK "tact-fault: "
#define GULP ((size_t)16 * 1024 * 1024)

static void
fault_crash(void)
{
	volatile int *volatile nowhere = NULL;

	/* cppcheck-suppress nullPointer ; this is the crash asked for */
	*nowhere = 1;
}

static void
fault_hang(void)
{
	volatile unsigned long turns = 0;

	for (;;)
		turns++;
}

static void
fault_sleep(void)
{
	for (;;)
		poll(NULL, 0, 1000);
}

static void
fault_eat(void)
{
	for (;;) {
		char *memory = malloc(GULP);

		if (memory == NULL)
			abort();
		memset(memory, 1, GULP);
	}
}

static void
fault_garbage(void)
{
	char bytes[4096];

	memset(bytes, 'x', sizeof(bytes));
	send(0, bytes, sizeof(bytes), MSG_NOSIGNAL);
	fault_sleep();
}

static const struct {
	const char *name;
	void (*run)(void);
} faults[] = {
	{ "crash", fault_crash }, { "hang", fault_hang },
	{ "sleep", fault_sleep }, { "eat", fault_eat },
	{ "abort", abort },       { "garbage", fault_garbage },
};

void
faults_obey(const char *mail, size_t size)
{
	const char *mark = memmem(mail, size, MARK, strlen(MARK));
	size_t left;

	if (mark == NULL)
		return;
	mark += strlen(MARK);
	left = size - (size_t)(mark - mail);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		size_t length = strlen(faults[i].name);

		if (left >= length && memcmp(mark, faults[i].name, length) == 0)
			faults[i].run();
	}
}

#else
/* ISO C wants something in a file. */
extern int faults_are_not_built_in;
#endif
