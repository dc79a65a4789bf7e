/* SPDX-License-Identifier: Apache-2.0 */
/*
 * process-pss PID... - the proportional set size of those processes and all
 * below them, in KiB.
 */
#include <stdio.h>
#include <stdlib.h>

#include "process_tree.h"

int
main(int argc, char **argv)
{
	double sum = 0;

	for (int i = 1; i < argc; i++)
		sum += (double)process_tree_pss((pid_t)atol(argv[i]));
	printf("%.0f\n", sum / 1024);
	return 0;
}
