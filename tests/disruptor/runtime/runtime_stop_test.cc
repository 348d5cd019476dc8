// How a run ends: drained, halted, late, or stopped by a handler that throws.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "disruptor/claim_result.h"
#include "disruptor/pipeline.h"
#include "disruptor/runtime/options.h"
#include "disruptor/runtime/runtime.h"
#include "gtest/gtest.h"
#include "tests/disruptor/runtime/recorded_graph.h"
#include "tests/disruptor/runtime/stage_recorder.h"
#include "tests/support/watchdog.h"

namespace disruptor::runtime {
namespace {

constexpr std::chrono::seconds kLong{60};

class RuntimeStopTest : public testing::TestWithParam<Sharing> {
 protected:
  [[nodiscard]] static RuntimeOptions Options() { return {.sharing = GetParam()}; }

  tests::Watchdog watchdog_{"a run ends"};
};

INSTANTIATE_TEST_SUITE_P(BothWaysToShare, RuntimeStopTest,
                         testing::Values(Sharing::kOneThread, Sharing::kThreadEach),
                         [](const auto& info) {
                           return info.param == Sharing::kOneThread ? "OneThread" : "ThreadEach";
                         });

std::int64_t PublishUntilStopped(Publisher<MarkedEvent>& publisher) {
  std::int64_t published = 0;
  ClaimStatus status = ClaimStatus::kOk;
  while ((status = publisher.Publish(Number)) == ClaimStatus::kOk) ++published;
  EXPECT_EQ(status, ClaimStatus::kStopped);
  return published;
}

TEST_P(RuntimeStopTest, AHandlerThatThrowsStopsThePublisherAndLeavesNoEventHalfWay) {
  for (const std::int64_t bad : {0, 1, 63, 64, 5000}) {
    for (const std::int64_t capacity : {1, 64, 1024}) {
      RecordedGraph graph(kDiamond);
      graph[1].ThrowAt(bad);
      auto run = Start(graph.MakePipeline(capacity), Options());
      ASSERT_TRUE(run.ok()) << run.status();
      const std::int64_t published = PublishUntilStopped(run->publisher());
      const absl::Status stopped = run->DrainAndStop(kLong);
      EXPECT_EQ(stopped.code(), absl::StatusCode::kAborted);
      const std::string error(stopped.message());
      EXPECT_NE(error.find("stage \"s1\" at event " + std::to_string(bad) + ")"), std::string::npos)
          << error;
      EXPECT_NE(error.find("a bad event"), std::string::npos) << error;
      EXPECT_EQ(graph[1].handled, bad);
      EXPECT_EQ(graph[3].handled, bad) << "behind the stage that failed";
      for (const std::size_t other : {0, 2}) {
        EXPECT_GE(graph[other].handled, bad);
        EXPECT_LE(graph[other].handled, published);
      }
      EXPECT_GT(published, bad);
      EXPECT_TRUE(graph.sound());
      EXPECT_EQ(run->Report().outcome, stopped);
      EXPECT_EQ(run->DrainAndStop(kLong), stopped) << "again";
    }
  }
}

TEST_P(RuntimeStopTest, TheEarlierOfTwoFailuresBoundsWhatTheOthersHandle) {
  // 0 -> 1 -> 2 -> 3: both 1 and 2 throw, 2 at an earlier event.
  RecordedGraph graph({{}, {0}, {1}, {2}});
  graph[1].ThrowAt(500);
  graph[2].ThrowAt(300);
  auto run = Start(graph.MakePipeline(1024), Options());
  ASSERT_TRUE(run.ok()) << run.status();
  PublishUntilStopped(run->publisher());
  EXPECT_EQ(run->DrainAndStop(kLong).code(), absl::StatusCode::kAborted);
  EXPECT_EQ(graph[2].handled, 300);
  EXPECT_EQ(graph[3].handled, 300);
  EXPECT_LE(graph[1].handled, 500);
  EXPECT_TRUE(graph.sound());
}

TEST_P(RuntimeStopTest, AFailureWhileDrainingIsTheReason) {
  RecordedGraph graph(kChain);
  graph[1].ThrowAt(50);
  auto run = Start(graph.MakePipeline(64), Options());
  ASSERT_TRUE(run.ok()) << run.status();
  // All fit the ring, so the drain is asked for before, while, or after the stage fails.
  for (int i = 0; i < 60; ++i) (void)run->publisher().TryPublish(Number);
  const absl::Status stopped = run->DrainAndStop(kLong);
  EXPECT_EQ(stopped.code(), absl::StatusCode::kAborted) << stopped;
  EXPECT_EQ(graph[2].handled, 50);
  EXPECT_TRUE(graph.sound());
}

TEST_P(RuntimeStopTest, AnOnStopThatThrowsIsTheReasonAndTheOthersAreStopped) {
  RecordedGraph graph(kChain);
  graph[0].throws_on_stop = true;
  auto run = Start(graph.MakePipeline(64), Options());
  ASSERT_TRUE(run.ok()) << run.status();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
  const absl::Status stopped = run->DrainAndStop(kLong);
  EXPECT_NE(stopped.message().find("stop refused"), std::string::npos) << stopped;
  EXPECT_NE(stopped.message().find("\"s0\""), std::string::npos) << stopped;
  EXPECT_EQ(graph[2].handled, 100);
  EXPECT_TRUE(graph.sound());
}

TEST_P(RuntimeStopTest, DrainingTwiceAndAfterAHaltDoesNoHarm) {
  RecordedGraph graph(kChain);
  auto run = Start(graph.MakePipeline(64), Options());
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
  EXPECT_TRUE(run->DrainAndStop(kLong).ok());
  EXPECT_TRUE(run->DrainAndStop(std::chrono::seconds(0)).ok());
  EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kStopped);
  EXPECT_EQ(graph[2].handled, 1);
  run->Halt();
  EXPECT_TRUE(run->DrainAndStop(kLong).ok());
  EXPECT_TRUE(graph.sound());

  RecordedGraph halted(kChain);
  auto other = Start(halted.MakePipeline(64), Options());
  ASSERT_TRUE(other.ok()) << other.status();
  other->Halt();
  other->Halt();
  EXPECT_TRUE(other->DrainAndStop(kLong).ok());
  EXPECT_TRUE(halted.sound());
}

TEST_P(RuntimeStopTest, ADrainMayWaitForEver) {
  for (const auto timeout :
       {std::chrono::nanoseconds::max(), std::chrono::nanoseconds::max() - std::chrono::hours(1)}) {
    RecordedGraph graph(kChain);
    auto run = Start(graph.MakePipeline(1024), Options());
    ASSERT_TRUE(run.ok()) << run.status();
    for (int i = 0; i < 1000; ++i) (void)run->publisher().Publish(Number);
    const absl::Status stopped = run->DrainAndStop(timeout);
    EXPECT_TRUE(stopped.ok()) << stopped;
    EXPECT_EQ(graph[2].handled, 1000);
  }
}

// A gate that handlers wait at until somebody opens it.
class Gate {
 public:
  void Open() { open_ = true; }
  void Wait() const {
    while (!open_) std::this_thread::yield();
  }

 private:
  std::atomic<bool> open_{false};
};

// A handler that opens a gate when its stage ends.
struct OpensOnStop {
  void operator()(MarkedEvent&) const {}
  void OnStop() const { gate->Open(); }

  Gate* gate;
};

TEST(RuntimeLateTest, ADrainThatIsLateNamesWhoIsBehindAndHaltsTheRun) {
  const tests::Watchdog watchdog("a late drain gives up");
  Gate gate;
  Pipeline<MarkedEvent> pipeline({.name = "late", .capacity = 64});
  pipeline.Stage("quick", [](MarkedEvent&) {});
  auto slow = pipeline.Stage("slow", [&gate](MarkedEvent&) { gate.Wait(); });
  // It ends when the run is halted and not before, as the slow stage keeps its events from it.
  pipeline.Stage("behind", OpensOnStop{&gate}).After(slow);
  auto run = Start(std::move(pipeline), {.sharing = Sharing::kThreadEach});
  ASSERT_TRUE(run.ok()) << run.status();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
  const absl::Status stopped = run->DrainAndStop(std::chrono::milliseconds(20));
  EXPECT_EQ(stopped.code(), absl::StatusCode::kDeadlineExceeded);
  const std::string error(stopped.message());
  EXPECT_NE(error.find("within 20 ms"), std::string::npos) << error;
  EXPECT_NE(error.find("of 3 events"), std::string::npos) << error;
  EXPECT_NE(error.find("\"slow\" at 0, \"behind\" at 0"), std::string::npos) << error;
  EXPECT_EQ(run->DrainAndStop(kLong), stopped) << "again";
  EXPECT_EQ(run->Report().outcome, stopped);
  EXPECT_TRUE(run->Report().workers.at(0).report.after.has_value()) << "its thread is gone";
}

TEST(RuntimeLateTest, ADrainThatIsHeldUpByAHookSaysSo) {
  const tests::Watchdog watchdog("a drain gives up on a hook");
  struct SlowHook {
    void operator()(MarkedEvent&) const {}
    void OnStop() const { std::this_thread::sleep_for(std::chrono::milliseconds(300)); }
  };
  // On a machine that stalls for longer than the hook the drain is not late at all.
  std::string error;
  for (int attempt = 0; attempt < 10 && error.find("OnStop") == std::string::npos; ++attempt) {
    Pipeline<MarkedEvent> pipeline({.name = "late", .capacity = 64});
    pipeline.Stage("hooked", SlowHook{});
    auto run = Start(std::move(pipeline));
    ASSERT_TRUE(run.ok()) << run.status();
    EXPECT_EQ(run->publisher().Publish(Number), ClaimStatus::kOk);
    while (run->Progress() < 1) std::this_thread::yield();
    error = std::string(run->DrainAndStop(std::chrono::milliseconds(1)).message());
  }
  EXPECT_NE(error.find("all were handled, but OnStop has not returned on thread \"hooked\""),
            std::string::npos)
      << error;
}

TEST(RuntimeHaltTest, ReleasesAPublisherThatWaitsForRoom) {
  const tests::Watchdog watchdog("a publisher is released");
  Gate gate;
  Pipeline<MarkedEvent> pipeline({.name = "full", .capacity = 4});
  pipeline.Stage("stuck", [&gate](MarkedEvent&) { gate.Wait(); });
  auto run = Start(std::move(pipeline));
  ASSERT_TRUE(run.ok()) << run.status();
  std::atomic<int> published{0};
  std::atomic<ClaimStatus> last{ClaimStatus::kOk};
  std::thread publisher([&] {
    while (last == ClaimStatus::kOk) {
      last = run->publisher().Publish(Number);
      if (last == ClaimStatus::kOk) ++published;
    }
  });
  while (published < 4) std::this_thread::yield();
  run->Halt();
  publisher.join();
  EXPECT_EQ(published, 4);
  EXPECT_EQ(last, ClaimStatus::kStopped);
  gate.Open();
  EXPECT_TRUE(run->DrainAndStop(kLong).ok()) << "halted as asked";
}

}  // namespace
}  // namespace disruptor::runtime
