#!/bin/sh
# R-2 in full: 200 kills of tact-drafter, see tests/e2e/drafter-kills.sh.
cd "$(dirname "$0")/../.." && KILLS=${KILLS:-200} exec tests/e2e/drafter-kills.sh
