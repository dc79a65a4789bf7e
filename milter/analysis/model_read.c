/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checksum is there against what disks and hands do to a file; a file is
 * still read as if an enemy had made a right checksum: all counts are checked
 * against limits and against the size before anything is read by them.
 */
#include <string.h>

#include "base/error.h"
#include "model_private.h"

typedef struct Reader {
	const unsigned char *bytes;
	size_t size, at;
	const char *fault; /* the first; then all reads give 0 */
} Reader;

static bool
fault(Reader *reader, const char *what)
{
	if (reader->fault == NULL)
		reader->fault = what;
	return false;
}

static const unsigned char *
take(Reader *reader, size_t n)
{
	static const unsigned char nothing[64];

	if (reader->fault != NULL || reader->size - reader->at < n) {
		fault(reader, "cut short");
		return nothing;
	}
	reader->at += n;
	return reader->bytes + reader->at - n;
}

static uint32_t
take_u32(Reader *reader)
{
	const unsigned char *p = take(reader, 4);

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static float
take_fixed(Reader *reader)
{
	return (float)((int32_t)take_u32(reader) / MODEL_FIXED);
}

/* `room` bytes with a NUL among them. */
static void
take_name(Reader *reader, char *name, size_t room)
{
	memset(name, 0, room);
	for (size_t done = 0; done < room; done += 8)
		memcpy(name + done, take(reader, 8), 8);
	if (name[0] == '\0' || memchr(name, '\0', room) == NULL)
		fault(reader, "has a name that is none");
}

static void
take_output(Reader *reader, ModelOutput *output, unsigned n_values)
{
	output->bias = take_fixed(reader);
	for (unsigned i = 0; i < GRAM_KINDS; i++)
		output->scale[i] = take_fixed(reader);
	for (unsigned i = 0; i < n_values; i++)
		output->rules[i] = take_fixed(reader);
	for (unsigned i = 0; i < 2 * STRUCTURE_N; i++)
		output->structure[i] = take_fixed(reader);
}

static void
take_finding(Reader *reader, Model *model, ModelFinding *finding)
{
	take_name(reader, finding->name, sizeof(finding->name));
	finding->n_values = take_u32(reader);
	finding->first = model->n_outputs;
	if (finding->n_values < 2 || finding->n_values > LIMIT_FINDING_VALUES ||
	    finding->n_values > MODEL_OUTPUTS - model->n_outputs) {
		fault(reader, "has more values than a row holds");
		return;
	}
	model->n_outputs += finding->n_values;
	for (unsigned i = 0; i < finding->n_values; i++)
		take_name(reader, finding->value[i], sizeof(finding->value[i]));
	finding->likely = (double)take_fixed(reader);
	finding->sure = (double)take_fixed(reader);
	for (unsigned i = 0; i < finding->n_values; i++)
		take_output(reader, &model->output[finding->first + i],
		            finding->n_values);
}

static bool
hash_is_right(const Reader *reader)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	unsigned char digest[32];
	gsize size = sizeof(digest);

	g_checksum_update(sum, reader->bytes + MODEL_HASHED,
	                  (gssize)(reader->size - MODEL_HASHED));
	g_checksum_get_digest(sum, digest, &size);
	return memcmp(digest, reader->bytes + MODEL_HASHED - sizeof(digest),
	              sizeof(digest)) == 0;
}

static void
take_head(Reader *reader, Model *model)
{
	uint32_t structure;
	uint64_t size;

	if (memcmp(take(reader, 8), MODEL_MAGIC, 8) != 0)
		fault(reader, "is not a model");
	else if (take_u32(reader) != MODEL_VERSION)
		fault(reader, "is of another version of Tact");
	model->rows = take_u32(reader);
	model->n_findings = take_u32(reader);
	structure = take_u32(reader);
	size = take_u32(reader);
	size |= (uint64_t)take_u32(reader) << 32;
	take(reader, 32);
	if (reader->fault != NULL)
		return;
	if (size != reader->size)
		fault(reader, "is not as long as it says: cut or grown");
	else if (!hash_is_right(reader))
		fault(reader, "was changed: its checksum is not right");
	else if (structure != STRUCTURE_N)
		fault(reader, "is of another version of Tact");
	else if (model->rows < 2 || model->rows > MODEL_ROWS_MAX ||
	         (model->rows & (model->rows - 1)) != 0)
		fault(reader, "has a table of a size that cannot be");
	else if (model->n_findings == 0 || model->n_findings > LIMIT_FINDINGS)
		fault(reader, "has too many findings, or none");
}

/* Out of the file, where it begins anywhere; and whatever becomes of a file
 * that is mapped, what is judged by stays as it is. */
static void
copy_table(Model *model, const unsigned char *rows)
{
	model->table = g_aligned_alloc(model->rows, MODEL_ROW, MODEL_LINE);
	memcpy(model->table, rows, (size_t)model->rows * MODEL_ROW);
}

const char *
model_read(Model *model, GBytes *bytes)
{
	Reader reader = { 0 };

	reader.bytes = g_bytes_get_data(bytes, &reader.size);
	if (reader.size < MODEL_HEAD)
		return "is not a model, or cut short";
	take_head(&reader, model);
	for (unsigned i = 0; i < model->n_findings && reader.fault == NULL; i++)
		take_finding(&reader, model, &model->finding[i]);
	if (reader.fault == NULL &&
	    reader.size - reader.at != (size_t)model->rows * MODEL_ROW)
		fault(&reader, "has a table of another size than it says");
	if (reader.fault == NULL)
		copy_table(model, reader.bytes + reader.at);
	return reader.fault;
}
