#ifndef DISRUPTOR_YIELDING_WAIT_STRATEGY_H_
#define DISRUPTOR_YIELDING_WAIT_STRATEGY_H_

#include <sched.h>

#include "disruptor/cpu_relax.h"
#include "disruptor/wait_strategy.h"

namespace disruptor {

// YieldingWaitStrategy spins for a while and then gives the CPU to whoever else wants it, for
// threads that share one. A yield with nobody waiting costs a system call (a few hundred ns).
//
// This is one of the few headers of the core that reach the operating system.
class YieldingWaitStrategy {
 public:
  // Long enough to catch the next event of a stream, short enough not to keep the thread that would
  // produce it from running.
  static constexpr int kDefaultSpins = 100;

  explicit YieldingWaitStrategy(int spins = kDefaultSpins) noexcept : spins_(spins) {}

  void Idle() noexcept {
    if (idle_ < spins_) {
      ++idle_;
      CpuRelax();
    } else {
      sched_yield();
    }
  }
  void Worked() noexcept { idle_ = 0; }

 private:
  int spins_;
  int idle_ = 0;
};

static_assert(WaitStrategy<YieldingWaitStrategy>);

}  // namespace disruptor

#endif  // DISRUPTOR_YIELDING_WAIT_STRATEGY_H_
