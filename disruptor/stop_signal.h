#ifndef DISRUPTOR_STOP_SIGNAL_H_
#define DISRUPTOR_STOP_SIGNAL_H_

#include <cstdint>
#include <limits>

#include "disruptor/atomic.h"
#include "disruptor/cache_line.h"

namespace disruptor {

// StopSignal tells the stages of a pipeline after which event to stop.
//
//   running  --StopAfter(n)-->  draining: a stage stops when it has handled event n
//      |                           |
//      +---------Halt()------------+-->  halted: a stage stops after the batch in its hands
//
// THREADS   any thread stops; the stages read it when they find nothing to do, and after each
//           batch.
// ORDERING  relaxed: it carries no data. A stage that sees it late only stops later, and which
//           events it has to handle first follows from the number alone.
class alignas(kFalseSharingBytes) StopSignal {
 public:
  void StopAfter(std::int64_t sequence) noexcept { last_.StoreRelaxed(sequence); }
  void Halt() noexcept { last_.StoreRelaxed(kHalted); }
  void Rearm() noexcept { last_.StoreRelaxed(kRunning); }

  // True when a stage whose next event is `next` has no more to do.
  [[nodiscard]] bool StopsBefore(std::int64_t next) const noexcept {
    return next > last_.LoadRelaxed();
  }
  [[nodiscard]] bool halted() const noexcept { return last_.LoadRelaxed() == kHalted; }
  [[nodiscard]] bool running() const noexcept { return last_.LoadRelaxed() == kRunning; }

 private:
  static constexpr std::int64_t kRunning = std::numeric_limits<std::int64_t>::max();
  static constexpr std::int64_t kHalted = std::numeric_limits<std::int64_t>::min();

  Atomic<std::int64_t> last_{kRunning};
};

}  // namespace disruptor

#endif  // DISRUPTOR_STOP_SIGNAL_H_
