#ifndef DISRUPTOR_LATENCY_TICK_CLOCK_H_
#define DISRUPTOR_LATENCY_TICK_CLOCK_H_

#include <concepts>
#include <cstdint>
#include <string>

namespace disruptor::latency {

// TickClock is what a measuring loop needs from a clock. Stamps are raw ticks; only differences
// mean anything, and they are converted after the measurement, not inside it.
//
//   Now()          a stamp, not ordered with the instructions around it
//   NowFenced()    a stamp that stays where it is written
//   ToNanos(d)     a difference of two stamps, of either sign, in nanoseconds
//   ToTicks(ns)    the inverse
//   Description()  one line for a report: which clock, how good
//
//   model      header        use
//   TscClock   tsc_clock.h   the processor's counter, calibrated; refuses where it cannot be
//   trusted OsClock    os_clock.h    clock_gettime, everywhere Clock      clock.h       one of the
//   two, chosen once at start
template <typename T>
concept TickClock = requires(const T& clock, std::int64_t difference) {
  { clock.Now() }
  noexcept->std::same_as<std::uint64_t>;
  { clock.NowFenced() }
  noexcept->std::same_as<std::uint64_t>;
  { clock.ToNanos(difference) }
  noexcept->std::same_as<std::int64_t>;
  { clock.ToTicks(difference) }
  noexcept->std::same_as<std::int64_t>;
  { clock.Description() } -> std::same_as<std::string>;
};

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_TICK_CLOCK_H_
