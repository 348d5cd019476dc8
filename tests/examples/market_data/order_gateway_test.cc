#include "examples/market_data/order_gateway.h"

#include <zlib.h>

#include <cstdint>
#include <span>
#include <vector>

#include "gtest/gtest.h"

namespace market_data {
namespace {

constexpr Order kBuy = {.price = -2, .size = 0x01020304, .side = Side::kBid};

std::vector<std::uint8_t> Bytes(std::span<const std::uint8_t> record) {
  return {record.begin(), record.end()};
}

TEST(OrderGatewayTest, EncodesEveryFieldWhereItsTableSays) {
  OrderGateway gateway;
  gateway.Send(kBuy, 0x0A0B0C0D, 0x1122334455667788);
  std::vector<std::uint8_t> record = Bytes(gateway.Record(1));
  ASSERT_EQ(record.size(), OrderGateway::kRecordBytes);
  const std::uint32_t crc = std::uint32_t{record[36]} << 24 | std::uint32_t{record[37]} << 16 |
                            std::uint32_t{record[38]} << 8 | record[39];
  EXPECT_EQ(crc, crc32(0, record.data(), 36));
  record.resize(36);
  EXPECT_EQ(record, (std::vector<std::uint8_t>{'O',  'B',  0,    0,    0x0A, 0x0B, 0x0C, 0x0D, 0,
                                               0,    0,    0,    0,    0,    0,    1,    0x11, 0x22,
                                               0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0xFF, 0xFF, 0xFF,
                                               0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 1,    2,    3,    4}));
  gateway.Send({.price = 1, .size = 1, .side = Side::kAsk}, 1, 1);
  EXPECT_EQ(gateway.Record(2)[1], 'S');
}

TEST(OrderGatewayTest, KeepsTheNewestRecords) {
  OrderGateway gateway(3);  // rounded up to 4
  for (int i = 0; i < 10; ++i) gateway.Send(kBuy, 1, i);
  EXPECT_EQ(gateway.sent(), 10u);
  EXPECT_TRUE(gateway.Record(0).empty());
  EXPECT_TRUE(gateway.Record(6).empty());
  EXPECT_TRUE(gateway.Record(11).empty());
  for (std::uint64_t token = 7; token <= 10; ++token) {
    ASSERT_EQ(gateway.Record(token).size(), OrderGateway::kRecordBytes);
    EXPECT_EQ(gateway.Record(token)[15], token);
  }
}

TEST(OrderGatewayTest, TheDigestIsThatOfAllRecordsInOrder) {
  OrderGateway gateway;
  std::uint64_t expected = 0;
  for (std::uint32_t i = 1; i <= 5; ++i) {
    gateway.Send(kBuy, i, i);
    expected = crc32(expected, gateway.Record(i).data(), OrderGateway::kRecordBytes);
  }
  EXPECT_EQ(gateway.digest(), expected);
  OrderGateway other;
  for (std::uint32_t i : {1, 2, 3, 5, 4}) other.Send(kBuy, i, i);
  EXPECT_NE(other.digest(), expected);
}

}  // namespace
}  // namespace market_data
