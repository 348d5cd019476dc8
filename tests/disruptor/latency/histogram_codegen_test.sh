#!/bin/sh
# The recording path has no locked instruction, no fence and no call, whatever the compiler made of
# it. Usage: histogram_codegen_test.sh BINARY, which is histogram_codegen.
set -eu

skip() {
  echo "SKIPPED: $1"
  exit 0
}

binary=$1
command -v objdump >/dev/null || skip "no objdump on the path (Debian: apt-get install binutils)"

listing=$(mktemp)
trap 'rm -f "$listing"' EXIT
objdump -d --no-show-raw-insn "$binary" >"$listing"

grep -q '<pinwheel_is_optimised>:' "$listing" || skip "not optimised: inline functions are calls"
! grep -q -E '<__(asan|tsan|ubsan)_' "$listing" || skip "a sanitizer adds calls of its own"

# body NAME: the instructions of one function.
body() {
  awk -v head="<$1>:" '$2 == head { inside = 1; next } /^$/ { inside = 0 } inside' "$listing"
}

# faults NAME: its instructions that lock, fence, or leave the function.
#   x86-64   lock prefix, xchg with memory, *fence, call, jump to another symbol
#   aarch64  exclusive and atomic accesses, barriers, bl, branch to another symbol
faults() {
  body "$1" | awk -v name="$1" '
    /[ \t]lock[ \t]/ || /[ \t]xchg[ \t].*\(/ || /[ \t][lms]fence/ || /[ \t]callq?[ \t]/ ||
    /[ \t](ldx|stx|ldax|stlx|ldadd|stadd|cas|swp)[a-z]*[ \t]/ || /[ \t](dmb|dsb|isb)/ ||
    /[ \t]blr?[ \t]/ { print; next }
    /[ \t](j[a-z]+|b|b\.[a-z]+|cbn?z|tbn?z)[ \t].*</ {
      target = $0; sub(/.*</, "", target); sub(/[+>].*/, "", target)
      if (target != name) print
    }'
}

failed=0
for name in pinwheel_codegen_record pinwheel_codegen_to_nanos_and_record pinwheel_codegen_sample; do
  count=$(body "$name" | wc -l)
  if [ "$count" -lt 5 ]; then
    echo "FAILED: $name: only $count instructions found in $binary"
    failed=1
  fi
  found=$(faults "$name")
  if [ -n "$found" ]; then
    echo "FAILED: $name locks, fences or calls:"
    echo "$found"
    failed=1
  fi
done
for name in pinwheel_control_locked pinwheel_control_called; do
  if [ -z "$(faults "$name")" ]; then
    echo "FAILED: $name, which locks or calls, was not found out; its instructions:"
    body "$name"
    failed=1
  fi
done
[ "$failed" -eq 0 ] && echo "PASSED: no lock, fence or call on the recording path"
exit "$failed"
