#include "examples/market_data/order_table.h"

#include <cstdint>
#include <map>
#include <random>
#include <utility>

#include "gtest/gtest.h"

namespace market_data {
namespace {

using InsertStatus = OrderTable::InsertStatus;

RestingOrder* Put(OrderTable& table, std::uint64_t id, std::uint32_t instrument,
                  std::int64_t price) {
  const OrderTable::InsertResult result = table.Insert(id, instrument);
  if (result.status == InsertStatus::kInserted) {
    result.order->side = Side::kBid;
    result.order->price = price;
  }
  return result.order;
}

TEST(OrderTableTest, FindsWhatWasInserted) {
  OrderTable table(1000, 0);
  EXPECT_EQ(table.Find(0, 0), nullptr) << "an empty slot looks like order 0 and is none";
  RestingOrder* const order = Put(table, 0, 0, 5);
  EXPECT_EQ(table.Find(0, 0), order);
  EXPECT_EQ(table.Find(0, 1), nullptr);
  EXPECT_EQ(table.Insert(0, 0).status, InsertStatus::kDuplicate);
  EXPECT_EQ(table.size(), 1u);
}

TEST(OrderTableTest, IsFullAtItsBoundAndNotBefore) {
  OrderTable table(7, 0);
  for (std::uint64_t id = 0; id < 7; ++id) ASSERT_NE(Put(table, id, 0, 0), nullptr);
  EXPECT_EQ(table.Insert(7, 0).status, InsertStatus::kFull);
  EXPECT_EQ(table.Insert(3, 0).status, InsertStatus::kDuplicate);
  table.Erase(table.Find(3, 0));
  EXPECT_NE(Put(table, 7, 0, 0), nullptr);
}

TEST(OrderTableTest, StaysRightWhileOrdersComeAndGo) {
  // Ids close together and in strides of powers of two: what real feeds have, and what defeats a
  // poor hash.
  for (const std::uint64_t stride : {1ull, 64ull, 1ull << 20, 1ull << 40}) {
    std::mt19937_64 random(stride);
    OrderTable table(1 << 20, 0);
    std::map<std::pair<std::uint64_t, std::uint32_t>, std::int64_t> expected;
    for (int i = 0; i < 50'000; ++i) {
      const std::uint64_t id = random() % 700 * stride;
      const auto instrument = static_cast<std::uint32_t>(random() % 2);
      RestingOrder* const order = table.Find(id, instrument);
      const auto found = expected.find({id, instrument});
      ASSERT_EQ(order != nullptr, found != expected.end()) << "step " << i;
      if (order == nullptr) {
        Put(table, id, instrument, i);
        expected[{id, instrument}] = i;
      } else {
        ASSERT_EQ(order->price, found->second);
        table.Erase(order);
        expected.erase(found);
      }
      ASSERT_EQ(table.size(), expected.size());
    }
    for (const auto& [key, price] : expected) {
      const RestingOrder* const order = table.Find(key.first, key.second);
      ASSERT_NE(order, nullptr);
      EXPECT_EQ(order->price, price);
    }
  }
}

TEST(OrderTableTest, ErasesAnInstrumentAndLeavesTheOthers) {
  OrderTable table(1 << 20, 0);
  // Half full on purpose: long runs of slots, some across the end of the table.
  for (std::uint64_t id = 0; id < 4096; ++id) {
    Put(table, id * 977, static_cast<std::uint32_t>(id % 3), static_cast<std::int64_t>(id));
  }
  table.EraseInstrument(1);
  for (std::uint64_t id = 0; id < 4096; ++id) {
    EXPECT_EQ(table.Find(id * 977, static_cast<std::uint32_t>(id % 3)) == nullptr, id % 3 == 1);
  }
  EXPECT_EQ(table.size(), 4096u - 1365u);
}

}  // namespace
}  // namespace market_data
