#ifndef DISRUPTOR_LATENCY_CLOCK_H_
#define DISRUPTOR_LATENCY_CLOCK_H_

#include <cstdint>
#include <string>
#include <type_traits>

#include "disruptor/latency/os_clock.h"
#include "disruptor/latency/tick_clock.h"
#include "disruptor/latency/tick_counter.h"
#include "disruptor/latency/tick_scale.h"
#include "disruptor/latency/tsc_clock.h"

namespace disruptor::latency {

// Clock is either the calibrated counter or the kernel's clock, as a small value that each thread
// copies. Which one is a flag that never changes, so a reading costs one predicted branch and no
// indirect call.
//
//   Threads  copies are independent; every member may be called from any thread.
class Clock {
 public:
  // The kernel's clock.
  Clock() noexcept = default;
  explicit Clock(const OsClock&) noexcept {}
  explicit Clock(const TscClock& clock) noexcept : scale_(clock.scale()), reads_counter_(true) {}

  [[nodiscard]] std::uint64_t Now() const noexcept {
    if (reads_counter_) [[likely]] {
      return ReadTicks();
    }
    return OsClock().Now();
  }

  [[nodiscard]] std::uint64_t NowFenced() const noexcept {
    if (reads_counter_) [[likely]] {
      return ReadTicksFenced();
    }
    return OsClock().NowFenced();
  }

  [[nodiscard]] std::int64_t ToNanos(std::int64_t ticks) const noexcept {
    return scale_.ToNanos(ticks);
  }
  [[nodiscard]] std::int64_t ToTicks(std::int64_t nanos) const noexcept {
    return scale_.ToTicks(nanos);
  }

  // True where stamps come from the processor's counter.
  [[nodiscard]] bool reads_counter() const noexcept { return reads_counter_; }

  // Short: a Clock carries no facts. ClockChoice::description has them.
  [[nodiscard]] std::string Description() const {
    return reads_counter_ ? "processor counter" : OsClock().Description();
  }

 private:
  TickScale scale_;
  bool reads_counter_ = false;
};

static_assert(TickClock<Clock>);
static_assert(std::is_trivially_copyable_v<Clock>);

// ClockChoice is the best clock of this machine and the sentence that a report prints about it.
struct ClockChoice {
  Clock clock;
  // Which clock, its calibration error and what weakens it; where the counter was refused, why.
  std::string description;
};

// ChooseClock calibrates the counter, or falls back to the kernel's clock and says why.
//   Blocks  for options.baseline where the counter can be used.
ClockChoice ChooseClock(const TscClockOptions& options = {});

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_CLOCK_H_
