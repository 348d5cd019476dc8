#include "disruptor/latency/clock.h"

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace disruptor::latency {

ClockChoice ChooseClock(const TscClockOptions& options) {
  const absl::StatusOr<TscClock> counter = TscClock::Calibrate(options);
  if (counter.ok()) return {Clock(*counter), counter->Description()};
  const OsClock fallback;
  return {Clock(fallback), absl::StrCat(fallback.Description(),
                                        ", because: ", std::string(counter.status().message()))};
}

}  // namespace disruptor::latency
