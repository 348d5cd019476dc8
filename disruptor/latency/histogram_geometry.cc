#include "disruptor/latency/histogram_geometry.h"

#include <bit>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace disruptor::latency {

absl::StatusOr<HistogramGeometry> HistogramGeometry::Create(int significant_digits,
                                                            std::int64_t lowest,
                                                            std::int64_t highest) {
  constexpr std::int64_t kLimit = std::int64_t{1} << 62;
  if (significant_digits < 1 || significant_digits > 5) {
    return absl::InvalidArgumentError(absl::StrCat("histogram with ", significant_digits,
                                                   " significant digits: it must be 1 to 5"));
  }
  if (lowest < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("histogram with lowest value ", lowest,
                     ": it must be at least 1, the resolution in units (0 is always counted)"));
  }
  if (highest > kLimit || highest / 2 < lowest) {
    return absl::InvalidArgumentError(
        absl::StrCat("histogram from ", lowest, " to ", highest,
                     ": the highest value must be at least twice the lowest and at most 2^62"));
  }
  const int bucket0_width =
      std::bit_width(static_cast<std::uint64_t>(lowest)) + HalfMagnitude(significant_digits);
  if (bucket0_width > 62) {
    return absl::InvalidArgumentError(absl::StrCat(
        "histogram with lowest value ", lowest, " and ", significant_digits,
        " significant digits: together they leave no room below 2^62; use fewer digits"));
  }
  return HistogramGeometry(significant_digits, lowest, highest);
}

}  // namespace disruptor::latency
