#include "disruptor/runtime/latency_track.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "disruptor/latency/clock.h"
#include "disruptor/latency/histogram.h"
#include "disruptor/latency/snapshot.h"
#include "disruptor/runtime/latency_rows.h"
#include "disruptor/stage_graph.h"
#include "gtest/gtest.h"

namespace disruptor::runtime {
namespace {

// The kernel's clock has a tick a nanosecond, so that stamps can be made up.
latency::Clock NanosecondClock() { return latency::Clock(); }

// The one value that was recorded. Below 256 ns the slots are exact.
std::int64_t Only(const latency::Histogram& histogram) {
  const auto snapshot = latency::Snapshot::Of(histogram);
  EXPECT_EQ(snapshot.samples(), 1u);
  return snapshot.max();
}

using Graph = std::vector<std::vector<std::size_t>>;

TEST(LatencyTrackTest, SplitsTheTimeOfAChainIntoQueueingAndService) {
  LatencyTrack track(NanosecondClock(), 8, Graph{{}, {0}});
  // Due at 1000, published 5 later, seen by the first stage after 20, handled in 30; the second
  // stage sees it 7 later and takes 11.
  track.StampPublished(3, 1000, 1005);
  track.RecordStage(track.stage(0), 3, 1025, 1055);
  track.RecordStage(track.stage(1), 3, 1062, 1073);
  EXPECT_EQ(Only(track.lateness()), 5);
  EXPECT_EQ(Only(track.stage(0).queueing), 20);
  EXPECT_EQ(Only(track.stage(0).service), 30);
  EXPECT_EQ(Only(track.stage(0).response), 55);
  EXPECT_EQ(Only(track.stage(1).queueing), 7);
  EXPECT_EQ(Only(track.stage(1).service), 11);
  EXPECT_EQ(Only(track.stage(1).response), 73);
}

TEST(LatencyTrackTest, AJoinQueuesFromTheLastOfWhatItFollows) {
  LatencyTrack track(NanosecondClock(), 8, Graph{{}, {}, {0, 1}});
  track.StampPublished(0, 1000, 1000);
  track.RecordStage(track.stage(0), 0, 1001, 1010);
  track.RecordStage(track.stage(1), 0, 1001, 1100);
  track.RecordStage(track.stage(2), 0, 1103, 1104);
  EXPECT_EQ(Only(track.stage(2).queueing), 3);
  EXPECT_EQ(Only(track.stage(2).response), 104);
}

TEST(LatencyTrackTest, KeepsTheStampsOfEachSlotApartAndReusesThem) {
  LatencyTrack track(NanosecondClock(), 2, Graph{{}});
  track.StampPublished(0, 1000, 1000);
  track.StampPublished(1, 2000, 2000);
  track.RecordStage(track.stage(0), 0, 1001, 1002);
  track.StampPublished(2, 3000, 3000);
  track.RecordStage(track.stage(0), 1, 2001, 2002);
  track.RecordStage(track.stage(0), 2, 3001, 3002);
  const auto response = latency::Snapshot::Of(track.stage(0).response);
  EXPECT_EQ(response.samples(), 3u);
  EXPECT_EQ(response.max(), 2);
  EXPECT_EQ(response.min(), 2);
}

TEST(LatencyTrackTest, CountsTimesThatRunBackwardsInsteadOfHidingThem) {
  LatencyTrack track(NanosecondClock(), 2, Graph{{}});
  track.StampPublished(0, 1000, 1000);
  // The other CPU's counter is behind.
  track.RecordStage(track.stage(0), 0, 990, 995);
  EXPECT_EQ(track.stage(0).queueing.negative(), 1u);
  EXPECT_EQ(track.stage(0).response.negative(), 1u);
  EXPECT_EQ(Only(track.stage(0).service), 5);
}

TEST(LatencyRowsTest, HasARowForThePublisherAndThreeForEachStageInTheOrderOfTheGraph) {
  StageGraph graph;
  graph.Add("late").after = {1};
  graph.Add("early");
  const auto track = MakeTrack(NanosecondClock(), 4, graph);
  track->StampPublished(0, 1000, 1001);
  track->RecordStage(track->stage(1), 0, 1003, 1006);
  track->RecordStage(track->stage(0), 0, 1010, 1020);
  const auto table = LatencyRows(*track, graph, {1, 0});
  std::vector<std::string> names;
  std::vector<std::int64_t> longest;
  for (const auto& row : table.rows()) {
    names.push_back(row.name);
    longest.push_back(row.snapshot.max());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"publish, after due", "early: waiting",
                                             "early: working", "early: since due", "late: waiting",
                                             "late: working", "late: end to end"}));
  EXPECT_EQ(longest, (std::vector<std::int64_t>{1, 2, 3, 6, 4, 10, 20}));
}

}  // namespace
}  // namespace disruptor::runtime
