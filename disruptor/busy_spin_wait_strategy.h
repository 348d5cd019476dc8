#ifndef DISRUPTOR_BUSY_SPIN_WAIT_STRATEGY_H_
#define DISRUPTOR_BUSY_SPIN_WAIT_STRATEGY_H_

#include "disruptor/wait_strategy.h"

namespace disruptor {

// BusySpinWaitStrategy polls again at once: the lowest latency, for a thread with a CPU of its own.
// No pause instruction: it would add up to its own length to every hand-over.
class BusySpinWaitStrategy {
 public:
  void Idle() noexcept {}
  void Worked() noexcept {}
};

static_assert(WaitStrategy<BusySpinWaitStrategy>);

}  // namespace disruptor

#endif  // DISRUPTOR_BUSY_SPIN_WAIT_STRATEGY_H_
