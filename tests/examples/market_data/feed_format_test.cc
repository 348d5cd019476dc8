#include "examples/market_data/feed_format.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/examples/market_data/dbn_samples.h"
#include "tests/examples/market_data/itch_samples.h"

namespace market_data {
namespace {

std::string TextOf(const absl::StatusOr<FeedFormat>& format) {
  return std::string(format.status().message());
}

testing::AssertionResult Mentions(const absl::StatusOr<FeedFormat>& format, const char* words) {
  if (format.ok()) return testing::AssertionFailure() << "found a format";
  if (TextOf(format).find(words) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << TextOf(format);
}

TEST(FeedFormatTest, RecognisesItchByItsFirstMessageOfAnyType) {
  for (const ItchSample& sample : ItchSamples()) {
    const std::vector<std::uint8_t> input = Framed({HexBytes(sample.hex)});
    const auto format = DetectFeedFormat(input);
    ASSERT_TRUE(format.ok()) << format.status();
    EXPECT_EQ(*format, FeedFormat::kItch);
  }
}

TEST(FeedFormatTest, RecognisesACutItchFileFromItsThirdByteOn) {
  const std::vector<std::uint8_t> input = ItchSampleFile();
  for (std::size_t cut = 1; cut < 40; ++cut) {
    const auto format = DetectFeedFormat({input.data(), cut});
    EXPECT_EQ(format.ok(), cut >= 3) << cut;
  }
}

TEST(FeedFormatTest, RecognisesDbnByItsMagicWhateverFollows) {
  for (const std::vector<std::uint8_t>& input :
       {DbnFileHeader(), HexBytes("'DBN'"), HexBytes("'DBN' 02 00")}) {
    const auto format = DetectFeedFormat(input);
    ASSERT_TRUE(format.ok()) << format.status();
    EXPECT_EQ(*format, FeedFormat::kDbn);
  }
}

TEST(FeedFormatTest, SaysWhatElseTheInputLooksLike) {
  EXPECT_TRUE(Mentions(DetectFeedFormat({}), "is empty"));
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("1f8b 0800 0000")), "gunzip -c"));
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("28b52ffd 0000")), "zstd -dc"));
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("fd '7zXZ' 00 00")), "xz -dc"));
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("'BZh9'")), "bzip2 -dc"));
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("'PK' 0304 00")), "unzip"));
  for (const char* magic : {"a1b2c3d4", "d4c3b2a1", "a1b23c4d", "4d3cb2a1", "0a0d0d0a"}) {
    EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes(magic)), "a packet capture")) << magic;
  }
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("'time,type,order'")), "looks like text"));
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("'{' 0a '  \"a\": 1}'")), "looks like text"));
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("0004 '?' 00ff 01")),
                       "starts with the bytes 00 04 3f 00 ff 01"));
}

TEST(FeedFormatTest, RefusesALengthOfZeroThatAnUnknownTypeWouldMatch) {
  EXPECT_TRUE(Mentions(DetectFeedFormat(HexBytes("0000 00 0000")), "starts with the bytes"));
}

TEST(FeedFormatTest, ParsesTheNamesThatItGives) {
  for (const FeedFormat format : {FeedFormat::kItch, FeedFormat::kDbn}) {
    const auto parsed = ParseFeedFormat(FeedFormatName(format));
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(*parsed, format);
  }
  EXPECT_EQ(ParseFeedFormat("ITCH").value_or(FeedFormat::kDbn), FeedFormat::kItch);
}

TEST(FeedFormatTest, SuggestsTheNameThatWasProbablyMeant) {
  for (const char* name : {"itcj", "itch50", "ich", "NASDAQ", "itch5.0", "totalviw"}) {
    EXPECT_TRUE(Mentions(ParseFeedFormat(name), "did you mean itch?")) << name;
  }
  for (const char* name : {"dbm", "databento", "mbo", "dnb", "dbn1"}) {
    EXPECT_TRUE(Mentions(ParseFeedFormat(name), "did you mean dbn?")) << name;
  }
  for (const char* name : {"", "pcapng-file", "fix"}) {
    EXPECT_TRUE(Mentions(ParseFeedFormat(name), "the formats are itch")) << name;
    EXPECT_FALSE(Mentions(ParseFeedFormat(name), "did you mean")) << name;
  }
}

}  // namespace
}  // namespace market_data
