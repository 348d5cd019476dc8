#ifndef EXAMPLES_MARKET_DATA_RECORDED_PACE_H_
#define EXAMPLES_MARKET_DATA_RECORDED_PACE_H_

#include <algorithm>
#include <cstdint>
#include <span>

#include "examples/market_data/read_result.h"

namespace market_data {

// RecordedPace is how fast the input was when it was recorded.
struct RecordedPace {
  std::uint64_t messages = 0;
  // From the first time stamp to the last.
  std::uint64_t duration_ns = 0;

  [[nodiscard]] double MessagesPerSecond() const {
    return duration_ns == 0
               ? 0.0
               : static_cast<double>(messages) * 1e9 / static_cast<double>(duration_ns);
  }
};

// MeasurePace reads the whole input once, up to its end or its first error.
template <typename Feed>
RecordedPace MeasurePace(std::span<const std::uint8_t> input, bool skip_unknown) {
  typename Feed::Reader reader = Feed::Open(input, skip_unknown);
  RecordedPace pace;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::span<const std::uint8_t> bytes;
  for (; reader.Next(bytes) == ReadResult::kMessage; ++pace.messages) {
    const std::uint64_t time = Feed::TimeNs(bytes);
    if (first == 0) first = time;
    last = std::max(last, time);
  }
  pace.duration_ns = last - first;
  return pace;
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_RECORDED_PACE_H_
