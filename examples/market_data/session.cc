#include "examples/market_data/session.h"

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace market_data {

absl::StatusOr<std::unique_ptr<Session>> Session::Create(const SessionConfig& config) {
  absl::StatusOr<std::unique_ptr<Journal>> journal = Journal::Open(config.journal_path);
  if (!journal.ok()) return journal.status();
  return std::unique_ptr<Session>(new Session(config, *std::move(journal)));
}

Session::Session(const SessionConfig& config, std::unique_ptr<Journal> journal)
    : book_{Books(config.books),
            CheckpointLog(config.checkpoint_positions, config.checkpoint_symbol)},
      signal_{Signal(config.rule, config.books.max_instruments)},
      journal_{std::move(journal)} {}

SessionResult Session::Result() const {
  const Books& books = book_.books;
  SessionResult result;
  result.messages = decode_.messages;
  result.by_type = decode_.by_type;
  result.undecoded = decode_.undecoded;
  result.events = books.events();
  result.totals = books.Totals();
  result.events_with_crossed_book = result.totals.crossed_events;
  result.live_orders = books.live_orders();
  result.refused = books.refused();
  result.checkpoints = book_.checkpoints.checkpoints();
  for (std::uint32_t number = 0; number < books.instrument_count(); ++number) {
    result.instruments.push_back(books.Summary(number));
  }
  result.top_changes = signal_.top_changes;
  result.top_digest = signal_.digest.value();
  result.orders = order_.gateway.sent();
  result.order_digest = order_.gateway.digest();
  result.journal_records = journal_.journal->records();
  result.journal_bytes = journal_.journal->bytes();
  result.journal_digest = journal_.journal->digest();
  return result;
}

}  // namespace market_data
