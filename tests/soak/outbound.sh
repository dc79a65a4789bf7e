#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# H-8 with 1,000 mails that leave: see tests/e2e/outbound.sh.
cd "$(dirname "$0")/../.." || exit 2
N=${N:-1000} exec tests/e2e/outbound.sh
