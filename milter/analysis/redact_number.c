/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A run of digits in groups, and what it is: card, national number, company or
 * phone.
 *
 * A run may hold more than one number, "22 33 44 55 12 stk": every beginning of
 * it is tried, the longest first; if none is taken, the pass goes on behind the
 * first group. Runs have at most twelve groups, so that is a constant.
 */
#include <string.h>

#include "redact_run.h"

/* The reference word is the nearer one, and not far. */
static bool
is_reference(const RedactPiece *piece)
{
	return redact_near(piece->scan, REDACT_WORD_REFERENCE, 3) &&
	       redact_nearer(piece->scan, REDACT_WORD_REFERENCE,
	                     REDACT_WORD_PHONE);
}

static bool
is_told_phone(const RedactPiece *piece)
{
	return redact_near(piece->scan, REDACT_WORD_PHONE, 5) &&
	       redact_nearer(piece->scan, REDACT_WORD_PHONE,
	                     REDACT_WORD_REFERENCE);
}

/* -------------------------------------------------------------- its kinds */

/* 1.500 kr, 01-02-2024, 192.168.10.20, 08.30-16.00 */
static bool
is_no_number(const RedactPiece *piece)
{
	bool dots = false, others = false;

	if (piece->amount || redact_is_date(piece))
		return true;
	for (unsigned i = 1; i < piece->groups; i++) {
		dots = dots || piece->group[i].before == '.';
		others = others || piece->group[i].before != '.';
	}
	return dots && (others ||
	                (piece->groups == 4 && !redact_shaped(piece, "2222")));
}

/* Six and four, as people are numbered in the north. */
static bool
is_six_four(const RedactPiece *piece)
{
	return redact_shaped(piece, "64") &&
	       strchr(" -+", piece->group[1].before) != NULL;
}

static bool
is_card(const RedactPiece *piece)
{
	bool grouped =
		redact_shaped(piece, "4444") || redact_shaped(piece, "465") ||
		redact_shaped(piece, "44443") || redact_shaped(piece, "4441");

	if (piece->groups > 1 && (!grouped || redact_only_mark(piece) == '\0'))
		return false;
	if (redact_near(piece->scan, REDACT_WORD_CARD, 6) && grouped)
		return true; /* mistyped, but a card's */
	return redact_card(piece->d, piece->n);
}

static bool
is_fodselsnummer(const RedactPiece *piece)
{
	return piece->n == 11 &&
	       (piece->groups == 1 || redact_shaped(piece, "65") ||
	        redact_shaped(piece, "2225") || redact_shaped(piece, "632")) &&
	       redact_fodselsnummer(piece->d);
}

static bool
is_steuer_id(const RedactPiece *piece)
{
	return piece->n == 11 &&
	       (piece->groups == 1 || redact_shaped(piece, "2333")) &&
	       redact_steuer_id(piece->d);
}

static bool
is_personnummer(const RedactPiece *piece)
{
	if (piece->n == 10)
		return (piece->groups == 1 || is_six_four(piece)) &&
		       redact_personnummer(piece->d);
	return piece->n == 12 &&
	       (piece->groups == 1 || redact_shaped(piece, "84")) &&
	       (memcmp(piece->d, "19", 2) == 0 ||
	        memcmp(piece->d, "20", 2) == 0) &&
	       redact_personnummer(piece->d + 2);
}

/* Ten digits in a row that begin like a date are many things. */
static bool
is_cpr(const RedactPiece *piece)
{
	if (piece->n != 10 || piece->plus || !redact_cpr_date(piece->d))
		return false;
	if (is_six_four(piece) || redact_shaped(piece, "2224"))
		return true;
	if (piece->groups != 1)
		return false;
	if (redact_near(piece->scan, REDACT_WORD_NATIONAL, 5))
		return true;
	if (is_reference(piece) || is_told_phone(piece))
		return false;
	return redact_cpr_mod_11(piece->d) || memcmp(piece->d, "07", 2) != 0;
}

static bool
is_orgnr_of_10(const RedactPiece *piece, bool told)
{
	bool formed =
		redact_shaped(piece, "64") && piece->group[1].before == '-';

	return (formed || (told && piece->groups == 1)) &&
	       redact_orgnr_se(piece->d);
}

static bool
is_orgnr_of_9(const RedactPiece *piece, bool told)
{
	if (piece->amount || is_reference(piece))
		return false;
	if (piece->groups == 1 ? !told && is_told_phone(piece)
	                       : !redact_shaped(piece, "333"))
		return false;
	return redact_orgnr_no(piece->d);
}

static bool
is_orgnr(const RedactPiece *piece)
{
	bool told = redact_near(piece->scan, REDACT_WORD_COMPANY, 4);

	if (piece->n == 10)
		return is_orgnr_of_10(piece, told);
	if (piece->n == 9)
		return is_orgnr_of_9(piece, told);
	return piece->n == 8 && redact_shaped(piece, "71") &&
	       piece->group[1].before == '-' && redact_orgnr_fi(piece->d);
}

static bool
is_cvr(const RedactPiece *piece)
{
	return piece->n == 8 &&
	       redact_near(piece->scan, REDACT_WORD_COMPANY, 4) &&
	       (piece->groups == 1 || redact_shaped(piece, "2222") ||
	        redact_shaped(piece, "44"));
}

/* Eight digits, as Denmark and Norway write them. */
static bool
is_phone_of_8(const RedactPiece *piece)
{
	char mark = redact_only_mark(piece);

	if (piece->d[0] < '2')
		return false;
	if (is_reference(piece))
		return false;
	if (piece->groups == 1)
		return true;
	if (mark == '.')
		return redact_shaped(piece, "2222");
	return mark != '\0' && strchr(" -", mark) != NULL &&
	       (redact_shaped(piece, "2222") || redact_shaped(piece, "44") ||
	        (redact_shaped(piece, "323") && mark == ' '));
}

/* 0171 2345678, 08-123 456 78, (030) 123456, 020 7946 0958. */
static bool
is_phone_from_0(const RedactPiece *piece)
{
	unsigned area = piece->group[0].n;

	if (piece->d[0] != '0' || piece->d[1] == '0' || piece->n < 8 ||
	    piece->n > 13)
		return false;
	if (is_reference(piece))
		return false;
	if (piece->groups == 1)
		return piece->n >= 9 && piece->n <= 12;
	return area >= 2 && area <= 6 &&
	       (piece->group[1].before != '.' || redact_shaped(piece, "22222"));
}

static bool
is_phone_in_brackets(const RedactPiece *piece)
{
	return piece->bracket && piece->groups >= 2 &&
	       piece->group[1].before == ')' && piece->n >= 8 && piece->n <= 13;
}

static bool
is_international(const RedactPiece *piece)
{
	if (piece->plus)
		return piece->n >= 8 && piece->n <= 16 && piece->d[0] != '0';
	return piece->n >= 10 && piece->n <= 18 && piece->d[0] == '0' &&
	       piece->d[1] == '0' && piece->d[2] != '0' && !is_reference(piece);
}

static bool
is_phone(const RedactPiece *piece)
{
	if (is_no_number(piece))
		return false;
	if (is_international(piece) || is_phone_in_brackets(piece))
		return true;
	if (is_told_phone(piece) && piece->n >= 6 && piece->n <= 15)
		return true;
	return (piece->n == 8 && is_phone_of_8(piece)) ||
	       is_phone_from_0(piece) ||
	       (redact_shaped(piece, "334") && redact_only_mark(piece) != '\0');
}

/* The hard ones first: what could be both is not put back. */
static const struct {
	RedactKind kind;
	bool (*is)(const RedactPiece *piece);
} kinds[] = {
	{ REDACT_CARD, is_card },
	{ REDACT_FODSELSNUMMER, is_fodselsnummer },
	{ REDACT_STEUER_ID, is_steuer_id },
	{ REDACT_PERSONNUMMER, is_personnummer },
	{ REDACT_CPR, is_cpr },
	{ REDACT_ORGNR, is_orgnr },
	{ REDACT_CVR, is_cvr },
	{ REDACT_PHONE, is_phone },
};

/* ------------------------------------------------------------- its finding */

/* kr. 500, 500 kr., 500,-, 1.000,00. */
static bool
is_amount(const RedactScan *scan, size_t start, size_t end)
{
	static const char *const signs[] = { "\xe2\x82\xac", "$", "\xc2\xa3",
		                             "%", ",-" };
	size_t from = end;

	if (redact_byte(scan, end) == ',' &&
	    g_ascii_isdigit(redact_byte(scan, end + 1)))
		return true;
	if (start > 0 && strchr("$%", scan->text[start - 1]) != NULL &&
	    scan->text[start - 1] != '\0')
		return true;
	while (redact_byte(scan, from) == ' ')
		from++;
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (from + strlen(signs[i]) <= scan->size &&
		    memcmp(scan->text + from, signs[i], strlen(signs[i])) == 0)
			return true;
	return redact_is_unit(scan->text + from,
	                      redact_word_end(scan, from) - from);
}

/* May a number begin here? Not behind a letter, "A-123", "#123", "1,234"; but
 * "cpr#123". */
static bool
may_begin(const RedactScan *scan, size_t start)
{
	char before = start > 0 ? scan->text[start - 1] : ' ';

	if (before == '#' || before == '_')
		return redact_near(scan, REDACT_WORD_NATIONAL, 1);
	if (start < 2 || strchr("-.,", before) == NULL)
		return true;
	if (before == '-' && redact_near(scan, REDACT_WORD_NATIONAL, 1))
		return true;
	return !redact_is_word_at(scan, start - 2) ||
	       (before == '.' && !g_ascii_isdigit(scan->text[start - 2]));
}

/* Do the groups end before a blank, not within 8.30-16.00? */
static bool
stands_apart(const RedactRun *run, unsigned groups)
{
	return groups == run->n ||
	       strchr(" /()", run->group[groups].before) != NULL;
}

static bool
try_piece(RedactScan *scan, const RedactRun *run, unsigned groups)
{
	const RedactGroup *group = run->group, *last = group + groups - 1;
	RedactPiece piece = { .run = run,
		              .scan = scan,
		              .d = run->digits,
		              .group = group,
		              .n = last->first + last->n,
		              .groups = groups,
		              .plus = run->plus,
		              .bracket = run->bracket };

	if (piece.n < 6 || !stands_apart(run, groups) ||
	    redact_is_word_at(scan, last->end))
		return false;
	piece.amount = is_amount(scan, run->start, last->end);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i].is(&piece)) {
			redact_take(scan, run->start, last->end, kinds[i].kind);
			return true;
		}
	return false;
}

/* Where to go on when nothing is taken: after a date, or the first group. */
static size_t
next_start(RedactScan *scan, const RedactRun *run)
{
	RedactPiece piece = {
		.run = run, .scan = scan, .group = run->group, .groups = 3
	};
	unsigned groups = run->n >= 3 && redact_is_date(&piece) ? 3 : 1;

	scan->word += groups;
	return redact_word_end(scan, run->group[groups - 1].end);
}

bool
redact_read_number(RedactScan *scan)
{
	RedactRun run = { .scan = scan, .start = scan->at };
	char c = scan->text[scan->at];

	if ((!g_ascii_isdigit(c) && c != '+' && c != '(') ||
	    !may_begin(scan, scan->at))
		return false;
	redact_run_read(&run);
	if (run.n == 0)
		return false;
	for (unsigned n = run.n; n > 0; n--)
		if (try_piece(scan, &run, n))
			return true;
	/* (131052-308T): from the digit on it may be something else. */
	if (!g_ascii_isdigit(c))
		return false;
	scan->at = next_start(scan, &run);
	return true;
}
