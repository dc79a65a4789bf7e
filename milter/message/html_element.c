/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of names: elements, the classes and ids by which mail programs mark
 * quotes and signatures, and the styles that hide. Style sheets are not read:
 * what hides text in mails does so in a style attribute, as many programs
 * throw style sheets away.
 */
#include "html_element.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* More of a style attribute is not read. */
#define STYLE_MAX 1024

typedef struct Row {
	const char *name;
	unsigned meaning;
} Row;

/* Sorted by name. */
static const Row elements[] = {
	{ "address", ELEMENT_BLOCK },
	{ "applet", ELEMENT_DROP },
	{ "article", ELEMENT_BLOCK },
	{ "aside", ELEMENT_BLOCK },
	{ "blockquote", ELEMENT_BLOCK | ELEMENT_PARAGRAPH | ELEMENT_QUOTE },
	{ "br", ELEMENT_BREAK },
	{ "caption", ELEMENT_BLOCK },
	{ "center", ELEMENT_BLOCK },
	{ "dd", ELEMENT_BLOCK },
	{ "div", ELEMENT_BLOCK },
	{ "dl", ELEMENT_BLOCK },
	{ "dt", ELEMENT_BLOCK },
	{ "fieldset", ELEMENT_BLOCK },
	{ "footer", ELEMENT_BLOCK },
	{ "form", ELEMENT_BLOCK },
	{ "h1", ELEMENT_BLOCK | ELEMENT_PARAGRAPH },
	{ "h2", ELEMENT_BLOCK | ELEMENT_PARAGRAPH },
	{ "h3", ELEMENT_BLOCK | ELEMENT_PARAGRAPH },
	{ "h4", ELEMENT_BLOCK | ELEMENT_PARAGRAPH },
	{ "h5", ELEMENT_BLOCK | ELEMENT_PARAGRAPH },
	{ "h6", ELEMENT_BLOCK | ELEMENT_PARAGRAPH },
	{ "head", ELEMENT_DROP },
	{ "header", ELEMENT_BLOCK },
	{ "hr", ELEMENT_BLOCK },
	{ "li", ELEMENT_BLOCK | ELEMENT_ITEM },
	{ "main", ELEMENT_BLOCK },
	{ "math", ELEMENT_DROP },
	{ "nav", ELEMENT_BLOCK },
	{ "object", ELEMENT_DROP },
	{ "ol", ELEMENT_BLOCK },
	{ "p", ELEMENT_BLOCK | ELEMENT_PARAGRAPH },
	{ "pre", ELEMENT_BLOCK | ELEMENT_PRE },
	{ "script", ELEMENT_DROP },
	{ "section", ELEMENT_BLOCK },
	{ "select", ELEMENT_DROP },
	{ "style", ELEMENT_DROP },
	{ "svg", ELEMENT_DROP },
	{ "table", ELEMENT_BLOCK },
	{ "td", ELEMENT_CELL },
	{ "template", ELEMENT_DROP },
	{ "th", ELEMENT_CELL },
	{ "title", ELEMENT_DROP },
	{ "tr", ELEMENT_BLOCK },
	{ "ul", ELEMENT_BLOCK },
};

/* Parts of class or id. First match wins. */
static const Row marks[] = {
	{ "gmail_signature_prefix", 0 },
	{ "gmail_signature", ELEMENT_SIGNATURE },
	{ "moz-signature", ELEMENT_SIGNATURE },
	{ "applemailsignature", ELEMENT_SIGNATURE },
	{ "ms-outlook-mobile-signature", ELEMENT_SIGNATURE },
	{ "protonmail_signature", ELEMENT_SIGNATURE },
	{ "moz-cite-prefix", ELEMENT_QUOTE },
	{ "gmail_attr", ELEMENT_QUOTE },
	{ "yahoo_quoted", ELEMENT_QUOTE },
	{ "protonmail_quote", ELEMENT_QUOTE },
	{ "tutanota_quote", ELEMENT_QUOTE },
	{ "divrplyfwdmsg", ELEMENT_SEPARATOR },
	{ "appendonsend", ELEMENT_SEPARATOR },
	{ "olk_src_body_section", ELEMENT_SEPARATOR },
	{ "mail-editor-reference-message", ELEMENT_SEPARATOR },
	{ "ms-outlook-mobile-reference-message", ELEMENT_SEPARATOR },
};

/* Within a style without blanks, in lower case. */
static const Row styles[] = {
	{ "display:none", ELEMENT_HIDDEN },
	{ "visibility:hidden", ELEMENT_HIDDEN },
	{ "mso-hide:all", ELEMENT_HIDDEN },
	{ "border-top:solid#e1e1e1", ELEMENT_SEPARATOR },
	{ "border-top:solid#b5c4df", ELEMENT_SEPARATOR },
	{ "border-top:1ptsolid#e1e1e1", ELEMENT_SEPARATOR },
	{ "border-top:1.0ptsolid#b5c4df", ELEMENT_SEPARATOR },
	{ "white-space:pre", ELEMENT_PRE },
};

/* Properties that hide when their value is zero. */
static const char *const zeros[] = { "opacity:", "max-height:" };

static int
compare(const void *key, const void *row)
{
	return strcmp(key, ((const Row *)row)->name);
}

static unsigned
element_meaning(const char *name)
{
	const Row *row = bsearch(name, elements, G_N_ELEMENTS(elements),
	                         sizeof(Row), compare);

	return row == NULL ? 0 : row->meaning;
}

/* Lower case without blanks, at most STYLE_MAX. */
static void
squeeze(const char *value, char *ret_text)
{
	size_t n = 0;

	for (size_t i = 0; value[i] != '\0' && n < STYLE_MAX; i++)
		if (!g_ascii_isspace(value[i]))
			ret_text[n++] = g_ascii_tolower(value[i]);
	ret_text[n] = '\0';
}

static unsigned
mark_meaning(const char *value)
{
	char text[STYLE_MAX + 1];

	squeeze(value, text);
	if (strcmp(text, "signature") == 0 || strcmp(text, "x_signature") == 0)
		return ELEMENT_SIGNATURE;
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (strstr(text, marks[i].name) != NULL)
			return marks[i].meaning;
	return 0;
}

static bool
is_zero(const char *value)
{
	size_t digits = strspn(value, "0.");

	return value[0] == '0' && !g_ascii_isdigit(value[digits]);
}

/* The value of `property` in a squeezed style, NULL without. */
static const char *
property(const char *style, const char *name)
{
	const char *at = style;

	while ((at = strstr(at, name)) != NULL) {
		if (at == style || at[-1] == ';')
			return at + strlen(name);
		at += strlen(name);
	}
	return NULL;
}

static bool
is_white(const char *colour)
{
	static const char *const whites[] = { "white", "rgb(255,255,255",
		                              "rgba(255,255,255" };

	if (colour[0] == '#') {
		size_t digits = strspn(colour + 1, "0123456789abcdef");

		return (digits == 3 || digits == 6) &&
		       strspn(colour + 1, "f") == digits;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(whites); i++)
		if (strncmp(colour, whites[i], strlen(whites[i])) == 0)
			return true;
	return false;
}

static unsigned
colour_meaning(const char *colour)
{
	return is_white(colour) ? ELEMENT_WHITE : ELEMENT_COLOURED;
}

static unsigned
background_meaning(const char *colour)
{
	static const char *const none[] = { "transparent", "none", "inherit",
		                            "initial" };

	for (size_t i = 0; i < G_N_ELEMENTS(none); i++)
		if (g_str_has_prefix(colour, none[i]))
			return 0;
	return is_white(colour) ? ELEMENT_LIGHT : ELEMENT_DARK;
}

static unsigned
colours_of_style(const char *style)
{
	const char *colour = property(style, "color:");
	const char *background = property(style, "background-color:");
	unsigned meaning = 0;

	if (background == NULL)
		background = property(style, "background:");
	if (colour != NULL)
		meaning |= colour_meaning(colour);
	if (background != NULL)
		meaning |= background_meaning(background);
	if (property(style, "background-image:") != NULL)
		meaning |= ELEMENT_DARK;
	return meaning;
}

/* Of a size that does not depend on that of the parent. */
static bool
is_absolute(const char *size)
{
	static const char *const words[] = { "px", "pt", "pc", "cm",
		                             "mm", "in", "rem" };
	static const char *const names[] = { "x-", "xx-", "small", "medium",
		                             "large" };
	size_t digits = strspn(size, "0123456789.");

	for (size_t i = 0; digits > 0 && i < G_N_ELEMENTS(words); i++)
		if (g_str_has_prefix(size + digits, words[i]))
			return true;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_str_has_prefix(size, names[i]) &&
		    !g_str_has_prefix(size, "smaller") &&
		    !g_str_has_prefix(size, "larger"))
			return true;
	return false;
}

static unsigned
size_meaning(const char *style)
{
	const char *size = property(style, "font-size:");

	if (size == NULL)
		return 0;
	if (is_zero(size))
		return ELEMENT_TINY;
	return is_absolute(size) ? ELEMENT_SIZED : 0;
}

static unsigned
style_meaning(const char *value)
{
	char style[STYLE_MAX + 1];
	unsigned meaning;

	squeeze(value, style);
	meaning = colours_of_style(style) | size_meaning(style);
	for (size_t i = 0; i < G_N_ELEMENTS(styles); i++)
		if (strstr(style, styles[i].name) != NULL)
			meaning |= styles[i].meaning;
	for (size_t i = 0; i < G_N_ELEMENTS(zeros); i++) {
		const char *at = property(style, zeros[i]);

		if (at != NULL && is_zero(at))
			meaning |= ELEMENT_HIDDEN;
	}
	return meaning;
}

static unsigned
attribute_meaning(const char *name, const char *value)
{
	char text[STYLE_MAX + 1];

	if (strcmp(name, "hidden") == 0)
		return ELEMENT_HIDDEN;
	if (value == NULL)
		return 0;
	if (strcmp(name, "style") == 0)
		return style_meaning(value);
	if (strcmp(name, "class") == 0 || strcmp(name, "id") == 0)
		return mark_meaning(value);
	squeeze(value, text);
	if (strcmp(name, "bgcolor") == 0)
		return background_meaning(text);
	if (strcmp(name, "background") == 0)
		return ELEMENT_DARK;
	if (strcmp(name, "color") == 0)
		return colour_meaning(text);
	return 0;
}

static const char *
attribute(const char *const *attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return attributes[1] == NULL ? "" : attributes[1];
	return "";
}

/* Programs use blockquote to indent, and p for every line. */
static unsigned
corrected(unsigned meaning, const char *const *attributes)
{
	char style[STYLE_MAX + 1];

	squeeze(attribute(attributes, "style"), style);
	if (meaning & ELEMENT_QUOTE) {
		if (strstr(attribute(attributes, "class"),
		           "webkit-indent-blockquote") != NULL ||
		    (property(style, "border:") != NULL &&
		     g_str_has_prefix(property(style, "border:"), "none") &&
		     *attribute(attributes, "type") == '\0'))
			return meaning & ~(unsigned)ELEMENT_QUOTE;
		return meaning;
	}
	if (g_str_has_prefix(attribute(attributes, "class"), "Mso") ||
	    property(style, "margin:0") != NULL ||
	    property(style, "margin-bottom:0") != NULL)
		return meaning & ~(unsigned)ELEMENT_PARAGRAPH;
	return meaning;
}

unsigned
html_element_meaning(const char *name, const char *const *attributes)
{
	unsigned meaning = element_meaning(name);

	if (attributes == NULL)
		return meaning;
	if (meaning & ELEMENT_PARAGRAPH)
		meaning = corrected(meaning, attributes);
	for (; attributes[0] != NULL; attributes += 2)
		meaning |= attribute_meaning(attributes[0], attributes[1]);
	return meaning;
}
