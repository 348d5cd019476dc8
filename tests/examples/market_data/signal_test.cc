#include "examples/market_data/signal.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace market_data {
namespace {

TopOfBook Top(std::uint64_t bid_size, std::uint64_t ask_size) {
  return {.bid_price = 100,
          .ask_price = 101,
          .bid_size = bid_size,
          .ask_size = ask_size,
          .bid_orders = 1,
          .ask_orders = 1};
}

TEST(SignalTest, ImbalanceIsInThousandthsRoundedTowardsZero) {
  EXPECT_EQ(ImbalancePermille(Top(300, 100)), 500);
  EXPECT_EQ(ImbalancePermille(Top(100, 300)), -500);
  EXPECT_EQ(ImbalancePermille(Top(7, 7)), 0);
  EXPECT_EQ(ImbalancePermille(Top(2, 1)), 333);
  EXPECT_EQ(ImbalancePermille(Top(1, 2)), -333);
}

TEST(SignalTest, ImbalanceOfHugeSizesDoesNotOverflow) {
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(ImbalancePermille(Top(most, most)), 0);
  EXPECT_EQ(ImbalancePermille(Top(most, 1)), 1000);
  EXPECT_EQ(ImbalancePermille(Top(1, most)), -1000);
}

TEST(SignalTest, AnEmptySideHasNoImbalance) {
  TopOfBook top = Top(10, 0);
  top.ask_price = kNoPrice;
  EXPECT_EQ(ImbalancePermille(top), 0);
}

class SignalRuleTest : public testing::Test {
 protected:
  Side Ask(std::uint32_t instrument, std::uint64_t bid_size, std::uint64_t ask_size) {
    return signal_.OnTop(instrument, Top(bid_size, ask_size)).side;
  }

  Signal signal_{{.enter_permille = 500, .exit_permille = 100, .lot = 3, .max_position = 6}, 2};
};

TEST_F(SignalRuleTest, BuysAtTheAskAndSellsAtTheBid) {
  const Order buy = signal_.OnTop(1, Top(300, 100));
  EXPECT_EQ(buy.side, Side::kBid);
  EXPECT_EQ(buy.price, 101);
  EXPECT_EQ(buy.size, 3u);
  const Order sell = signal_.OnTop(2, Top(100, 300));
  EXPECT_EQ(sell.side, Side::kAsk);
  EXPECT_EQ(sell.price, 100);
}

TEST_F(SignalRuleTest, StaysQuietBelowTheThreshold) { EXPECT_EQ(Ask(1, 299, 100), Side::kNone); }

TEST_F(SignalRuleTest, WaitsForTheImbalanceToComeBack) {
  EXPECT_EQ(Ask(1, 300, 100), Side::kBid);
  EXPECT_EQ(Ask(1, 400, 100), Side::kNone);
  EXPECT_EQ(Ask(1, 150, 100), Side::kNone) << "200 is not yet back within 100";
  EXPECT_EQ(Ask(1, 400, 100), Side::kNone);
  EXPECT_EQ(Ask(1, 100, 100), Side::kNone) << "back, which is no order in itself";
  EXPECT_EQ(Ask(1, 300, 100), Side::kBid);
}

TEST_F(SignalRuleTest, NeverGoesBeyondThePositionBound) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Ask(1, 300, 100), i < 2 ? Side::kBid : Side::kNone) << i;
    Ask(1, 100, 100);
  }
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(Ask(1, 100, 300), i < 4 ? Side::kAsk : Side::kNone) << i;
    Ask(1, 100, 100);
  }
}

TEST_F(SignalRuleTest, EmptyLockedAndCrossedTopsGiveNoOrder) {
  for (const std::int64_t bid : {kNoPrice, std::int64_t{101}, std::int64_t{102}}) {
    TopOfBook top = Top(300, 100);
    top.bid_price = bid;
    EXPECT_EQ(signal_.OnTop(1, top).side, Side::kNone);
  }
  EXPECT_EQ(Ask(1, 300, 100), Side::kBid);
}

TEST_F(SignalRuleTest, InstrumentsHaveTheirOwnStateUpToTheBound) {
  EXPECT_EQ(Ask(1, 300, 100), Side::kBid);
  EXPECT_EQ(Ask(0xFFFFFFFF, 300, 100), Side::kBid);
  EXPECT_EQ(Ask(2, 300, 100), Side::kNone) << "a third instrument is beyond the bound of two";
}

}  // namespace
}  // namespace market_data
