#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# L-3 with 360 mails, each beside its twin: see tests/drafter/injections.sh.
cd "$(dirname "$0")/../.." || exit 2
STEP=${STEP:-1} exec tests/drafter/injections.sh
