#include "disruptor/runtime/latency_probe.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "disruptor/claim_result.h"
#include "disruptor/latency/clock.h"
#include "disruptor/latency/histogram.h"
#include "disruptor/latency/sequence_sampler.h"
#include "disruptor/latency/snapshot.h"
#include "disruptor/pipeline.h"
#include "disruptor/runtime/latency_track.h"
#include "disruptor/runtime/options.h"
#include "disruptor/runtime/run_report.h"
#include "disruptor/runtime/runtime.h"
#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace disruptor::runtime {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

TEST(LatencyProbeTest, OneThatWasNotToldWhereToRecordsNothing) {
  LatencyProbe probe;
  int handled = 0;
  probe.Published(0);
  for (std::int64_t i = 0; i < 100; ++i) probe.Around(i, [&] { ++handled; });
  EXPECT_EQ(handled, 100);
}

TEST(LatencyProbeTest, AllStagesRecordTheSameEvents) {
  constexpr std::int64_t kEvents = 20'000;
  const latency::SequenceSampler sampler(16);
  LatencyTrack track(latency::Clock(), 1, {{}, {0}, {1}});
  LatencyProbe publisher(track, sampler);
  std::vector<LatencyProbe> stages;
  for (std::size_t i = 0; i < 3; ++i) stages.emplace_back(track, sampler, i);
  std::uint64_t picked = 0;
  std::int64_t handled = 0;
  for (std::int64_t sequence = 0; sequence < kEvents; ++sequence) {
    picked += sampler.Picks(sequence) ? 1 : 0;
    publisher.Published(sequence);
    for (LatencyProbe& stage : stages) stage.Around(sequence, [&] { ++handled; });
    const auto samples = [](const latency::Histogram& histogram) {
      return latency::Snapshot::Of(histogram).samples();
    };
    if (sequence % 1000 != 0) continue;
    EXPECT_EQ(samples(track.lateness()), picked);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(samples(track.stage(i).service), picked);
  }
  EXPECT_EQ(handled, 3 * kEvents);
  EXPECT_GT(picked, 0u);
}

TEST(LatencyProbeTest, RecordsNothingOfAnEventWhoseHandlerThrows) {
  LatencyTrack track(latency::Clock(), 4, {{}});
  LatencyProbe stage(track, latency::SequenceSampler(1), 0);
  EXPECT_THROW(stage.Around(0, [] { throw 1; }), int);
  EXPECT_EQ(latency::Snapshot::Of(track.stage(0).service).samples(), 0u);
}

TEST(LatencyProbeTest, CountsFromWhenAnEventWasDue) {
  const latency::Clock clock;
  LatencyTrack track(clock, 4, {{}});
  const latency::SequenceSampler every(1);
  LatencyProbe publisher(track, every);
  LatencyProbe stage(track, every, 0);
  // Due a second ago, handled at once.
  publisher.Intend(clock.Now() - 1'000 * static_cast<std::uint64_t>(kMillisecond));
  publisher.Published(0);
  stage.Around(0, [] {});
  EXPECT_GE(track.lateness().max(), 1'000 * kMillisecond);
  EXPECT_GE(track.stage(0).response.max(), 1'000 * kMillisecond);
  EXPECT_LT(track.stage(0).queueing.max(), track.lateness().max());
  EXPECT_LT(track.stage(0).service.max(), track.lateness().max());

  // And without a due time, from the publish.
  publisher.Intend(0);
  publisher.Published(1);
  stage.Around(1, [] {});
  EXPECT_EQ(latency::Snapshot::Of(track.lateness()).min(), 0);
}

latency::Snapshot RowOf(const RunReport& report, const std::string& name) {
  for (const auto& row : report.latency->rows()) {
    if (row.name == name) return row.snapshot;
  }
  ADD_FAILURE() << "no row " << name << " in\n" << report.LatencyText();
  return latency::Snapshot();
}

// A stage stands still for half a second once, with events behind it. That is its own service time,
// and everybody else's queueing, if they wait behind it; nobody else's service. The bounds are far
// apart: what a loaded machine adds to the rest would have to be half as long as the stall.
TEST(LatencyProbeTest, AStallIsServiceWhereItHappensAndQueueingBehindIt) {
  const tests::Watchdog watchdog("a run with a stall ends");
  constexpr auto kStall = std::chrono::milliseconds(500);
  constexpr std::int64_t kMost = 500 * kMillisecond;
  constexpr std::int64_t kLittle = kMost / 2;
  struct Event {};
  for (const Sharing sharing : {Sharing::kOneThread, Sharing::kThreadEach}) {
    Pipeline<Event, LatencyProbe> pipeline({.name = "stall", .capacity = 1024});
    auto quick = pipeline.Stage("quick", [](Event&) {});
    auto stalling = pipeline
                        .Stage("stalling",
                               [&](Event&, std::int64_t sequence) {
                                 if (sequence == 100) std::this_thread::sleep_for(kStall);
                               })
                        .After(quick);
    pipeline.Stage("behind", [](Event&) {}).After(stalling);
    auto run = Start(std::move(pipeline), {.sharing = sharing, .latency_every = 1});
    ASSERT_TRUE(run.ok()) << run.status();
    // At once, so that there are events behind the one that stalls, whatever the machine does.
    EXPECT_EQ(run->publisher().PublishBatch(1000, [](Event&) {}), ClaimStatus::kOk);
    EXPECT_TRUE(run->DrainAndStop(std::chrono::seconds(60)).ok());
    const RunReport report = run->Report();

    const latency::Snapshot service = RowOf(report, "stalling: working");
    EXPECT_GE(service.max(), kMost);
    EXPECT_LT(service.ValueAt(99).value, kLittle) << "one event alone";
    EXPECT_LT(RowOf(report, "quick: working").max(), kLittle);
    EXPECT_LT(RowOf(report, "behind: working").max(), kLittle);
    // The events behind the one that stalled had waited for the stalling stage, and no longer for
    // the stage after it than their batch took.
    EXPECT_GE(RowOf(report, "stalling: waiting").max(), kLittle);
    EXPECT_GE(RowOf(report, "stalling: since due").max(), kMost);
    EXPECT_GE(RowOf(report, "behind: end to end").max(), kMost);
    EXPECT_LT(RowOf(report, "publish, after due").max(), kLittle) << "the ring had room";
  }
}

}  // namespace
}  // namespace disruptor::runtime
