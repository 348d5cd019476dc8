#include "affinity/pin_check.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <string>

#include "absl/status/status.h"
#include "affinity/root_directory.h"
#include "affinity/thread_affinity.h"
#include "affinity/thread_counters.h"

namespace affinity {
namespace {

using Count = std::optional<std::uint64_t>;

Count Difference(const Count& before, const Count& after) {
  if (!before || !after) return std::nullopt;
  // Less than before means that the id was given to a new thread; there is nothing to subtract.
  return *after < *before ? *after : *after - *before;
}

void Append(std::string& text, const Count& count, const char* what) {
  if (count) text += ", " + std::to_string(*count) + " " + what;
}

std::string Moves(const CpuSet& asked, const PinVerdict& verdict, const PinEvidence& after) {
  const std::string wanted = "asked for CPU " + asked.Describe();
  if (after.mask != asked) {
    return "moved: " + wanted + ", the mask is now " + after.mask.Describe() +
           "; a changed cpuset or another program (taskset -p) replaced it";
  }
  if (!asked.Contains(after.cpu)) {
    return "moved: " + wanted + ", runs on CPU " + std::to_string(after.cpu) +
           "; was the CPU taken offline?";
  }
  // A thread that may float among several CPUs migrates rightly.
  if (asked.size() == 1 && verdict.migrations.value_or(0) > 0) {
    return "moved: " + wanted + " and runs there, but migrated " +
           std::to_string(*verdict.migrations) + " times in between";
  }
  return "";
}

}  // namespace

absl::StatusOr<PinEvidence> SnapshotThread(int tid) {
  PinEvidence evidence;
  evidence.tid = tid != 0 ? tid : static_cast<int>(::syscall(SYS_gettid));
  const RootDirectory root("/");
  const std::string directory = "proc/self/task/" + std::to_string(evidence.tid) + "/";
  const std::optional<ThreadStat> stat = ParseThreadStat(root.Read(directory + "stat").text);
  if (!stat) {
    return absl::NotFoundError("thread " + std::to_string(evidence.tid) +
                               " is not a running thread of this process: /" + directory +
                               "stat cannot be read");
  }
  const absl::StatusOr<CpuSet> mask = ReadThreadAffinity(evidence.tid);
  if (!mask.ok()) return mask.status();
  evidence.mask = *mask;
  evidence.cpu = stat->cpu;
  evidence.minor_faults = stat->minor_faults;
  evidence.major_faults = stat->major_faults;
  const std::string status = root.Read(directory + "status").text;
  evidence.voluntary_switches = ParseCounter(status, "voluntary_ctxt_switches");
  evidence.involuntary_switches = ParseCounter(status, "nonvoluntary_ctxt_switches");
  evidence.migrations = ParseCounter(root.Read(directory + "sched").text, "se.nr_migrations");
  return evidence;
}

PinVerdict ComparePin(const CpuSet& asked, const PinEvidence& before, const PinEvidence& after) {
  PinVerdict verdict;
  verdict.voluntary_switches = Difference(before.voluntary_switches, after.voluntary_switches);
  verdict.involuntary_switches =
      Difference(before.involuntary_switches, after.involuntary_switches);
  verdict.minor_faults = Difference(before.minor_faults, after.minor_faults);
  verdict.major_faults = Difference(before.major_faults, after.major_faults);
  verdict.migrations = Difference(before.migrations, after.migrations);
  verdict.text = Moves(asked, verdict, after);
  verdict.held = verdict.text.empty();
  if (verdict.held) verdict.text = "held on CPU " + asked.Describe();
  Append(verdict.text, verdict.involuntary_switches, "involuntary switches");
  Append(verdict.text, verdict.voluntary_switches, "voluntary");
  Append(verdict.text, verdict.minor_faults, "minor faults");
  Append(verdict.text, verdict.major_faults, "major");
  return verdict;
}

}  // namespace affinity
