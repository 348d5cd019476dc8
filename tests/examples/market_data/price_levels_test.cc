#include "examples/market_data/price_levels.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace market_data {
namespace {

TEST(PriceLevelsTest, KeepsTheBestOfABidSideAndOfAnAskSide) {
  PriceLevels bids(Side::kBid);
  PriceLevels asks(Side::kAsk);
  for (const std::int64_t price : {50, 10, 90, -30, 70}) {
    bids.Add(price, 1);
    asks.Add(price, 1);
  }
  EXPECT_EQ(bids.BestPrice(), 90);
  EXPECT_EQ(asks.BestPrice(), -30);
  bids.Remove(90, 1);
  asks.Remove(-30, 1);
  EXPECT_EQ(bids.BestPrice(), 70);
  EXPECT_EQ(asks.BestPrice(), 10);
}

TEST(PriceLevelsTest, FindsLevelsNearAndFarFromTheBest) {
  // Three orders at each of 500 prices, entered from the worst, from the best and from the middle.
  for (const Side side : {Side::kBid, Side::kAsk}) {
    PriceLevels levels(side);
    for (std::int64_t i = 0; i < 500; ++i) {
      levels.Add(i, 1);
      levels.Add(499 - i, 10);
      levels.Add((i + 250) % 500, 100);
    }
    EXPECT_EQ(levels.size(), 500u);
    for (std::int64_t i = 0; i < 500; ++i) {
      const std::int64_t best = side == Side::kBid ? 499 - i : i;
      ASSERT_EQ(levels.BestPrice(), best);
      ASSERT_EQ(levels.Best().size, 111u);
      ASSERT_EQ(levels.Best().orders, 3u);
      // One at the far end goes before the best does, so that both searches are used.
      const std::int64_t far = side == Side::kBid ? 0 : 499;
      if (best != far) {
        levels.Add(far, 5);
        levels.Reduce(far, 2);
        levels.Remove(far, 3);
      }
      levels.Remove(best, 1);
      ASSERT_EQ(levels.Best().size, 110u);
      levels.Reduce(best, 4);
      levels.Remove(best, 6);
      levels.Remove(best, 100);
    }
    EXPECT_TRUE(levels.empty());
  }
}

}  // namespace
}  // namespace market_data
