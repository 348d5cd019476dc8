#include "disruptor/runtime/plan.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "affinity/placement.h"

namespace disruptor::runtime {
namespace {

// In brackets, so that it cannot be the name of a stage by accident.
constexpr char kPublisherName[] = "(publisher)";

affinity::StageClass ClassOf(Priority priority) {
  switch (priority) {
    case Priority::kCritical:
      return affinity::StageClass::kCritical;
    case Priority::kNormal:
      return affinity::StageClass::kNormal;
    case Priority::kBackground:
      return affinity::StageClass::kBackground;
  }
  return affinity::StageClass::kNormal;
}

affinity::StageRequest RequestFor(const StageConfig& stage) {
  affinity::StageRequest request{.name = stage.name, .stage_class = ClassOf(stage.priority)};
  if (stage.cpu != StageConfig::kAnyCpu) request.cpu = stage.cpu;
  return request;
}

// What one CPU runs.
struct CpuLoad {
  std::vector<std::size_t> stages;
  std::string reason;
  bool publisher = false;
};

std::string WorkerName(const StageGraph& graph, const std::vector<std::size_t>& stages) {
  std::string name = graph[stages.front()].name;
  if (stages.size() > 1) name += "+" + std::to_string(stages.size() - 1);
  return name;
}

// CommonWish is the way of waiting that all of `stages` ask for; kAuto when they do not agree.
WaitKind CommonWish(const StageGraph& graph, const std::vector<std::size_t>& stages) {
  const WaitKind first = graph[stages.front()].wait;
  const bool all = std::all_of(stages.begin(), stages.end(),
                               [&](std::size_t stage) { return graph[stage].wait == first; });
  return all ? first : WaitKind::kAuto;
}

// WaitFor chooses how a worker waits; `alone` means that no other thread of the plan is on its CPU.
WaitKind WaitFor(const StageGraph& graph, const std::vector<std::size_t>& stages, bool alone,
                 std::string& reason) {
  const bool several = stages.size() > 1;
  if (const WaitKind wish = CommonWish(graph, stages); wish != WaitKind::kAuto) {
    reason += several ? "; waits as its stages ask" : "; waits as the stage asks";
    return wish;
  }
  if (!several && alone) {
    reason += "; spins: the CPU is its own";
    return WaitKind::kBusySpin;
  }
  reason += several
                ? "; yields when idle: " + std::to_string(stages.size()) + " stages share the CPU"
                : "; yields when idle: other threads share the CPU";
  return WaitKind::kYielding;
}

void AddWorkers(const StageGraph& graph, std::optional<int> cpu, const CpuLoad& load,
                Sharing sharing, bool alone, RunPlan& plan) {
  std::vector<std::vector<std::size_t>> threads;
  if (sharing == Sharing::kOneThread) {
    threads.push_back(load.stages);
  } else {
    for (const std::size_t stage : load.stages) threads.push_back({stage});
  }
  for (std::vector<std::size_t>& stages : threads) {
    WorkerPlan worker{.name = WorkerName(graph, stages), .cpu = cpu, .reason = load.reason};
    worker.wait = WaitFor(graph, stages, alone && threads.size() == 1, worker.reason);
    worker.stages = std::move(stages);
    plan.workers.push_back(std::move(worker));
  }
}

// TellSharing says what was given up for want of CPUs.
void TellSharing(RunPlan& plan, int cpus, std::size_t stages, const RuntimeOptions& options) {
  std::map<int, int> stages_on;
  for (const WorkerPlan& worker : plan.workers) {
    stages_on[*worker.cpu] += static_cast<int>(worker.stages.size());
  }
  if (stages_on.size() == stages) return;
  std::string text = std::to_string(cpus) + (cpus == 1 ? " CPU" : " CPUs") +
                     (options.publisher_cpu ? " for a publisher and " : " for ") +
                     std::to_string(stages) + " stages:";
  for (const auto& [cpu, count] : stages_on) {
    if (count < 2) continue;
    text += " " + std::to_string(count) + " share CPU " + std::to_string(cpu) + ",";
  }
  text += options.sharing == Sharing::kOneThread
              ? " in turn on one thread; with more CPUs each has its own"
              : " a thread each; with more CPUs each has its own";
  plan.warnings.insert(plan.warnings.begin(), std::move(text));
}

// CheckAskedCpus refuses two stages that ask for one CPU.
absl::Status CheckAskedCpus(const StageGraph& graph, const std::vector<std::size_t>& order) {
  std::map<int, std::string> asked;
  for (const std::size_t stage : order) {
    if (graph[stage].cpu == StageConfig::kAnyCpu) continue;
    const auto [other, first] = asked.emplace(graph[stage].cpu, graph[stage].name);
    if (first) continue;
    return absl::InvalidArgumentError("stages \"" + other->second + "\" and \"" +
                                      graph[stage].name + "\" both ask for CPU " +
                                      std::to_string(other->first) +
                                      "; give one of them another, or leave the choice of one out");
  }
  return absl::OkStatus();
}

// Without pinning nothing is known of who shares what, so each stage gets a thread and spins only
// when there are enough CPUs for all threads and the publisher.
RunPlan UnpinnedPlan(const StageGraph& graph, const std::vector<std::size_t>& order, int cpus,
                     const RuntimeOptions& options) {
  RunPlan plan;
  const bool enough = static_cast<int>(order.size()) + 1 <= cpus;
  for (const std::size_t stage : order) {
    const CpuLoad load{.stages = {stage}, .reason = "not pinned"};
    AddWorkers(graph, std::nullopt, load, Sharing::kThreadEach, enough, plan);
  }
  plan.publisher_shares = !enough;
  plan.warnings.push_back(
      "threads are not pinned: the scheduler may move them, and latencies will "
      "show it");
  if (!options.cpus.empty()) {
    plan.warnings.push_back("the CPUs asked for, " + options.cpus.Format() +
                            ", only count when threads are pinned");
  }
  for (const std::size_t stage : order) {
    if (graph[stage].cpu == StageConfig::kAnyCpu) continue;
    plan.warnings.push_back("stage \"" + graph[stage].name + "\" asked for CPU " +
                            std::to_string(graph[stage].cpu) + " and is not pinned to it");
  }
  return plan;
}

// ChoosePublisherCpu takes the CPU for the publisher before any stage is placed. It is placed as if
// it were a stage in front of the first one, so that the two are near each other.
absl::StatusOr<std::optional<int>> ChoosePublisherCpu(const StageGraph& graph,
                                                      const std::vector<std::size_t>& order,
                                                      const affinity::Machine& machine,
                                                      const affinity::CpuSet& usable) {
  affinity::CpuSet free = usable;
  for (const std::size_t stage : order) {
    if (affinity::CpuSet::IsValidId(graph[stage].cpu)) free.Remove(graph[stage].cpu);
  }
  if (free.empty() || usable.size() < 2) return std::optional<int>();
  std::vector<affinity::StageRequest> requests = {
      {.name = kPublisherName, .stage_class = affinity::StageClass::kCritical}};
  for (const std::size_t stage : order) {
    if (graph[stage].cpu == StageConfig::kAnyCpu) requests.push_back(RequestFor(graph[stage]));
  }
  requests.resize(std::min<std::size_t>(requests.size(), free.size()));
  auto placement = affinity::Place(machine, free, requests);
  if (!placement.ok()) return placement.status();
  return std::optional<int>(placement->stages.front().cpu);
}

}  // namespace

absl::StatusOr<RunPlan> MakePlan(const StageGraph& graph, const std::vector<std::size_t>& order,
                                 const affinity::Machine& machine, const affinity::CpuSet& usable,
                                 const RuntimeOptions& options) {
  if (options.pinning == Pinning::kNever) {
    return UnpinnedPlan(graph, order, usable.size(), options);
  }

  if (absl::Status distinct = CheckAskedCpus(graph, order); !distinct.ok()) return distinct;
  RunPlan plan;
  affinity::CpuSet for_stages = usable;
  if (options.publisher_cpu) {
    auto publisher = ChoosePublisherCpu(graph, order, machine, usable);
    if (!publisher.ok()) return publisher.status();
    plan.publisher_cpu = *publisher;
    if (plan.publisher_cpu) for_stages.Remove(*plan.publisher_cpu);
  }

  std::vector<affinity::StageRequest> requests;
  for (const std::size_t stage : order) requests.push_back(RequestFor(graph[stage]));
  auto placement = affinity::Place(machine, for_stages, requests);
  if (!placement.ok()) {
    // What is wrong is told of all CPUs: the publisher would give its own up for a stage.
    const absl::Status error = affinity::Place(machine, usable, requests).status();
    return error.ok() ? placement.status() : error;
  }
  plan.warnings = placement->warnings;

  std::map<int, CpuLoad> loads;
  std::vector<int> cpus_in_order;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const affinity::StagePlace& place = placement->stages[i];
    CpuLoad& load = loads[place.cpu];
    if (load.stages.empty()) cpus_in_order.push_back(place.cpu);
    load.stages.push_back(order[i]);
    if (load.reason.empty()) load.reason = place.reason;
  }
  // A publisher for which no CPU was to be kept is somewhere else, if there is anywhere else.
  affinity::CpuSet elsewhere = machine.Online();
  for (const int cpu : cpus_in_order) elsewhere.Remove(cpu);
  const bool publisher_alone =
      options.publisher_cpu ? plan.publisher_cpu.has_value() : !elsewhere.empty();
  for (const int cpu : cpus_in_order) {
    // A publisher without a CPU of its own may run on any of them.
    AddWorkers(graph, cpu, loads[cpu], options.sharing, publisher_alone, plan);
  }
  TellSharing(plan, usable.size(), order.size(), options);
  plan.publisher_shares = !publisher_alone;
  if (plan.publisher_shares) {
    plan.warnings.push_back(
        "no CPU is left for the publishing thread: it shares one with stages "
        "and yields when the ring is full");
  }
  return plan;
}

}  // namespace disruptor::runtime
