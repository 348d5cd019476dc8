#include "disruptor/stage_graph.h"

#include <cstddef>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace disruptor {
namespace {

using Indices = std::vector<std::size_t>;

// Graph is a StageGraph written in one line: {{"decode", {}}, {"book", {0}}}.
struct Node {
  std::string name;
  Indices after;
};
void Build(StageGraph& graph, const std::vector<Node>& nodes) {
  for (const Node& node : nodes) graph.Add(node.name).after = node.after;
}

std::string Error(const StageGraph& graph) {
  const auto order = graph.TopologicalOrder();
  return order.ok() ? "" : std::string(order.status().message());
}

TEST(StageGraphTest, KeepsWhatItWasToldOfAStage) {
  StageGraph graph;
  StageConfig& first = graph.Add("first");
  for (int i = 0; i < 100; ++i) graph.Add("stage " + std::to_string(i));
  EXPECT_EQ(&first, &graph[0]) << "a stage must stay where it is when others are added";
  EXPECT_EQ(graph.size(), 101u);
  EXPECT_EQ(graph[0].name, "first");
  EXPECT_TRUE(graph[0].after.empty());
  EXPECT_EQ(graph[0].wait, WaitKind::kAuto);
  EXPECT_EQ(graph[0].priority, Priority::kNormal);
  EXPECT_EQ(graph[0].cpu, StageConfig::kAnyCpu);
}

TEST(StageGraphTest, OrdersAChainThatWasDeclaredBackwards) {
  StageGraph graph;
  Build(graph, {{"c", {1}}, {"b", {2}}, {"a", {}}});
  EXPECT_EQ(*graph.TopologicalOrder(), (Indices{2, 1, 0}));
}

TEST(StageGraphTest, KeepsTheOrderOfDeclarationWhereItHasTheChoice) {
  StageGraph graph;
  Build(graph, {{"a", {}}, {"b", {}}, {"c", {0}}, {"d", {0, 1}}, {"e", {2, 3}}});
  EXPECT_EQ(*graph.TopologicalOrder(), (Indices{0, 1, 2, 3, 4}));
}

TEST(StageGraphTest, TakesAStageAsSoonAsItsTurnHasCome) {
  StageGraph graph;
  Build(graph, {{"late", {2}}, {"a", {}}, {"b", {}}, {"c", {}}});
  EXPECT_EQ(*graph.TopologicalOrder(), (Indices{1, 2, 0, 3}));
}

TEST(StageGraphTest, NamesNoStagesAsTheMistakeWhenThereAreNone) {
  EXPECT_EQ(Error(StageGraph()),
            "the pipeline has no stages; add one with pipeline.Stage(\"name\", handler)");
}

TEST(StageGraphTest, RefusesStagesWithoutANameOrWithTheSameOne) {
  StageGraph unnamed;
  Build(unnamed, {{"decode", {}}, {"", {}}});
  EXPECT_EQ(Error(unnamed), "stage number 1 has no name; reports and errors need one");
  StageGraph twice;
  Build(twice, {{"decode", {}}, {"book", {}}, {"decode", {}}});
  EXPECT_EQ(Error(twice), "two stages are named \"decode\"; give each its own name");
}

TEST(StageGraphTest, RefusesStagesThatWaitForOneAnother) {
  StageGraph self;
  Build(self, {{"book", {0}}});
  EXPECT_EQ(Error(self),
            "stages that wait for one another in a circle: \"book\"; remove one of their After() "
            "calls");
  StageGraph pair;
  Build(pair, {{"decode", {}}, {"book", {2}}, {"signal", {1}}});
  EXPECT_NE(Error(pair).find("\"book\", \"signal\""), std::string::npos) << Error(pair);
  EXPECT_EQ(Error(pair).find("decode"), std::string::npos) << Error(pair);
  StageGraph followed;
  Build(followed, {{"book", {1}}, {"signal", {0}}, {"orders", {1}}, {"journal", {2}}});
  EXPECT_NE(Error(followed).find("circle: \"book\", \"signal\";"), std::string::npos)
      << Error(followed);
}

TEST(StageGraphTest, TellsTheFirstMisuse) {
  StageGraph graph;
  Build(graph, {{"decode", {}}});
  graph.ReportMisuse("the first");
  graph.ReportMisuse("what came of it");
  EXPECT_EQ(Error(graph), "the first");
}

// C43: the gates of the producer.
TEST(StageGraphTest, LeavesAreTheStagesThatNobodyFollows) {
  StageGraph chain;
  Build(chain, {{"a", {}}, {"b", {0}}, {"c", {1}}});
  EXPECT_EQ(chain.Leaves(), (Indices{2}));
  StageGraph diamond;
  Build(diamond, {{"a", {}}, {"b", {0}}, {"c", {0}}, {"d", {1, 2}}});
  EXPECT_EQ(diamond.Leaves(), (Indices{3}));
  StageGraph branch;
  Build(branch, {{"a", {}}, {"b", {0}}, {"journal", {0}}, {"apart", {}}});
  EXPECT_EQ(branch.Leaves(), (Indices{1, 2, 3}));
}

}  // namespace
}  // namespace disruptor
