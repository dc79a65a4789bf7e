#!/bin/sh
# Suppressions, each with its reason:
#   missingIncludeSystem  system headers are the compiler's to check
#   unknownMacro          GLib's G_DEFINE_* live in those headers
#   normalCheckLevelMaxBranches  a note on cppcheck's own effort
set -u
exec cppcheck --quiet --std=c11 --enable=warning,portability,performance \
	--error-exitcode=1 --inline-suppr -Iinclude -j 2 \
	-DG_GNUC_WARN_UNUSED_RESULT= '-DG_DEFINE_AUTOPTR_CLEANUP_FUNC(a,b)=' \
	'-DG_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(a,b)=' '-Dg_autofree=' '-Dg_autoptr(t)=t*' '-Dg_auto(t)=t' \
	'-DG_DEFINE_QUARK(a,b)=' '-DG_N_ELEMENTS(a)=(sizeof(a)/sizeof((a)[0]))' \
	--suppress=missingIncludeSystem --suppress=unknownMacro \
	milter
