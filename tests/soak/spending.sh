#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# L-9 with 200 kills: see tests/drafter/spending.sh.
cd "$(dirname "$0")/../.." || exit 2
KILLS=${KILLS:-200} exec tests/drafter/spending.sh
