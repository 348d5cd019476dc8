#ifndef DISRUPTOR_LATENCY_TICK_CALIBRATION_H_
#define DISRUPTOR_LATENCY_TICK_CALIBRATION_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace disruptor::latency {

// ClockPair is one instant on both clocks: the counter was at `ticks`, give or take
// `half_width_ticks`, when CLOCK_MONOTONIC_RAW read `nanos`.
struct ClockPair {
  std::uint64_t ticks = 0;
  std::uint64_t half_width_ticks = 0;
  std::int64_t nanos = 0;
};

// TickCalibration is a rate with a bound on its error.
struct TickCalibration {
  double nanos_per_tick = 1.0;
  // The true rate (as CLOCK_MONOTONIC_RAW counts time) is within nanos_per_tick * (1 +-
  // relative_error). It holds as long as both pairs were read from counters that agree.
  double relative_error = 0.0;
  // Length of the baseline.
  std::int64_t baseline_ns = 0;
};

// ReadTightestPair brackets the kernel's clock between two counter readings, `tries` times, and
// returns the pair with the narrowest bracket: an interrupt or a migration only widens a bracket,
// so the narrowest is the one that was not disturbed.
//   Requires  tries >= 1.   Cost  about 100 ns per try.
ClockPair ReadTightestPair(int tries);

// FitCalibration is the line through two pairs. The error bound is the sum of both half widths and
// of the kernel clock's resolution (1 ns at each end) over the baseline.
//   Fails  FailedPrecondition where either clock did not advance, or where the bound is worse than
//          1 %: the reading is then no calibration.
absl::StatusOr<TickCalibration> FitCalibration(const ClockPair& begin, const ClockPair& end);

// CheckSameRate compares two calibrations of one counter.
//   Fails  FailedPrecondition where they differ by more than their error bounds together: the rate
//          itself has changed (a migrated virtual machine, CPUs that disagree).
absl::Status CheckSameRate(const TickCalibration& before, const TickCalibration& after);

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_TICK_CALIBRATION_H_
