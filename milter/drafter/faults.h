/* SPDX-License-Identifier: Apache-2.0 */
/*
 * drafter/faults (private) - where a drafter dies when a test asks it to, built
 * with FAULTS=1 alone.
 *
 * TACT_CRASH=NAME:N in the environment kills the process (SIGKILL) when it
 * comes to the point NAME for the N-th time. The points: claimed (a draft is
 * under way), sent (the whole request has left), answered (the model's answer
 * is here), written (the text is committed), appended (the whole mail has left,
 * its OK is not here), placed (the OK is here, not yet committed), compared
 * (what an answer tells is written, not yet committed), settled (it is).
 *
 * Owns:    nothing.
 * Fails:   never returns where it was asked to die.
 * Threads: one.
 */
#ifndef DRAFTER_FAULTS_H
#define DRAFTER_FAULTS_H

#ifdef TACT_FAULTS
void faults_point(const char *name);
#else
static inline void
faults_point(const char *name)
{
	(void)name;
}
#endif

#endif
