#include "disruptor/runtime/preparation.h"

#include <string>
#include <utility>

namespace disruptor::runtime {

absl::StatusOr<Preparation> Prepare(const StageGraph& graph, const RuntimeOptions& options) {
  auto order = graph.TopologicalOrder();
  if (!order.ok()) return order.status();
  Preparation preparation;
  auto machine = affinity::ReadMachine();
  if (!machine.ok()) return machine.status();
  preparation.machine = *std::move(machine);
  auto allowed = affinity::ReadAllowedCpus();
  if (!allowed.ok()) return allowed.status();
  preparation.allowed = *std::move(allowed);

  preparation.usable = preparation.allowed.usable;
  if (!options.cpus.empty()) {
    for (const int cpu : options.cpus) {
      if (!preparation.allowed.usable.Contains(cpu)) {
        return absl::InvalidArgumentError(
            "CPU " + std::to_string(cpu) +
            " was asked for and cannot be used: " + preparation.allowed.WhyNot(cpu) +
            "; usable are " + preparation.allowed.usable.Describe());
      }
    }
    preparation.usable = options.cpus;
  }
  auto plan = MakePlan(graph, *order, preparation.machine, preparation.usable, options);
  if (!plan.ok()) return plan.status();
  preparation.plan = *std::move(plan);
  return preparation;
}

absl::StatusOr<RingPlace> PlaceRing(std::size_t bytes, const Preparation& /*preparation*/) {
  return RingPlace{RingMemory::Heap(bytes), std::to_string(bytes >> 10) + " KiB on the heap"};
}

}  // namespace disruptor::runtime
