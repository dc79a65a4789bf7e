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
	const struct iovec part = { (void *)bytes, size };

	return passing_send_parts(socket, &part, 1, passed);
}

bool
passing_send_parts(int socket, const struct iovec *parts, size_t n_parts,
                   int passed)
{
	struct msghdr header = { .msg_iov = (struct iovec *)parts,
		                 .msg_iovlen = n_parts };
	Ancillary ancillary;
	size_t size = 0;
	ssize_t n;

	for (size_t i = 0; i < n_parts; i++)
		size += parts[i].iov_len;

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

static PassingResult
refuse(PassingResult result, int *passed)
{
	if (*passed >= 0)
		close(*passed);
	*passed = -1;
	return result;
}

PassingResult
passing_receive(int socket, void *bytes, size_t size, int *ret_passed)
{
	size_t came;
	PassingResult result =
		passing_receive_some(socket, bytes, size, &came, ret_passed);

	if (result == PASSING_DONE && came != size)
		return refuse(PASSING_ODD, ret_passed);
	return result;
}

PassingResult
passing_receive_some(int socket, void *bytes, size_t max, size_t *ret_size,
                     int *ret_passed)
{
	struct iovec part = { bytes, max };
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
	*ret_size = n > 0 ? (size_t)n : 0;
	if (n > 0 && (header.msg_flags & MSG_TRUNC) == 0)
		return PASSING_DONE;
	if (n < 0 && errno == EAGAIN)
		return refuse(PASSING_EMPTY, ret_passed);
	return refuse(n > 0 ? PASSING_ODD : PASSING_GONE, ret_passed);
}
