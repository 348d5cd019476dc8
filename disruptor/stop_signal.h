#ifndef DISRUPTOR_STOP_SIGNAL_H_
#define DISRUPTOR_STOP_SIGNAL_H_

#include <cstdint>
#include <limits>

#include "disruptor/atomic.h"
#include "disruptor/cache_line.h"
#include "disruptor/wake_list.h"

namespace disruptor {

// StopSignal tells the stages of a pipeline after which event to stop.
//
//   running  --StopAfter(n)-->  draining: a stage stops when it has handled event n
//      |                           |
//      +---------Halt()------------+-->  halted: a stage stops after the batch in its hands
//
// THREADS   any thread stops; the stages read it when they find nothing to do, and after each
//           batch. Rearm while nobody else has it.
// ORDERING  relaxed: it carries no data. A stage that sees it late only stops later, and which
//           events it has to handle first follows from the number alone. The halt has a field of
//           its own, so that a drain that is asked for at the same moment cannot undo it. A stage
//           that sleeps sees what was stored before it was woken (E5).
class alignas(kFalseSharingBytes) StopSignal {
 public:
  void StopAfter(std::int64_t sequence) noexcept {
    last_.StoreRelaxed(sequence);
    if (sleepers_ != nullptr) sleepers_->WakeAll();
  }
  void Halt() noexcept {
    halted_.StoreRelaxed(true);
    if (sleepers_ != nullptr) sleepers_->WakeAll();
  }
  // Wakes names the threads that may be asleep when the stop comes. Set-up only. Without it they
  // notice the stop when they wake by themselves (SleeperTable::kLongestSleep).
  void Wakes(SleeperTable* sleepers) noexcept { sleepers_ = sleepers; }

  void Rearm() noexcept {
    last_.StoreRelaxed(kRunning);
    halted_.StoreRelaxed(false);
  }

  // True when a stage whose next event is `next` has no more to do.
  [[nodiscard]] bool StopsBefore(std::int64_t next) const noexcept {
    return next > last_.LoadRelaxed() || halted();
  }
  [[nodiscard]] bool halted() const noexcept { return halted_.LoadRelaxed(); }
  [[nodiscard]] bool running() const noexcept {
    return last_.LoadRelaxed() == kRunning && !halted();
  }

 private:
  static constexpr std::int64_t kRunning = std::numeric_limits<std::int64_t>::max();

  Atomic<std::int64_t> last_{kRunning};
  Atomic<bool> halted_{false};
  SleeperTable* sleepers_ = nullptr;
};

}  // namespace disruptor

#endif  // DISRUPTOR_STOP_SIGNAL_H_
