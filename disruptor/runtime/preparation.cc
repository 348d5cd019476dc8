#include "disruptor/runtime/preparation.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "affinity/node_memory.h"

namespace disruptor::runtime {
namespace {

// A smaller ring would waste most of a huge page.
constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

}  // namespace

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

absl::StatusOr<RingPlace> PlaceRing(std::size_t bytes, const Preparation& preparation) {
  affinity::NodeMemoryRequest request{.bytes = bytes};
  if (bytes < kHugePageBytes) request.huge_pages = affinity::Wish::kNever;
  const std::optional<int> cpu = preparation.plan.workers.front().cpu;
  const affinity::Cpu* first = cpu ? preparation.machine.Find(*cpu) : nullptr;
  if (first != nullptr) request.node = first->node;

  auto allocated = affinity::NodeMemory::Allocate(request);
  if (!allocated.ok()) return allocated.status();
  // Shared, because a std::function can be copied and memory cannot.
  auto memory = std::make_shared<affinity::NodeMemory>(*std::move(allocated));
  std::string description = memory->report().Text();
  auto* data = static_cast<std::byte*>(memory->data());
  return RingPlace{RingMemory(data, memory->size(), [memory](std::byte*) {}),
                   std::move(description)};
}

}  // namespace disruptor::runtime
