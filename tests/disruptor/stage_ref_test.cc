#include "disruptor/stage_ref.h"

#include <cstddef>
#include <string>
#include <vector>

#include "disruptor/stage_graph.h"
#include "gtest/gtest.h"

namespace disruptor {
namespace {

class StageRefTest : public testing::Test {
 protected:
  StageRef Add(const std::string& name) {
    graph_.Add(name);
    return StageRef(graph_, graph_.size() - 1);
  }

  StageGraph graph_;
};

TEST_F(StageRefTest, SetsWhatIsKnownOfItsStageAndReturnsItself) {
  Add("other");
  const StageRef ref = Add("book").Critical().Wait(WaitKind::kBusySpin).OnCpu(3);
  EXPECT_EQ(ref.index(), 1u);
  EXPECT_EQ(graph_[1].priority, Priority::kCritical);
  EXPECT_EQ(graph_[1].wait, WaitKind::kBusySpin);
  EXPECT_EQ(graph_[1].cpu, 3);
  Add("journal").Background();
  EXPECT_EQ(graph_[2].priority, Priority::kBackground);
  EXPECT_EQ(graph_[0].priority, Priority::kNormal);
}

TEST_F(StageRefTest, FollowsSeveralStagesAndEachOnce) {
  const StageRef a = Add("a");
  const StageRef b = Add("b");
  Add("c").After(a, b).After(b).After(a, a);
  EXPECT_EQ(graph_[2].after, (std::vector<std::size_t>{0, 1}));
}

// C41
TEST_F(StageRefTest, CannotFollowAStageOfAnotherPipeline) {
  StageGraph other;
  other.Add("theirs");
  Add("ours").After(StageRef(other, 0));
  EXPECT_TRUE(graph_[0].after.empty());
  EXPECT_EQ(graph_.TopologicalOrder().status().message(),
            "stage \"ours\" is to follow \"theirs\", which belongs to another pipeline");
}

TEST(StageRefMisuseTest, RefusesACpuThatCannotBe) {
  StageGraph graph;
  graph.Add("book");
  StageRef(graph, 0).OnCpu(-1);
  const absl::Status status = graph.TopologicalOrder().status();
  EXPECT_EQ(status.message(), "stage \"book\" asks for CPU -1; CPUs count from 0");
}

}  // namespace
}  // namespace disruptor
