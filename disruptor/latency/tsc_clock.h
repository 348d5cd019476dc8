#ifndef DISRUPTOR_LATENCY_TSC_CLOCK_H_
#define DISRUPTOR_LATENCY_TSC_CLOCK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "disruptor/latency/tick_calibration.h"
#include "disruptor/latency/tick_clock.h"
#include "disruptor/latency/tick_counter.h"
#include "disruptor/latency/tick_scale.h"
#include "disruptor/latency/tsc_facts.h"

namespace disruptor::latency {

struct TscClockOptions {
  // The baseline of the first calibration, during which the caller sleeps; at least 1 ms. The error
  // bound is inversely proportional to it.
  absl::Duration baseline = absl::Milliseconds(100);
  // What to believe about the machine; read from it when not given.
  std::optional<TscFacts> facts;
};

// TscClock is the processor's counter, calibrated against CLOCK_MONOTONIC_RAW.
//
// THREADS
//   Calibrate, Refine            the owner, outside of any measured interval
//   Now, NowFenced               any thread, at any time
//   ToNanos, ToTicks, accessors  any thread, not while the owner is in Refine
//   A hot thread holds a Clock (clock.h), a copy which Refine does not touch.
//
// Stamps of different CPUs are comparable only as far as the CPUs' counters agree. On an invariant
// counter they do, but a virtual machine can promise that falsely: a negative difference must be
// counted, not clamped.
class TscClock {
 public:
  // Calibrate checks the machine (CheckTscFacts) and measures the rate.
  //   Blocks   for options.baseline.
  //   Fails    InvalidArgument for a baseline below 1 ms; FailedPrecondition with the reason and
  //   the
  //            remedy where the counter cannot be trusted. OsClock is the way out.
  static absl::StatusOr<TscClock> Calibrate(const TscClockOptions& options = {});

  // Refine measures again over everything since Calibrate, which divides the error bound by the
  // time that passed; call it when the report is made.
  //   Fails  FailedPrecondition, leaving the clock as it was, where old and new rate differ by more
  //          than their error bounds: the counter was not steady, and stamps taken so far are not
  //          to be trusted.
  absl::Status Refine();

  [[nodiscard]] std::uint64_t Now() const noexcept { return ReadTicks(); }
  [[nodiscard]] std::uint64_t NowFenced() const noexcept { return ReadTicksFenced(); }

  [[nodiscard]] std::int64_t ToNanos(std::int64_t ticks) const noexcept {
    return scale_.ToNanos(ticks);
  }
  [[nodiscard]] std::int64_t ToTicks(std::int64_t nanos) const noexcept {
    return scale_.ToTicks(nanos);
  }

  const TickScale& scale() const { return scale_; }
  const TickCalibration& calibration() const { return calibration_; }
  const TscFacts& facts() const { return facts_; }

  // For example "tsc at 2596.12 MHz +-0.4 ppm, invariant, ...".
  [[nodiscard]] std::string Description() const;

 private:
  TscClock(TscFacts facts, const ClockPair& begin, const TickCalibration& calibration);

  TscFacts facts_;
  ClockPair begin_;
  TickCalibration calibration_;
  TickScale scale_;
};

static_assert(TickClock<TscClock>);

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_TSC_CLOCK_H_
