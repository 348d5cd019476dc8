// MakePlan on random graphs and machines: what must hold for each of them.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "affinity/cpu_set.h"
#include "affinity/machine.h"
#include "disruptor/runtime/options.h"
#include "disruptor/runtime/plan.h"
#include "disruptor/stage_graph.h"
#include "gtest/gtest.h"
#include "tests/affinity/machines.h"

namespace disruptor::runtime {
namespace {

// One graph, machine and set of options, all from a seed.
class Case {
 public:
  explicit Case(std::uint32_t seed) : random_(seed) {
    // The stages in an order of declaration that is not that of the graph.
    const int stages = Pick(1, 8);
    std::vector<std::size_t> place(static_cast<std::size_t>(stages));
    for (std::size_t i = 0; i < place.size(); ++i) place[i] = i;
    std::shuffle(place.begin(), place.end(), random_);
    for (std::size_t i = 0; i < place.size(); ++i) graph.Add("stage " + std::to_string(i));
    for (std::size_t rank = 0; rank < place.size(); ++rank) {
      StageConfig& stage = graph[place[rank]];
      for (std::size_t before = 0; before < rank; ++before) {
        if (Pick(0, 3) == 0) stage.after.push_back(place[before]);
      }
      stage.priority = static_cast<Priority>(Pick(0, 2));
      stage.wait = static_cast<WaitKind>(Pick(0, 5) == 0 ? Pick(1, 2) : 0);
    }
    machine = affinity::BuildMachine({.packages = Pick(1, 2),
                                      .l3s_per_package = Pick(1, 2),
                                      .cores_per_l3 = Pick(1, 4),
                                      .threads_per_core = Pick(1, 2)});
    for (affinity::Cpu& cpu : machine.cpus) {
      cpu.isolated = Pick(0, 4) == 0;
      if (Pick(0, 3) != 0) usable.Add(cpu.id);
    }
    if (usable.empty()) usable.Add(0);
    options.sharing = static_cast<Sharing>(Pick(0, 1));
    options.pinning = static_cast<Pinning>(Pick(0, 2));
    options.publisher_cpu = Pick(0, 2) != 0;
  }

  StageGraph graph;
  affinity::Machine machine;
  affinity::CpuSet usable;
  RuntimeOptions options;

 private:
  int Pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  std::mt19937 random_;
};

void ExpectEachStageOnce(const StageGraph& graph, const RunPlan& plan) {
  std::map<std::size_t, int> times;
  for (const WorkerPlan& worker : plan.workers) {
    EXPECT_FALSE(worker.stages.empty()) << "a thread with nothing to do: " << worker.name;
    for (const std::size_t stage : worker.stages) ++times[stage];
  }
  for (std::size_t i = 0; i < graph.size(); ++i) EXPECT_EQ(times[i], 1) << graph[i].name;
  EXPECT_EQ(times.size(), graph.size());
}

// Whoever shares a thread comes after what it follows on the same thread.
void ExpectOrderOfTheGraph(const StageGraph& graph, const RunPlan& plan) {
  for (const WorkerPlan& worker : plan.workers) {
    for (std::size_t i = 0; i < worker.stages.size(); ++i) {
      for (std::size_t j = i + 1; j < worker.stages.size(); ++j) {
        for (const std::size_t upstream : graph[worker.stages[i]].after) {
          EXPECT_NE(upstream, worker.stages[j])
              << graph[worker.stages[i]].name << " is visited before " << graph[upstream].name;
        }
      }
    }
  }
}

void ExpectSpinnersAlone(const Case& input, const RunPlan& plan) {
  std::map<int, int> threads;
  for (const WorkerPlan& worker : plan.workers) {
    if (worker.cpu) ++threads[*worker.cpu];
  }
  for (const WorkerPlan& worker : plan.workers) {
    EXPECT_NE(worker.wait, WaitKind::kAuto);
    if (worker.wait != WaitKind::kBusySpin) continue;
    ASSERT_EQ(worker.stages.size(), 1u);
    if (input.graph[worker.stages[0]].wait == WaitKind::kBusySpin) continue;
    EXPECT_FALSE(plan.publisher_shares);
    if (worker.cpu) {
      EXPECT_EQ(threads[*worker.cpu], 1) << worker.name;
      EXPECT_NE(worker.cpu, plan.publisher_cpu) << worker.name;
    }
  }
}

void ExpectCpusAsAllowed(const Case& input, const RunPlan& plan) {
  affinity::CpuSet used;
  for (const WorkerPlan& worker : plan.workers) {
    EXPECT_EQ(worker.cpu.has_value(), input.options.pinning != Pinning::kNever);
    if (!worker.cpu) continue;
    EXPECT_TRUE(input.usable.Contains(*worker.cpu));
    used.Add(*worker.cpu);
  }
  if (plan.publisher_cpu) {
    EXPECT_TRUE(input.usable.Contains(*plan.publisher_cpu));
    EXPECT_FALSE(used.Contains(*plan.publisher_cpu)) << "kept free of stages";
    EXPECT_FALSE(plan.publisher_shares);
  }
  if (input.options.pinning == Pinning::kNever) return;
  EXPECT_EQ(plan.publisher_cpu.has_value(),
            input.options.publisher_cpu && input.usable.size() >= 2);
  // No CPU stays empty while stages share one.
  const auto for_stages =
      static_cast<std::size_t>(input.usable.size()) - (plan.publisher_cpu ? 1 : 0);
  EXPECT_EQ(static_cast<std::size_t>(used.size()), std::min(for_stages, input.graph.size()));
}

std::string Text(const RunPlan& plan) {
  std::string text = std::to_string(plan.publisher_cpu.value_or(-1)) +
                     (plan.publisher_shares ? " shares\n" : "\n");
  for (const WorkerPlan& worker : plan.workers) {
    text += worker.name + " " + std::to_string(worker.cpu.value_or(-1)) + " " +
            ToString(worker.wait) + " " + worker.reason;
    for (const std::size_t stage : worker.stages) text += " " + std::to_string(stage);
    text += "\n";
  }
  for (const std::string& warning : plan.warnings) text += warning + "\n";
  return text;
}

TEST(PlanRandomTest, PlacesEveryStageOnceInOrderAndTheSameWayEachTime) {
  int shared = 0;
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Case input(seed);
    const auto order = input.graph.TopologicalOrder();
    ASSERT_TRUE(order.ok()) << order.status();
    const auto plan = MakePlan(input.graph, *order, input.machine, input.usable, input.options);
    ASSERT_TRUE(plan.ok()) << plan.status();
    ExpectEachStageOnce(input.graph, *plan);
    ExpectOrderOfTheGraph(input.graph, *plan);
    ExpectSpinnersAlone(input, *plan);
    ExpectCpusAsAllowed(input, *plan);
    const auto again = MakePlan(input.graph, *order, input.machine, input.usable, input.options);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(Text(*plan), Text(*again));
    for (const WorkerPlan& worker : plan->workers) shared += worker.stages.size() > 1 ? 1 : 0;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(shared, 100) << "the cases hardly share";
}

}  // namespace
}  // namespace disruptor::runtime
