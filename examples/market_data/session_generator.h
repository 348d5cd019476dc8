#ifndef EXAMPLES_MARKET_DATA_SESSION_GENERATOR_H_
#define EXAMPLES_MARKET_DATA_SESSION_GENERATOR_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"

namespace market_data {

struct SessionOptions {
  // All messages, the directory and the close included.
  std::uint64_t messages = 400'000;
  std::uint32_t instruments = 8;
  // Mean rate in recorded time; the messages come in bursts of several times that rate.
  std::uint32_t messages_per_second = 50'000;
  // Deletes of orders that were never entered, spread over the session: a feed handler that starts
  // late sees these, and its book must count them and stay as it is.
  std::uint32_t unknown_references = 0;
  std::uint64_t seed = 1;
};

// GenerateItchSession gives a trading session as a valid ITCH 5.0 file: directory, opening cross,
// order flow, closing cross. Symbols, prices and orders are invented.
//
//   Same      bytes for the same options, on every machine and compiler.
//   Valid     lengths are right, time stamps never go back, every reference is live (except for
//             options.unknown_references), no execution or cancel takes more than is left, and no
//             book is ever crossed.
//   Mix       about 45 % adds, 40 % deletes, 5 % executions, the rest replaces, cancels, hidden
//             trades and a few of the types that do not concern a book.
//   Errors    a status that names the option and its range.
//   Cost      one allocation of the result and about 100 ns per message.
absl::StatusOr<std::vector<std::uint8_t>> GenerateItchSession(const SessionOptions& options = {});

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_SESSION_GENERATOR_H_
