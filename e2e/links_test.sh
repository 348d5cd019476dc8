#!/usr/bin/env bash
# links_test.sh PROGRAM LIBRARIES: fails when the program needs a shared library whose name without
# .so is not in LIBRARIES, an extended regular expression, or has hooks of a library's own at start
# and end (the registry's libnuma puts DT_INIT and DT_FINI into whoever links it).
set -euo pipefail

program="$1"
allowed="$2"
dynamic="$(readelf --wide --dynamic "$program")"
needed="$(sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' <<<"$dynamic")"
if [[ -z "$needed" ]]; then
  echo "no dynamic section in $program: nothing was checked"
  exit 1
fi
echo "needs:" $needed
if unexpected="$(grep -vE "^($allowed)\.so(\..*)?$" <<<"$needed")"; then
  echo "links what it did not ask for:" $unexpected
  exit 1
fi
if readelf --wide --symbols "$program" | grep -qE ' numa_(init|fini)$'; then
  echo "carries libnuma's start-up code"
  exit 1
fi
