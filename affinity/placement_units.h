#ifndef AFFINITY_PLACEMENT_UNITS_H_
#define AFFINITY_PLACEMENT_UNITS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"
#include "affinity/machine.h"
#include "affinity/placement.h"

namespace affinity {

// PlacementUnit is what the planner moves as one: a request, together with those that share its CPU
// on purpose.
struct PlacementUnit {
  // Indices of requests, ascending.
  std::vector<std::size_t> members;
  // The most demanding class among the members.
  StageClass stage_class = StageClass::kBackground;
  // The position in the pipeline: that of the request the others share with.
  std::size_t position = 0;
  // The explicit CPU, or the chosen one once the planner has chosen.
  int cpu = CpuSet::kNone;
  bool is_explicit = false;
};

// PlacementUnits checks the requests as Place promises and groups them, in pipeline order.
// `candidates` is which CPUs may be used.
absl::StatusOr<std::vector<PlacementUnit>> PlacementUnits(
    const Machine& machine, const CpuSet& candidates, const std::vector<StageRequest>& requests);

// DescribePlacement turns the chosen CPUs into the answer: reasons, warnings, what is unused.
Placement DescribePlacement(const Machine& machine, const CpuSet& candidates,
                            const std::vector<StageRequest>& requests,
                            const std::vector<PlacementUnit>& units);

}  // namespace affinity

#endif  // AFFINITY_PLACEMENT_UNITS_H_
