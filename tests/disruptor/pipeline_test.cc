#include "disruptor/pipeline.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "disruptor/claim_result.h"
#include "disruptor/stage_ref.h"
#include "gtest/gtest.h"

namespace disruptor {
namespace {

using Events = std::vector<std::int64_t>;

constexpr std::int64_t kAll = 1 << 20;

// Appends its letter to the log for every event.
struct Letter {
  void operator()(std::int64_t&) { *log += letter; }
  std::string* log;
  char letter;
};

class PipelineTest : public testing::Test {
 protected:
  Letter Log(char letter) { return Letter{&log_, letter}; }
  std::int64_t Step(const StageRef& stage) { return pipeline_.stage(stage.index()).Step(kAll); }
  void Publish(std::int64_t count) {
    ASSERT_EQ(pipeline_.MakePublisher().TryPublishBatch(
                  count, [](std::int64_t& event, std::int64_t sequence) { event = sequence; }),
              ClaimStatus::kOk);
  }
  std::int64_t Room() { return pipeline_.sequencer().RemainingCapacity(); }

  std::string log_;
  Pipeline<std::int64_t> pipeline_{{.name = "feed", .capacity = 4}};
};

TEST_F(PipelineTest, HasSensibleDefaults) {
  const Pipeline<std::int64_t> pipeline;
  EXPECT_EQ(pipeline.options().name, "pipeline");
  EXPECT_EQ(pipeline.options().capacity, 1024);
  EXPECT_EQ(pipeline.BytesNeeded(), 1024 * sizeof(std::int64_t));
  EXPECT_EQ(pipeline.graph().size(), 0u);
}

// C39, C46: side by side, each at its own pace, and the slowest holds the producer back.
TEST_F(PipelineTest, StagesSideBySideEachSeeEveryEvent) {
  const StageRef left = pipeline_.Stage("left", Log('l'));
  const StageRef right = pipeline_.Stage("right", Log('r'));
  ASSERT_TRUE(pipeline_.Assemble().ok());
  EXPECT_EQ(Room(), 4);
  Publish(3);
  EXPECT_EQ(Step(left), 3);
  EXPECT_EQ(Room(), 1);
  Publish(1);
  EXPECT_EQ(Step(left), 1);
  EXPECT_EQ(Step(right), 4);
  EXPECT_EQ(Room(), 4);
  EXPECT_EQ(log_, "llllrrrr");
}

// C43, C47: in a chain a stage sees what the one before it has handled, and the last is the gate.
TEST_F(PipelineTest, AChainPassesEventsFromStageToStage) {
  const StageRef first =
      pipeline_.Stage("first", [](std::int64_t& event) { event = event * 2 + 1; });
  Events seen;
  const StageRef second =
      pipeline_.Stage("second", [&seen](std::int64_t& event) { seen.push_back(event); })
          .After(first);
  ASSERT_TRUE(pipeline_.Assemble().ok());
  Publish(4);
  EXPECT_EQ(Step(second), 0);
  EXPECT_EQ(Step(first), 4);
  EXPECT_EQ(Room(), 0);
  EXPECT_EQ(Step(second), 4);
  EXPECT_EQ(Room(), 4);
  EXPECT_EQ(seen, (Events{1, 3, 5, 7}));
}

// C43, C54
TEST_F(PipelineTest, AJoinWaitsForBothOfItsBranches) {
  const StageRef top = pipeline_.Stage("top", Log('t'));
  const StageRef left = pipeline_.Stage("left", Log('l')).After(top);
  const StageRef right = pipeline_.Stage("right", Log('r')).After(top);
  const StageRef join = pipeline_.Stage("join", Log('j')).After(left, right);
  ASSERT_TRUE(pipeline_.Assemble().ok());
  EXPECT_EQ(pipeline_.order(), (std::vector<std::size_t>{0, 1, 2, 3}));
  Publish(2);
  EXPECT_EQ(Step(left) + Step(right) + Step(join), 0);
  Step(top);
  EXPECT_EQ(Step(left), 2);
  EXPECT_EQ(Step(join), 0);
  EXPECT_EQ(Step(right), 2);
  EXPECT_EQ(Room(), 2);
  EXPECT_EQ(Step(join), 2);
  EXPECT_EQ(Room(), 4);
  EXPECT_EQ(log_, "ttllrrjj");
}

// C54: three branches from one point, one of which ends there, and is a gate like the join.
TEST_F(PipelineTest, EveryStageThatNobodyFollowsHoldsTheProducerBack) {
  const StageRef a = pipeline_.Stage("a", Log('a'));
  const StageRef b = pipeline_.Stage("b", Log('b')).After(a);
  const StageRef c = pipeline_.Stage("c", Log('c')).After(a);
  const StageRef journal = pipeline_.Stage("journal", Log('j')).After(a);
  const StageRef join = pipeline_.Stage("join", Log('J')).After(b, c);
  ASSERT_TRUE(pipeline_.Assemble().ok());
  Publish(4);
  for (const StageRef& stage : {a, b, c, join}) EXPECT_EQ(Step(stage), 4);
  EXPECT_EQ(Room(), 0);
  EXPECT_EQ(Step(journal), 4);
  EXPECT_EQ(Room(), 4);
}

// C37
TEST_F(PipelineTest, DeliversWhatWasPublishedBeforeAnyStageRan) {
  const StageRef stage = pipeline_.Stage("stage", Log('s'));
  ASSERT_TRUE(pipeline_.Assemble().ok());
  Publish(4);
  pipeline_.stage(stage.index()).OnStart();
  EXPECT_EQ(Step(stage), 4);
}

TEST_F(PipelineTest, KeepsItsReferencesValidWhenItIsMoved) {
  Events order;
  const StageRef first = pipeline_.Stage("first", Log('1'));
  Pipeline<std::int64_t> moved(std::move(pipeline_));
  const StageRef second = moved.Stage("second", Log('2')).After(first);
  pipeline_ = std::move(moved);
  pipeline_.Stage("third", Log('3')).After(first, second);
  ASSERT_TRUE(pipeline_.Assemble().ok());
  EXPECT_EQ(pipeline_.graph()[2].after, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(pipeline_.graph().Leaves(), (std::vector<std::size_t>{2}));
}

TEST_F(PipelineTest, RunsAHandlerThatLivesElsewhere) {
  Letter handler = Log('x');
  const StageRef stage = pipeline_.Stage("stage", std::ref(handler));
  ASSERT_TRUE(pipeline_.Assemble().ok());
  handler.letter = 'y';
  Publish(2);
  Step(stage);
  EXPECT_EQ(log_, "yy");
}

TEST_F(PipelineTest, RefusesToBeAssembledTwice) {
  pipeline_.Stage("stage", Log('s'));
  ASSERT_TRUE(pipeline_.Assemble().ok());
  const RingBuffer<std::int64_t>* const ring = &pipeline_.ring();
  const absl::Status again = pipeline_.Assemble();
  EXPECT_EQ(again.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(again.message(), "pipeline \"feed\" is assembled already");
  EXPECT_EQ(&pipeline_.ring(), ring);
}

// C42
TEST_F(PipelineTest, RefusesAStageThatComesTooLate) {
  const StageRef stage = pipeline_.Stage("stage", Log('s'));
  ASSERT_TRUE(pipeline_.Assemble().ok());
  pipeline_.Stage("late", Log('l'));
  EXPECT_EQ(pipeline_.Check().message(),
            "stage \"late\" was added after the pipeline was assembled");
  Publish(4);
  EXPECT_EQ(Step(stage), 4);
  EXPECT_EQ(Room(), 4);
}

TEST_F(PipelineTest, NamesAnInvalidCapacityAndItself) {
  for (const std::int64_t capacity :
       {std::int64_t{0}, std::int64_t{-4}, std::int64_t{1000}, std::int64_t{1} << 41}) {
    Pipeline<std::int64_t> pipeline({.name = "feed", .capacity = capacity});
    pipeline.Stage("stage", Log('s'));
    const absl::Status status = pipeline.Assemble();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(status.message(), "pipeline \"feed\": the capacity is " + std::to_string(capacity) +
                                    "; it must be a power of two between 1 and 2^40, such as "
                                    "1 << 16");
  }
}

TEST_F(PipelineTest, RefusesGraphsThatCannotRun) {
  EXPECT_EQ(pipeline_.Assemble().code(), absl::StatusCode::kInvalidArgument);
  StageRef a = pipeline_.Stage("a", Log('a'));
  const StageRef b = pipeline_.Stage("b", Log('b')).After(a);
  EXPECT_TRUE(pipeline_.Check().ok());
  a.After(b);
  EXPECT_EQ(pipeline_.Assemble().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(PipelineTest, RefusesAStageOfAnotherPipeline) {
  Pipeline<std::int64_t> other;
  const StageRef theirs = other.Stage("theirs", Log('t'));
  pipeline_.Stage("ours", Log('o')).After(theirs);
  EXPECT_EQ(pipeline_.Assemble().message(),
            "stage \"ours\" is to follow \"theirs\", which belongs to another pipeline");
}

}  // namespace
}  // namespace disruptor
