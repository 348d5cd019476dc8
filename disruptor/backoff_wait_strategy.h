#ifndef DISRUPTOR_BACKOFF_WAIT_STRATEGY_H_
#define DISRUPTOR_BACKOFF_WAIT_STRATEGY_H_

#include <sched.h>
#include <time.h>

#include "disruptor/cpu_relax.h"
#include "disruptor/wait_strategy.h"

namespace disruptor {

// BackoffWaitStrategy spins, then yields, then sleeps for longer and longer, up to a bound: for
// stages without hurry whose writers should not have to wake them.
//
// The latency of the first event after a quiet time is up to the longest sleep and what the kernel
// adds to it (50 us by default: the timer slack). This is one of the few headers of the core that
// reach the operating system.
class BackoffWaitStrategy {
 public:
  static constexpr int kDefaultSpins = 100;
  static constexpr int kDefaultYields = 20;
  static constexpr long kShortestSleepNs = 1'000;
  static constexpr long kDefaultLongestSleepNs = 1'000'000;

  explicit BackoffWaitStrategy(long longest_sleep_ns = kDefaultLongestSleepNs) noexcept
      : longest_sleep_ns_(longest_sleep_ns) {}

  void Idle() noexcept {
    if (idle_ < kDefaultSpins) {
      ++idle_;
      CpuRelax();
    } else if (idle_ < kDefaultSpins + kDefaultYields) {
      ++idle_;
      sched_yield();
    } else {
      const timespec sleep{.tv_sec = sleep_ns_ / 1'000'000'000,
                           .tv_nsec = sleep_ns_ % 1'000'000'000};
      nanosleep(&sleep, nullptr);
      sleep_ns_ = sleep_ns_ * 2 < longest_sleep_ns_ ? sleep_ns_ * 2 : longest_sleep_ns_;
    }
  }
  void Worked() noexcept {
    idle_ = 0;
    sleep_ns_ = kShortestSleepNs;
  }

 private:
  long longest_sleep_ns_;
  long sleep_ns_ = kShortestSleepNs;
  int idle_ = 0;
};

static_assert(WaitStrategy<BackoffWaitStrategy>);

}  // namespace disruptor

#endif  // DISRUPTOR_BACKOFF_WAIT_STRATEGY_H_
