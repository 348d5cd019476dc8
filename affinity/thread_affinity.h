#ifndef AFFINITY_THREAD_AFFINITY_H_
#define AFFINITY_THREAD_AFFINITY_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"

namespace affinity {

// ReadThreadAffinity returns the affinity mask of a thread by its kernel id; 0 is the calling
// thread. The buffer grows until the kernel's mask fits, because cpu_set_t ends at CPU 1023.
absl::StatusOr<CpuSet> ReadThreadAffinity(int tid);

// KernelMask is a CpuSet in the layout of the kernel's affinity calls: an array of unsigned long,
// CPU 0 in the lowest bit of the first.
class KernelMask {
 public:
  explicit KernelMask(const CpuSet& cpus);

  [[nodiscard]] std::size_t bytes() const { return words_.size() * sizeof(unsigned long); }
  [[nodiscard]] const unsigned long* data() const { return words_.data(); }

 private:
  std::vector<unsigned long> words_;
};

}  // namespace affinity

#endif  // AFFINITY_THREAD_AFFINITY_H_
