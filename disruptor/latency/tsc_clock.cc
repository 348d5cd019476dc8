#include "disruptor/latency/tsc_clock.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace disruptor::latency {
namespace {

// Enough that some bracket escapes every interrupt; about 10 us in all.
constexpr int kPairTries = 100;

}  // namespace

TscClock::TscClock(TscFacts facts, const ClockPair& begin, const TickCalibration& calibration)
    : facts_(std::move(facts)),
      begin_(begin),
      calibration_(calibration),
      scale_(calibration.nanos_per_tick) {}

absl::StatusOr<TscClock> TscClock::Calibrate(const TscClockOptions& options) {
  if (options.baseline < absl::Milliseconds(1)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "TscClockOptions::baseline is %s; it must be at least 1 ms, because the calibration error "
        "is inversely proportional to it (100 ms is the default)",
        absl::FormatDuration(options.baseline)));
  }
  TscFacts facts = options.facts.has_value() ? *options.facts : ReadTscFacts();
  if (absl::Status status = CheckTscFacts(facts); !status.ok()) return status;

  const ClockPair begin = ReadTightestPair(kPairTries);
  absl::SleepFor(options.baseline);
  const absl::StatusOr<TickCalibration> calibration =
      FitCalibration(begin, ReadTightestPair(kPairTries));
  if (!calibration.ok()) return calibration.status();
  return TscClock(std::move(facts), begin, *calibration);
}

absl::Status TscClock::Refine() {
  const absl::StatusOr<TickCalibration> refined =
      FitCalibration(begin_, ReadTightestPair(kPairTries));
  if (!refined.ok()) return refined.status();
  if (absl::Status status = CheckSameRate(calibration_, *refined); !status.ok()) return status;
  calibration_ = *refined;
  scale_ = TickScale(refined->nanos_per_tick);
  return absl::OkStatus();
}

std::string TscClock::Description() const {
  return absl::StrFormat("%s at %.3f MHz +-%.3g ppm over %.3g s, %s", kCounterClocksource,
                         1e3 / calibration_.nanos_per_tick, calibration_.relative_error * 1e6,
                         static_cast<double>(calibration_.baseline_ns) * 1e-9,
                         DescribeTscFacts(facts_));
}

}  // namespace disruptor::latency
