/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A stream socketpair, not datagrams: a mail may be larger than any socket
 * buffer. Not shared memory: the filter would read what a hostile analyser
 * can still change.
 */
#include "ipc.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "analysis/tags.h"
#include "message/authres.h"
#include "message/automated.h"

static bool
header_is_ours(const IpcHeader *header, IpcType type)
{
	return header->magic == IPC_MAGIC && header->version == IPC_VERSION &&
	       header->type == type;
}

IpcHeader
ipc_request_header(const char *sender, size_t size, uint64_t serial)
{
	size_t sender_size = sender != NULL ? strlen(sender) : 0;

	return (IpcHeader){
		.magic = IPC_MAGIC,
		.version = IPC_VERSION,
		.type = IPC_REQUEST,
		.length = (uint32_t)(sender_size + size),
		.sender = sender ? (uint32_t)sender_size : IPC_NO_SENDER,
		.serial = serial,
	};
}

bool
ipc_request_is_valid(const IpcHeader *header)
{
	if (!header_is_ours(header, IPC_REQUEST) &&
	    !header_is_ours(header, IPC_REQUEST_TRACE))
		return false;
	if (header->length > IPC_REQUEST_MAX || header->parcel > 1)
		return false;
	if (header->sender == IPC_NO_SENDER)
		return header->length <= LIMIT_ANALYSE_BYTES;
	return header->sender <= LIMIT_ADDRESS_BYTES &&
	       header->sender <= header->length &&
	       header->length - header->sender <= LIMIT_ANALYSE_BYTES;
}

void
ipc_request_split(const IpcHeader *header, const char *payload,
                  const char **ret_sender, size_t *ret_sender_size,
                  const char **ret_mail, size_t *ret_mail_size)
{
	bool known = header->sender != IPC_NO_SENDER;

	*ret_sender = known ? payload : NULL;
	*ret_sender_size = known ? header->sender : 0;
	*ret_mail = payload + *ret_sender_size;
	*ret_mail_size = header->length - *ret_sender_size;
}

IpcAnswer
ipc_answer(const Findings *findings, const Trace *trace, uint64_t serial,
           bool last)
{
	IpcAnswer answer;

	/* Padding too: bytes of our memory are nobody's business. */
	memset(&answer, 0, sizeof(answer));
	answer.header.magic = IPC_MAGIC;
	answer.header.version = IPC_VERSION;
	answer.header.type = IPC_ANSWER;
	answer.header.length = sizeof(answer) - sizeof(answer.header);
	answer.header.serial = serial;
	answer.findings = *findings;
	answer.trace = *trace;
	answer.last = last;
	return answer;
}

void
ipc_answer_add(IpcAnswer *answer, const ParcelHead *parcel)
{
	answer->parcel = *parcel;
	answer->header.length += parcel->size;
}

bool
ipc_answer_is_valid(const IpcAnswer *answer, uint64_t serial,
                    const Rules *rules)
{
	return header_is_ours(&answer->header, IPC_ANSWER) &&
	       parcel_head_is_valid(&answer->parcel) &&
	       answer->header.length == sizeof(*answer) -
	                                        sizeof(answer->header) +
	                                        answer->parcel.size &&
	       answer->header.serial == serial && answer->last <= 1 &&
	       answer->findings.automated < AUTOMATED_N &&
	       answer->findings.auth <= AUTH_VERIFIED &&
	       trace_is_valid(&answer->trace) &&
	       tags_findings_valid(rules, &answer->findings);
}

/* Waits until the channel can be read or written. Time that is up is up, even
 * if it can: a byte now and then must not prolong it. */
static IpcResult
await(int channel, short events, Deadline deadline)
{
	struct pollfd wait = { .fd = channel, .events = events };

	while (!deadline_passed(deadline))
		if (poll(&wait, 1, deadline_poll_ms(deadline)) > 0)
			return IPC_DONE;
	return IPC_DEADLINE;
}

/* Takes `sent` bytes off the front of the parts, and what is empty then. */
static void
advance(struct msghdr *message, size_t sent)
{
	while (message->msg_iovlen > 0) {
		struct iovec *part = message->msg_iov;
		size_t step = sent < part->iov_len ? sent : part->iov_len;

		part->iov_base = (char *)part->iov_base + step;
		part->iov_len -= step;
		sent -= step;
		if (part->iov_len > 0)
			return;
		message->msg_iov++;
		message->msg_iovlen--;
	}
}

static bool
is_worth_waiting(void)
{
	return errno == EAGAIN || errno == EINTR;
}

IpcResult
ipc_send(int channel, struct iovec *parts, int n_parts, Deadline deadline)
{
	struct msghdr message = { .msg_iov = parts,
		                  .msg_iovlen = (size_t)n_parts };
	IpcResult result = IPC_DONE;

	while (message.msg_iovlen > 0 && result == IPC_DONE) {
		ssize_t n =
			sendmsg(channel, &message, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n >= 0)
			advance(&message, (size_t)n);
		else if (is_worth_waiting())
			result = await(channel, POLLOUT, deadline);
		else
			result = IPC_CLOSED;
	}
	return result;
}

IpcResult
ipc_receive(int channel, void *bytes, size_t size, Deadline deadline)
{
	size_t have = 0;

	/* The answer is never there yet: waiting first saves a system call. */
	while (have < size) {
		ssize_t n;

		if (await(channel, POLLIN, deadline) != IPC_DONE)
			return IPC_DEADLINE;
		n = recv(channel, (char *)bytes + have, size - have,
		         MSG_DONTWAIT);
		if (n == 0 || (n < 0 && !is_worth_waiting()))
			return IPC_CLOSED;
		if (n > 0)
			have += (size_t)n;
	}
	return IPC_DONE;
}
