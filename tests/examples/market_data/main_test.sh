#!/usr/bin/env bash
# The example as a user meets it: what it prints, and with which exit code it ends.
#
#   main_test.sh MARKET_DATA WRITE_SESSION
set -euo pipefail

market_data="$(readlink -f "$1")"
write_session="$(readlink -f "$2")"
work="$(mktemp -d "${TMPDIR:-/tmp}/main_test.XXXXXX")"
trap 'rm -rf -- "$work"' EXIT
cd "$work"
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# expect CODE PATTERN FLAGS...: the exit code, and a regular expression that the output matches.
expect() {
  local code="$1" pattern="$2" found=0
  shift 2
  "$market_data" "$@" >output 2>&1 || found=$?
  if ((found != code)) || ! grep -qE -- "$pattern" output; then
    fail "market_data $*: exit code $found, expected $code and \"$pattern\" in:"
    sed 's/^/  | /' output
  fi
}

# The last output must have a line that matches.
also() { grep -qE -- "$1" output || fail "no \"$1\" in: $(cat output)"; }
never() { ! grep -qE -- "$1" output || fail "\"$1\" in: $(cat output)"; }

small=(--messages=2000 --rounds=1)

# What it says when all is well.
expect 0 '2,000 messages' "${small[@]}"
also '^Where it ran'
also '^Throughput'
also 'single thread +[0-9.]+ M messages/s'
also '^Latency'
also 'best bid'
also '^  SPOKE001'
expect 0 '^Throughput' "${small[@]}" --speed=max
never '^Latency:'
expect 0 '^Latency: 2,000 messages at 50 times' "${small[@]}" --speed=50
never '^Throughput'
expect 0 'not pinned' "${small[@]}" --pinning=never
expect 0 'SPOKE001' "${small[@]}" --capacity=1 --speed=max
expect 0 'SPOKE001' --messages=100 --rounds=1 --seed=7

# The same from a file, with its journal.
"$write_session" session.itch 2000
expect 0 'session.itch: NASDAQ ITCH 5.0, 2,000 messages' --input=session.itch --rounds=1 \
  --speed=max --journal=session.journal
[[ -s session.journal ]] || fail "no journal was written"
expect 0 'session.itch' --input=session.itch --format=itch --rounds=1 --speed=max

# Inputs that are not there or no input.
expect 1 'no-such-file' --input=no-such-file
mkdir folder
expect 1 'folder' --input=folder
never '^Where it ran'
head -c 5000 /dev/zero >zeros
expect 1 'zeros' --input=zeros
printf 'hello world, this is not a feed at all\n' >text
expect 1 'text' --input=text
expect 1 '[Jj]ournal|no/such/folder' "${small[@]}" --journal=no/such/folder/journal

# Damage: the byte offset, and what was before it.
size="$(stat -c %s session.itch)"
for cut in 1 $((size / 3)) $((size - 1)); do
  head -c "$cut" session.itch >cut.itch
  expect 1 'byte [0-9]+: .*the [0-9]+ messages before it were processed' --input=cut.itch \
    --format=itch --rounds=1 --speed=max
  also '^Totals'
  # The offset is that of the message that was cut, at most 52 bytes before the end.
  offset="$(sed -nE 's/.*byte ([0-9]+): .*/\1/p' output | head -1)"
  ((offset < cut && offset + 52 >= cut)) || fail "cut at $cut, told byte $offset"
done
expect 1 'byte 0: ' --input=session.itch --format=dbn --rounds=1

# Expectations: equal, the first difference by name, and no expectation at all.
echo '{"messages": 2000, "unknown_order_references": 0}' >right.json
expect 0 'right.json are equal' --input=session.itch --expect=right.json --rounds=1 --speed=max
echo '{"messages": 2001}' >wrong.json
expect 1 'wrong.json: .*2001.*2000' --input=session.itch --expect=wrong.json --rounds=1 --speed=max
echo '{"messages": 2000, "checkpoints": [{"after_messages": 1000, "bid": [1, 2, 3], "ask": null,
      "live_orders": 4}]}' >checkpoint.json
expect 1 'checkpoint.json: after 1000 messages: .*expected .*found' --input=session.itch \
  --expect=checkpoint.json --rounds=1 --speed=max
echo '{"messages": ' >broken.json
expect 1 'broken.json' --input=session.itch --expect=broken.json --rounds=1
expect 1 'no-such.json' --input=session.itch --expect=no-such.json --rounds=1

# Flags that are wrong: which, what was found, what would be right.
for speed in fast 0 -1 1e-300 1e300 nan inf '' 1e999 2x; do
  expect 2 "--speed=$speed: expected max, both, or a number such as 20" --speed="$speed"
done
expect 2 '--pinning=maybe: expected try, require or never' --pinning=maybe
expect 2 '--unknown_types=maybe: expected refuse or skip' --unknown_types=maybe
expect 2 '--rounds=0: expected a number of at least 1' --rounds=0
for cpus in x 1- 3-x 99999999999; do expect 2 '--cpus: ' --cpus="$cpus"; done
expect 1 'CPU 65535 was asked for and cannot be used' "${small[@]}" --cpus=65535
for capacity in 0 -8 1000; do
  expect 2 "--capacity=$capacity: expected a power of two" "${small[@]}" --capacity="$capacity"
done
expect 1 '[Cc]annot allocate memory|capacity|address space' "${small[@]}" --capacity=$((1 << 40))
expect 1 'messages' --messages=0
expect 1 '[fF]lag.*nonsense' --nonsense=1
expect 2 '"stray" is not a flag' stray
expect 1 'format' --input=session.itch --format=xml

((failures == 0)) || { echo "$failures failed"; exit 1; }
