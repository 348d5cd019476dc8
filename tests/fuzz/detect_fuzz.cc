#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "examples/market_data/dbn_reader.h"
#include "examples/market_data/feed_format.h"
#include "examples/market_data/itch_reader.h"
#include "tests/examples/market_data/dbn_samples.h"
#include "tests/examples/market_data/itch_samples.h"
#include "tests/fuzz/fuzz_target.h"

using fuzz::Require;
using market_data::FeedFormat;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> input(data, size);
  const auto format = market_data::DetectFeedFormat(input);
  std::span<const std::uint8_t> message;
  if (!format.ok()) {
    Require(!format.status().message().empty(), "a refusal has a text");
  } else if (*format == FeedFormat::kItch) {
    market_data::ItchReader reader(input);
    Require(reader.Next(message) == market_data::ReadResult::kMessage ||
                reader.error().text.find("the input ends") == 0,
            "what looks like ITCH starts with a message, or with a cut one");
  } else {
    market_data::DbnReader reader(input);
    Require(reader.Next(message) != market_data::ReadResult::kError ||
                reader.error().text.find("does not start with") == std::string::npos,
            "what looks like DBN has the magic of DBN");
  }
  const std::string name(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 64));
  const auto parsed = market_data::ParseFeedFormat(name);
  Require(!parsed.ok() || name.size() <= 4, "only the short names are names");
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz::SeedInputs() {
  using market_data::HexBytes;
  return {market_data::ItchSampleFile(),
          market_data::DbnFileHeader(),
          HexBytes("1f8b 0800 00000000"),
          HexBytes("28b52ffd 00000000"),
          HexBytes("'PK' 0304 0000"),
          HexBytes("4d3cb2a1 0200 0400"),
          HexBytes("'time,type,order' 0a"),
          HexBytes("'itch'"),
          HexBytes("'totalviw'"),
          HexBytes("fd '7zXZ' 00 0000"),
          HexBytes("'BZh91AY'"),
          HexBytes("0000 00 0000")};
}
