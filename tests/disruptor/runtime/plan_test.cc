#include "disruptor/runtime/plan.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "affinity/cpu_set.h"
#include "affinity/machine.h"
#include "disruptor/runtime/options.h"
#include "disruptor/stage_graph.h"
#include "gtest/gtest.h"
#include "tests/affinity/machines.h"

namespace disruptor::runtime {
namespace {

// source -> a -> b -> c -> d
StageGraph Chain(int stages) {
  StageGraph graph;
  for (int i = 0; i < stages; ++i) {
    StageConfig& stage = graph.Add(std::string(1, static_cast<char>('a' + i)));
    if (i > 0) stage.after = {static_cast<std::size_t>(i - 1)};
  }
  return graph;
}

affinity::Machine Cores(int count) { return affinity::BuildMachine({.cores_per_l3 = count}); }

RunPlan PlanFor(const StageGraph& graph, const affinity::Machine& machine,
                const RuntimeOptions& options = {}) {
  auto plan = MakePlan(graph, *graph.TopologicalOrder(), machine, machine.Online(), options);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.ok() ? *plan : RunPlan();
}

std::string ErrorFor(const StageGraph& graph, const affinity::Machine& machine,
                     const RuntimeOptions& options = {}) {
  auto plan = MakePlan(graph, *graph.TopologicalOrder(), machine, machine.Online(), options);
  EXPECT_FALSE(plan.ok());
  return plan.ok() ? "" : std::string(plan.status().message());
}

std::string Everything(const RunPlan& plan) {
  std::string text;
  for (const std::string& warning : plan.warnings) text += warning + "\n";
  for (const WorkerPlan& worker : plan.workers) text += worker.name + ": " + worker.reason + "\n";
  return text;
}

using Stages = std::vector<std::size_t>;

TEST(PlanTest, GivesEachStageAndThePublisherACpuWhileTheyLast) {
  const RunPlan plan = PlanFor(Chain(4), Cores(8));
  ASSERT_EQ(plan.workers.size(), 4u);
  ASSERT_TRUE(plan.publisher_cpu.has_value());
  std::set<int> cpus = {*plan.publisher_cpu};
  for (std::size_t i = 0; i < 4; ++i) {
    const WorkerPlan& worker = plan.workers[i];
    EXPECT_EQ(worker.stages, Stages{i});
    EXPECT_EQ(worker.name, std::string(1, static_cast<char>('a' + i)));
    EXPECT_EQ(worker.wait, WaitKind::kBusySpin);
    ASSERT_TRUE(worker.cpu.has_value());
    EXPECT_TRUE(cpus.insert(*worker.cpu).second) << "shared by " << worker.name;
  }
  EXPECT_FALSE(plan.publisher_shares);
  EXPECT_TRUE(plan.warnings.empty()) << Everything(plan);
}

TEST(PlanTest, OnTwoCpusThePublisherHasOneAndAllStagesShareAThread) {
  const RunPlan plan = PlanFor(Chain(4), Cores(2));
  ASSERT_EQ(plan.workers.size(), 1u);
  EXPECT_EQ(plan.workers[0].stages, (Stages{0, 1, 2, 3}));
  EXPECT_EQ(plan.workers[0].name, "a+3");
  EXPECT_EQ(plan.workers[0].wait, WaitKind::kYielding);
  ASSERT_TRUE(plan.publisher_cpu && plan.workers[0].cpu);
  EXPECT_NE(*plan.publisher_cpu, *plan.workers[0].cpu);
  EXPECT_FALSE(plan.publisher_shares);
  EXPECT_FALSE(plan.warnings.empty());
}

TEST(PlanTest, VisitsSharedStagesInTheOrderOfTheGraphNotOfTheirDeclaration) {
  // Declared last first: c follows b follows a.
  StageGraph graph;
  graph.Add("c").after = {1};
  graph.Add("b").after = {2};
  graph.Add("a");
  const RunPlan plan = PlanFor(graph, Cores(2));
  ASSERT_EQ(plan.workers.size(), 1u);
  EXPECT_EQ(plan.workers[0].stages, (Stages{2, 1, 0}));
  EXPECT_EQ(plan.workers[0].name, "a+2");
}

TEST(PlanTest, ASingleStageOnTwoCpusSpins) {
  const RunPlan plan = PlanFor(Chain(1), Cores(2));
  ASSERT_EQ(plan.workers.size(), 1u);
  EXPECT_EQ(plan.workers[0].wait, WaitKind::kBusySpin);
  EXPECT_TRUE(plan.publisher_cpu.has_value());
}

TEST(PlanTest, OnOneCpuNobodySpinsAndThePublisherYields) {
  const RunPlan plan = PlanFor(Chain(1), Cores(1));
  ASSERT_EQ(plan.workers.size(), 1u);
  EXPECT_EQ(plan.workers[0].cpu, 0);
  EXPECT_EQ(plan.workers[0].wait, WaitKind::kYielding);
  EXPECT_FALSE(plan.publisher_cpu.has_value());
  EXPECT_TRUE(plan.publisher_shares);
  EXPECT_NE(Everything(plan).find("no CPU is left for the publishing thread"), std::string::npos);
}

TEST(PlanTest, KeepsAThreadForEachStageWhenAsked) {
  const RunPlan plan = PlanFor(Chain(3), Cores(2), {.sharing = Sharing::kThreadEach});
  ASSERT_EQ(plan.workers.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(plan.workers[i].stages, Stages{i});
    EXPECT_EQ(plan.workers[i].wait, WaitKind::kYielding);
    EXPECT_EQ(plan.workers[i].cpu, plan.workers[0].cpu);
  }
}

TEST(PlanTest, HonoursAnExplicitCpuAndKeepsThePublisherOffIt) {
  for (int cpu = 0; cpu < 3; ++cpu) {
    StageGraph graph = Chain(2);
    graph[1].cpu = cpu;
    const RunPlan plan = PlanFor(graph, Cores(3));
    ASSERT_EQ(plan.workers.size(), 2u);
    EXPECT_EQ(plan.workers[1].cpu, cpu);
    EXPECT_NE(plan.workers[0].cpu, cpu);
    ASSERT_TRUE(plan.publisher_cpu.has_value());
    EXPECT_NE(plan.publisher_cpu, cpu);
  }
}

TEST(PlanTest, ExplicitCpusForEveryCpuLeaveThePublisherWithoutOne) {
  StageGraph graph = Chain(2);
  graph[0].cpu = 1;
  graph[1].cpu = 0;
  const RunPlan plan = PlanFor(graph, Cores(2));
  ASSERT_EQ(plan.workers.size(), 2u);
  EXPECT_EQ(plan.workers[0].cpu, 1);
  EXPECT_EQ(plan.workers[1].cpu, 0);
  EXPECT_EQ(plan.workers[0].wait, WaitKind::kYielding);
  EXPECT_TRUE(plan.publisher_shares);
}

TEST(PlanTest, RefusesTwoStagesThatAskForOneCpu) {
  StageGraph graph = Chain(2);
  graph[0].cpu = 1;
  graph[1].cpu = 1;
  const std::string error = ErrorFor(graph, Cores(4));
  EXPECT_NE(error.find("\"a\""), std::string::npos) << error;
  EXPECT_NE(error.find("\"b\""), std::string::npos) << error;
  EXPECT_NE(error.find("1"), std::string::npos) << error;
}

TEST(PlanTest, RefusesACpuThatCannotBeHadAndNamesWhatCan) {
  for (const int cpu : {4, 99, 1 << 20, -7}) {
    StageGraph graph = Chain(2);
    graph[1].cpu = cpu;
    const std::string error = ErrorFor(graph, Cores(4));
    EXPECT_NE(error.find("\"b\""), std::string::npos) << error;
    EXPECT_NE(error.find(std::to_string(cpu)), std::string::npos) << error;
    EXPECT_NE(error.find("0-3"), std::string::npos)
        << "the publisher's CPU can be had as well: " << error;
  }
}

TEST(PlanTest, RefusesToPlanForNoCpu) {
  const StageGraph graph = Chain(1);
  const auto plan = MakePlan(graph, {0}, Cores(2), affinity::CpuSet(), {});
  ASSERT_FALSE(plan.ok());
  EXPECT_NE(plan.status().message().find("no CPU"), std::string::npos) << plan.status();
}

TEST(PlanTest, UsesOnlyTheCpusItWasGiven) {
  const StageGraph graph = Chain(4);
  const affinity::CpuSet usable{3, 5, 6};
  const auto plan = MakePlan(graph, *graph.TopologicalOrder(), Cores(8), usable, {});
  ASSERT_TRUE(plan.ok()) << plan.status();
  for (const WorkerPlan& worker : plan->workers) EXPECT_TRUE(usable.Contains(*worker.cpu));
  EXPECT_TRUE(usable.Contains(*plan->publisher_cpu));
}

TEST(PlanTest, AStageThatFixesHowItWaitsIsObeyed) {
  StageGraph alone = Chain(2);
  alone[0].wait = WaitKind::kYielding;
  const RunPlan plan = PlanFor(alone, Cores(8));
  ASSERT_EQ(plan.workers.size(), 2u);
  EXPECT_EQ(plan.workers[0].wait, WaitKind::kYielding);
  EXPECT_EQ(plan.workers[1].wait, WaitKind::kBusySpin);

  StageGraph sharing = Chain(2);
  sharing[1].wait = WaitKind::kBusySpin;
  const RunPlan tight = PlanFor(sharing, Cores(2), {.sharing = Sharing::kThreadEach});
  ASSERT_EQ(tight.workers.size(), 2u);
  EXPECT_EQ(tight.workers[0].wait, WaitKind::kYielding);
  EXPECT_EQ(tight.workers[1].wait, WaitKind::kBusySpin);
}

TEST(PlanTest, WithoutPinningEachStageHasAThreadThatSpinsOnlyWhereThereIsRoom) {
  for (const int cpus : {1, 2, 3, 4, 8}) {
    const RunPlan plan = PlanFor(Chain(3), Cores(cpus), {.pinning = Pinning::kNever});
    ASSERT_EQ(plan.workers.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(plan.workers[i].stages, Stages{i});
      EXPECT_FALSE(plan.workers[i].cpu.has_value());
      // Three stages and the publisher.
      EXPECT_EQ(plan.workers[i].wait, cpus >= 4 ? WaitKind::kBusySpin : WaitKind::kYielding);
    }
    EXPECT_FALSE(plan.publisher_cpu.has_value());
    EXPECT_EQ(plan.publisher_shares, cpus < 4);
    EXPECT_NE(Everything(plan).find("not pinned"), std::string::npos);
  }
}

TEST(PlanTest, SaysWhichWishesCountForNothingWithoutPinning) {
  StageGraph graph = Chain(2);
  graph[1].cpu = 1;
  const std::string text = Everything(
      PlanFor(graph, Cores(4), {.pinning = Pinning::kNever, .cpus = affinity::CpuSet{1, 2}}));
  EXPECT_NE(text.find("stage \"b\" asked for CPU 1"), std::string::npos) << text;
  EXPECT_NE(text.find("1-2"), std::string::npos) << text;
}

TEST(PlanTest, APublisherThatNeedsNoCpuLeavesItToAStage) {
  const RunPlan plan = PlanFor(Chain(2), Cores(3), {.publisher_cpu = false});
  ASSERT_EQ(plan.workers.size(), 2u);
  EXPECT_FALSE(plan.publisher_cpu.has_value());
  EXPECT_FALSE(plan.publisher_shares);
  EXPECT_EQ(plan.workers[0].wait, WaitKind::kBusySpin);
  EXPECT_EQ(plan.workers[1].wait, WaitKind::kBusySpin);
}

TEST(PlanTest, APublisherWithNowhereElseToRunIsNotSpunAgainst) {
  const RunPlan plan = PlanFor(Chain(2), Cores(2), {.publisher_cpu = false});
  ASSERT_EQ(plan.workers.size(), 2u);
  EXPECT_TRUE(plan.publisher_shares);
  EXPECT_EQ(plan.workers[0].wait, WaitKind::kYielding);
  EXPECT_EQ(plan.workers[1].wait, WaitKind::kYielding);
}

TEST(PlanTest, APublisherOnACpuThatStagesMayNotUseIsSpunAgainst) {
  const StageGraph graph = Chain(1);
  const auto plan = MakePlan(graph, {0}, Cores(2), affinity::CpuSet{1}, {.publisher_cpu = false});
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(plan->workers[0].wait, WaitKind::kBusySpin);
  EXPECT_FALSE(plan->publisher_shares);
}

TEST(PlanTest, BackgroundStagesShareFirstAndCriticalOnesLast) {
  // Three CPUs, one of them the publisher's.
  StageGraph graph = Chain(3);
  graph[0].priority = Priority::kBackground;
  graph[1].priority = Priority::kCritical;
  graph[2].priority = Priority::kBackground;
  const RunPlan plan = PlanFor(graph, Cores(3));
  ASSERT_EQ(plan.workers.size(), 2u);
  std::map<std::size_t, std::size_t> worker_of;
  for (std::size_t i = 0; i < plan.workers.size(); ++i) {
    for (const std::size_t stage : plan.workers[i].stages) worker_of[stage] = i;
  }
  EXPECT_EQ(worker_of[0], worker_of[2]);
  EXPECT_NE(worker_of[0], worker_of[1]);
  EXPECT_EQ(plan.workers[worker_of[1]].wait, WaitKind::kBusySpin);
  EXPECT_EQ(plan.workers[worker_of[0]].wait, WaitKind::kYielding);
}

TEST(PlanTest, StagesThatShareAThreadWaitAsTheyAllAsk) {
  StageGraph graph = Chain(2);
  graph[0].wait = graph[1].wait = WaitKind::kBlocking;
  EXPECT_EQ(PlanFor(graph, Cores(2)).workers[0].wait, WaitKind::kBlocking);
  graph[1].wait = WaitKind::kBusySpin;
  EXPECT_EQ(PlanFor(graph, Cores(2)).workers[0].wait, WaitKind::kYielding);
}

TEST(PlanTest, TwoStagesThatAskForOneCpuAreNamed) {
  StageGraph graph = Chain(2);
  graph[0].cpu = graph[1].cpu = 3;
  EXPECT_EQ(ErrorFor(graph, Cores(8)),
            "stages \"a\" and \"b\" both ask for CPU 3; give one of them another, or leave the "
            "choice of one out");
}

}  // namespace
}  // namespace disruptor::runtime
