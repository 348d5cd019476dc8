#ifndef EXAMPLES_MARKET_DATA_FEED_FORMAT_H_
#define EXAMPLES_MARKET_DATA_FEED_FORMAT_H_

#include <cstdint>
#include <span>
#include <string>

#include "absl/status/statusor.h"

namespace market_data {

// FeedFormat is a format that the example reads.
enum class FeedFormat : std::uint8_t {
  kItch,  // NASDAQ ITCH 5.0 messages, each behind a 2-byte length
  kDbn,   // Databento Binary Encoding, version 1, market by order
};

// FeedFormatName gives the name that ParseFeedFormat accepts: "itch" or "dbn".
const char* FeedFormatName(FeedFormat format);

// ParseFeedFormat reads such a name, in any letter case.
//   Errors  kInvalidArgument with the accepted names, and the one that was probably meant.
absl::StatusOr<FeedFormat> ParseFeedFormat(const std::string& name);

// DetectFeedFormat looks at the first bytes of an input: the magic of DBN, or a first ITCH message
// with a known type and the length of that type.
//   Errors  kInvalidArgument when it is neither. The text says what the input looks like (empty,
//           compressed, a packet capture, text, ...) and what to do about it.
//   Note    what lies behind the first message or the magic is the reader's to judge: it has the
//           byte offset of what is wrong.
absl::StatusOr<FeedFormat> DetectFeedFormat(std::span<const std::uint8_t> input);

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_FEED_FORMAT_H_
