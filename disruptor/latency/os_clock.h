#ifndef DISRUPTOR_LATENCY_OS_CLOCK_H_
#define DISRUPTOR_LATENCY_OS_CLOCK_H_

#include <time.h>

#include <cstdint>
#include <string>

#include "disruptor/latency/tick_clock.h"

namespace disruptor::latency {

// OsClock is CLOCK_MONOTONIC with one tick per nanosecond: the clock for machines whose counter
// TscClock refuses.
//
//   Threads  any; the class has no state.
//   Cost     a call through the vdso where the kernel's clocksource allows it (dearer than a
//   counter
//            read: benchmarks/latency_recording.cc), else a system call.
//   Time     CLOCK_MONOTONIC and not its RAW variant: it is in the vdso of every kernel, and being
//            slewed by at most 500 in 10^6 is of no weight for latencies.
class OsClock {
 public:
  [[nodiscard]] std::uint64_t Now() const noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(now.tv_nsec);
  }

  // The kernel's reading is ordered already.
  [[nodiscard]] std::uint64_t NowFenced() const noexcept { return Now(); }

  [[nodiscard]] std::int64_t ToNanos(std::int64_t ticks) const noexcept { return ticks; }
  [[nodiscard]] std::int64_t ToTicks(std::int64_t nanos) const noexcept { return nanos; }

  [[nodiscard]] std::string Description() const { return "CLOCK_MONOTONIC of the kernel"; }
};

static_assert(TickClock<OsClock>);

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_OS_CLOCK_H_
