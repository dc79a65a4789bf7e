/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analysis/model_file - the format of a trained model.
 *
 * All integers are little-endian; a "fixed" is a signed 32-bit integer in
 * units of 2^-16. In order:
 *
 *     0   char[8]  "TACTMODL"
 *     8   u32      format version: MODEL_VERSION
 *    12   u32      rows of the table, a power of two
 *    16   u32      findings
 *    20   u32      structure numbers: STRUCTURE_N
 *    24   u64      size of the file
 *    32   u8[32]   SHA-256 of all that follows
 *    64   findings, each: name char[32], u32 values,
 *         their names char[24] each, fixed `likely` and `sure`: the
 *         probabilities from which on confidence is medium and high
 *         for each output (value of a finding, in that order):
 *           fixed bias; fixed scale of its table weights for each GramKind;
 *           fixed weight of each of the finding's rule sums;
 *           2 fixed for each structure number: of log(1 + |number|), of zero
 *   last  the table: rows of MODEL_ROW bytes: the upper byte of the gram's
 *         key, then a signed byte for each output, 0 beyond them
 *
 * A gram is in the row that the low bits of its key name, or in that row's
 * neighbour (the number with its lowest bit turned), so that both lie in one
 * cache line; or it is in none. A row whose weights are all 0 is empty.
 *
 * A finding's log-odds are the sum of its parts. Grams of a kind are divided
 * by the square root of how many of that kind the text has; rule sums are
 * taken less their mean, within +-MODEL_RULES_MAX.
 *
 * Owns:    nothing.
 * Fails:   never.
 * Threads: any.
 */
#ifndef ANALYSIS_MODEL_FILE_H
#define ANALYSIS_MODEL_FILE_H

#define MODEL_MAGIC "TACTMODL"
#define MODEL_VERSION 1
#define MODEL_HEAD 64
#define MODEL_HASHED 64 /* what the SHA-256 is of begins here */
#define MODEL_ROW 32
#define MODEL_OUTPUTS (MODEL_ROW - 1)
#define MODEL_FINDING_NAME 32
#define MODEL_VALUE_NAME 24
#define MODEL_FIXED 65536.0
#define MODEL_RULES_MAX 4.0
#define MODEL_ROWS_MAX (1u << 20)

#endif
