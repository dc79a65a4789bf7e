#!/bin/sh
# clang-format 14 has the word on form; .clang-format says how.
set -u
find milter include tests -name "*.[ch]" -o -name "*.def" | xargs clang-format --dry-run -Werror 2>&1 | grep error: | head -n 40 | grep . && exit 1
# Files that hold mail are bytes; everything else ends its lines cleanly.
git grep -nIE '[[:space:]]+$' -- . ':!*.eml' ':!*.mbox' ':!tests/fuzz/seeds' ':!tests/corpus' ':!tests/check-mta' ':!rules/corpus' ':!tests/cli' ':!tests/drafter/injections.txt' | head -n 20 | grep . && exit 1
exit 0
