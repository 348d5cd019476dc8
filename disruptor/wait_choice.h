#ifndef DISRUPTOR_WAIT_CHOICE_H_
#define DISRUPTOR_WAIT_CHOICE_H_

#include <utility>

#include "disruptor/adaptive_wait_strategy.h"
#include "disruptor/backoff_wait_strategy.h"
#include "disruptor/busy_spin_wait_strategy.h"
#include "disruptor/pausing_wait_strategy.h"
#include "disruptor/wait_strategy.h"
#include "disruptor/yielding_wait_strategy.h"

namespace disruptor {

// WithWaitStrategy calls `run(strategy)` with the strategy of that kind, so that the loop in `run`
// is compiled for each of them and the choice is made once, before it starts. A strategy that
// sleeps is made by `make_blocking()`, since only the caller knows what its thread sleeps on. kAuto
// counts as kYielding.
template <typename MakeBlocking, typename Run>
void WithWaitStrategy(WaitKind kind, MakeBlocking&& make_blocking, Run&& run) {
  const auto with = [&run](auto strategy) { std::forward<Run>(run)(strategy); };
  switch (kind) {
    case WaitKind::kBusySpin:
      return with(BusySpinWaitStrategy());
    case WaitKind::kPausing:
      return with(PausingWaitStrategy());
    case WaitKind::kAdaptive:
      return with(AdaptiveWaitStrategy());
    case WaitKind::kAuto:
    case WaitKind::kYielding:
      return with(YieldingWaitStrategy());
    case WaitKind::kBackoff:
      return with(BackoffWaitStrategy());
    case WaitKind::kBlocking:
      return with(make_blocking());
  }
}

}  // namespace disruptor

#endif  // DISRUPTOR_WAIT_CHOICE_H_
