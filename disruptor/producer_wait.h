#ifndef DISRUPTOR_PRODUCER_WAIT_H_
#define DISRUPTOR_PRODUCER_WAIT_H_

#include <utility>
#include <variant>

#include "disruptor/backoff_wait_strategy.h"
#include "disruptor/blocking_wait_strategy.h"
#include "disruptor/busy_spin_wait_strategy.h"
#include "disruptor/pausing_wait_strategy.h"
#include "disruptor/wait_strategy.h"
#include "disruptor/yielding_wait_strategy.h"

namespace disruptor {

// ProducerWait is how a producer waits while the ring is full: one of the strategies, chosen at run
// time. The choice costs a branch, and only where the producer has to wait anyway.
//
// THREADS  the producer's.
class ProducerWait {
 public:
  // Any of the strategies converts to the choice of it; yielding is the default.
  template <typename Strategy>
  ProducerWait(Strategy strategy) : strategy_(std::move(strategy)) {}  // NOLINT(runtime/explicit)
  ProducerWait() : strategy_(YieldingWaitStrategy()) {}

  template <typename Ready>
  void Idle(Ready&& ready) noexcept {
    std::visit([&ready](auto& strategy) { IdleUntil(strategy, ready); }, strategy_);
  }
  void Worked() noexcept {
    std::visit([](auto& strategy) { TellWorked(strategy, 1); }, strategy_);
  }

 private:
  std::variant<YieldingWaitStrategy, BusySpinWaitStrategy, PausingWaitStrategy, BackoffWaitStrategy,
               BlockingWaitStrategy>
      strategy_;
};

static_assert(WaitStrategy<ProducerWait>);

}  // namespace disruptor

#endif  // DISRUPTOR_PRODUCER_WAIT_H_
