// Where the events of a pipeline live.

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "disruptor/pipeline.h"
#include "disruptor/ring_memory.h"
#include "gtest/gtest.h"
#include "tests/support/tracked_event.h"

namespace disruptor {
namespace {

TEST(PipelineMemoryTest, SaysSoWhenThereIsTooLittle) {
  Pipeline<std::int64_t> pipeline({.name = "feed", .capacity = 4});
  pipeline.Stage("stage", [](std::int64_t&) {});
  const absl::Status status = pipeline.Assemble(RingMemory::Heap(31));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "pipeline \"feed\" needs 32 bytes for its events; 31 were given");
  EXPECT_TRUE(pipeline.Assemble(RingMemory::Heap(32)).ok());
}

TEST(PipelineMemoryTest, SaysSoWhenTheHeapHasNone) {
  struct Huge {
    char bytes[1 << 20];
  };
  Pipeline<Huge> pipeline({.name = "feed", .capacity = std::int64_t{1} << 34});
  pipeline.Stage("stage", [](Huge&) {});
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer ends the process on a request of this size";
#endif
  const absl::Status status = pipeline.Assemble();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(status.message().find("choose a smaller capacity"), std::string::npos) << status;
}

TEST(PipelineMemoryTest, RefusesWhatNoAddressSpaceHolds) {
  struct Huge {
    char bytes[1 << 20];
  };
  Pipeline<Huge> pipeline({.name = "feed", .capacity = kMaxCapacity});
  pipeline.Stage("stage", [](Huge&) {});
  const absl::Status status = pipeline.Assemble();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("1099511627776 events of 1048576 bytes"), std::string::npos)
      << status;
}

TEST(PipelineMemoryTest, ConstructsItsEventsInTheMemoryItIsGivenAndGivesItBack) {
  tests::TrackedEvent::Reset();
  int released = 0;
  RingMemory heap = RingMemory::Heap(1 << 16);
  const std::byte* const data = heap.data();
  const auto give = [&] {
    return RingMemory(heap.data(), heap.size(), [&released](std::byte*) { ++released; });
  };
  {
    Pipeline<tests::TrackedEvent> pipeline({.capacity = 8});
    EXPECT_FALSE(pipeline.Assemble(give()).ok());
    EXPECT_EQ(released, 1) << "an error must not keep the memory";
    pipeline.Stage("stage", [](tests::TrackedEvent&) {});
    ASSERT_TRUE(pipeline.Assemble(give()).ok());
    EXPECT_EQ(reinterpret_cast<const std::byte*>(&pipeline.ring()[0]), data);
    EXPECT_EQ(tests::TrackedEvent::live.size(), 8u);
    EXPECT_EQ(released, 1);
  }
  EXPECT_EQ(released, 2);
  EXPECT_TRUE(tests::TrackedEvent::live.empty());
  EXPECT_EQ(tests::TrackedEvent::mistakes, 0);
}

}  // namespace
}  // namespace disruptor
