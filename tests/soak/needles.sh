#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# P-1 with 5,000 mails: see tests/scenario/needles.sh.
cd "$(dirname "$0")/../.." || exit 2
N=${N:-5000} exec tests/scenario/needles.sh
