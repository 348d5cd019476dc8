#include "affinity/thread_affinity.h"

#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string>

#include "affinity/os_status.h"

namespace affinity {
namespace {

constexpr std::size_t kWordBits = sizeof(unsigned long) * CHAR_BIT;

}  // namespace

absl::StatusOr<CpuSet> ReadThreadAffinity(int tid) {
  // 1,024 CPUs first: what almost every kernel is built for.
  std::vector<unsigned long> words(1024 / kWordBits);
  while (true) {
    const std::size_t bytes = words.size() * sizeof(unsigned long);
    if (sched_getaffinity(tid, bytes, reinterpret_cast<cpu_set_t*>(words.data())) == 0) break;
    // EINVAL is the kernel's "mask is longer than this buffer".
    if (errno != EINVAL || words.size() * kWordBits >= CpuSet::kMaxCpus) {
      return OsStatus(errno, "sched_getaffinity of thread " + std::to_string(tid));
    }
    words.assign(words.size() * 2, 0);
  }
  CpuSet cpus;
  for (std::size_t cpu = 0; cpu < words.size() * kWordBits; ++cpu) {
    if ((words[cpu / kWordBits] >> (cpu % kWordBits)) & 1) cpus.Add(static_cast<int>(cpu));
  }
  return cpus;
}

KernelMask::KernelMask(const CpuSet& cpus)
    : words_(static_cast<std::size_t>(std::max(cpus.Last(), 0)) / kWordBits + 1, 0) {
  for (const int cpu : cpus) {
    const auto bit = static_cast<std::size_t>(cpu);
    words_[bit / kWordBits] |= 1UL << (bit % kWordBits);
  }
}

}  // namespace affinity
