#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# R-6 for every allocation of two mails in each process of the milter, and for
# many of a draft and of the drafter's start: see tests/scenario/memory.sh.
cd "$(dirname "$0")/../.." || exit 2
TURNS=${TURNS:-0} DRAFTS=${DRAFTS:-300} STARTS=${STARTS:-100} exec tests/scenario/memory.sh
