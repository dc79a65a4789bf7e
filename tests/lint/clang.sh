#!/bin/sh
# The second compiler, with the Makefile's warnings.
set -u
exec make -s CC=clang BUILD=build/clang all
