/* SPDX-License-Identifier: Apache-2.0 */
/*
 * filter/faults - an analyser that misbehaves when a mail tells it to.
 *
 * Only in a build made with FAULTS=1, for tests/scenario/faults.sh; else there
 * is nothing here.
 */
#ifndef FILTER_FAULTS_H
#define FILTER_FAULTS_H

#include <stddef.h>

#ifdef TACT_FAULTS
/* Obeys a line "tact-fault: crash|hang|sleep|eat|abort|garbage". */
void faults_obey(const char *mail, size_t size);
#else
#define faults_obey(mail, size) ((void)(mail), (void)(size))
#endif

#endif
