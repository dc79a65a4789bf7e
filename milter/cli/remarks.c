/* SPDX-License-Identifier: Apache-2.0 */
#include "remarks.h"

#include <stdio.h>

#include "print.h"

Remarks
remarks_begin(void)
{
	return (Remarks){ .list = json_array() };
}

void
remarks_add(bool error, const char *file, unsigned line, const char *message,
            void *data)
{
	Remarks *remarks = data;
	json_t *remark = json_object();
	g_autofree char *name = print_name(file);

	print_set_string(remark, "kind", error ? "error" : "warning");
	print_set_string(remark, "file", name);
	print_set_integer(remark, "line", line);
	print_set_string(remark, "message", message);
	json_array_append_new(remarks->list, remark);
	remarks->errors += error;
	remarks->warnings += !error;
}

void
remarks_add_error(const char *file, unsigned line, const char *message,
                  void *data)
{
	remarks_add(true, file, line, message, data);
}

json_t *
remarks_end(Remarks *remarks)
{
	json_t *value = json_object();

	print_set_integer(value, "schema", 1);
	print_set_bool(value, "ok", remarks->errors == 0);
	print_set_integer(value, "errors", remarks->errors);
	print_set_integer(value, "warnings", remarks->warnings);
	json_object_set_new(value, "remarks", remarks->list);
	remarks->list = NULL;
	return value;
}

void
remarks_print(const json_t *value)
{
	const json_t *remark;
	size_t i;

	json_array_foreach(json_object_get(value, "remarks"), i, remark)
	{
		int line = (int)print_integer(remark, "line");

		printf("%s:", print_string(remark, "file"));
		if (line > 0)
			printf("%d:", line);
		printf(" %s: %s\n", print_string(remark, "kind"),
		       print_string(remark, "message"));
	}
}

void
remarks_print_counts(const json_t *value)
{
	printf("errors: %d, warnings: %d\n",
	       (int)print_integer(value, "errors"),
	       (int)print_integer(value, "warnings"));
}

const char *const *
remarks_folders(const Options *options, const Context *context,
                const char **one)
{
	if (options->n_arguments < 2)
		return (const char *const *)context->dirs;
	one[0] = options->arguments[1];
	return one;
}
