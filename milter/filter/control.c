/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both ends are our own code that reads no mail; the checks are for bugs, not
 * for enemies.
 */
#include "control.h"

#include "passing.h"

bool
control_send(int socket, const ControlMessage *message, int passed)
{
	return passing_send(socket, message, sizeof(*message), passed);
}

bool
control_receive(int socket, ControlMessage *ret_message, int *ret_passed)
{
	return passing_receive(socket, ret_message, sizeof(*ret_message),
	                       ret_passed) == PASSING_DONE;
}
