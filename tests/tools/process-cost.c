/* SPDX-License-Identifier: Apache-2.0 */
/*
 * process-cost pss|cpu PID... - of those processes and all below them: the
 * proportional set size in KiB, or the milliseconds of CPU that they took so
 * far.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process_tree.h"

int
main(int argc, char **argv)
{
	bool cpu = argc > 1 && strcmp(argv[1], "cpu") == 0;
	double sum = 0;

	if (argc < 3 || (!cpu && strcmp(argv[1], "pss") != 0)) {
		fputs("usage: process-cost pss|cpu PID...\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		pid_t pid = (pid_t)atol(argv[i]);

		sum += cpu ? process_tree_cpu(pid) * 1000
		           : process_tree_pss(pid) / 1024;
	}
	printf("%.0f\n", sum);
	return 0;
}
