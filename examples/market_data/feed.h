#ifndef EXAMPLES_MARKET_DATA_FEED_H_
#define EXAMPLES_MARKET_DATA_FEED_H_

#include <cstdint>
#include <span>

#include "examples/market_data/dbn_decoder.h"
#include "examples/market_data/dbn_reader.h"
#include "examples/market_data/itch_decoder.h"
#include "examples/market_data/itch_reader.h"

// A feed is what the pipeline has to know of a format: how it is cut into messages, how a message
// is decoded, when it was recorded, and what a price unit is. It is a template argument, so that
// each format gets a pipeline of its own with its decoder compiled in.

namespace market_data {

struct ItchFeed {
  using Reader = ItchReader;
  static constexpr auto& kDecode = DecodeItch;
  static constexpr std::int64_t kPriceScale = 10'000;
  static constexpr const char* kName = "NASDAQ ITCH 5.0";
  static constexpr const char* kUnit = "messages";

  static Reader Open(std::span<const std::uint8_t> input, bool skip_unknown) {
    return Reader(input,
                  skip_unknown ? Reader::UnknownTypes::kSkip : Reader::UnknownTypes::kRefuse);
  }
  // In ns; 0 for a message that goes out together with the one before.
  static std::uint64_t TimeNs(std::span<const std::uint8_t> message) { return ItchTimeNs(message); }
};

struct DbnFeed {
  using Reader = DbnReader;
  static constexpr auto& kDecode = DecodeDbn;
  static constexpr std::int64_t kPriceScale = 1'000'000'000;
  static constexpr const char* kName = "DBN market by order";
  static constexpr const char* kUnit = "records";

  // Records of other types are always stepped over: the format gives their length.
  static Reader Open(std::span<const std::uint8_t> input, bool /*skip_unknown*/) {
    return Reader(input);
  }
  static std::uint64_t TimeNs(std::span<const std::uint8_t> record) { return DbnTimeNs(record); }
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_FEED_H_
