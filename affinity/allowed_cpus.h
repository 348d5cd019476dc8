#ifndef AFFINITY_ALLOWED_CPUS_H_
#define AFFINITY_ALLOWED_CPUS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"

namespace affinity {

// MaskReading decides how far the affinity mask of the process limits the choice of CPUs.
enum class MaskReading {
  // Obey the mask, except where it is just the boot-time default: a mask that equals the cpuset
  // without the isolated and nohz_full CPUs is nobody's wish, and obeying it would refuse exactly
  // the CPUs that were prepared for this program. It is a heuristic (taskset to the same set looks
  // alike), so `notes` says when it applied.
  kAuto,
  kObey,
  kIgnore,
};

// AllowedCpus is which CPUs this process may run on, and why not the others.
struct AllowedCpus {
  // usable = online, in the cpuset, and in the mask unless the mask was set aside (MaskReading).
  CpuSet usable;
  CpuSet present;
  CpuSet online;
  // The affinity mask, as taskset -p shows it.
  CpuSet mask;
  // The CPUs of the cgroup cpuset that holds the process, and the file that said so; absent when no
  // cpuset could be found.
  std::optional<CpuSet> cpuset;
  std::string cpuset_file;
  // Taken from the kernel's general scheduling (isolcpus=, isolated partitions); pinning works.
  CpuSet isolated;
  // CPUs without the periodic tick while one thread runs.
  CpuSet nohz_full;
  // Sentences for the user: what was missing, unusual or set aside.
  std::vector<std::string> notes;

  // WhyNot explains in one clause, with the command that changes it, why `cpu` is not usable; empty
  // when it is usable.
  [[nodiscard]] std::string WhyNot(int cpu) const;
};

// ReadAllowedCpus reads the live system.
//
//   Caller   any thread. The mask is that of the process's main thread, so that a thread that is
//            pinned already still gets the process's answer.
//   Fails    when the mask cannot be read or no CPU is usable. Missing files are notes.
//   Cost     about ten small files; cold path.
absl::StatusOr<AllowedCpus> ReadAllowedCpus(MaskReading reading = MaskReading::kAuto);

// ReadAllowedCpus with a root directory (a recording, or a test) and the mask to assume there.
absl::StatusOr<AllowedCpus> ReadAllowedCpus(const std::string& root, const CpuSet& mask,
                                            MaskReading reading = MaskReading::kAuto);

}  // namespace affinity

#endif  // AFFINITY_ALLOWED_CPUS_H_
