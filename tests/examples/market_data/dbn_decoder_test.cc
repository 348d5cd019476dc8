#include "examples/market_data/dbn_decoder.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "tests/examples/market_data/dbn_samples.h"
#include "tests/examples/market_data/expect_message.h"

namespace market_data {
namespace {

BookMessage Expected(char action, MessageKind kind, Side side) {
  BookMessage message;
  message.order_id = 0x2122'2324'2526'2728;
  message.price = 0x0102'0304'0506'0708;
  message.time_ns = 0x1112'1314'1516'1718;
  message.size = 0x3132'3334;
  message.instrument = 0xa1a2'a3a4;
  message.kind = kind;
  message.side = side;
  message.type = action;
  return message;
}

TEST(DbnDecoderTest, ReadsEveryFieldOfEveryAction) {
  const struct {
    char action;
    MessageKind kind;
  } kActions[] = {{'A', MessageKind::kAdd},    {'M', MessageKind::kModify},
                  {'C', MessageKind::kReduce}, {'R', MessageKind::kClear},
                  {'T', MessageKind::kOther},  {'F', MessageKind::kOther},
                  {'N', MessageKind::kOther},  {'?', MessageKind::kOther}};
  const struct {
    char letter;
    Side side;
  } kSides[] = {{'B', Side::kBid}, {'A', Side::kAsk}, {'N', Side::kNone}, {'S', Side::kNone}};
  for (const auto& action : kActions) {
    for (const auto& side : kSides) {
      SCOPED_TRACE(testing::Message() << action.action << side.letter);
      BookMessage message = DirtyMessage();
      EXPECT_TRUE(DecodeDbn(DbnRecord(action.action, side.letter), message));
      ExpectMessage(message, Expected(action.action, action.kind, side.side));
    }
  }
}

TEST(DbnDecoderTest, EndsTheEventAtFlag80Only) {
  for (int flags = 0; flags < 256; ++flags) {
    std::vector<std::uint8_t> record = DbnRecord('A', 'B');
    record[36] = static_cast<std::uint8_t>(flags);
    BookMessage message;
    ASSERT_TRUE(DecodeDbn(record, message));
    EXPECT_EQ(message.end_of_event, flags >= 0x80) << flags;
  }
}

TEST(DbnDecoderTest, KnowsUndefinedAndNegativePrices) {
  BookMessage message;
  ASSERT_TRUE(DecodeDbn(DbnRecord('R', 'N', "80", "ffffffffffffff7f"), message));
  EXPECT_EQ(message.price, kNoPrice);
  ASSERT_TRUE(DecodeDbn(DbnRecord('A', 'B', "80", "ffffffffffffffff"), message));
  EXPECT_EQ(message.price, -1);
}

TEST(DbnDecoderTest, PacesLiveRecordsByCaptureAndSnapshotsNotAtAll) {
  EXPECT_EQ(DbnTimeNs(DbnRecord('A', 'B', "82")), 0x4142'4344'4546'4748u);
  EXPECT_EQ(DbnTimeNs(DbnRecord('A', 'B', "28")), kNoRecordedTime);
}

TEST(DbnDecoderTest, RefusesShortRecordsAndOtherTypes) {
  const std::vector<std::uint8_t> whole = DbnRecord('A', 'B');
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::vector<std::uint8_t> cut(whole.begin(), whole.begin() + length);
    BookMessage message = DirtyMessage();
    EXPECT_FALSE(DecodeDbn(cut, message));
    ExpectMessage(message, BookMessage{});
  }
  BookMessage message;
  EXPECT_FALSE(DecodeDbn(DbnOtherRecord(14), message));
}

}  // namespace
}  // namespace market_data
