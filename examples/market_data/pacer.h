#ifndef EXAMPLES_MARKET_DATA_PACER_H_
#define EXAMPLES_MARKET_DATA_PACER_H_

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>

#include "disruptor/cpu_relax.h"
#include "disruptor/latency/clock.h"
#include "examples/market_data/interrupt.h"

namespace market_data {

// Pacer holds each message back until it is due, at a multiple of the recorded pace.
//
// The due time of a message is computed from its own time stamp and the start, never from when the
// one before it went out: a source that was held up catches up, and the delay is charged to the
// messages that were due meanwhile instead of being forgotten.
//
// THREADS  the source's.
class Pacer {
 public:
  // `speed` above 0: 2 replays an hour in half an hour. `yields`: the source shares its CPU.
  Pacer(disruptor::latency::Clock clock, double speed, bool yields)
      : clock_(clock), speed_(speed), yields_(yields) {}

  // Await returns when the message recorded at `time_ns` is due, with that time in ticks of the
  // clock; sooner when Ctrl-C was pressed. A time of 0, or one before the last, is due together
  // with the message before.
  std::uint64_t Await(std::uint64_t time_ns) {
    if (start_ == 0) due_ = start_ = clock_.Now();
    if (time_ns != 0 && first_time_ == 0) first_time_ = last_time_ = time_ns;
    if (time_ns > last_time_) {
      last_time_ = time_ns;
      const double offset_ns = static_cast<double>(time_ns - first_time_) / speed_;
      due_ =
          start_ + static_cast<std::uint64_t>(clock_.ToTicks(static_cast<std::int64_t>(offset_ns)));
    }
    while (clock_.Now() < due_ && !Interrupted()) Idle();
    return due_;
  }

 private:
  // Longer waits sleep for the most part, so that a replay at the recorded pace does not burn a CPU
  // through its gaps; the rest is spun, because a sleep ends tens of microseconds late.
  static constexpr std::int64_t kSpinNs = 2'000'000;
  // How long Ctrl-C may go unnoticed.
  static constexpr std::int64_t kLongestSleepNs = 100'000'000;

  void Idle() {
    const std::uint64_t now = clock_.Now();
    const std::int64_t left = clock_.ToNanos(static_cast<std::int64_t>(due_ - now));
    if (left > 2 * kSpinNs) {
      const std::int64_t sleep = std::min(left - kSpinNs, kLongestSleepNs);
      std::this_thread::sleep_for(std::chrono::nanoseconds(sleep));
    } else if (yields_) {
      sched_yield();
    } else {
      disruptor::CpuRelax();
    }
  }

  disruptor::latency::Clock clock_;
  double speed_;
  bool yields_;
  std::uint64_t start_ = 0;
  std::uint64_t first_time_ = 0;
  std::uint64_t last_time_ = 0;
  std::uint64_t due_ = 0;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_PACER_H_
