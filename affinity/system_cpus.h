#ifndef AFFINITY_SYSTEM_CPUS_H_
#define AFFINITY_SYSTEM_CPUS_H_

#include <optional>
#include <string>
#include <vector>

#include "affinity/cpu_set.h"
#include "affinity/root_directory.h"

namespace affinity {

// SystemCpus is which CPUs a machine has, by /sys/devices/system/cpu.
struct SystemCpus {
  CpuSet present;
  CpuSet online;
  CpuSet isolated;
  CpuSet nohz_full;
  // Sentences about what was damaged or missing although kernels always have it.
  std::vector<std::string> notes;
};

// ReadSystemCpus stands any combination of missing files: without the list `online`, every cpuN
// directory counts whose own file `online` does not say 0.
SystemCpus ReadSystemCpus(const RootDirectory& root);

// ReadCpuList reads a file in the kernel's list form. Absent when the file is missing; damaged or
// unreadable ones are also absent and leave a sentence in `notes`.
std::optional<CpuSet> ReadCpuList(const RootDirectory& root, const std::string& path,
                                  std::vector<std::string>& notes);
// ReadCpuMask is the same for the mask form.
std::optional<CpuSet> ReadCpuMask(const RootDirectory& root, const std::string& path,
                                  std::vector<std::string>& notes);

}  // namespace affinity

#endif  // AFFINITY_SYSTEM_CPUS_H_
