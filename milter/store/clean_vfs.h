/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store/clean_vfs - SQLite's way to the file system, but for what a page no
 * longer holds: its gap is written as zeros.
 *
 * Owns:    nothing; registered once, for good, as the one below must be.
 * Fails:   as the system's, which it stands before.
 * Threads: any.
 */
#ifndef STORE_CLEAN_VFS_H
#define STORE_CLEAN_VFS_H

/* Its name, for sqlite3_open_v2(), before the VFS `below` (a test's) or the
 * system's; NULL if it cannot be had. */
const char *clean_vfs(const char *below);

#endif
