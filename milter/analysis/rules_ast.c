/* SPDX-License-Identifier: Apache-2.0 */
#include "rules_ast.h"

static void
finding_free(void *data)
{
	AstFinding *finding = data;

	g_ptr_array_unref(finding->values);
	g_array_unref(finding->biases);
	g_array_unref(finding->opposites);
	g_free(finding);
}

static void
cue_free(void *data)
{
	AstCue *cue = data;

	g_array_unref(cue->votes);
	g_array_unref(cue->phrases);
	g_array_unref(cue->examples);
	g_array_unref(cue->whens);
	g_free(cue);
}

Ast *
ast_new(void)
{
	Ast *ast = g_new0(Ast, 1);

	ast->strings = g_string_chunk_new(65536);
	ast->findings = g_ptr_array_new_with_free_func(finding_free);
	ast->cues = g_ptr_array_new_with_free_func(cue_free);
	ast->words = g_array_new(FALSE, FALSE, sizeof(AstWord));
	return ast;
}

void
ast_free(Ast *ast)
{
	if (ast == NULL)
		return;
	g_ptr_array_unref(ast->findings);
	g_ptr_array_unref(ast->cues);
	g_array_unref(ast->words);
	g_string_chunk_free(ast->strings);
	g_free(ast);
}
