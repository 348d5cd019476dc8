#ifndef DISRUPTOR_PAUSING_WAIT_STRATEGY_H_
#define DISRUPTOR_PAUSING_WAIT_STRATEGY_H_

#include "disruptor/cpu_relax.h"
#include "disruptor/wait_strategy.h"

namespace disruptor {

// PausingWaitStrategy pauses before it polls again: a busy spin that leaves the execution units to
// the hyper-thread beside it and uses less power, for up to the length of one pause of latency.
class PausingWaitStrategy {
 public:
  void Idle() noexcept { CpuRelax(); }
  void Worked() noexcept {}
};

static_assert(WaitStrategy<PausingWaitStrategy>);

}  // namespace disruptor

#endif  // DISRUPTOR_PAUSING_WAIT_STRATEGY_H_
