/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Little-endian and of fixed size, a version in front: the file may move to
 * another machine. Numbers that are none, or lie off their axis, mean that
 * these bytes are not ours.
 */
#include <math.h>
#include <string.h>

#include "analysis/manner.h"

#define PACKED_VERSION 1
#define RUNNING_BYTES 12 /* three floats */
#define READING_BYTES 9
#define PACKED_BYTES                                                           \
	(2 + MANNER_AXES * RUNNING_BYTES + MANNER_READINGS * READING_BYTES)

static uint8_t *
put_bytes(uint8_t *to, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		*to++ = (uint8_t)(value >> 8 * i);
	return to;
}

static uint64_t
read_bytes(const uint8_t **from, unsigned size)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < size; i++)
		value |= (uint64_t) * (*from)++ << 8 * i;
	return value;
}

static uint8_t *
put_real(uint8_t *to, double value)
{
	float real = (float)value;
	uint32_t bits;

	memcpy(&bits, &real, sizeof(bits));
	return put_bytes(to, bits, sizeof(bits));
}

static double
read_real(const uint8_t **from)
{
	uint32_t bits = (uint32_t)read_bytes(from, sizeof(bits));
	float real;

	memcpy(&real, &bits, sizeof(real));
	return (double)real;
}

size_t
manner_pack(const Manner *manner, uint8_t ret_bytes[MANNER_PACKED_MAX])
{
	uint8_t *to = ret_bytes;

	_Static_assert(PACKED_BYTES <= MANNER_PACKED_MAX, "room for all");
	*to++ = PACKED_VERSION;
	for (unsigned i = 0; i < MANNER_AXES; i++) {
		to = put_real(to, manner->axis[i].n);
		to = put_real(to, manner->axis[i].mean);
		to = put_real(to, manner->axis[i].squares);
	}
	*to++ = (uint8_t)manner->n_readings;
	for (unsigned i = 0; i < MANNER_READINGS; i++) {
		*to++ = manner->reading[i].mood;
		to = put_bytes(to, (uint64_t)manner->reading[i].at, 8);
	}
	return (size_t)(to - ret_bytes);
}

static bool
read_running(const uint8_t **from, Running *running)
{
	running->n = read_real(from);
	running->mean = read_real(from);
	running->squares = read_real(from);
	return running->n >= 0 && running->n < 1000 && running->mean >= 0 &&
	       running->mean <= 100 && running->squares >= 0 &&
	       isfinite(running->squares);
}

static bool
read_all(const uint8_t *from, Manner *manner)
{
	if (*from++ != PACKED_VERSION)
		return false;
	for (unsigned i = 0; i < MANNER_AXES; i++)
		if (!read_running(&from, &manner->axis[i]))
			return false;
	manner->n_readings = *from++;
	for (unsigned i = 0; i < MANNER_READINGS; i++) {
		manner->reading[i].mood = *from++;
		manner->reading[i].at = (int64_t)read_bytes(&from, 8);
		if (manner->reading[i].mood > 100)
			return false;
	}
	return manner->n_readings <= MANNER_READINGS;
}

bool
manner_unpack(const void *bytes, size_t size, Manner *ret_manner)
{
	Manner manner = { .n_readings = 0 };

	if (size != PACKED_BYTES || !read_all(bytes, &manner))
		return false;
	*ret_manner = manner;
	return true;
}
