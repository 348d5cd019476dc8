#ifndef DISRUPTOR_RING_BUFFER_H_
#define DISRUPTOR_RING_BUFFER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "disruptor/check.h"
#include "disruptor/ring_memory.h"

namespace disruptor {

// kMaxCapacity and kMaxRingBytes bound a ring so that no size computed from it can overflow.
inline constexpr std::int64_t kMaxCapacity = std::int64_t{1} << 40;
inline constexpr std::int64_t kMaxRingBytes = std::int64_t{1} << 56;

// IsValidCapacity: a power of two, so that a sequence becomes an index with one mask.
constexpr bool IsValidCapacity(std::int64_t capacity) noexcept {
  return capacity >= 1 && capacity <= kMaxCapacity && (capacity & (capacity - 1)) == 0;
}

// RingBuffer is the slots: `capacity` events, constructed once in memory that the caller supplies,
// reused for ever, destroyed with the ring. It does no synchronisation at all: who may touch which
// slot when is the sequencer's and the barriers' business.
//
// THREADS  construction and destruction: one thread, nobody else inside. operator[]: any thread
//          that a claim or a barrier has given the sequence to.
// COST     operator[] is a mask, a shift or multiply, and an add.
template <typename Event>
class RingBuffer {
 public:
  // BytesFor is how much memory a ring of that capacity needs.
  static constexpr std::size_t BytesFor(std::int64_t capacity) noexcept {
    return static_cast<std::size_t>(capacity) * sizeof(Event);
  }

  // Requires IsValidCapacity(capacity) and enough aligned memory (both are checked). Every event is
  // value-initialised, which also touches every page before the first publish.
  RingBuffer(std::int64_t capacity, RingMemory memory)
      : memory_(std::move(memory)), mask_(capacity - 1) {
    PINWHEEL_CHECK(IsValidCapacity(capacity), "the capacity must be a power of two, at least 1");
    PINWHEEL_CHECK(memory_.size() >= BytesFor(capacity), "the memory is too small for the ring");
    PINWHEEL_CHECK(reinterpret_cast<std::uintptr_t>(memory_.data()) % alignof(Event) == 0,
                   "the memory is not aligned for the event");
    slots_ = reinterpret_cast<Event*>(memory_.data());
    std::uninitialized_value_construct_n(slots_, capacity);
  }
  explicit RingBuffer(std::int64_t capacity)
      : RingBuffer(capacity, RingMemory::Heap(BytesFor(capacity), alignof(Event))) {}
  RingBuffer(const RingBuffer&) = delete;
  RingBuffer& operator=(const RingBuffer&) = delete;
  ~RingBuffer() { std::destroy_n(slots_, capacity()); }

  [[nodiscard]] Event& operator[](std::int64_t sequence) noexcept {
    return slots_[sequence & mask_];
  }
  [[nodiscard]] const Event& operator[](std::int64_t sequence) const noexcept {
    return slots_[sequence & mask_];
  }
  [[nodiscard]] std::int64_t capacity() const noexcept { return mask_ + 1; }

 private:
  RingMemory memory_;
  Event* slots_;
  std::int64_t mask_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_RING_BUFFER_H_
