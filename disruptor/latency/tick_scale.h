#ifndef DISRUPTOR_LATENCY_TICK_SCALE_H_
#define DISRUPTOR_LATENCY_TICK_SCALE_H_

#include <cstdint>

namespace disruptor::latency {

// TickScale converts tick differences to nanoseconds and back: one multiplication with a 32.32
// fixed-point factor and one shift, on 128 bits so that no run is too long for it.
//
// Both directions round to the nearest unit, and a difference of either sign is right: a negative
// one is a finding (clocks of two CPUs that disagree), never something to hide.
class TickScale {
 public:
  // One tick is one nanosecond.
  constexpr TickScale() noexcept : TickScale(1.0) {}

  // `nanos_per_tick` must be above 0 and below 2^31; the rounding of the factor adds a relative
  // error of at most 2^-33 / nanos_per_tick (0.4 in 10^9 at 3 GHz).
  constexpr explicit TickScale(double nanos_per_tick) noexcept
      : nanos_factor_(Fixed(nanos_per_tick)), ticks_factor_(Fixed(1.0 / nanos_per_tick)) {}

  [[nodiscard]] constexpr std::int64_t ToNanos(std::int64_t ticks) const noexcept {
    return Scale(ticks, nanos_factor_);
  }

  [[nodiscard]] constexpr std::int64_t ToTicks(std::int64_t nanos) const noexcept {
    return Scale(nanos, ticks_factor_);
  }

  // The factor in use, for reports.
  [[nodiscard]] constexpr double nanos_per_tick() const noexcept {
    return static_cast<double>(nanos_factor_) / kOne;
  }

 private:
  __extension__ using Wide = __int128;

  static constexpr double kOne = 4294967296.0;

  static constexpr std::uint64_t Fixed(double factor) noexcept {
    return static_cast<std::uint64_t>(factor * kOne + 0.5);
  }

  static constexpr std::int64_t Scale(std::int64_t value, std::uint64_t factor) noexcept {
    constexpr Wide kHalf = Wide{1} << 31;
    return static_cast<std::int64_t>((Wide{value} * factor + kHalf) >> 32);
  }

  std::uint64_t nanos_factor_;
  std::uint64_t ticks_factor_;
};

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_TICK_SCALE_H_
