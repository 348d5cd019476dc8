#ifndef EXAMPLES_MARKET_DATA_EXPECTATION_H_
#define EXAMPLES_MARKET_DATA_EXPECTATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "examples/market_data/session_result.h"

namespace market_data {

// Expectation is what an independent program found in an input file: counts by type, totals, and
// the book at checkpoints. Two shapes are read, and a file is one of them throughout:
//
//   ITCH  "messages", "by_type",   checkpoints with "after_messages"; "symbol" names the instrument
//   DBN   "records",  "by_action", checkpoints with "after_records"
//
// A total that the file does not state is not compared. Unknown fields are ignored, so that such a
// file may carry notes.
class Expectation {
 public:
  // Load reads `path`. Every error names the file and the field, e.g.
  // "aapl.expected.json: checkpoints[3].bid: expected [price, size, orders] or null, found string".
  static absl::StatusOr<Expectation> Load(const std::string& path);

  // Parse reads the text of an expectation; `name` stands for the file in errors and differences.
  static absl::StatusOr<Expectation> Parse(const std::string& text, const std::string& name);

  // CheckpointPositions are the numbers of messages after which the book is to be recorded,
  // strictly increasing.
  const std::vector<std::int64_t>& CheckpointPositions() const { return positions_; }

  // Symbol is the instrument the checkpoints are about; empty for the most active one.
  const std::string& symbol() const { return symbol_; }

  // Compare returns OK when `found` has everything this expectation states, and otherwise a
  // FailedPrecondition status with the first difference as a sentence, e.g.
  // "aapl.expected.json: after 5003 messages: bid price: expected 5861000, found 5861100".
  absl::Status Compare(const SessionResult& found) const;

 private:
  friend class ExpectationParser;

  std::string name_;
  std::string symbol_;
  // "messages" or "records", as the file says.
  std::string unit_;
  std::uint64_t messages_ = 0;
  std::vector<std::pair<char, std::uint64_t>> by_type_;
  std::optional<std::uint64_t> unknown_references_;
  std::optional<std::uint64_t> duplicate_adds_;
  std::optional<std::uint64_t> executed_size_;
  std::optional<std::uint64_t> hidden_size_;
  std::optional<std::uint64_t> events_;
  std::optional<std::uint64_t> crossed_events_;
  std::optional<std::uint64_t> live_orders_;
  std::vector<std::int64_t> positions_;
  std::vector<Checkpoint> checkpoints_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_EXPECTATION_H_
