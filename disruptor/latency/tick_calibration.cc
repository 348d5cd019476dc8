#include "disruptor/latency/tick_calibration.h"

#include <time.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "disruptor/latency/tick_counter.h"

namespace disruptor::latency {
namespace {

// What CLOCK_MONOTONIC_RAW may be off by at one reading, for its resolution alone.
constexpr double kKernelResolutionNs = 1.0;
constexpr double kWorstUsableError = 0.01;

std::int64_t ReadKernelNanos() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

ClockPair ReadTightestPair(int tries) {
  ClockPair best;
  std::uint64_t best_width = std::numeric_limits<std::uint64_t>::max();
  for (int i = 0; i < tries; ++i) {
    const std::uint64_t before = ReadTicksFenced();
    const std::int64_t nanos = ReadKernelNanos();
    const std::uint64_t after = ReadTicksFenced();
    // A migration between CPUs that disagree can turn the bracket around: the difference is then
    // huge and loses.
    const std::uint64_t width = after - before;
    if (width >= best_width) continue;
    best_width = width;
    best = {.ticks = before + width / 2, .half_width_ticks = width / 2 + 1, .nanos = nanos};
  }
  return best;
}

absl::StatusOr<TickCalibration> FitCalibration(const ClockPair& begin, const ClockPair& end) {
  const auto ticks = static_cast<std::int64_t>(end.ticks - begin.ticks);
  const std::int64_t nanos = end.nanos - begin.nanos;
  if (ticks <= 0 || nanos <= 0) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "calibrating the tick counter: between two readings it advanced by %d ticks while "
        "CLOCK_MONOTONIC_RAW advanced by %d ns, and both must advance; use the kernel's clock "
        "(OsClock)",
        ticks, nanos));
  }
  const double ticks_error =
      static_cast<double>(begin.half_width_ticks) + static_cast<double>(end.half_width_ticks);
  const TickCalibration calibration = {
      .nanos_per_tick = static_cast<double>(nanos) / static_cast<double>(ticks),
      .relative_error = ticks_error / static_cast<double>(ticks) +
                        2 * kKernelResolutionNs / static_cast<double>(nanos),
      .baseline_ns = nanos,
  };
  if (calibration.relative_error > kWorstUsableError) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "calibrating the tick counter over %d ns: the error bound is %.1f %%, and more than 1 %% "
        "is no calibration; use a longer baseline (TscClockOptions::baseline)",
        nanos, calibration.relative_error * 100));
  }
  return calibration;
}

absl::Status CheckSameRate(const TickCalibration& before, const TickCalibration& after) {
  const double change = after.nanos_per_tick / before.nanos_per_tick - 1;
  const double allowed = before.relative_error + after.relative_error;
  if (std::abs(change) <= allowed) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "the tick counter's rate changed by %.3g ppm since it was calibrated, and the error bounds "
      "allow %.3g ppm: its stamps are not to be trusted (a virtual machine that was moved, or CPUs "
      "whose counters disagree); use the kernel's clock (OsClock)",
      change * 1e6, allowed * 1e6));
}

}  // namespace disruptor::latency
