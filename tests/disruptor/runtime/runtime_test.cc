#include "disruptor/runtime/runtime.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "affinity/allowed_cpus.h"
#include "affinity/cpu_set.h"
#include "disruptor/claim_result.h"
#include "disruptor/runtime/latency_probe.h"
#include "disruptor/runtime/options.h"
#include "gtest/gtest.h"
#include "tests/disruptor/runtime/recorded_graph.h"
#include "tests/disruptor/runtime/stage_recorder.h"
#include "tests/support/watchdog.h"

namespace disruptor::runtime {
namespace {

constexpr std::chrono::seconds kLong{60};

// No machine has it.
constexpr int kNoSuchCpu = affinity::CpuSet::kMaxCpus - 1;

class RuntimeTest : public testing::Test {
 protected:
  tests::Watchdog watchdog_{"a runtime starts and ends"};
};

struct Way {
  Sharing sharing;
  Pinning pinning;
};

class RuntimeDeliveryTest : public testing::TestWithParam<Way> {
 protected:
  void Deliver(const Topology& topology, std::int64_t capacity) {
    // A ring of one is a change of threads for each event, which on a busy machine takes long.
    const std::int64_t events = capacity == 1 ? 200 : 2000;
    RecordedGraph graph(topology);
    auto run = Start(graph.MakePipeline(capacity),
                     {.pinning = GetParam().pinning, .sharing = GetParam().sharing});
    ASSERT_TRUE(run.ok()) << run.status();
    for (std::int64_t i = 0; i < events; ++i) {
      ASSERT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
    }
    const absl::Status stopped = run->DrainAndStop(kLong);
    EXPECT_TRUE(stopped.ok()) << stopped;
    EXPECT_EQ(run->Progress(), events);
    EXPECT_TRUE(graph.sound());
    for (std::size_t i = 0; i < graph.size(); ++i) EXPECT_EQ(graph[i].handled, events);
  }

  tests::Watchdog watchdog_{"a runtime delivers"};
};

TEST_P(RuntimeDeliveryTest, AChainGetsEveryEventOnceInOrder) {
  for (const std::int64_t capacity : {1, 64, 4096}) Deliver(kChain, capacity);
}

TEST_P(RuntimeDeliveryTest, StagesSideBySideEachGetEveryEvent) {
  for (const std::int64_t capacity : {1, 64, 4096}) Deliver(kParallel, capacity);
}

TEST_P(RuntimeDeliveryTest, AJoinSeesWhatBothBranchesDid) {
  for (const std::int64_t capacity : {1, 64, 4096}) Deliver(kDiamond, capacity);
}

INSTANTIATE_TEST_SUITE_P(AllWays, RuntimeDeliveryTest,
                         testing::Values(Way{Sharing::kOneThread, Pinning::kNever},
                                         Way{Sharing::kOneThread, Pinning::kTry},
                                         Way{Sharing::kOneThread, Pinning::kRequire},
                                         Way{Sharing::kThreadEach, Pinning::kNever},
                                         Way{Sharing::kThreadEach, Pinning::kTry},
                                         Way{Sharing::kThreadEach, Pinning::kRequire}),
                         [](const auto& info) {
                           return std::string(ToString(info.param.pinning)) +
                                  (info.param.sharing == Sharing::kOneThread ? "OneThread"
                                                                             : "ThreadEach");
                         });

// C51.
TEST_F(RuntimeTest, StartReturnsWhenEveryStageHasStartedAndStopWhenEveryStageHasStopped) {
  for (const Sharing sharing : {Sharing::kOneThread, Sharing::kThreadEach}) {
    RecordedGraph graph(kDiamond);
    auto run = Start(graph.MakePipeline(64), {.sharing = sharing});
    ASSERT_TRUE(run.ok()) << run.status();
    std::set<std::thread::id> threads;
    for (std::size_t i = 0; i < graph.size(); ++i) {
      EXPECT_EQ(graph[i].starts, 1);
      EXPECT_EQ(graph[i].stops, 0);
      threads.insert(graph[i].thread());
    }
    EXPECT_EQ(threads.count(std::this_thread::get_id()), 0u);
    EXPECT_EQ(threads.size(), run->Report().workers.size());
    EXPECT_TRUE(run->DrainAndStop(kLong).ok());
    EXPECT_TRUE(graph.sound());
  }
}

std::ptrdiff_t Threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {});
}

// A thread that was joined may be listed for a moment longer; one that leaked stays, and the
// watchdog tells.
void AwaitThreads(std::ptrdiff_t count) {
  while (Threads() > count) std::this_thread::yield();
}

TEST_F(RuntimeTest, RefusesWhatCannotBeAndLeavesNothingRunning) {
  const std::ptrdiff_t before = Threads();
  RecordedGraph graph(kChain);
  EXPECT_NE(Start(graph.MakePipeline(3)).status().message().find("power of two"),
            std::string::npos);
  EXPECT_NE(Start(graph.MakePipeline(0)).status().message().find("power of two"),
            std::string::npos);
  EXPECT_NE(Start(Pipeline<MarkedEvent>()).status().message().find("no stages"), std::string::npos);

  auto elsewhere = graph.MakePipeline(64);
  elsewhere.Stage("far", std::ref(graph[0])).OnCpu(kNoSuchCpu);
  const absl::Status no_cpu = Start(std::move(elsewhere)).status();
  EXPECT_NE(no_cpu.message().find("\"far\""), std::string::npos) << no_cpu;
  EXPECT_NE(no_cpu.message().find(std::to_string(kNoSuchCpu)), std::string::npos) << no_cpu;

  const absl::Status no_cpus =
      Start(graph.MakePipeline(64), {.cpus = affinity::CpuSet{kNoSuchCpu}}).status();
  EXPECT_EQ(no_cpus.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(no_cpus.message().find(std::to_string(kNoSuchCpu)), std::string::npos) << no_cpus;

  const absl::Status no_memory = Start(graph.MakePipeline(std::int64_t{1} << 40)).status();
  EXPECT_FALSE(no_memory.ok()) << "80 TB";
  for (std::size_t i = 0; i < graph.size(); ++i) EXPECT_EQ(graph[i].starts, 0);
  AwaitThreads(before);
}

TEST_F(RuntimeTest, AnOnStartThatThrowsFailsTheStartAndStopsWhatHadStarted) {
  const std::ptrdiff_t before = Threads();
  for (const Sharing sharing : {Sharing::kOneThread, Sharing::kThreadEach}) {
    RecordedGraph graph(kChain);
    graph[1].throws_on_start = true;
    const absl::Status status = Start(graph.MakePipeline(64), {.sharing = sharing}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
    EXPECT_NE(status.message().find("\"s1\""), std::string::npos) << status;
    EXPECT_NE(status.message().find("start refused"), std::string::npos) << status;
    EXPECT_EQ(graph[1].stops, 0) << "it never started";
    EXPECT_EQ(graph[0].stops, graph[0].starts);
    EXPECT_EQ(graph[2].stops, graph[2].starts);
    for (std::size_t i = 0; i < graph.size(); ++i) EXPECT_EQ(graph[i].handled, 0);
  }
  AwaitThreads(before);
}

TEST_F(RuntimeTest, TheDestructorStopsARunThatNobodyStopped) {
  const std::ptrdiff_t before = Threads();
  RecordedGraph graph(kChain);
  {
    auto run = Start(graph.MakePipeline(64));
    ASSERT_TRUE(run.ok()) << run.status();
    EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
  }
  EXPECT_TRUE(graph.sound());
  AwaitThreads(before);
}

TEST_F(RuntimeTest, GoesOnWhenMoved) {
  RecordedGraph graph(kChain);
  auto started = Start(graph.MakePipeline(64));
  ASSERT_TRUE(started.ok()) << started.status();
  EXPECT_EQ(started->publisher().Publish(Number), ClaimStatus::kOk);
  Runtime<MarkedEvent> moved(*std::move(started));
  EXPECT_EQ(moved.publisher().Publish(Number), ClaimStatus::kOk);
  EXPECT_TRUE(moved.DrainAndStop(kLong).ok());
  EXPECT_EQ(graph[2].handled, 2);
  EXPECT_TRUE(graph.sound());
}

TEST_F(RuntimeTest, AnAssignmentEndsTheRunThatWasThereBefore) {
  RecordedGraph graphs[2] = {RecordedGraph(kChain), RecordedGraph(kChain)};
  auto first = Start(graphs[0].MakePipeline(64), {.sharing = Sharing::kThreadEach});
  auto second = Start(graphs[1].MakePipeline(64), {.sharing = Sharing::kThreadEach});
  ASSERT_TRUE(first.ok() && second.ok());
  *first = *std::move(second);
  EXPECT_TRUE(graphs[0].sound()) << "stopped by the assignment";
  EXPECT_EQ(graphs[1][0].stops, 0);
  EXPECT_EQ(first->publisher().Publish(Number), ClaimStatus::kOk);
  EXPECT_TRUE(first->DrainAndStop(kLong).ok());
  EXPECT_EQ(graphs[1][2].handled, 1);
}

TEST_F(RuntimeTest, ASourcePublishesFromAThreadOfItsOwn) {
  RecordedGraph graph(kChain);
  auto run = Start(graph.MakePipeline(64), {.pinning = Pinning::kRequire});
  ASSERT_TRUE(run.ok()) << run.status();
  std::thread::id thread;
  const auto source = [&] {
    thread = std::this_thread::get_id();
    for (int i = 0; i < 1000; ++i) {
      EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
    }
  };
  // The publisher's role goes from here to there and back.
  EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
  EXPECT_TRUE(run->RunSource(source).ok());
  EXPECT_NE(thread, std::this_thread::get_id());
  EXPECT_TRUE(run->RunSource(source).ok());
  EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
  EXPECT_TRUE(run->DrainAndStop(kLong).ok());
  EXPECT_EQ(graph[2].handled, 2002);
  EXPECT_TRUE(graph.sound());

  const RunReport report = run->Report();
  ASSERT_TRUE(report.source.has_value());
  EXPECT_EQ(report.source->cpu, run->publisher_cpu());
  if (run->publisher_cpu()) {
    EXPECT_EQ(report.source->before->mask, affinity::CpuSet{*run->publisher_cpu()});
  }
}

TEST_F(RuntimeTest, ASourceThatThrowsIsTheErrorAndWhatItPublishedIsHandled) {
  RecordedGraph graph(kChain);
  auto run = Start(graph.MakePipeline(64));
  ASSERT_TRUE(run.ok()) << run.status();
  const absl::Status sourced = run->RunSource([&] {
    for (int i = 0; i < 10; ++i) (void)run->publisher().Publish(Number);
    throw std::runtime_error("the feed broke off");
  });
  EXPECT_EQ(sourced.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(std::string(sourced.message()),
            "thread \"publisher\" failed while publishing: the feed broke off");
  EXPECT_TRUE(run->DrainAndStop(kLong).ok());
  EXPECT_EQ(graph[2].handled, 10);
}

TEST_F(RuntimeTest, ReportsWhereEverythingRan) {
  const auto allowed = affinity::ReadAllowedCpus();
  ASSERT_TRUE(allowed.ok()) << allowed.status();
  RecordedGraph graph(kDiamond);
  auto run = Start(graph.MakePipeline<LatencyProbe>(64),
                   {.sharing = Sharing::kThreadEach, .latency_every = 1});
  ASSERT_TRUE(run.ok()) << run.status();
  for (int i = 0; i < 500; ++i) EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
  EXPECT_FALSE(run->Report().workers.at(0).report.after.has_value()) << "still running";
  EXPECT_TRUE(run->DrainAndStop(kLong).ok());

  const RunReport report = run->Report();
  EXPECT_EQ(report.pipeline, "recorded");
  EXPECT_TRUE(report.outcome.ok());
  EXPECT_EQ(report.published, 500);
  EXPECT_FALSE(report.source.has_value());
  EXPECT_NE(report.ring_memory, "");
  EXPECT_NE(report.clock, "");
  ASSERT_EQ(report.stages.size(), 4u);
  ASSERT_EQ(report.workers.size(), 4u);
  std::set<std::string> names;
  for (const StageReport& stage : report.stages) {
    names.insert(stage.name);
    EXPECT_EQ(stage.events, 500);
    EXPECT_EQ(report.workers.at(stage.worker).plan.name, stage.name);
  }
  EXPECT_EQ(names, (std::set<std::string>{"s0", "s1", "s2", "s3"}));
  for (const WorkerSummary& worker : report.workers) {
    ASSERT_TRUE(worker.report.cpu.has_value());
    EXPECT_TRUE(allowed->usable.Contains(*worker.report.cpu));
    ASSERT_TRUE(worker.report.before && worker.report.after);
    EXPECT_EQ(worker.report.after->mask, affinity::CpuSet{*worker.report.cpu});
  }
  // The publisher's row, and three for each stage, each with every event.
  ASSERT_TRUE(report.latency.has_value());
  EXPECT_EQ(report.latency->rows().size(), 1 + 3 * 4u);
  for (const auto& row : report.latency->rows()) {
    EXPECT_EQ(row.snapshot.samples() + row.snapshot.negative(), 500u) << row.name;
  }
}

TEST_F(RuntimeTest, HasNoLatencyTableWhereNothingIsRecorded) {
  RecordedGraph plain(kChain);
  auto without_probe = Start(plain.MakePipeline(64));
  ASSERT_TRUE(without_probe.ok()) << without_probe.status();
  EXPECT_FALSE(without_probe->Report().latency.has_value());

  RecordedGraph probed(kChain);
  auto none = Start(probed.MakePipeline<LatencyProbe>(64), {.latency_every = 0});
  ASSERT_TRUE(none.ok()) << none.status();
  EXPECT_EQ(none->publisher().Publish(Number), ClaimStatus::kOk);
  EXPECT_TRUE(none->DrainAndStop(kLong).ok());
  EXPECT_FALSE(none->Report().latency.has_value());
}

}  // namespace
}  // namespace disruptor::runtime
