#!/usr/bin/env bash
# What tools/watch does with changes. The tree is a folder of its own; inotifywait is a stand-in
# that passes on the lines of a file, and the last case uses the real one where there is one.
set -euo pipefail

watch_source="$(readlink -f "$1")"
work="$(mktemp -d "${TMPDIR:-/tmp}/watch_test.XXXXXX")"
watcher=""
cleanup() {
  [[ -z "$watcher" ]] || kill "$watcher" 2>/dev/null || true
  rm -rf -- "$work"
}
trap cleanup EXIT
mkdir -p "$work/tree/tools" "$work/bin"
cp "$watch_source" "$work/tree/tools/watch"
: >"$work/events"
: >"$work/runs"

fail() {
  echo "FAILED: $*"
  echo "--- what watch said"
  cat "$work/said"
  exit 1
}

runs() { wc -l <"$work/runs"; }

# Waits as long as the test may take: a slow machine is no failure.
wait_for_runs() {
  while (($(runs) < $1)); do
    kill -0 "$watcher" 2>/dev/null || fail "watch ended after $(runs) runs, before run $1"
    sleep 0.05
  done
}

start() {
  PATH="$work/bin:$PATH" "$work/tree/tools/watch" "$@" >"$work/said" 2>&1 &
  watcher=$!
}

cat >"$work/bin/inotifywait" <<END
#!/bin/bash
exec tail -n +1 -f '$work/events'
END
chmod +x "$work/bin/inotifywait"

# Runs at once, again after a change, and once for many changes together.
start --command="echo run >>'$work/runs'" --quiet-for=1 --runs=3
wait_for_runs 1
echo ./a.cc >>"$work/events"
wait_for_runs 2
for file in b c d e f g h; do echo "./$file.h" >>"$work/events"; done
wait_for_runs 3
wait "$watcher" || fail "it did not end well after the number of runs asked for"
(($(runs) == 3)) || fail "$(runs) runs instead of 3"
grep -q "./a.cc changed" "$work/said" || fail "it does not say what changed"

# A failing run is said, and does not end the watch.
: >"$work/events"
: >"$work/runs"
start --command="echo run >>'$work/runs'; false" --quiet-for=0.1 --runs=2
wait_for_runs 1
echo ./a.cc >>"$work/events"
wait_for_runs 2
wait "$watcher" || fail "a failing run ended the watch"
grep -q "FAILED after" "$work/said" || fail "it does not say that the run failed"

# Without targets it tests everything, through the tree's own bazelw.
printf '#!/bin/bash\necho "bazelw $*" >>"%s"\n' "$work/runs" >"$work/tree/bazelw"
chmod +x "$work/tree/bazelw"
: >"$work/runs"
start --runs=1
wait "$watcher"
grep -qx "bazelw test //..." "$work/runs" || fail "it did not call bazelw test //..."

# ibazel, where there is one, does the watching.
printf '#!/bin/bash\necho "ibazel $*" >>"%s"\n' "$work/runs" >"$work/bin/ibazel"
chmod +x "$work/bin/ibazel"
start //disruptor/...
wait "$watcher"
grep -qx "ibazel -bazel_path=$work/tree/bazelw test //disruptor/..." "$work/runs" ||
  fail "it did not hand over to ibazel"
rm "$work/bin/ibazel"

# Neither: says how to get one.
mkdir "$work/empty"
ln -s "$(type -P bash)" "$(type -P dirname)" "$work/empty"
PATH="$work/empty" bash "$work/tree/tools/watch" --runs=1 >"$work/said" 2>&1 &&
  fail "it ran without inotifywait"
grep -q "apt-get install inotify-tools" "$work/said" || fail "it does not say how to install it"

"$work/tree/tools/watch" --help | grep -q "tools/watch //tests" || fail "--help says too little"
"$work/tree/tools/watch" --runs=many >/dev/null 2>&1 && fail "--runs=many was taken"

# The real inotifywait: a saved source counts, an editor's and Bazel's files do not.
rm "$work/bin/inotifywait"
if [[ -z "$(type -P inotifywait)" ]]; then
  echo "SKIPPED the case of the real inotifywait: it is not installed (inotify-tools)"
  exit 0
fi
: >"$work/runs"
mkdir -p "$work/tree/disruptor" "$work/tree/.git"
start --command="echo run >>'$work/runs'" --quiet-for=0.1 --runs=2
wait_for_runs 1
# It takes a moment to look at every folder, so the source is saved until that was seen; more
# slowly than the tree has to be still.
while (($(runs) < 2)); do
  : >"$work/tree/.git/index"
  : >"$work/tree/disruptor/.ring.h.swp"
  : >"$work/tree/disruptor/ring.h"
  sleep 0.7
done
wait "$watcher"
grep -q "./disruptor/ring.h changed" "$work/said" || fail "another file than the source counted"
echo "all checks passed"
