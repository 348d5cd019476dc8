#!/usr/bin/env bash
# What bazelw decides on machines of every kind. A machine is a folder: $machine/root stands for /
# (headers, Debian's Bazel), $machine/bin is the whole PATH, and $machine/calls records who was
# called with what. Nothing of the real machine is looked at or changed.
set -u

bazelw_source="$(readlink -f "$1")"
work="$(mktemp -d "${TMPDIR:-/tmp}/bazelw_test.XXXXXX")"
trap 'rm -rf -- "$work"' EXIT
chmod 755 "$work"
cp "$bazelw_source" "$work/bazelw"
chmod 755 "$work/bazelw"

failures=0
machines=0
machine=""
name=""
output=""
code=0

# --- machines -------------------------------------------------------------------------------------

program() {  # program FILE [LINE...]: an executable that records its call, then runs the lines
  local file="$1"
  shift
  mkdir -p "${file%/*}"
  {
    echo '#!/bin/bash'
    echo "echo \"\${0##*/} \$*\" >>'$machine/calls'"
    printf '%s\n' "$@"
  } >"$file"
  chmod 755 "$file"
}

bazel() {  # bazel NAME VERSION: a Bazel on PATH; run with anything else it exits with 7
  program "$machine/bin/$1" "[[ \"\$1\" == --version ]] && { echo 'bazel $2'; exit; }" \
    'echo "out: $*"' 'exit 7'
}

debians_bazel() {
  mkdir -p "$machine/root/etc/bazel"
  : >"$machine/root/etc/bazel/bazelrc"
  program "$machine/root/usr/bin/bazel-4" 'echo "out: $*"' 'exit 7'
  program "$machine/root/usr/bin/bazel" 'echo "the wrapper must not run"' 'exit 9'
  ln -sf "$machine/root/usr/bin/bazel" "$machine/bin/bazel"
}

header() {
  local file="$machine/root/usr/include/$1"
  mkdir -p "${file%/*}"
  : >"$file"
}

libraries() {
  local each
  for each in absl/status/statusor.h gtest/gtest.h gmock/gmock.h benchmark/benchmark.h numa.h \
    zlib.h nlohmann/json.hpp; do
    header "$each"
  done
}

gcc() {  # gcc VERSION
  program "$machine/bin/gcc" "echo $1"
  program "$machine/bin/g++" "echo $1"
  header "c++/$1/version"
}

# apt-get that installs what the function of the name says; apt-cache that knows 4.2.3.
apt() {  # apt [CANDIDATE]
  program "$machine/bin/apt-get" \
    "[[ \" \$* \" == *' install '* ]] || exit 0" \
    "[[ -e '$machine/broken-apt' ]] && { echo 'E: Unable to fetch'; exit 100; }" \
    "cp -a '$machine/to-install/.' '$machine/'"
  program "$machine/bin/apt-cache" "echo 'bazel-bootstrap:'" "echo '  Candidate: ${1:-4.2.3+ds-9}'"
  program "$machine/bin/sudo" "[[ \"\$1\" == -n ]] && shift" "exec \"\$@\""
}

# Everything that follows, up to `end_install`, appears only once apt-get has installed.
begin_install() { machine="$machine/to-install" && mkdir -p "$machine/bin"; }
end_install() { machine="${machine%/to-install}"; }

start() {  # start NAME: an empty machine with only the tools that bazelw itself calls
  local tool
  name="$1"
  machines=$((machines + 1))
  machine="$work/machine_$machines"
  mkdir -p "$machine/bin" "$machine/root" "$machine/home"
  chmod 755 "$machine" "$machine"/*
  : >"$machine/calls"
  chmod 666 "$machine/calls"
  mkdir -m 777 "$machine/tmp"
  for tool in bash env readlink mktemp tail rm cp; do
    ln -s "$(type -P "$tool")" "$machine/bin/$tool"
  done
}

debian() {  # debian NAME: a Debian 12 on which nothing is missing
  start "$1"
  apt
  debians_bazel
  gcc 12
  libraries
  program "$machine/bin/python3"
}

run() {  # run [VARIABLE=VALUE...] -- ARGUMENT...
  local -a variables=()
  while [[ "$1" != "--" ]]; do
    variables+=("$1")
    shift
  done
  shift
  output="$(cd "$machine" && env -i PATH="$machine/bin" PINWHEEL_ROOT="$machine/root" \
    TMPDIR="$machine/tmp" "${variables[@]}" "${as_user[@]}" "$work/bazelw" "$@" \
    2>"$machine/stderr" </dev/null)"
  code=$?
}
as_user=()

# --- checks ---------------------------------------------------------------------------------------

complain() {
  failures=$((failures + 1))
  printf 'FAILED %s: %s\n  exit code %s\n  stdout: %s\n  stderr: %s\n  calls: %s\n' \
    "$name" "$1" "$code" "$output" "$(cat "$machine/stderr")" "$(cat "$machine/calls")"
}
exits() { [[ "$code" == "$1" ]] || complain "exit code is not $1"; }
prints() { [[ "$output" == "$1" ]] || complain "standard output is not '$1'"; }
says() { grep -qF -- "$1" "$machine/stderr" || complain "does not say '$1'"; }
says_nothing() { [[ ! -s "$machine/stderr" ]] || complain "says something"; }
does_not_say() { ! grep -qF -- "$1" "$machine/stderr" || complain "says '$1'"; }
called() { grep -qF -- "$1" "$machine/calls" || complain "no call of '$1'"; }
not_called() { ! grep -qF -- "$1" "$machine/calls" || complain "a call of '$1'"; }

# --- cases: nothing is missing --------------------------------------------------------------------

debian "passes arguments and exit code through"
run -- test //... "--test_arg=a b"
exits 7
prints "out: test //... --test_arg=a b"
says_nothing
not_called "apt-get"
not_called "gcc -v"
called "bazel-4 test //... --test_arg=a b"

debian "a newer bazel on PATH comes before Debian's"
rm "$machine/bin/bazel"
bazel bazel 8.4.0
run -- info
exits 7
called "bazel info"
not_called "bazel-4"
says_nothing

debian "bazelisk with a newer version comes before Debian's"
bazel bazelisk 9.0.1rc2
run -- info
called "bazelisk info"

debian "a version in between gives way to Debian's without a word"
rm "$machine/bin/bazel"
bazel bazel 6.5.0
run -- info
exits 7
called "bazel-4 info"
not_called "bazel info"
says_nothing

debian "7.2.0 is too old for the module file"
rm "$machine/bin/bazel"
bazel bazel 7.2.0
run -- info
called "bazel-4 info"

start "a newer bazel needs no libraries"
bazel bazel 7.2.1
gcc 13
program "$machine/bin/python3"
run -- build
exits 7
called "bazel build"
says_nothing

start "a version with two digits is newer"
bazel bazel 10.0.0
gcc 13
program "$machine/bin/python3"
run -- build
called "bazel build"

# --- cases: something is missing ------------------------------------------------------------------

start "nothing at all, and never install"
apt
run PINWHEEL_INSTALL=never -- test //...
exits 36
says "PINWHEEL_INSTALL=never"
says "apt-get install --no-install-recommends bazel-bootstrap g++ python3 libabsl-dev libgtest-dev \
libgmock-dev libbenchmark-dev libnuma-dev zlib1g-dev nlohmann-json3-dev"
not_called "apt-get"

for each in absl/status/statusor.h:libabsl-dev gtest/gtest.h:libgtest-dev \
  gmock/gmock.h:libgmock-dev benchmark/benchmark.h:libbenchmark-dev numa.h:libnuma-dev \
  zlib.h:zlib1g-dev nlohmann/json.hpp:nlohmann-json3-dev; do
  debian "without ${each##*:}"
  rm "$machine/root/usr/include/${each%%:*}"
  run PINWHEEL_INSTALL=never -- build
  exits 36
  says "these packages are missing: ${each##*:}"
done

start "installs what is missing and then builds"
apt
begin_install
debians_bazel
end_install
gcc 12
libraries
rm "$machine/root/usr/include/numa.h"
program "$machine/bin/python3"
begin_install
header numa.h
end_install
run -- build //...
exits 7
prints "out: build //..."
called "update"
called "install --no-install-recommends bazel-bootstrap libnuma-dev"
says "bazel-bootstrap      Bazel 4.2.3"
says "libnuma-dev          libnuma"

start "shows the output of an installation that fails"
apt
: >"$machine/broken-apt"
run -- build
exits 36
says "E: Unable to fetch"

start "an installation that leaves something missing is an error"
apt
mkdir "$machine/to-install"
run -- build
exits 36
says "still missing after the installation: bazel-bootstrap"

start "an older release is told apart before anything is installed"
apt "3.5.1+ds-4"
run -- build
exits 36
says "this release's bazel-bootstrap is 3.5.1+ds-4"
not_called "install"

start "no apt-get: says what is needed"
run -- build
exits 36
says "no apt-get"
says "Bazel 7.2.1 or newer"
says "GCC 11 or Clang 14"
says "python3"

start "no apt-get and bazel 5 only: names it"
bazel bazel 5.4.1
gcc 12
program "$machine/bin/python3"
run -- build
exits 36
says "found $machine/bin/bazel (bazel 5.4.1)"
does_not_say "GCC"

start "a bazel of another make in Debian's place is not overwritten"
apt
program "$machine/root/usr/bin/bazel" 'echo bazel 5.4.1'
gcc 12
libraries
program "$machine/bin/python3"
run -- build
exits 36
says "is not Debian's"
not_called "install"

# --- cases: compilers -----------------------------------------------------------------------------

debian "GCC 10 is too old"
gcc 10
run -- build
exits 36
says "gcc is version 10"

debian "CC names a compiler that is not there"
run CC=/opt/icx -- build
exits 36
says "CC=/opt/icx is not there"

debian "CC=clang without clang"
run CC=clang PINWHEEL_INSTALL=never -- build
exits 36
says "packages are missing: clang"

debian "the clang configuration needs clang"
run PINWHEEL_INSTALL=never -- test //... --config=clang
exits 36
says "packages are missing: clang"

debian "an argument of the program is no configuration"
run PINWHEEL_INSTALL=never -- run //:x -- --config=clang
exits 7

debian "CC=gcc-13 needs its C++ half"
program "$machine/bin/gcc-13" "echo 13"
run CC=gcc-13 PINWHEEL_INSTALL=never -- build
exits 36
says "packages are missing: g++-13"

debian "clang 13 is too old"
program "$machine/bin/clang" "echo 13.0.1"
run CC=clang -- build
exits 36
says "clang is version 13.0.1"

debian "clang under its versioned folder is not started"
program "$machine/root/usr/lib/llvm-14/bin/clang" "echo 14.0.6"
ln -s "$machine/root/usr/lib/llvm-14/bin/clang" "$machine/bin/clang"
run CC=clang -- build
exits 7
not_called "clang"

# --- cases: not root ------------------------------------------------------------------------------

if ((EUID == 0)); then
  if setpriv --reuid=65534 --clear-groups bash -c : 2>/dev/null; then
    as_user=(/usr/bin/setpriv --reuid=65534 --clear-groups)
  else
    echo "SKIPPED the cases of a user who is not root: this machine lets nobody change user"
  fi
fi
if ((EUID != 0 || ${#as_user[@]} > 0)); then
  start "not root and no sudo: says the command"
  apt
  rm "$machine/bin/sudo"
  run -- build
  exits 36
  says "run as root: apt-get update && apt-get install --no-install-recommends bazel-bootstrap"
  not_called "apt-get"

  start "not root: asks sudo, without a question where nobody could answer"
  apt
  mkdir "$machine/to-install"
  run -- build
  called "sudo -n env DEBIAN_FRONTEND=noninteractive"
fi

if ((failures > 0)); then
  echo "$failures checks failed"
  exit 1
fi
echo "all checks passed"
