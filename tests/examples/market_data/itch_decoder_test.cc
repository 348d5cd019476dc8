#include "examples/market_data/itch_decoder.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "examples/market_data/itch_format.h"
#include "gtest/gtest.h"
#include "tests/examples/market_data/expect_message.h"
#include "tests/examples/market_data/itch_samples.h"

namespace market_data {
namespace {

TEST(ItchDecoderTest, ReadsEveryFieldOfEveryType) {
  std::set<char> types;
  for (const ItchSample& sample : ItchSamples()) {
    SCOPED_TRACE(sample.hex);
    const std::vector<std::uint8_t> bytes = HexBytes(sample.hex);
    ASSERT_EQ(bytes.size(), kItchLengths[bytes[0]]);
    BookMessage message = DirtyMessage();
    EXPECT_TRUE(DecodeItch(bytes, message));
    ExpectMessage(message, sample.expected);
    EXPECT_EQ(ItchTimeNs(bytes), kSampleTimeNs);
    types.insert(sample.expected.type);
  }
  EXPECT_EQ(types.size(), kItchMessages.size());
}

TEST(ItchDecoderTest, TakesTheSideFromItsOwnFieldOnly) {
  // B and S are message types as well, and types without a side read their type byte.
  for (const ItchSample& sample : ItchSamples()) {
    const char type = sample.expected.type;
    BookMessage message;
    ASSERT_TRUE(DecodeItch(HexBytes(sample.hex), message));
    EXPECT_EQ(message.side != Side::kNone, type == 'A' || type == 'F' || type == 'P') << type;
  }
}

TEST(ItchDecoderTest, GivesNoSideForACharacterThatIsNone) {
  BookMessage message;
  ASSERT_TRUE(DecodeItch(
      HexBytes("'A' 1234 0203 1f1e1d1c1b1a 0102030405060708 'b' 0a0b0c0d 'QXZJ-W  ' 1a2b3c4d"),
      message));
  EXPECT_EQ(message.side, Side::kNone);
}

TEST(ItchDecoderTest, RefusesEveryOtherLength) {
  for (const ItchSample& sample : ItchSamples()) {
    const std::vector<std::uint8_t> whole = HexBytes(sample.hex);
    for (std::size_t length = 0; length < whole.size() + 4; ++length) {
      if (length == whole.size()) continue;
      std::vector<std::uint8_t> bytes = whole;
      bytes.resize(length);
      bytes.shrink_to_fit();
      BookMessage message = DirtyMessage();
      EXPECT_FALSE(DecodeItch(bytes, message)) << sample.hex << " as " << length << " bytes";
      ExpectMessage(message, BookMessage{});
    }
  }
}

TEST(ItchDecoderTest, RefusesEveryUnknownType) {
  for (int type = 0; type < 256; ++type) {
    if (kItchLengths[type] != 0) continue;
    for (std::size_t length = 1; length <= 64; ++length) {
      std::vector<std::uint8_t> bytes(length, 0);
      bytes[0] = static_cast<std::uint8_t>(type);
      BookMessage message;
      EXPECT_FALSE(DecodeItch(bytes, message));
    }
  }
}

TEST(ItchDecoderTest, TrimsOnlyThePaddingOfASymbol) {
  EXPECT_EQ(ItchSymbol(0x51'58'5a'4a'2d'57'20'20), "QXZJ-W");
  EXPECT_EQ(ItchSymbol(0x41'20'42'43'44'45'46'47), "A BCDEFG");
  EXPECT_EQ(ItchSymbol(0x20'20'20'20'20'20'20'20), "");
}

TEST(ItchFormatTest, NamesEveryTypeOnceAndKeepsTheHeaderInside) {
  std::set<char> types;
  std::set<std::string> names;
  for (const ItchMessageSpec& message : kItchMessages) {
    EXPECT_GT(message.length, kItchHeaderBytes);
    EXPECT_STREQ(ItchMessageName(message.type), message.name);
    types.insert(message.type);
    names.insert(message.name);
  }
  EXPECT_EQ(types.size(), 23u);
  EXPECT_EQ(names.size(), 23u);
  EXPECT_STREQ(ItchMessageName('?'), "unknown");
}

}  // namespace
}  // namespace market_data
