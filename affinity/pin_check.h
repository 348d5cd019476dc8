#ifndef AFFINITY_PIN_CHECK_H_
#define AFFINITY_PIN_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"

namespace affinity {

// PinEvidence is what the kernel tells about one thread at one moment. Counts are since the thread
// began and absent when this kernel does not tell them.
struct PinEvidence {
  int tid = 0;
  // The affinity mask now: a changed cpuset or another program may have replaced it.
  CpuSet mask;
  // Where the thread runs now or ran last.
  int cpu = CpuSet::kNone;
  // The thread gave up its CPU: it blocked or yielded.
  std::optional<std::uint64_t> voluntary_switches;
  // The kernel took the CPU away for another thread.
  std::optional<std::uint64_t> involuntary_switches;
  std::optional<std::uint64_t> minor_faults;
  std::optional<std::uint64_t> major_faults;
  // Moves from one CPU to another; needs a kernel with CONFIG_SCHED_DEBUG.
  std::optional<std::uint64_t> migrations;
};

// SnapshotThread reads the evidence of a thread of this process by its kernel id, as PinnedThread
// and gettid return it; 0 is the calling thread.
//
//   Caller   any thread; the observed thread is not disturbed.
//   Fails    when there is no such thread (any more).
//   Cost     one system call and three small files of /proc: for a monitor, not for a hot path.
absl::StatusOr<PinEvidence> SnapshotThread(int tid = 0);

// PinVerdict is what happened between two snapshots of one thread.
struct PinVerdict {
  // The thread is and, as far as the kernel tells, was on the CPUs it should be on, and its mask is
  // still the one asked for.
  bool held = true;
  // One sentence that starts with "held" or "moved".
  std::string text;

  // Differences, absent when either snapshot lacks the count.
  std::optional<std::uint64_t> voluntary_switches;
  std::optional<std::uint64_t> involuntary_switches;
  std::optional<std::uint64_t> minor_faults;
  std::optional<std::uint64_t> major_faults;
  std::optional<std::uint64_t> migrations;
};

// ComparePin judges `after` against what was asked for; `before` is where counting starts. A pure
// function.
PinVerdict ComparePin(const CpuSet& asked, const PinEvidence& before, const PinEvidence& after);

}  // namespace affinity

#endif  // AFFINITY_PIN_CHECK_H_
