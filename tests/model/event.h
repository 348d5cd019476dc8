#ifndef TESTS_MODEL_EVENT_H_
#define TESTS_MODEL_EVENT_H_

#include <cstdint>

#include "tests/model/order.h"
#include "tests/model/vector_clock.h"

namespace model {

enum class EventKind : std::uint8_t {
  kLoad,
  kStore,
  kReadModifyWrite,
  kFence,
  // The two sides of an asymmetric barrier.
  kLightBarrier,
  kHeavyBarrier,
  // For the printed schedule only; they order nothing.
  kFutexWait,
  kFutexWake,
};

inline constexpr int kNone = -1;

// Event is one step of one thread: a node of the execution graph.
struct Event {
  EventKind kind;
  Order order;
  int thread;
  // 1 for the first event of the thread.
  std::int32_t index;
  int location = kNone;
  // The event that wrote what this one reads.
  int reads_from = kNone;
  // Where a write stands in its location's modification order. Changes when writes go in before it.
  int position = kNone;
  std::uint64_t read = 0;
  std::uint64_t written = 0;
  // All that happens before this event, itself included.
  VectorClock clock{};
  // What an acquire that reads this write gets.
  VectorClock message{};

  [[nodiscard]] bool Writes() const noexcept {
    return kind == EventKind::kStore || kind == EventKind::kReadModifyWrite;
  }
  [[nodiscard]] bool Reads() const noexcept {
    return kind == EventKind::kLoad || kind == EventKind::kReadModifyWrite;
  }
  [[nodiscard]] bool Accesses() const noexcept { return Writes() || Reads(); }
};

// HappensBefore: is `event` among what `clock` knows?
[[nodiscard]] inline bool HappensBefore(const Event& event, const VectorClock& clock) noexcept {
  return clock[event.thread] >= event.index;
}

}  // namespace model

#endif  // TESTS_MODEL_EVENT_H_
