/* SPDX-License-Identifier: Apache-2.0 */
#include "crowd.h"

void
crowd_run(int n, GThreadFunc work, void *data)
{
	g_autoptr(GPtrArray) threads = g_ptr_array_new();

	for (int i = 0; i < n; i++)
		g_ptr_array_add(threads, g_thread_new("crowd", work, data));
	for (guint i = 0; i < threads->len; i++)
		g_thread_join(threads->pdata[i]);
}
