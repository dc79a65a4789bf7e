#!/bin/sh
# Calls that have cost other programs dearly: see the CVEs beside each.
set -u
bad=0
# ban REGEX WHY: no call in the product's source
ban() {
	# Comments may speak of them; strings may not be calls.
	if grep -rnE "(^|[^A-Za-z0-9_\"])($1)[[:space:]]*\(" milter include --include='*.[ch]' |
		grep -vE '^[^:]+:[0-9]+:[[:space:]]*(\*|/\*)'; then
		echo "  ($2)"
		bad=1
	fi
}
ban 'system|popen|execl|execlp|execle|execv|execvp|execve|execvpe|fexecve' \
	'no shell: spamass-milter CVE-2010-1132, clamav-milter CVE-2007-4560'
# A human's own editor and sendmail, from tact draft; no daemon starts anything.
if grep -rnE 'posix_spawnp?[[:space:]]*\(' milter include --include='*.[ch]' | grep -v '^milter/cli/program.c:'; then
	echo '  (a program is started in milter/cli/program.c alone)'
	bad=1
fi
ban 'dlopen|dlsym' 'what runs is what was linked'
ban 'strcpy|strcat|sprintf|vsprintf|strtok|gets|atoi|atol|atof|alloca|strncpy|strlcpy' \
	'unbounded or silent on error'
ban 'smfi_replacebody|smfi_chgfrom|smfi_addrcpt|smfi_delrcpt' \
	'Postfix 2026-08-21: a milter lost in mid-replacement commits the old body'
ban 'g_mime_multipart_(get|set)_boundary|g_mime_object_to_string|g_mime_object_write_to_stream' \
	'GMime 3.2.13 hangs on them: gmime issue 165'
ban 'g_regex_[a-z_]*|regcomp|regexec|pcre2?_[a-z_]*' \
	'no backtracking on a stranger'"'"'s text'
ban 'tmpnam|mktemp|tempnam' 'races'
if grep -rnE '(^|[^:])//' milter include --include='*.[ch]' | grep -vE '"[^"]*//|https?://|/\*|^[^:]+:[0-9]+:[[:space:]]*\*'; then
	echo '  (comments are /* */)'
	bad=1
fi
if grep -rnE '^\s*#\s*if(n?def)?\b' milter --include='*.c' | grep -vE 'TACT_FAULTS'; then
	echo '  (no conditional compilation in .c files)'
	bad=1
fi
exit $bad
