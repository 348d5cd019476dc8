#include "examples/market_data/itch_reader.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/examples/market_data/itch_samples.h"

namespace market_data {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr char kDelete[] = "'D' 0001 0000 000000000001 0000000000000007";

struct Outcome {
  std::vector<Bytes> messages;
  ReadResult last = ReadResult::kMessage;
  std::uint64_t offset = 0;
  std::uint64_t skipped = 0;
  InputError error;
};

// ReadAll reads a copy of exactly that size, so that the address sanitizer sees any byte too far.
Outcome ReadAll(const Bytes& input,
                ItchReader::UnknownTypes unknown = ItchReader::UnknownTypes::kRefuse) {
  const Bytes exact(input.begin(), input.end());
  ItchReader reader(exact, unknown);
  Outcome outcome;
  std::span<const std::uint8_t> message;
  while ((outcome.last = reader.Next(message)) == ReadResult::kMessage) {
    outcome.messages.emplace_back(message.begin(), message.end());
  }
  outcome.offset = reader.offset();
  outcome.skipped = reader.skipped();
  outcome.error = reader.error();
  EXPECT_EQ(reader.Next(message), outcome.last) << "the end must stay the end";
  EXPECT_EQ(reader.offset(), outcome.offset);
  return outcome;
}

void ExpectErrorAt(const Outcome& outcome, std::uint64_t offset, const std::string& text) {
  EXPECT_EQ(outcome.last, ReadResult::kError);
  EXPECT_EQ(outcome.error.offset, offset);
  EXPECT_EQ(outcome.error.text, text);
  EXPECT_EQ(outcome.offset, offset);
}

TEST(ItchReaderTest, GivesEveryTypeAndThenTheEnd) {
  const Outcome outcome = ReadAll(ItchSampleFile());
  const std::vector<ItchSample> samples = ItchSamples();
  ASSERT_EQ(outcome.messages.size(), samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    EXPECT_EQ(outcome.messages[i], HexBytes(samples[i].hex));
  }
  EXPECT_EQ(outcome.last, ReadResult::kEnd);
  EXPECT_EQ(outcome.offset, ItchSampleFile().size());
}

TEST(ItchReaderTest, EndsAtOnceOnAnEmptyInput) {
  const Outcome outcome = ReadAll({});
  EXPECT_EQ(outcome.last, ReadResult::kEnd);
  EXPECT_TRUE(outcome.messages.empty());
}

TEST(ItchReaderTest, DeliversAllWholeMessagesOfAnInputCutAnywhere) {
  const Bytes whole = ItchSampleFile();
  std::vector<std::size_t> starts;  // of the length fields, and the end
  std::size_t start = 0;
  for (const ItchSample& sample : ItchSamples()) {
    starts.push_back(start);
    start += 2 + HexBytes(sample.hex).size();
  }
  starts.push_back(start);
  ASSERT_EQ(start, whole.size());
  std::size_t complete = 0;
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    SCOPED_TRACE(cut);
    while (complete + 1 < starts.size() && starts[complete + 1] <= cut) ++complete;
    const Outcome outcome = ReadAll(Bytes(whole.begin(), whole.begin() + cut));
    EXPECT_EQ(outcome.messages.size(), complete);
    EXPECT_EQ(outcome.offset, starts[complete]);
    if (cut == starts[complete]) {
      EXPECT_EQ(outcome.last, ReadResult::kEnd);
    } else {
      EXPECT_EQ(outcome.last, ReadResult::kError);
      EXPECT_EQ(outcome.error.offset, starts[complete]);
      EXPECT_EQ(outcome.error.text.rfind("the input ends ", 0), 0u) << outcome.error.text;
    }
  }
}

TEST(ItchReaderTest, SaysWhatIsLeftOfACutMessage) {
  ExpectErrorAt(ReadAll(HexBytes("00")), 0,
                "the input ends within a message length: 1 byte left, 2 expected");
  ExpectErrorAt(ReadAll(HexBytes("0013")), 0,
                "the input ends before a message: length 19 and no byte behind it");
  ExpectErrorAt(ReadAll(HexBytes("0013 'D' 00")), 0,
                "the input ends within a message: type 'D' (0x44) with length 19, 2 bytes left");
}

TEST(ItchReaderTest, RefusesEveryWrongLengthOfEveryType) {
  const Bytes first = Framed({HexBytes(kDelete)});
  for (const ItchMessageSpec& spec : kItchMessages) {
    for (std::size_t length = 1; length <= 64; ++length) {
      if (length == spec.length) continue;
      Bytes input = first;
      Bytes message(length, 0);
      message[0] = static_cast<std::uint8_t>(spec.type);
      const Bytes framed = Framed({message, Bytes(64, 0)});
      input.insert(input.end(), framed.begin(), framed.end());
      // A wrong length is never stepped over, not even when unknown types are.
      for (const auto unknown :
           {ItchReader::UnknownTypes::kRefuse, ItchReader::UnknownTypes::kSkip}) {
        const Outcome outcome = ReadAll(input, unknown);
        EXPECT_EQ(outcome.messages.size(), 1u);
        EXPECT_EQ(outcome.last, ReadResult::kError);
        EXPECT_EQ(outcome.error.offset, first.size());
        EXPECT_NE(outcome.error.text.find(spec.name), std::string::npos);
        EXPECT_NE(outcome.error.text.find("length " + std::to_string(length)), std::string::npos);
        EXPECT_NE(outcome.error.text.find("expected " + std::to_string(spec.length)),
                  std::string::npos);
      }
    }
  }
}

TEST(ItchReaderTest, NamesTheTypeAndBothLengths) {
  ExpectErrorAt(ReadAll(HexBytes("0014 'D' 0001 0000 000000000001 0000000000000007 00")), 0,
                "message type 'D' (0x44), Order Delete, with length 20; expected 19");
}

TEST(ItchReaderTest, RefusesAnUnknownTypeUnlessToldToSkip) {
  Bytes input = Framed({HexBytes(kDelete), HexBytes("'?' 0001 01"), HexBytes("07 'abc'"),
                        HexBytes(kDelete), HexBytes("'z'")});
  ExpectErrorAt(ReadAll(input), 21,
                "unknown message type '?' (0x3f) with length 4; expected one of the 23 types of "
                "ITCH 5.0");
  const Outcome skipping = ReadAll(input, ItchReader::UnknownTypes::kSkip);
  EXPECT_EQ(skipping.last, ReadResult::kEnd);
  EXPECT_EQ(skipping.messages.size(), 2u);
  EXPECT_EQ(skipping.skipped, 3u);
  EXPECT_EQ(skipping.offset, input.size());

  input = Framed({HexBytes("07 'abc'")});
  EXPECT_EQ(ReadAll(input).error.text,
            "unknown message type 0x07 with length 4; expected one of the 23 types of ITCH 5.0");
}

TEST(ItchReaderTest, RefusesAnUnknownTypeThatReachesPastTheEnd) {
  ExpectErrorAt(ReadAll(HexBytes("0009 '?' 0000"), ItchReader::UnknownTypes::kSkip), 0,
                "the input ends within a message: type '?' (0x3f) with length 9, 3 bytes left");
}

TEST(ItchReaderTest, SkipsAnyNumberOfUnknownTypesInARow) {
  const Bytes input = Framed(std::vector<Bytes>(300'000, HexBytes("'?'")));
  const Outcome outcome = ReadAll(input, ItchReader::UnknownTypes::kSkip);
  EXPECT_EQ(outcome.last, ReadResult::kEnd);
  EXPECT_EQ(outcome.skipped, 300'000u);
}

TEST(ItchReaderTest, TakesALengthOfZeroForTheEndOnlyAtTheEnd) {
  Bytes input = Framed({HexBytes(kDelete), {}});
  const Outcome ended = ReadAll(input);
  EXPECT_EQ(ended.last, ReadResult::kEnd);
  EXPECT_EQ(ended.messages.size(), 1u);
  EXPECT_EQ(ended.offset, input.size());

  input = Framed({HexBytes(kDelete), {}, HexBytes(kDelete)});
  const Outcome broken = ReadAll(input);
  EXPECT_EQ(broken.messages.size(), 1u);
  ExpectErrorAt(broken, 21,
                "message length 0 with 21 bytes behind it; only the last two bytes of an input may "
                "be 0, to end the session");

  // Zeros as a crashed writer leaves them are no end of session.
  EXPECT_EQ(ReadAll(Bytes(512, 0)).last, ReadResult::kError);
}

TEST(InputErrorTest, PutsTheOffsetInFront) {
  EXPECT_EQ((InputError{21, "message length 0"}.ToString()), "byte 21: message length 0");
}

}  // namespace
}  // namespace market_data
