#ifndef EXAMPLES_MARKET_DATA_SESSION_RESULT_H_
#define EXAMPLES_MARKET_DATA_SESSION_RESULT_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "examples/market_data/instrument_summary.h"
#include "examples/market_data/market_event.h"

namespace market_data {

// Checkpoint is the state of one instrument after the first `position` messages of the session.
struct Checkpoint {
  std::int64_t position = 0;
  std::uint32_t instrument = 0;
  TopOfBook top;
  std::uint64_t live_orders = 0;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// SessionResult is everything about a run that does not depend on time: two runs over the same
// input must give equal results, whatever their threads, batches and waits.
struct SessionResult {
  std::uint64_t messages = 0;
  // By the feed's own type character.
  std::array<std::uint64_t, 256> by_type{};
  // Messages the decoder refused; they are in `messages`, and in by_type[' '].
  std::uint64_t undecoded = 0;
  // Messages that end an event, and those of them that left their instrument's book crossed.
  std::uint64_t events = 0;
  std::uint64_t events_with_crossed_book = 0;
  std::uint64_t live_orders = 0;
  // Messages not applied because the books' bounds were reached.
  std::uint64_t refused = 0;
  // Sum over all instruments.
  BookCounters totals;
  // In the order of position.
  std::vector<Checkpoint> checkpoints;
  // In the order of first appearance.
  std::vector<InstrumentSummary> instruments;

  // Changes of a best bid or offer, and a digest over all of them with their sequences.
  std::uint64_t top_changes = 0;
  std::uint64_t top_digest = 0;
  std::uint64_t orders = 0;
  std::uint64_t order_digest = 0;
  std::uint64_t journal_records = 0;
  std::uint64_t journal_bytes = 0;
  std::uint64_t journal_digest = 0;

  friend bool operator==(const SessionResult&, const SessionResult&) = default;
};

// FirstDifference names the first field in which `found` differs from `expected`, with both values,
// in the order of the structure; empty when they are equal.
std::string FirstDifference(const SessionResult& expected, const SessionResult& found);

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_SESSION_RESULT_H_
