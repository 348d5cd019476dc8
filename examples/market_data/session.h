#ifndef EXAMPLES_MARKET_DATA_SESSION_H_
#define EXAMPLES_MARKET_DATA_SESSION_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "disruptor/cache_line.h"
#include "examples/market_data/checkpoint_log.h"
#include "examples/market_data/digest.h"
#include "examples/market_data/journal.h"
#include "examples/market_data/order_book.h"
#include "examples/market_data/order_gateway.h"
#include "examples/market_data/session_result.h"
#include "examples/market_data/signal.h"

namespace market_data {

struct SessionConfig {
  Books::Options books;
  SignalRule rule;
  // Strictly increasing numbers of messages after which the book is recorded, and the instrument
  // (empty: the most active one): Expectation has both.
  std::vector<std::int64_t> checkpoint_positions;
  std::string checkpoint_symbol;
  // Empty: no file.
  std::string journal_path;
};

// What each stage owns. Only that stage's thread touches it while the session runs; each begins on
// cache lines of its own, so stages on different CPUs do not take lines from each other.
struct alignas(disruptor::kFalseSharingBytes) DecodeState {
  std::uint64_t messages = 0;
  std::uint64_t undecoded = 0;
  std::array<std::uint64_t, 256> by_type{};
};
struct alignas(disruptor::kFalseSharingBytes) BookState {
  Books books;
  CheckpointLog checkpoints;
};
struct alignas(disruptor::kFalseSharingBytes) SignalState {
  Signal signal;
  std::uint64_t top_changes = 0;
  Digest digest = {};
};
struct alignas(disruptor::kFalseSharingBytes) OrderState {
  OrderGateway gateway;
};
struct alignas(disruptor::kFalseSharingBytes) JournalState {
  std::unique_ptr<Journal> journal;
};

// Session is the memory of one run: the handlers of stages.h are pointers into it, so that they can
// be copied into a pipeline while the results stay here. Two runs over the same input, whatever
// drives them, must leave equal Results.
class Session {
 public:
  // Create allocates everything, and opens the journal; the only error is that of Journal::Open.
  static absl::StatusOr<std::unique_ptr<Session>> Create(const SessionConfig& config);

  DecodeState& decode() { return decode_; }
  BookState& book() { return book_; }
  SignalState& signal() { return signal_; }
  OrderState& order() { return order_; }
  JournalState& journal() { return journal_; }

  // Finish completes the journal. Call it after the last stage has stopped, and before Result().
  absl::Status Finish() { return journal_.journal->Close(); }

  // Result copies everything out. Call it after Finish().
  SessionResult Result() const;

 private:
  Session(const SessionConfig& config, std::unique_ptr<Journal> journal);

  DecodeState decode_;
  BookState book_;
  SignalState signal_;
  OrderState order_;
  JournalState journal_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_SESSION_H_
