#!/bin/sh
# Nothing of the place where Tact is written belongs into it.
set -u
! git grep -nIE '\.\./shared|/work/(main|shared|notes)|/farm/' -- . \
	':!tests/lint/workplace.sh' ':!.ci/run' ':!*.eml' ':!tests/fuzz/seeds'
