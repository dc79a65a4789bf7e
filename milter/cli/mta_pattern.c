/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Thompson's construction: operators wait on a stack until their operands are
 * there, and matching follows all paths at once, so its time is the product of
 * pattern and text whatever the pattern. Backtracking libraries are kept out
 * of Tact altogether; a rule without exceptions is the one that holds.
 */
#include "mta_pattern.h"

#include <string.h>

#include "mta_chars.h"

#define NODES_MAX 2000

typedef enum NodeKind { NODE_EMPTY, NODE_CHARS, NODE_START, NODE_END } NodeKind;

/* Consumes a character of `chars`, or nothing, and goes on at both `next`. */
typedef struct Node {
	NodeKind kind;
	MtaChars chars;
	int next[2]; /* -1: none */
} Node;

typedef struct Fragment {
	int start, end;
} Fragment;

struct MtaPattern {
	GArray *nodes; /* of Node */
	Fragment whole;
};

typedef struct Builder {
	GArray *nodes;
	GArray *fragments;  /* operands that wait */
	GString *operators; /* "(", "|", "&" for one after the other */
	const char *text;   /* what is still to be read */
	bool ignore_case;
	bool posix;
	bool operand; /* an operand has just ended */
	bool failed;
} Builder;

static int
add_node(Builder *builder, NodeKind kind)
{
	Node node = { .kind = kind, .next = { -1, -1 } };

	if (builder->nodes->len >= NODES_MAX)
		builder->failed = true;
	g_array_append_val(builder->nodes, node);
	return (int)builder->nodes->len - 1;
}

static Node *
node_at(const GArray *nodes, int i)
{
	return &g_array_index(nodes, Node, i);
}

static void
link_to(Builder *builder, int from, int to)
{
	Node *node = node_at(builder->nodes, from);

	node->next[node->next[0] >= 0] = to;
}

static void
push(Builder *builder, Fragment fragment)
{
	g_array_append_val(builder->fragments, fragment);
	builder->operand = true;
}

static Fragment
pop(Builder *builder)
{
	Fragment fragment = { 0, 0 };
	guint n = builder->fragments->len;

	if (n == 0) {
		builder->failed = true;
		return fragment;
	}
	fragment = g_array_index(builder->fragments, Fragment, n - 1);
	g_array_set_size(builder->fragments, n - 1);
	return fragment;
}

static void
apply_binary(Builder *builder, char sign)
{
	Fragment b = pop(builder);
	Fragment a = pop(builder);
	Fragment whole;

	if (builder->failed)
		return;
	if (sign == '&') {
		link_to(builder, a.end, b.start);
		whole = (Fragment){ a.start, b.end };
	} else {
		whole.start = add_node(builder, NODE_EMPTY);
		whole.end = add_node(builder, NODE_EMPTY);
		link_to(builder, whole.start, a.start);
		link_to(builder, whole.start, b.start);
		link_to(builder, a.end, whole.end);
		link_to(builder, b.end, whole.end);
	}
	push(builder, whole);
}

/* Applies the operators down to `(` that bind at least as tightly. */
static void
reduce(Builder *builder, const char *which)
{
	GString *operators = builder->operators;

	while (operators->len > 0 && !builder->failed) {
		char top = operators->str[operators->len - 1];

		if (strchr(which, top) == NULL)
			return;
		g_string_truncate(operators, operators->len - 1);
		apply_binary(builder, top);
	}
}

/* Before an operand: what it follows, it comes after. */
static void
begin_operand(Builder *builder)
{
	if (!builder->operand)
		return;
	reduce(builder, "&");
	g_string_append_c(builder->operators, '&');
	builder->operand = false;
}

static void
push_single(Builder *builder, NodeKind kind, const MtaChars *chars)
{
	Fragment fragment;

	begin_operand(builder);
	fragment.start = add_node(builder, kind);
	fragment.end = add_node(builder, NODE_EMPTY);
	if (chars != NULL)
		node_at(builder->nodes, fragment.start)->chars = *chars;
	link_to(builder, fragment.start, fragment.end);
	push(builder, fragment);
}

/* An empty side of | or (): matches nothing at all, always. */
static void
complete_operand(Builder *builder)
{
	if (!builder->operand)
		push_single(builder, NODE_EMPTY, NULL);
}

static void
repeat(Builder *builder, char sign)
{
	Fragment inner = pop(builder);
	Fragment whole;

	if (builder->failed)
		return;
	whole.start = add_node(builder, NODE_EMPTY);
	whole.end = add_node(builder, NODE_EMPTY);
	link_to(builder, whole.start, inner.start);
	if (sign != '+')
		link_to(builder, whole.start, whole.end);
	link_to(builder, inner.end, whole.end);
	if (sign != '?')
		link_to(builder, inner.end, inner.start);
	push(builder, whole);
}

static void
read_class(Builder *builder)
{
	MtaChars chars = { { 0 } };

	if (!mta_chars_class(&chars, &builder->text, builder->ignore_case)) {
		builder->failed = true;
		return;
	}
	push_single(builder, NODE_CHARS, &chars);
}

static void
open_group(Builder *builder)
{
	if (builder->text[0] == '?') {
		builder->failed = builder->posix || builder->text[1] != ':';
		builder->text += 1 + (builder->text[1] == ':');
	}
	begin_operand(builder);
	g_string_append_c(builder->operators, '(');
}

static void
close_group(Builder *builder)
{
	GString *operators = builder->operators;

	complete_operand(builder);
	reduce(builder, "&|");
	if (operators->len == 0) {
		builder->failed = true;
		return;
	}
	g_string_truncate(operators, operators->len - 1);
	builder->operand = true;
}

static void
read_operator(Builder *builder, char c)
{
	switch (c) {
	case '(':
		open_group(builder);
		break;
	case ')':
		close_group(builder);
		break;
	case '|':
		complete_operand(builder);
		reduce(builder, "&|");
		g_string_append_c(builder->operators, '|');
		builder->operand = false;
		break;
	default:
		builder->failed |= !builder->operand;
		repeat(builder, c);
		/* A lazy one matches the same texts. */
		builder->text += *builder->text == '?';
		break;
	}
}

static void
read_single(Builder *builder, char c)
{
	MtaChars chars = { { 0 } };

	if (c == '.') {
		mta_chars_invert(&chars);
	} else if (c == '\\') {
		builder->failed |= !mta_chars_escape(&chars, *builder->text,
		                                     builder->ignore_case);
		if (builder->posix && (*builder->text | 0x20) == 'd')
			builder->failed = true;
		builder->text += *builder->text != '\0';
	} else {
		mta_chars_add(&chars, (guchar)c, builder->ignore_case);
	}
	push_single(builder, NODE_CHARS, &chars);
}

static void
read_one(Builder *builder)
{
	char c = *builder->text++;

	if (strchr("()|*+?", c) != NULL)
		read_operator(builder, c);
	else if (c == '[')
		read_class(builder);
	else if (c == '^')
		push_single(builder, NODE_START, NULL);
	else if (c == '$')
		push_single(builder, NODE_END, NULL);
	else if (c == '{')
		builder->failed = true;
	else
		read_single(builder, c);
}

MtaPattern *
mta_pattern_new(const char *text, bool ignore_case, bool posix)
{
	Builder builder = {
		.nodes = g_array_new(FALSE, FALSE, sizeof(Node)),
		.fragments = g_array_new(FALSE, FALSE, sizeof(Fragment)),
		.operators = g_string_new(NULL),
		.text = text,
		.ignore_case = ignore_case,
		.posix = posix,
	};
	MtaPattern *pattern = NULL;

	while (*builder.text != '\0' && !builder.failed)
		read_one(&builder);
	if (!builder.failed) {
		complete_operand(&builder);
		reduce(&builder, "&|");
		builder.failed |= builder.operators->len > 0;
	}
	if (!builder.failed) {
		pattern = g_new(MtaPattern, 1);
		pattern->nodes = g_array_ref(builder.nodes);
		pattern->whole = pop(&builder);
	}
	g_array_unref(builder.nodes);
	g_array_unref(builder.fragments);
	g_string_free(builder.operators, TRUE);
	return pattern;
}

void
mta_pattern_free(MtaPattern *pattern)
{
	if (pattern == NULL)
		return;
	g_array_unref(pattern->nodes);
	g_free(pattern);
}

/* Marks in `active` all that is reached from `node` without a character. */
static void
reach(const MtaPattern *pattern, GArray *todo, guint8 *active, int node,
      bool at_start, bool at_end)
{
	g_array_set_size(todo, 0);
	g_array_append_val(todo, node);
	while (todo->len > 0) {
		int i = g_array_index(todo, int, todo->len - 1);
		const Node *it = node_at(pattern->nodes, i);

		g_array_set_size(todo, todo->len - 1);
		if (active[i])
			continue;
		active[i] = 1;
		if (it->kind == NODE_CHARS ||
		    (it->kind == NODE_START && !at_start) ||
		    (it->kind == NODE_END && !at_end))
			continue;
		for (unsigned k = 0; k < 2; k++) {
			if (it->next[k] >= 0)
				g_array_append_val(todo, it->next[k]);
		}
	}
}

/* Those of `next` that character `c` leads to from `active`. */
static void
step(const MtaPattern *pattern, GArray *todo, const guint8 *active,
     guint8 *next, guchar c, bool at_end)
{
	memset(next, 0, pattern->nodes->len);
	for (guint i = 0; i < pattern->nodes->len; i++) {
		const Node *node = node_at(pattern->nodes, (int)i);

		if (active[i] && node->kind == NODE_CHARS &&
		    mta_chars_has(&node->chars, c))
			reach(pattern, todo, next, node->next[0], false,
			      at_end);
	}
}

bool
mta_pattern_matches(const MtaPattern *pattern, const char *text)
{
	g_autoptr(GArray) todo = g_array_new(FALSE, FALSE, sizeof(int));
	guint n = pattern->nodes->len;
	g_autofree guint8 *active = g_new0(guint8, n);
	g_autofree guint8 *next = g_new0(guint8, n);

	for (const char *p = text;; p++) {
		reach(pattern, todo, active, pattern->whole.start, p == text,
		      *p == '\0');
		if (active[pattern->whole.end])
			return true;
		if (*p == '\0')
			return false;
		step(pattern, todo, active, next, (guchar)*p, p[1] == '\0');
		memcpy(active, next, n);
	}
}
