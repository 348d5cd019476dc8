#include "examples/market_data/session_result.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "examples/market_data/field_difference.h"

namespace market_data {
namespace {

void CheckCounters(const std::string& prefix, const BookCounters& expected,
                   const BookCounters& found, FieldDifference& difference) {
  for (std::size_t kind = 0; kind < kMessageKinds; ++kind) {
    difference.Check(absl::StrCat(prefix, "messages of kind ", kind), expected.by_kind[kind],
                     found.by_kind[kind]);
  }
  difference.Check(prefix + "executed size", expected.executed_size, found.executed_size);
  difference.Check(prefix + "hidden size", expected.hidden_size, found.hidden_size);
  difference.Check(prefix + "unknown references", expected.unknown_references,
                   found.unknown_references);
  difference.Check(prefix + "duplicate adds", expected.duplicate_adds, found.duplicate_adds);
  difference.Check(prefix + "over-reductions", expected.over_reductions, found.over_reductions);
  difference.Check(prefix + "invalid orders", expected.invalid_orders, found.invalid_orders);
  difference.Check(prefix + "crossed events", expected.crossed_events, found.crossed_events);
}

void CheckInstrument(const InstrumentSummary& expected, const InstrumentSummary& found,
                     FieldDifference& difference) {
  if (expected == found) return;
  const std::string prefix = absl::StrCat("instrument ", expected.instrument, ": ");
  difference.Check(prefix + "id", expected.instrument, found.instrument);
  difference.CheckText(prefix + "symbol", expected.symbol, found.symbol);
  difference.CheckTop(prefix, expected.top, found.top);
  difference.Check(prefix + "live orders", expected.live_orders, found.live_orders);
  difference.Check(prefix + "bid levels", expected.bid_levels, found.bid_levels);
  difference.Check(prefix + "ask levels", expected.ask_levels, found.ask_levels);
  CheckCounters(prefix, expected.counters, found.counters, difference);
}

}  // namespace

std::string FirstDifference(const SessionResult& expected, const SessionResult& found) {
  FieldDifference difference;
  difference.Check("messages", expected.messages, found.messages);
  for (std::size_t type = 0; type < expected.by_type.size(); ++type) {
    if (expected.by_type[type] == found.by_type[type]) continue;
    const bool printable = type > ' ' && type <= '~';
    difference.Check(absl::StrCat("messages of type ", printable ? std::string(1, char(type))
                                                                 : absl::StrCat("byte ", type)),
                     expected.by_type[type], found.by_type[type]);
  }
  difference.Check("undecoded messages", expected.undecoded, found.undecoded);

  const std::size_t checkpoints = std::min(expected.checkpoints.size(), found.checkpoints.size());
  for (std::size_t i = 0; i < checkpoints && !difference.any(); ++i) {
    const Checkpoint& wanted = expected.checkpoints[i];
    const Checkpoint& given = found.checkpoints[i];
    const std::string prefix = absl::StrCat("after ", wanted.position, " messages: ");
    difference.Check(prefix + "position", static_cast<std::uint64_t>(wanted.position),
                     static_cast<std::uint64_t>(given.position));
    difference.Check(prefix + "instrument", wanted.instrument, given.instrument);
    difference.CheckTop(prefix, wanted.top, given.top);
    difference.Check(prefix + "live orders", wanted.live_orders, given.live_orders);
  }
  difference.Check("checkpoints", expected.checkpoints.size(), found.checkpoints.size());

  difference.Check("events", expected.events, found.events);
  difference.Check("events with a crossed book", expected.events_with_crossed_book,
                   found.events_with_crossed_book);
  difference.Check("live orders", expected.live_orders, found.live_orders);
  difference.Check("refused messages", expected.refused, found.refused);

  const std::size_t instruments = std::min(expected.instruments.size(), found.instruments.size());
  for (std::size_t i = 0; i < instruments && !difference.any(); ++i) {
    CheckInstrument(expected.instruments[i], found.instruments[i], difference);
  }
  difference.Check("instruments", expected.instruments.size(), found.instruments.size());
  CheckCounters("all instruments: ", expected.totals, found.totals, difference);

  difference.Check("changes of the best bid or offer", expected.top_changes, found.top_changes);
  difference.Check("digest of the best bids and offers", expected.top_digest, found.top_digest);
  difference.Check("orders", expected.orders, found.orders);
  difference.Check("digest of the orders", expected.order_digest, found.order_digest);
  difference.Check("journal records", expected.journal_records, found.journal_records);
  difference.Check("journal bytes", expected.journal_bytes, found.journal_bytes);
  difference.Check("digest of the journal", expected.journal_digest, found.journal_digest);
  return difference.text();
}

}  // namespace market_data
