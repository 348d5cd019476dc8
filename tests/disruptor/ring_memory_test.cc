#include "disruptor/ring_memory.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "disruptor/cache_line.h"
#include "gtest/gtest.h"

namespace disruptor {
namespace {

class RingMemoryTest : public testing::Test {
 protected:
  RingMemory Recorded(std::size_t index) {
    std::byte* const data = bytes_.data() + index;
    return RingMemory(data, 16, [this](std::byte* p) { released_.push_back(p); });
  }

  std::array<std::byte, 64> bytes_;
  std::vector<std::byte*> released_;
};

TEST_F(RingMemoryTest, GivesItsBytesBackOnce) {
  {
    const RingMemory memory = Recorded(0);
    EXPECT_EQ(memory.data(), bytes_.data());
    EXPECT_EQ(memory.size(), 16u);
    EXPECT_TRUE(released_.empty());
  }
  EXPECT_EQ(released_, std::vector<std::byte*>{bytes_.data()});
}

TEST_F(RingMemoryTest, CarriesTheDutyToReleaseAlongWhenMoved) {
  {
    RingMemory first = Recorded(0);
    RingMemory second(std::move(first));
    EXPECT_EQ(second.data(), bytes_.data());
    RingMemory third;
    third = std::move(second);
    EXPECT_EQ(third.data(), bytes_.data());
    EXPECT_EQ(third.size(), 16u);
  }
  EXPECT_EQ(released_.size(), 1u);
}

TEST_F(RingMemoryTest, ReleasesBothWhenOneIsAssignedOverAnother) {
  {
    RingMemory kept = Recorded(0);
    kept = Recorded(16);
    EXPECT_EQ(kept.data(), bytes_.data() + 16);
  }
  EXPECT_EQ(released_.size(), 2u);
  EXPECT_NE(released_[0], released_[1]);
}

TEST_F(RingMemoryTest, AcceptsMemoryThatNobodyHasToRelease) {
  const RingMemory memory(bytes_.data(), bytes_.size(), nullptr);
  EXPECT_EQ(memory.size(), bytes_.size());
}

TEST(RingMemoryHeapTest, IsWritableAndAlignedToWholeRanges) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{4096}, std::size_t{1} << 20}) {
    const RingMemory memory = RingMemory::Heap(size);
    ASSERT_NE(memory.data(), nullptr);
    EXPECT_EQ(memory.size(), size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory.data()) % kFalseSharingBytes, 0u);
    std::memset(memory.data(), 0x5A, size);
  }
}

TEST(RingMemoryHeapTest, IsEmptyByDefault) {
  const RingMemory memory;
  EXPECT_EQ(memory.data(), nullptr);
  EXPECT_EQ(memory.size(), 0u);
}

}  // namespace
}  // namespace disruptor
