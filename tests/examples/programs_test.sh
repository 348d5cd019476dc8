#!/usr/bin/env bash
# The small programs of examples/ run to their end and say what their comments promise.
#
#   programs_test.sh HELLO_RING UNICAST_THROUGHPUT
set -euo pipefail

hello_ring="$1"
unicast_throughput="$2"
output="$(mktemp "${TMPDIR:-/tmp}/programs_test.XXXXXX")"
trap 'rm -f -- "$output"' EXIT

# expect CODE PATTERN COMMAND...
expect() {
  local code="$1" pattern="$2" found=0
  shift 2
  "$@" >"$output" 2>&1 || found=$?
  if ((found != code)) || ! grep -qE -- "$pattern" "$output"; then
    echo "FAILED: $*: exit code $found, expected $code and \"$pattern\" in:"
    cat "$output"
    exit 1
  fi
}

# The sum of 1 to 100,000, each rounded down to a multiple of 5.
expect 0 '^total 4999850000, OK$' "$hello_ring"
expect 0 '100000 events published, stopped when asked' "$hello_ring"

for way in 'disruptor, busy-spin' 'disruptor, spin-then-yield' 'mutex and condition variable'; do
  expect 0 "^$way +[0-9]+[.][0-9] " "$unicast_throughput" -n=100000 --rounds=1
done
expect 0 'sums checked' "$unicast_throughput" -n=1 --rounds=1
expect 1 'at least 1' "$unicast_throughput" -n=0
expect 1 'at least 1' "$unicast_throughput" --rounds=0
expect 1 'power of two' "$unicast_throughput" --capacity=3
