#ifndef EXAMPLES_MARKET_DATA_INSTRUMENT_SUMMARY_H_
#define EXAMPLES_MARKET_DATA_INSTRUMENT_SUMMARY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "examples/market_data/market_event.h"

namespace market_data {

inline constexpr std::size_t kMessageKinds = static_cast<std::size_t>(MessageKind::kDirectory) + 1;

// BookCounters is what the messages of one instrument, or of a whole session, added up to. The
// counters from unknown_references on are faults of the feed or of us; all are 0 in a clean session
// that starts with an empty book.
struct BookCounters {
  // By MessageKind, unknown references and other faults included.
  std::array<std::uint64_t, kMessageKinds> by_kind{};
  // Size of all kExecute, those of unknown references included: they are volume all the same.
  std::uint64_t executed_size = 0;
  // Size of all kTrade: executions of orders that were never displayed.
  std::uint64_t hidden_size = 0;
  // Messages that name an order that is not in the book; the book stays as it is.
  std::uint64_t unknown_references = 0;
  // Adds, and replacements, whose id is in the book already; the order there stays as it is.
  std::uint64_t duplicate_adds = 0;
  // Executions and reductions of more than is left; the order is removed.
  std::uint64_t over_reductions = 0;
  // New orders without a side, a price or a size; they do not enter the book.
  std::uint64_t invalid_orders = 0;
  // Events after which the best bid is above the best ask: normal in an auction phase only.
  std::uint64_t crossed_events = 0;

  std::uint64_t Count(MessageKind kind) const { return by_kind[static_cast<std::size_t>(kind)]; }
  std::uint64_t Messages() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : by_kind) sum += count;
    return sum;
  }
  // Faults are the counters that are wrong in any phase: crossed events and unknown references have
  // innocent causes and are shown apart.
  std::uint64_t Faults() const { return duplicate_adds + over_reductions + invalid_orders; }

  friend bool operator==(const BookCounters&, const BookCounters&) = default;
};

// InstrumentSummary is a copy of what is known of one instrument.
struct InstrumentSummary {
  std::uint32_t instrument = 0;
  // Without the feed's padding; empty when the feed has not named the instrument.
  std::string symbol;
  TopOfBook top;
  std::uint64_t live_orders = 0;
  std::uint32_t bid_levels = 0;
  std::uint32_t ask_levels = 0;
  BookCounters counters;

  friend bool operator==(const InstrumentSummary&, const InstrumentSummary&) = default;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_INSTRUMENT_SUMMARY_H_
