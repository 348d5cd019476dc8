#include "affinity/placement.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/affinity/machines.h"

namespace affinity {
namespace {

constexpr StageClass kCritical = StageClass::kCritical;
constexpr StageClass kNormal = StageClass::kNormal;
constexpr StageClass kBackground = StageClass::kBackground;

StageRequest Request(const std::string& name, StageClass stage_class = kNormal) {
  StageRequest request;
  request.name = name;
  request.stage_class = stage_class;
  return request;
}

StageRequest Pinned(const std::string& name, int cpu) {
  StageRequest request = Request(name);
  request.cpu = cpu;
  return request;
}

// The market-data pipeline: five stages in a row and the journal beside them.
std::vector<StageRequest> SixStages() {
  return {Request("source"), Request("decode"), Request("book"),
          Request("signal"), Request("order"),  Request("journal", kBackground)};
}

Placement Plan(const Machine& machine, const CpuSet& allowed,
               const std::vector<StageRequest>& requests) {
  const absl::StatusOr<Placement> plan = Place(machine, allowed, requests);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.ok() ? *plan : Placement();
}

std::vector<int> Cpus(const Placement& plan) {
  std::vector<int> cpus;
  for (const StagePlace& stage : plan.stages) cpus.push_back(stage.cpu);
  return cpus;
}

std::string Refusal(const Machine& machine, const std::vector<StageRequest>& requests) {
  const absl::StatusOr<Placement> plan = Place(machine, machine.Online(), requests);
  return plan.ok() ? "accepted" : std::string(plan.status().message());
}

using Ints = std::vector<int>;

TEST(PlacementTest, LeavesTheFirstCpuToTheSystemWhenThereAreMoreCpusThanStages) {
  const Machine machine = BuildMachine({.cores_per_l3 = 8});
  const Placement plan = Plan(machine, machine.Online(), SixStages());
  EXPECT_EQ(Cpus(plan), (Ints{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(plan.unused, (CpuSet{0, 7}));
  EXPECT_TRUE(plan.warnings.empty()) << plan.Table();
}

TEST(PlacementTest, UsesEveryCpuWhenTheyJustSuffice) {
  const Machine machine = BuildMachine({.cores_per_l3 = 6});
  const Placement plan = Plan(machine, machine.Online(), SixStages());
  EXPECT_EQ(Cpus(plan), (Ints{0, 1, 2, 3, 4, 5}));
  ASSERT_EQ(plan.warnings.size(), 1u);
  EXPECT_EQ(plan.warnings[0],
            "every allowed CPU (0-5) has a stage: the kernel and the program's other threads will "
            "interrupt the stages");
}

TEST(PlacementTest, SharesTwoCpusInRunsOfNeighboursAndSaysSo) {
  const Machine machine = BuildMachine({.cores_per_l3 = 2});
  const Placement plan = Plan(machine, machine.Online(), SixStages());
  EXPECT_EQ(Cpus(plan), (Ints{0, 0, 0, 1, 1, 1}));
  for (const StagePlace& stage : plan.stages) EXPECT_FALSE(stage.alone);
  EXPECT_TRUE(plan.warnings.empty()) << plan.Table();
  EXPECT_EQ(plan.sharing,
            "2 CPUs for 6 threads: source, decode and book share CPU 0; signal, order and journal "
            "share CPU 1; threads that share a CPU must yield or block, not spin");
}

TEST(PlacementTest, SharesTheOnlyCpu) {
  const Machine machine = BuildMachine({.cores_per_l3 = 1});
  EXPECT_EQ(Cpus(Plan(machine, machine.Online(), SixStages())), Ints(6, 0));
}

TEST(PlacementTest, BackgroundStagesShareFirst) {
  const Machine machine = BuildMachine({.cores_per_l3 = 3});
  const Placement plan = Plan(machine, machine.Online(),
                              {Request("journal", kBackground), Request("decode"),
                               Request("metrics", kBackground), Request("book")});
  EXPECT_EQ(Cpus(plan), (Ints{2, 0, 2, 1}));
  EXPECT_FALSE(plan.stages[0].alone);
  EXPECT_TRUE(plan.stages[1].alone);
  EXPECT_TRUE(plan.stages[3].alone);
}

TEST(PlacementTest, ABackgroundStageMakesTheLighterHalf) {
  const Machine machine = BuildMachine({.cores_per_l3 = 2});
  const Placement plan =
      Plan(machine, machine.Online(), {Request("a"), Request("b"), Request("c", kBackground)});
  EXPECT_EQ(Cpus(plan), (Ints{0, 1, 1}));
}

TEST(PlacementTest, CriticalStagesKeepACpuToThemselvesWhenOthersShare) {
  const Machine machine = BuildMachine({.cores_per_l3 = 3});
  const Placement plan = Plan(machine, machine.Online(),
                              {Request("source"), Request("decode"), Request("book", kCritical),
                               Request("signal"), Request("order")});
  EXPECT_TRUE(plan.stages[2].alone);
  EXPECT_EQ(plan.stages[0].cpu, plan.stages[1].cpu);
  EXPECT_EQ(plan.stages[3].cpu, plan.stages[4].cpu);
  EXPECT_NE(plan.stages[0].cpu, plan.stages[3].cpu);
}

TEST(PlacementTest, TakesWholeCoresBeforeSiblings) {
  const Machine machine = BuildMachine({.cores_per_l3 = 7, .threads_per_core = 2});
  const Placement plan = Plan(machine, machine.Online(), SixStages());
  EXPECT_EQ(Cpus(plan), (Ints{1, 2, 3, 4, 5, 6}));
  for (const StagePlace& stage : plan.stages) EXPECT_TRUE(stage.alone_on_core) << stage.name;
}

TEST(PlacementTest, WholeCoresForAllComeBeforeACoreForTheSystem) {
  const Machine machine = BuildMachine({.cores_per_l3 = 6, .threads_per_core = 2});
  const Placement plan = Plan(machine, machine.Online(), SixStages());
  EXPECT_EQ(Cpus(plan), (Ints{0, 1, 2, 3, 4, 5}));
  EXPECT_TRUE(plan.warnings.empty()) << plan.Table();
}

TEST(PlacementTest, CriticalStagesGetTheWholeCoresWhenTheyAreShort) {
  const Machine machine = BuildMachine({.cores_per_l3 = 4, .threads_per_core = 2});
  std::vector<StageRequest> requests = SixStages();
  requests[1].stage_class = requests[2].stage_class = kCritical;
  const Placement plan = Plan(machine, machine.Online(), requests);
  for (const StagePlace& stage : plan.stages) {
    EXPECT_TRUE(stage.alone) << stage.name;
    const bool critical = stage.name == "decode" || stage.name == "book";
    EXPECT_TRUE(!critical || stage.alone_on_core) << plan.Table();
  }
  EXPECT_NE(plan.Table().find("run on hardware threads of one core"), std::string::npos);
}

TEST(PlacementTest, PrefersIsolatedCpusForCriticalStages) {
  Machine machine = BuildMachine({.cores_per_l3 = 8});
  machine.cpus[6].isolated = machine.cpus[7].isolated = true;
  std::vector<StageRequest> requests = SixStages();
  requests[3].stage_class = requests[4].stage_class = kCritical;
  const Placement plan = Plan(machine, machine.Online(), requests);
  EXPECT_EQ(Cpus(plan), (Ints{1, 2, 3, 6, 7, 4}));
  EXPECT_EQ(plan.stages[3].reason, "a core, isolated, same L3 as book");
}

TEST(PlacementTest, SaysWhenIsolatedCpusAreNotAllowed) {
  Machine machine = BuildMachine({.cores_per_l3 = 4});
  machine.cpus[3].isolated = true;
  const Placement plan = Plan(machine, {0, 1, 2}, {Request("book", kCritical)});
  ASSERT_EQ(plan.warnings.size(), 2u);
  EXPECT_EQ(plan.warnings[0], "book (CPU 1) critical, but not on an isolated CPU (isolated: 3)");
  EXPECT_EQ(plan.warnings[1],
            "the isolated CPUs 3 are not allowed to this process; start it with: taskset -c 0-3 "
            "COMMAND");
}

TEST(PlacementTest, StaysInsideOneL3WhenItFits) {
  const Machine machine = BuildMachine({.packages = 2, .l3s_per_package = 2, .cores_per_l3 = 6});
  const Placement plan = Plan(machine, machine.Online(), SixStages());
  EXPECT_EQ(Cpus(plan), (Ints{6, 7, 8, 9, 10, 11}));
  EXPECT_TRUE(plan.warnings.empty()) << plan.Table();
}

TEST(PlacementTest, CutsThePipelineOnceAndStaysInThePackage) {
  const Machine machine = BuildMachine({.packages = 2, .l3s_per_package = 2, .cores_per_l3 = 4});
  const Placement plan = Plan(machine, machine.Online(), SixStages());
  EXPECT_EQ(Cpus(plan), (Ints{4, 5, 6, 7, 1, 2}));
  ASSERT_EQ(plan.warnings.size(), 1u);
  EXPECT_EQ(plan.warnings[0],
            "the hand-over from signal (CPU 7) to order (CPU 1) crosses L3 caches");
}

TEST(PlacementTest, PlacesStagesNearAnExplicitOne) {
  const Machine machine = BuildMachine({.packages = 2, .cores_per_l3 = 8});
  const Placement plan =
      Plan(machine, machine.Online(), {Request("source"), Pinned("book", 12), Request("signal")});
  EXPECT_EQ(Cpus(plan), (Ints{8, 12, 9}));
}

TEST(PlacementTest, StagesShareOnPurpose) {
  const Machine machine = BuildMachine({.cores_per_l3 = 8});
  std::vector<StageRequest> requests = SixStages();
  requests[4].shares_with = "signal";
  requests[5].shares_with = "order";
  const Placement plan = Plan(machine, machine.Online(), requests);
  EXPECT_EQ(Cpus(plan), (Ints{1, 2, 3, 4, 4, 4}));
  EXPECT_FALSE(plan.stages[3].alone);
  EXPECT_EQ(plan.stages[5].reason, "shares with order, as asked");
}

TEST(PlacementTest, SharesExplicitCpusWhenNoOtherIsLeft) {
  const Machine machine = BuildMachine({.cores_per_l3 = 2});
  std::vector<StageRequest> requests = {Pinned("a", 0), Pinned("b", 1), Request("c")};
  requests[0].stage_class = kCritical;
  EXPECT_EQ(Cpus(Plan(machine, machine.Online(), requests)), (Ints{0, 1, 1}));
}

TEST(PlacementTest, RefusesWhatCannotBeHonoured) {
  Machine machine = BuildMachine({.cores_per_l3 = 4});
  machine.cpus[3].online = false;
  EXPECT_EQ(Refusal(machine, {Pinned("book", 9)}),
            "stage \"book\" asks for CPU 9, which is not on this machine; choose one of 0-2 or "
            "leave it out");
  EXPECT_EQ(Refusal(machine, {Pinned("book", 3)}),
            "stage \"book\" asks for CPU 3, which is offline; choose one of 0-2 or leave it out; "
            "to bring it back: echo 1 | sudo tee /sys/devices/system/cpu/cpu3/online");
  EXPECT_EQ(Refusal(machine, {Pinned("a", 1), Pinned("b", 1)}),
            "stages \"a\" and \"b\" both ask for CPU 1; if they should share it, let one say "
            "shares_with");
  EXPECT_EQ(Refusal(machine, {Request("a"), Request("a")}),
            "two stages are named \"a\"; rename one");
  EXPECT_EQ(Refusal(machine, {Request("")}), "stage 0 has no name; reasons and warnings need one");
  EXPECT_EQ(Place(machine, {0, 1}, {Pinned("book", 2)}).status().message(),
            "stage \"book\" asks for CPU 2, which this process may not use; choose one of 0-1 or "
            "leave it out, or widen the mask (taskset -c) or the cpuset of the container");
  EXPECT_EQ(Place(machine, {3}, {Request("a")}).status().message(),
            "no CPU to place stages on: allowed are 3, online are 0-2");
}

TEST(PlacementTest, RefusesSharingThatMakesNoSense) {
  const Machine machine = BuildMachine({.cores_per_l3 = 4});
  StageRequest a = Request("a"), b = Request("b");
  a.shares_with = "c";
  EXPECT_EQ(Refusal(machine, {a, b}),
            "stage \"a\" shares with \"c\", which is no stage of this plan");
  a.shares_with = "b";
  b.shares_with = "a";
  EXPECT_EQ(Refusal(machine, {a, b}),
            "stage \"a\" shares with itself in the end; one stage of the circle must not share");
  StageRequest pinned = Pinned("p", 1);
  pinned.shares_with = "q";
  EXPECT_EQ(Refusal(machine, {pinned, Request("q")}),
            "stage \"p\" shares with \"q\" and asks for CPU 1; give the CPU to \"q\" only");
}

TEST(PlacementTest, PlacesNothingWhenNothingIsAsked) {
  const Machine machine = BuildMachine({.cores_per_l3 = 2});
  const Placement plan = Plan(machine, machine.Online(), {});
  EXPECT_TRUE(plan.stages.empty());
  EXPECT_TRUE(plan.warnings.empty());
  EXPECT_EQ(plan.unused, machine.Online());
}

// RandomProblem draws a machine with its oddities, a set of allowed CPUs and requests.
struct Problem {
  Machine machine;
  CpuSet allowed;
  std::vector<StageRequest> requests;
};

Problem RandomProblem(std::mt19937& random) {
  const auto up_to = [&](int n) { return 1 + static_cast<int>(random() % n); };
  Problem problem;
  problem.machine = BuildMachine({up_to(3), up_to(3), up_to(5), up_to(2)});
  for (Cpu& cpu : problem.machine.cpus) {
    if (random() % 10 == 0) cpu.isolated = true;
    if (random() % 12 == 0) cpu.nohz_full = true;
    if (random() % 15 == 0 && cpu.id > 0) cpu.online = false;
    if (random() % 20 == 0) cpu.node.reset(), cpu.package.reset();
    if (cpu.id == 0 || random() % 8 != 0) problem.allowed.Add(cpu.id);
  }
  const CpuSet candidates = problem.allowed & problem.machine.Online();
  CpuSet pinned;
  for (int i = 0, count = up_to(12); i < count; ++i) {
    StageRequest request =
        Request("stage" + std::to_string(i), static_cast<StageClass>(random() % 3));
    const int cpu = candidates.NextAfter(static_cast<int>(random() % 40) - 1);
    if (random() % 6 == 0 && cpu != CpuSet::kNone && !pinned.Contains(cpu)) {
      request.cpu = cpu;
      pinned.Add(cpu);
    } else if (random() % 12 == 0 && i > 0) {
      request.shares_with = "stage" + std::to_string(random() % static_cast<unsigned>(i));
    }
    problem.requests.push_back(request);
  }
  return problem;
}

TEST(PlacementPropertyTest, HoldsItsPromisesOnRandomMachines) {
  std::mt19937 random(7);
  int apart = 0, shared = 0;
  for (int round = 0; round < 3000; ++round) {
    const Problem problem = RandomProblem(random);
    const CpuSet candidates = problem.allowed & problem.machine.Online();
    const Placement plan = Plan(problem.machine, problem.allowed, problem.requests);
    SCOPED_TRACE("round " + std::to_string(round) + "\n" + problem.machine.Table() + "allowed " +
                 problem.allowed.Format() + "\n" + plan.Table());
    ASSERT_EQ(plan.stages.size(), problem.requests.size());

    CpuSet used;
    std::map<int, int> stages_on;
    int own_wish = 0;
    for (std::size_t i = 0; i < plan.stages.size(); ++i) {
      const StageRequest& request = problem.requests[i];
      const StagePlace& stage = plan.stages[i];
      ASSERT_TRUE(candidates.Contains(stage.cpu));
      ASSERT_EQ(stage.cpu, request.cpu.value_or(stage.cpu));
      if (request.shares_with) {
        for (const StagePlace& other : plan.stages) {
          ASSERT_TRUE(other.name != *request.shares_with || stage.cpu == other.cpu);
        }
      } else {
        ++own_wish;
      }
      used.Add(stage.cpu);
      ++stages_on[stage.cpu];
    }
    // No CPU twice while they last, and no CPU idle when they do not.
    ASSERT_EQ(used.size(), std::min(own_wish, candidates.size()));
    ASSERT_EQ(plan.unused, candidates - used);
    for (const StagePlace& stage : plan.stages) {
      ASSERT_EQ(stage.alone, stages_on[stage.cpu] == 1);
      const CpuSet core = problem.machine.Core(problem.machine.Find(stage.cpu)->core);
      ASSERT_EQ(stage.alone_on_core, stage.alone && (core & used).size() == 1);
      ASSERT_FALSE(stage.reason.empty());
    }
    ++(own_wish > candidates.size() ? shared : apart);
  }
  EXPECT_GT(apart, 500);
  EXPECT_GT(shared, 200);
}

TEST(PlacementPropertyTest, DoesNotDependOnTheOrderOfTheCpus) {
  std::mt19937 random(8);
  for (int round = 0; round < 500; ++round) {
    const Problem problem = RandomProblem(random);
    const Placement plan = Plan(problem.machine, problem.allowed, problem.requests);
    Machine shuffled = problem.machine;
    std::shuffle(shuffled.cpus.begin(), shuffled.cpus.end(), random);
    ASSERT_EQ(Plan(shuffled, problem.allowed, problem.requests), plan) << plan.Table();
  }
}

TEST(PlacementPropertyTest, AnOfflineCpuMoreChangesNothing) {
  std::mt19937 random(9);
  for (int round = 0; round < 500; ++round) {
    Problem problem = RandomProblem(random);
    const Placement plan = Plan(problem.machine, problem.allowed, problem.requests);
    Cpu offline;
    offline.id = 3000;
    offline.online = false;
    problem.machine.cpus.push_back(offline);
    problem.allowed.Add(offline.id);
    ASSERT_EQ(Plan(problem.machine, problem.allowed, problem.requests), plan) << plan.Table();
  }
}

// Runs without explicit CPUs, isolation or classes: where stages share, neighbours share.
TEST(PlacementPropertyTest, SharingFollowsThePipelineAndIsBalanced) {
  for (int cpus = 1; cpus <= 9; ++cpus) {
    const Machine machine = BuildMachine({.cores_per_l3 = cpus});
    for (int stages = cpus + 1; stages <= 25; ++stages) {
      std::vector<StageRequest> requests;
      for (int i = 0; i < stages; ++i) requests.push_back(Request("s" + std::to_string(i)));
      const Placement plan = Plan(machine, machine.Online(), requests);
      std::map<int, int> stages_on;
      for (int i = 0; i < stages; ++i) {
        const int cpu = plan.stages[static_cast<std::size_t>(i)].cpu;
        ++stages_on[cpu];
        EXPECT_GE(cpu, plan.stages[static_cast<std::size_t>(std::max(i - 1, 0))].cpu);
      }
      for (const auto& [cpu, count] : stages_on) {
        EXPECT_GE(count, stages / cpus) << cpus << " CPUs, " << plan.Table();
        EXPECT_LE(count, (stages + cpus - 1) / cpus) << cpus << " CPUs, " << plan.Table();
      }
    }
  }
}

TEST(PlacementPropertyTest, PlansForMoreThanAThousandCpus) {
  const Machine machine = BuildMachine({8, 8, 16, 2});
  const Placement plan = Plan(machine, machine.Online(), SixStages());
  EXPECT_EQ(plan.unused.size(), 2048 - 6);
  EXPECT_TRUE(plan.warnings.empty()) << plan.warnings[0];
}

}  // namespace
}  // namespace affinity
