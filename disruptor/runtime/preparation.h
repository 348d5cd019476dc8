#ifndef DISRUPTOR_RUNTIME_PREPARATION_H_
#define DISRUPTOR_RUNTIME_PREPARATION_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "affinity/allowed_cpus.h"
#include "affinity/machine.h"
#include "disruptor/ring_memory.h"
#include "disruptor/runtime/options.h"
#include "disruptor/runtime/plan.h"
#include "disruptor/stage_graph.h"

namespace disruptor::runtime {

// Preparation is what Start() finds out before it starts anything.
struct Preparation {
  affinity::Machine machine;
  affinity::AllowedCpus allowed;
  // The CPUs to use: allowed, and asked for in the options.
  affinity::CpuSet usable;
  RunPlan plan;
};

// Prepare reads this machine and places the stages of `graph` on it. Cold: reads files.
absl::StatusOr<Preparation> Prepare(const StageGraph& graph, const RuntimeOptions& options);

// RingPlace is the memory of a ring and the sentence that says where it is.
struct RingPlace {
  RingMemory memory;
  std::string description;
};

// PlaceRing allocates `bytes` on the node of the first stage's CPU, touches every page and asks the
// kernel where the pages are. Where the kernel does not let it choose, the memory is wherever it
// came, and the description says so.
absl::StatusOr<RingPlace> PlaceRing(std::size_t bytes, const Preparation& preparation);

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_PREPARATION_H_
