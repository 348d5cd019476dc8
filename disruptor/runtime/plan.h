#ifndef DISRUPTOR_RUNTIME_PLAN_H_
#define DISRUPTOR_RUNTIME_PLAN_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"
#include "affinity/machine.h"
#include "disruptor/runtime/options.h"
#include "disruptor/stage_graph.h"
#include "disruptor/wait_strategy.h"

namespace disruptor::runtime {

// WorkerPlan is one thread and the stages it runs.
struct WorkerPlan {
  // The stage's name, or "book+2" for book and two stages behind it.
  std::string name = {};
  // Indices into the graph, in the order in which the thread visits them.
  std::vector<std::size_t> stages = {};
  // Absent: the thread is not pinned.
  std::optional<int> cpu = {};
  WaitKind wait = WaitKind::kYielding;
  // Why this CPU and this way of waiting; one clause each.
  std::string reason = {};
};

// RunPlan is where everything of a pipeline runs, and what was given up for that.
struct RunPlan {
  std::vector<WorkerPlan> workers = {};
  // The CPU kept for the publishing thread; absent when there is none to spare or pinning is off.
  std::optional<int> publisher_cpu = {};
  // True when a stage runs on the publisher's CPU, so that a waiting publisher has to yield.
  bool publisher_shares = false;
  std::vector<std::string> warnings = {};
};

// MakePlan places the stages of `graph` (listed in `order`, each after all that it follows) on the
// CPUs in `usable`. A pure function.
//
// The publisher gets a CPU of its own first, since it sets the pace; each stage gets its own while
// CPUs last; the rest share in the way of options.sharing. A thread alone on its CPU with one stage
// spins, any other spins a little and yields, unless the stage fixes its way of waiting.
//
// Fails when a CPU asked for cannot be had; the error names it and what to change.
absl::StatusOr<RunPlan> MakePlan(const StageGraph& graph, const std::vector<std::size_t>& order,
                                 const affinity::Machine& machine, const affinity::CpuSet& usable,
                                 const RuntimeOptions& options);

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_PLAN_H_
