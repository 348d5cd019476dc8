#include "disruptor/ring_buffer.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <stdexcept>
#include <utility>

#include "disruptor/ring_memory.h"
#include "gtest/gtest.h"
#include "tests/support/tracked_event.h"

namespace disruptor {
namespace {

using tests::TrackedEvent;

// C48: powers of two, at their edges.
TEST(RingBufferTest, AcceptsPowersOfTwoAsCapacityAndNothingElse) {
  for (int bit = 0; bit <= 40; ++bit) EXPECT_TRUE(IsValidCapacity(std::int64_t{1} << bit)) << bit;
  for (const std::int64_t capacity :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{-8}, std::int64_t{3}, std::int64_t{1023},
        std::int64_t{1025}, kMaxCapacity - 1, kMaxCapacity + 1, kMaxCapacity * 2,
        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    EXPECT_FALSE(IsValidCapacity(capacity)) << capacity;
  }
}

TEST(RingBufferTest, ConstructsEachEventOnceAndDestroysItWithTheRing) {
  TrackedEvent::Reset();
  {
    const RingBuffer<TrackedEvent> ring(8);
    EXPECT_EQ(TrackedEvent::live.size(), 8u);
    for (std::int64_t i = 0; i < 8; ++i) EXPECT_TRUE(TrackedEvent::live.contains(&ring[i]));
  }
  EXPECT_TRUE(TrackedEvent::live.empty());
  EXPECT_EQ(TrackedEvent::mistakes, 0);
}

TEST(RingBufferTest, LeavesNothingBehindWhenAnEventCannotBeConstructed) {
  TrackedEvent::Reset(5);
  int released = 0;
  RingMemory heap = RingMemory::Heap(RingBuffer<TrackedEvent>::BytesFor(8));
  RingMemory counted(heap.data(), heap.size(), [&released](std::byte*) { ++released; });
  EXPECT_THROW(RingBuffer<TrackedEvent>(8, std::move(counted)), std::runtime_error);
  EXPECT_TRUE(TrackedEvent::live.empty());
  EXPECT_EQ(TrackedEvent::mistakes, 0);
  EXPECT_EQ(released, 1);
}

TEST(RingBufferTest, GivesEverySequenceOfALapItsOwnSlotAndWrapsBehindIt) {
  for (const std::int64_t capacity : {1, 2, 1024}) {
    RingBuffer<std::int64_t> ring(capacity);
    EXPECT_EQ(ring.capacity(), capacity);
    std::set<const std::int64_t*> slots;
    for (std::int64_t i = 0; i < capacity; ++i) slots.insert(&ring[i]);
    EXPECT_EQ(slots.size(), static_cast<std::size_t>(capacity));
    EXPECT_EQ(&ring[0], &ring[capacity]);
    EXPECT_EQ(&ring[capacity - 1], &ring[3 * capacity - 1]);
    const RingBuffer<std::int64_t>& constant = ring;
    EXPECT_EQ(&constant[5 * capacity], &ring[0]);
  }
}

// C57: the largest sequence there can be still has a slot.
TEST(RingBufferTest, FindsTheSlotOfTheLastSequenceOfAll) {
  RingBuffer<std::int64_t> ring(8);
  EXPECT_EQ(&ring[std::numeric_limits<std::int64_t>::max()], &ring[7]);
}

TEST(RingBufferTest, StartsWithValueInitialisedEventsInDirtyMemory) {
  constexpr std::int64_t kCapacity = 16;
  RingMemory memory = RingMemory::Heap(RingBuffer<std::int64_t>::BytesFor(kCapacity));
  for (std::size_t i = 0; i < memory.size(); ++i) memory.data()[i] = std::byte{0xFF};
  const RingBuffer<std::int64_t> ring(kCapacity, std::move(memory));
  for (std::int64_t i = 0; i < kCapacity; ++i) EXPECT_EQ(ring[i], 0);
}

TEST(RingBufferTest, UsesTheMemoryThatItIsGiven) {
  RingMemory memory = RingMemory::Heap(4096);
  const std::byte* const data = memory.data();
  RingBuffer<std::int64_t> ring(4, std::move(memory));
  EXPECT_EQ(reinterpret_cast<const std::byte*>(&ring[0]), data);
}

template <std::size_t kAlignment>
struct alignas(kAlignment) Aligned {
  std::int64_t value;
};

template <std::size_t kAlignment>
void ExpectAligned() {
  const RingBuffer<Aligned<kAlignment>> ring(4);
  for (std::int64_t i = 0; i < 4; ++i) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&ring[i]) % kAlignment, 0u);
  }
}

TEST(RingBufferTest, AlignsEventsAsTheyAsk) {
  ExpectAligned<16>();
  ExpectAligned<64>();
  ExpectAligned<1024>();
  ExpectAligned<4096>();
}

struct alignas(16) Wide {
  std::int64_t halves[2];
};

TEST(RingBufferDeathTest, RefusesMemoryThatIsTooSmallOrMisalignedAndBadCapacities) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(RingBuffer<Wide>(4, RingMemory::Heap(63)), "too small for the ring");
  alignas(16) static std::byte bytes[128];
  EXPECT_DEATH(RingBuffer<Wide>(4, RingMemory(bytes + 8, 64, nullptr)), "not aligned");
  EXPECT_DEATH(RingBuffer<Wide>(3, RingMemory::Heap(4096)), "power of two");
  EXPECT_DEATH(RingBuffer<Wide>(0, RingMemory::Heap(4096)), "power of two");
}

}  // namespace
}  // namespace disruptor
