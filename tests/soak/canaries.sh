#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# L-1 with 10,000 jobs: see tests/drafter/canaries.sh.
cd "$(dirname "$0")/../.." || exit 2
JOBS=${JOBS:-10000} OTHERS=${OTHERS:-1000} exec tests/drafter/canaries.sh
