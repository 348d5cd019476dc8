#ifndef AFFINITY_CGROUP_CPUSET_H_
#define AFFINITY_CGROUP_CPUSET_H_

#include <string>
#include <vector>

#include "affinity/cpu_set.h"
#include "affinity/root_directory.h"

namespace affinity {

// CgroupCpuset is the set of CPUs that a control group leaves to the calling process.
struct CgroupCpuset {
  // False when no cgroup hierarchy that manages CPUs could be found.
  bool found = false;
  CpuSet cpus;
  // Where `cpus` stands, as an absolute path.
  std::string file;
  std::vector<std::string> notes;
};

// FindCgroupCpuset looks in proc/mounts for the version 1 hierarchy with the cpuset controller,
// then for cgroup2 (on hybrid hosts a "0::" line in proc/self/cgroup does not mean that version 2
// manages CPUs), and walks from the process's group up to the first one that names CPUs. Groups
// above what a container sees end the walk at the mount point.
CgroupCpuset FindCgroupCpuset(const RootDirectory& root);

}  // namespace affinity

#endif  // AFFINITY_CGROUP_CPUSET_H_
