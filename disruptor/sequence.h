#ifndef DISRUPTOR_SEQUENCE_H_
#define DISRUPTOR_SEQUENCE_H_

#include <cstdint>

#include "disruptor/atomic.h"
#include "disruptor/cache_line.h"
#include "disruptor/wake_list.h"

namespace disruptor {

// kBeforeFirst is the value of a sequence that has not moved: the first event has sequence 0.
inline constexpr std::int64_t kBeforeFirst = -1;

// Sequence is a position in the stream of events, alone on its cache lines.
//
// Positions are signed 64-bit, start at kBeforeFirst, only grow and never wrap (at a billion events
// a second they last 292 years), so a position is also the id of its event wherever one is needed.
//
// THREADS  one writer; any number of readers.
// ORDERING a StoreRelease hands everything its thread did before to whoever sees the value with
//          LoadAcquire. Which pairs rely on that is labelled where they stand: E1 in
//          single_producer_sequencer.h, E2 and E3 in batch_event_processor.h.
//
// The idea of padding a counter to its own lines is the LMAX Disruptor's.
class alignas(kFalseSharingBytes) Sequence {
 public:
  constexpr explicit Sequence(std::int64_t value = kBeforeFirst) noexcept : value_(value) {}

  [[nodiscard]] std::int64_t LoadAcquire() const noexcept { return value_.LoadAcquire(); }
  void StoreRelease(std::int64_t value) noexcept { value_.StoreRelease(value); }

  // AdvanceRelease is StoreRelease and wakes whoever sleeps until this sequence moves: one plain
  // load of the writer's own line while nobody does (wake_list.h).
  void AdvanceRelease(std::int64_t value) noexcept {
    value_.StoreRelease(value);
    wakes_.Notify();
  }

  // The value without what its writer did before: for the writer itself and for monitors.
  [[nodiscard]] std::int64_t LoadRelaxed() const noexcept { return value_.LoadRelaxed(); }

  // Who sleeps until this sequence advances; sleepers change it, so it is not part of the value.
  [[nodiscard]] WakeList& wakes() const noexcept { return wakes_; }

 private:
  Atomic<std::int64_t> value_;
  mutable WakeList wakes_;
};

static_assert(sizeof(Sequence) == kFalseSharingBytes && alignof(Sequence) == kFalseSharingBytes,
              "a neighbour on the same lines would slow every reader of the sequence");

}  // namespace disruptor

#endif  // DISRUPTOR_SEQUENCE_H_
