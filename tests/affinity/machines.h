#ifndef TESTS_AFFINITY_MACHINES_H_
#define TESTS_AFFINITY_MACHINES_H_

#include "affinity/machine.h"

namespace affinity {

// MachineShape describes a regular machine to plan for. CPUs are numbered as most firmware does:
// first one thread of every core, then the second threads.
struct MachineShape {
  int packages = 1;
  int l3s_per_package = 1;
  int cores_per_l3 = 4;
  int threads_per_core = 1;
};

inline Machine BuildMachine(const MachineShape& shape) {
  Machine machine;
  const int cores = shape.packages * shape.l3s_per_package * shape.cores_per_l3;
  for (int thread = 0; thread < shape.threads_per_core; ++thread) {
    for (int core = 0; core < cores; ++core) {
      Cpu cpu;
      cpu.id = thread * cores + core;
      cpu.core = core;
      cpu.smt_rank = thread;
      cpu.l3 = core / shape.cores_per_l3 * shape.cores_per_l3;
      cpu.package = core / (shape.cores_per_l3 * shape.l3s_per_package);
      cpu.node = cpu.package;
      machine.cpus.push_back(cpu);
    }
  }
  return machine;
}

}  // namespace affinity

#endif  // TESTS_AFFINITY_MACHINES_H_
