/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SOCK_SEQPACKET: a message arrives whole or not at all, and the end of the
 * other process is an end of file.
 */
#include "passing.h"

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
passing_send(int socket, const void *bytes, size_t size, int passed)
{
	struct iovec part = { (void *)bytes, size };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
	Ancillary ancillary;
	ssize_t n;

	if (passed >= 0)
		attach(&header, &ancillary, passed);
	do
		n = sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)size;
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

PassingResult
passing_receive(int socket, void *bytes, size_t size, int *ret_passed)
{
	struct iovec part = { bytes, size };
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
	if (n == (ssize_t)size && (header.msg_flags & MSG_TRUNC) == 0)
		return PASSING_DONE;
	if (*ret_passed >= 0)
		close(*ret_passed);
	*ret_passed = -1;
	if (n < 0 && errno == EAGAIN)
		return PASSING_EMPTY;
	return n > 0 ? PASSING_ODD : PASSING_GONE;
}
