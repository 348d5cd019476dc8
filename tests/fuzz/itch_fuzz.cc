#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "examples/market_data/itch_decoder.h"
#include "examples/market_data/itch_reader.h"
#include "examples/market_data/session_generator.h"
#include "tests/examples/market_data/itch_samples.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using fuzz::Require;
using market_data::BookMessage;
using market_data::ItchReader;
using market_data::ReadResult;

// CheckReader reads to the end and gives the number of messages.
std::uint64_t CheckReader(std::span<const std::uint8_t> input, ItchReader::UnknownTypes unknown) {
  ItchReader reader(input, unknown);
  std::span<const std::uint8_t> message;
  BookMessage decoded;
  std::uint64_t messages = 0;
  std::uint64_t before = 0;
  ReadResult result;
  while ((result = reader.Next(message)) == ReadResult::kMessage) {
    ++messages;
    Require(reader.offset() >= before + 2 + message.size(), "every message moves the offset");
    Require(reader.offset() <= input.size(), "the offset stays in the input");
    Require(message.data() + message.size() == input.data() + reader.offset(),
            "a message ends at the offset");
    before = reader.offset();
    // In a block of its own, so that the address sanitizer sees any byte read too far.
    const std::vector<std::uint8_t> exact(message.begin(), message.end());
    Require(market_data::DecodeItch(exact, decoded), "what the reader gives can be decoded");
    Require(market_data::ItchTimeNs(exact) == decoded.time_ns, "both times agree");
    Require(decoded.kind <= market_data::MessageKind::kDirectory, "the kind is one of the kinds");
    Require(decoded.side <= market_data::Side::kAsk, "the side is one of the sides");
  }
  if (result == ReadResult::kEnd) {
    Require(reader.offset() == input.size(), "the end is the end of the input");
  } else {
    Require(reader.error().offset == reader.offset(), "an error stands at the offset");
    Require(reader.offset() < input.size(), "an error stands in the input");
    Require(!reader.error().text.empty(), "an error has a text");
  }
  Require(reader.Next(message) == result, "the end is final");
  Require(reader.skipped() == 0 || unknown == ItchReader::UnknownTypes::kSkip,
          "nothing is skipped unless asked for");
  return messages;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> input(data, size);
  const std::uint64_t strict = CheckReader(input, ItchReader::UnknownTypes::kRefuse);
  const std::uint64_t lenient = CheckReader(input, ItchReader::UnknownTypes::kSkip);
  Require(lenient >= strict, "skipping loses no message");
  // A decoder fed by anything but the reader must refuse, not read on.
  BookMessage decoded;
  (void)market_data::DecodeItch(input, decoded);
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz::SeedInputs() {
  return {market_data::ItchSampleFile(),
          market_data::GenerateItchSession({.messages = 80, .instruments = 1}).value()};
}
