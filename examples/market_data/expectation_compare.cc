#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "examples/market_data/expectation.h"
#include "examples/market_data/field_difference.h"

namespace market_data {
namespace {

void CheckTotal(const std::string& field, const std::optional<std::uint64_t>& expected,
                std::uint64_t found, FieldDifference& difference) {
  if (expected.has_value()) difference.Check(field, *expected, found);
}

}  // namespace

// The checkpoints come first and in order: where the books begin to differ says more than any
// total at the end.
absl::Status Expectation::Compare(const SessionResult& found) const {
  const auto failed = [&](const std::string& what) {
    return absl::FailedPreconditionError(absl::StrCat(name_, ": ", what));
  };
  if (!symbol_.empty() &&
      std::none_of(found.instruments.begin(), found.instruments.end(),
                   [&](const InstrumentSummary& other) { return other.symbol == symbol_; })) {
    return failed(absl::StrCat("symbol: expected ", absl::CHexEscape(symbol_),
                               ", found no instrument of that name"));
  }

  FieldDifference difference;
  for (const Checkpoint& wanted : checkpoints_) {
    const auto given =
        std::find_if(found.checkpoints.begin(), found.checkpoints.end(),
                     [&](const Checkpoint& other) { return other.position == wanted.position; });
    const std::string prefix = absl::StrCat("after ", wanted.position, " ", unit_, ": ");
    if (given == found.checkpoints.end()) {
      return failed(absl::StrCat(prefix, "expected a checkpoint, found none in the ",
                                 found.messages, " ", unit_, " of the input"));
    }
    difference.CheckTop(prefix, wanted.top, given->top);
    difference.Check(prefix + "live orders", wanted.live_orders, given->live_orders);
    if (difference.any()) return failed(difference.text());
  }

  difference.Check(unit_, messages_, found.messages);
  if (!by_type_.empty()) {
    // Types that the file does not mention are expected not to occur.
    std::array<std::uint64_t, 256> expected{};
    for (const auto& [type, count] : by_type_) expected[static_cast<unsigned char>(type)] = count;
    for (unsigned type = 0; type < expected.size(); ++type) {
      if (expected[type] == found.by_type[type]) continue;
      difference.Check(absl::StrCat(unit_, " of type ", std::string(1, static_cast<char>(type))),
                       expected[type], found.by_type[type]);
    }
  }
  CheckTotal("unknown order references", unknown_references_, found.totals.unknown_references,
             difference);
  CheckTotal("duplicate adds", duplicate_adds_, found.totals.duplicate_adds, difference);
  CheckTotal("executed shares", executed_size_, found.totals.executed_size, difference);
  CheckTotal("hidden shares", hidden_size_, found.totals.hidden_size, difference);
  CheckTotal("events", events_, found.events, difference);
  CheckTotal("events with a crossed book", crossed_events_, found.events_with_crossed_book,
             difference);
  CheckTotal("live orders at the end", live_orders_, found.live_orders, difference);
  return difference.any() ? failed(difference.text()) : absl::OkStatus();
}

}  // namespace market_data
