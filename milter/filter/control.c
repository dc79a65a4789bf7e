/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SOCK_SEQPACKET: a message arrives whole or not at all, and the end of the
 * other process is an end of file. Both ends are our own code that reads no
 * mail; the checks are for bugs, not for enemies.
 */
#include "control.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef union Ancillary {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(sizeof(int))];
} Ancillary;

static void
attach(struct msghdr *header, Ancillary *ancillary, int passed)
{
	struct cmsghdr *item;

	memset(ancillary, 0, sizeof(*ancillary));
	header->msg_control = ancillary->bytes;
	header->msg_controllen = sizeof(ancillary->bytes);
	item = CMSG_FIRSTHDR(header);
	item->cmsg_level = SOL_SOCKET;
	item->cmsg_type = SCM_RIGHTS;
	item->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(item), &passed, sizeof(int));
}

bool
control_send(int socket, const ControlMessage *message, int passed)
{
	ControlMessage copy = *message;
	struct iovec part = { &copy, sizeof(copy) };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
	Ancillary ancillary;
	ssize_t n;

	if (passed >= 0)
		attach(&header, &ancillary, passed);
	do
		n = sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(copy);
}

static int
passed_descriptor(struct msghdr *header)
{
	struct cmsghdr *item = CMSG_FIRSTHDR(header);
	int passed = -1;

	if (item != NULL && item->cmsg_level == SOL_SOCKET &&
	    item->cmsg_type == SCM_RIGHTS &&
	    item->cmsg_len == CMSG_LEN(sizeof(int)))
		memcpy(&passed, CMSG_DATA(item), sizeof(int));
	return passed;
}

bool
control_receive(int socket, ControlMessage *ret_message, int *ret_passed)
{
	struct iovec part = { ret_message, sizeof(*ret_message) };
	Ancillary ancillary;
	struct msghdr header = { .msg_iov = &part,
		                 .msg_iovlen = 1,
		                 .msg_control = ancillary.bytes,
		                 .msg_controllen = sizeof(ancillary.bytes) };
	ssize_t n;

	do
		n = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	*ret_passed = n > 0 ? passed_descriptor(&header) : -1;
	if (n == (ssize_t)sizeof(*ret_message))
		return true;
	if (*ret_passed >= 0)
		close(*ret_passed);
	return false;
}
