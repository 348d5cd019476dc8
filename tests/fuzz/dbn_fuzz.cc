#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "examples/market_data/dbn_decoder.h"
#include "examples/market_data/dbn_reader.h"
#include "tests/examples/market_data/dbn_samples.h"
#include "tests/fuzz/fuzz_target.h"

using fuzz::Require;
using market_data::BookMessage;
using market_data::DbnReader;
using market_data::ReadResult;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> input(data, size);
  DbnReader reader(input);
  std::span<const std::uint8_t> record;
  BookMessage decoded;
  std::uint64_t before = reader.offset();
  std::uint64_t skipped = 0;
  ReadResult result;
  while ((result = reader.Next(record)) == ReadResult::kMessage) {
    const std::uint64_t newly_skipped = reader.skipped() - skipped;
    Require(reader.offset() >= before + record.size() + 16 * newly_skipped,
            "every record moves the offset, skipped ones too");
    Require(reader.offset() <= size, "the offset stays in the input");
    Require(record.data() + record.size() == data + reader.offset(), "a record ends at the offset");
    before = reader.offset();
    skipped = reader.skipped();
    // In a block of its own, so that the address sanitizer sees any byte read too far.
    const std::vector<std::uint8_t> exact(record.begin(), record.end());
    Require(market_data::DecodeDbn(exact, decoded), "what the reader gives can be decoded");
    Require(decoded.kind <= market_data::MessageKind::kDirectory, "the kind is one of the kinds");
    Require(decoded.side <= market_data::Side::kAsk, "the side is one of the sides");
    (void)market_data::DbnTimeNs(exact);
  }
  if (result == ReadResult::kEnd) {
    Require(reader.offset() == size, "the end is the end of the input");
  } else {
    Require(reader.error().offset <= size, "an error stands in the input");
    Require(!reader.error().text.empty(), "an error has a text");
  }
  Require(reader.Next(record) == result, "the end is final");
  // A decoder fed by anything but the reader must refuse, not read on.
  (void)market_data::DecodeDbn(input, decoded);
  return 0;
}

std::vector<std::vector<std::uint8_t>> fuzz::SeedInputs() {
  using market_data::DbnOtherRecord;
  using market_data::DbnRecord;
  const auto header = market_data::DbnFileHeader();
  auto with_sending_times = header;
  with_sending_times[60] = 1;
  auto longer = DbnRecord('A', 'B');
  longer.resize(64, 0x77);
  longer[0] = 16;
  return {market_data::Joined({header, DbnRecord('A', 'B'), DbnOtherRecord(4), DbnRecord('M', 'A'),
                               DbnRecord('C', 'B', "28"), DbnOtherRecord(20), DbnRecord('R', 'N')}),
          market_data::Joined({with_sending_times, longer, DbnOtherRecord(6), longer})};
}
