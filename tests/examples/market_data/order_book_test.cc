#include "examples/market_data/order_book.h"

#include <cstdint>
#include <limits>
#include <vector>

#include "examples/market_data/instrument_index.h"
#include "examples/market_data/instrument_summary.h"
#include "examples/market_data/market_event.h"
#include "gtest/gtest.h"
#include "tests/examples/market_data/book_messages.h"

namespace market_data {
namespace {

class OrderBookTest : public testing::Test {
 protected:
  ApplyResult Apply(const BookMessage& message) { return books_.Apply(message, top_); }
  void ApplyAll(const std::vector<BookMessage>& messages) {
    for (const BookMessage& message : messages) Apply(message);
  }
  BookCounters Counters() const { return books_.Summary(0).counters; }
  TopOfBook Bid(std::int64_t price, std::uint64_t size, std::uint32_t orders) const {
    TopOfBook top;
    top.bid_price = price;
    top.bid_size = size;
    top.bid_orders = orders;
    return top;
  }

  Books books_;
  TopOfBook top_;
};

TEST_F(OrderBookTest, TheBestBidIsTheHighestAndTheBestAskTheLowest) {
  ApplyAll({AddBid(1, 10, 100), AddBid(2, 20, 102), AddBid(3, 30, 101)});
  ApplyAll({AddAsk(4, 40, 110), AddAsk(5, 50, 108), AddAsk(6, 60, 109)});
  EXPECT_EQ(top_, (TopOfBook{102, 108, 20, 50, 1, 1}));
  EXPECT_EQ(books_.Summary(0).bid_levels, 3u);
  EXPECT_EQ(books_.Summary(0).ask_levels, 3u);
  EXPECT_EQ(books_.live_orders(), 6u);
}

TEST_F(OrderBookTest, OrdersOfOnePriceAreOneLevel) {
  ApplyAll({AddBid(1, 10, 100), AddBid(2, 20, 100), AddBid(3, 30, 100)});
  EXPECT_EQ(top_, Bid(100, 60, 3));
}

TEST_F(OrderBookTest, AnExecutionTakesSizeAndCountsAsVolume) {
  ApplyAll({AddBid(1, 10, 100), AddBid(2, 5, 100), Execute(1, 4)});
  EXPECT_EQ(top_, Bid(100, 11, 2));
  ApplyAll({Execute(1, 3), Execute(1, 3)});
  EXPECT_EQ(top_, Bid(100, 5, 1));
  EXPECT_EQ(Counters().executed_size, 10u);
  EXPECT_EQ(Counters().over_reductions, 0u);
}

TEST_F(OrderBookTest, AReductionTakesSizeAndIsNoVolume) {
  ApplyAll({AddBid(1, 10, 100), Reduce(1, 4)});
  EXPECT_EQ(top_, Bid(100, 6, 1));
  Apply(Reduce(1, 6));
  EXPECT_EQ(top_, TopOfBook{});
  EXPECT_EQ(Counters().executed_size, 0u);
  EXPECT_EQ(books_.live_orders(), 0u);
}

TEST_F(OrderBookTest, ALevelDisappearsWithItsLastOrder) {
  ApplyAll({AddBid(1, 10, 100), AddBid(2, 20, 101), AddBid(3, 30, 101), Delete(2)});
  EXPECT_EQ(top_, Bid(101, 30, 1));
  Apply(Delete(3));
  EXPECT_EQ(top_, Bid(100, 10, 1));
  EXPECT_EQ(books_.Summary(0).bid_levels, 1u);
}

TEST_F(OrderBookTest, ADeletionRemovesWhateverIsLeft) {
  ApplyAll({AddAsk(1, 10, 100), Execute(1, 9), Delete(1)});
  EXPECT_EQ(top_, TopOfBook{});
  EXPECT_EQ(books_.live_orders(), 0u);
}

TEST_F(OrderBookTest, AReplacementKeepsTheSideAndEndsTheOldReference) {
  ApplyAll({AddAsk(1, 10, 100), Replace(1, 2, 7, 99)});
  EXPECT_EQ(top_.ask_price, 99);
  EXPECT_EQ(top_.ask_size, 7u);
  EXPECT_EQ(top_.bid_price, kNoPrice);
  Apply(Delete(1));
  EXPECT_EQ(Counters().unknown_references, 1u);
  Apply(Delete(2));
  EXPECT_EQ(top_, TopOfBook{});
}

TEST_F(OrderBookTest, AReplacementMayKeepItsReference) {
  ApplyAll({AddBid(1, 10, 100), Replace(1, 1, 20, 101)});
  EXPECT_EQ(top_, Bid(101, 20, 1));
  EXPECT_EQ(Counters().duplicate_adds, 0u);
}

TEST_F(OrderBookTest, AReplacementByALiveReferenceRemovesTheOldOrderAndLeavesTheOther) {
  ApplyAll({AddBid(1, 10, 100), AddBid(2, 20, 99), Replace(1, 2, 5, 101)});
  EXPECT_EQ(top_, Bid(99, 20, 1));
  EXPECT_EQ(Counters().duplicate_adds, 1u);
}

TEST_F(OrderBookTest, AReplacementOfAnUnknownReferenceAddsNothing) {
  Apply(Replace(1, 2, 5, 101));
  EXPECT_EQ(books_.live_orders(), 0u);
  EXPECT_EQ(Counters().unknown_references, 1u);
}

TEST_F(OrderBookTest, AModificationSetsPriceAndSize) {
  ApplyAll({AddBid(1, 10, 100), AddBid(2, 20, 100)});
  Apply(Modify(1, 15, 100));
  EXPECT_EQ(top_, Bid(100, 35, 2));
  Apply(Modify(1, 5, 100));
  EXPECT_EQ(top_, Bid(100, 25, 2));
  Apply(Modify(2, 21, 103));
  EXPECT_EQ(top_, Bid(103, 21, 1));
  Apply(Modify(1, 0, 100));
  EXPECT_EQ(books_.live_orders(), 1u);
  EXPECT_EQ(books_.Summary(0).bid_levels, 1u);
}

TEST_F(OrderBookTest, AModificationWithoutAPriceIsAFault) {
  ApplyAll({AddBid(1, 10, 100), Modify(1, 5, kNoPrice)});
  EXPECT_EQ(top_, Bid(100, 10, 1));
  EXPECT_EQ(Counters().invalid_orders, 1u);
}

TEST_F(OrderBookTest, ClearingRemovesTheOrdersOfItsInstrumentOnly) {
  for (std::uint64_t id = 1; id <= 500; ++id) {
    Apply(AddBid(id, 1, 100 + static_cast<std::int64_t>(id % 7)));
    Apply(For(99, AddAsk(id, 2, 200)));
  }
  Apply(Message(MessageKind::kClear, 0));
  EXPECT_EQ(top_, TopOfBook{});
  EXPECT_EQ(books_.live_orders(), 500u);
  EXPECT_EQ(books_.Summary(0).live_orders, 0u);
  EXPECT_EQ(books_.Top(1).ask_size, 1000u);
  for (std::uint64_t id = 1; id <= 500; ++id) Apply(For(99, Delete(id)));
  EXPECT_EQ(books_.Summary(1).counters.unknown_references, 0u);
  Apply(AddBid(1, 10, 100));
  EXPECT_EQ(top_, Bid(100, 10, 1));
}

TEST_F(OrderBookTest, ATradeIsHiddenVolumeAndChangesNothing) {
  Apply(AddBid(1, 10, 100));
  BookMessage trade = Message(MessageKind::kTrade, 0, 70, 100, Side::kBid);
  EXPECT_EQ(Apply(trade), ApplyResult::kTopUnchanged);
  EXPECT_EQ(top_, Bid(100, 10, 1));
  EXPECT_EQ(Counters().hidden_size, 70u);
  EXPECT_EQ(Counters().executed_size, 0u);
}

TEST_F(OrderBookTest, AnUnknownReferenceChangesNothingButItsCounters) {
  Apply(AddBid(1, 10, 100));
  for (const BookMessage& message :
       {Execute(7, 12), Reduce(7, 1), Delete(7), Replace(7, 8, 1, 1), Modify(7, 1, 1)}) {
    EXPECT_EQ(Apply(message), ApplyResult::kTopUnchanged);
  }
  EXPECT_EQ(top_, Bid(100, 10, 1));
  EXPECT_EQ(books_.live_orders(), 1u);
  EXPECT_EQ(Counters().unknown_references, 5u);
  EXPECT_EQ(Counters().executed_size, 12u);
}

TEST_F(OrderBookTest, ADuplicateAddLeavesTheFirstOrder) {
  ApplyAll({AddBid(1, 10, 100), AddAsk(1, 99, 120)});
  EXPECT_EQ(top_, Bid(100, 10, 1));
  EXPECT_EQ(Counters().duplicate_adds, 1u);
  EXPECT_EQ(books_.live_orders(), 1u);
}

TEST_F(OrderBookTest, AReductionBeyondWhatIsLeftRemovesTheOrderAndIsAFault) {
  ApplyAll({AddBid(1, 10, 100), Execute(1, 11), AddBid(2, 10, 100), Reduce(2, 4'000'000'000u)});
  EXPECT_EQ(top_, TopOfBook{});
  EXPECT_EQ(Counters().over_reductions, 2u);
  EXPECT_EQ(Counters().executed_size, 11u);
}

TEST_F(OrderBookTest, AnOrderWithoutSidePriceOrSizeIsAFault) {
  ApplyAll({Message(MessageKind::kAdd, 1, 10, 100, Side::kNone), AddBid(2, 10, kNoPrice),
            AddBid(3, 0, 100)});
  EXPECT_EQ(books_.live_orders(), 0u);
  EXPECT_EQ(Counters().invalid_orders, 3u);
}

TEST_F(OrderBookTest, TheSameReferenceInTwoInstrumentsIsTwoOrders) {
  ApplyAll({AddBid(1, 10, 100), For(4'000'000'000u, AddBid(1, 20, 200))});
  EXPECT_EQ(top_, Bid(200, 20, 1));
  Apply(Delete(1));
  EXPECT_EQ(books_.Top(1), Bid(200, 20, 1));
  EXPECT_EQ(books_.Top(0), TopOfBook{});
}

TEST_F(OrderBookTest, TheTopChangesAtTheEndOfAnEventOnly) {
  EXPECT_EQ(Apply(AddBid(1, 10, 100)), ApplyResult::kTopChanged);
  EXPECT_EQ(Apply(AddBid(2, 10, 99)), ApplyResult::kTopUnchanged);
  EXPECT_EQ(Apply(InTheMiddle(AddBid(3, 5, 101))), ApplyResult::kTopUnchanged);
  EXPECT_EQ(top_, Bid(101, 5, 1)) << "the top is that of now, whatever is announced";
  EXPECT_EQ(Apply(AddBid(4, 1, 98)), ApplyResult::kTopChanged);
  // A change that is undone before the event ends is none.
  EXPECT_EQ(Apply(InTheMiddle(Delete(3))), ApplyResult::kTopUnchanged);
  EXPECT_EQ(Apply(AddBid(5, 5, 101)), ApplyResult::kTopUnchanged);
  // Size and number of orders are part of it.
  EXPECT_EQ(Apply(AddBid(6, 1, 101)), ApplyResult::kTopChanged);
}

TEST_F(OrderBookTest, AMessageWithoutEffectMayEndAnEvent) {
  Apply(InTheMiddle(AddBid(1, 10, 100)));
  EXPECT_EQ(Apply(Message(MessageKind::kOther, 0)), ApplyResult::kTopChanged);
  EXPECT_EQ(books_.events(), 1u);
}

TEST_F(OrderBookTest, CrossingIsJudgedAtTheEndOfAnEvent) {
  ApplyAll({AddAsk(1, 10, 100), InTheMiddle(AddBid(2, 10, 101)), Delete(1)});
  EXPECT_EQ(Counters().crossed_events, 0u);
  Apply(AddAsk(3, 10, 101));
  EXPECT_EQ(Counters().crossed_events, 0u) << "equal prices are locked, not crossed";
  Apply(AddAsk(4, 10, 100));
  EXPECT_EQ(Counters().crossed_events, 1u);
  Apply(Message(MessageKind::kOther, 0));
  EXPECT_EQ(Counters().crossed_events, 2u);
  EXPECT_EQ(books_.events(), 5u);
}

TEST_F(OrderBookTest, OneEmptySideIsNeverCrossed) {
  ApplyAll({AddBid(1, 10, std::numeric_limits<std::int64_t>::max())});
  EXPECT_EQ(Counters().crossed_events, 0u);
  ApplyAll({Delete(1), AddAsk(2, 10, -5)});
  EXPECT_EQ(Counters().crossed_events, 0u);
}

TEST_F(OrderBookTest, PricesMayBeAnyNumberButTheOneThatMeansNone) {
  const std::int64_t lowest = std::numeric_limits<std::int64_t>::min() + 1;
  const std::int64_t highest = std::numeric_limits<std::int64_t>::max();
  ApplyAll({AddAsk(1, 1, highest), AddAsk(2, 2, -1), AddAsk(3, 3, 0), AddAsk(4, 4, lowest)});
  EXPECT_EQ(top_.ask_price, lowest);
  Apply(Delete(4));
  EXPECT_EQ(top_.ask_price, -1);
  Apply(Delete(2));
  EXPECT_EQ(top_.ask_price, 0);
  Apply(Delete(3));
  EXPECT_EQ(top_.ask_price, highest);
}

TEST_F(OrderBookTest, TheDirectoryNamesTheInstrument) {
  Apply(Directory(0x4141504C20202020));  // "AAPL    "
  EXPECT_EQ(books_.Summary(0).symbol, "AAPL");
  EXPECT_EQ(books_.Summary(0).instrument, kInstrument);
  EXPECT_EQ(books_.NumberOf("AAPL"), 0u);
  EXPECT_EQ(books_.NumberOf("MSFT"), InstrumentIndex::kNone);
}

TEST_F(OrderBookTest, NamesThatWouldDisturbATerminalAreMadeHarmless) {
  Apply(Directory(0x411B5B324A0AFF20));
  EXPECT_EQ(books_.Summary(0).symbol, "A?[2J??");
}

TEST_F(OrderBookTest, WithoutANameTheMostActiveInstrumentIsMeant) {
  EXPECT_EQ(books_.NumberOf(""), InstrumentIndex::kNone);
  ApplyAll({AddBid(1, 1, 1), For(7, AddBid(1, 1, 1)), For(7, Delete(1))});
  EXPECT_EQ(books_.NumberOf(""), 1u);
  ApplyAll({Delete(1)});
  EXPECT_EQ(books_.NumberOf(""), 0u) << "the first among equals";
}

TEST_F(OrderBookTest, AMessageThatConcernsNoBookMakesNoInstrument) {
  EXPECT_EQ(Apply(Message(MessageKind::kOther, 0)), ApplyResult::kTopUnchanged);
  EXPECT_EQ(books_.instrument_count(), 0u);
  EXPECT_EQ(books_.refused(), 0u);
  EXPECT_EQ(books_.events(), 1u);
}

TEST(OrderBookBoundsTest, InstrumentsBeyondTheBoundAreRefusedAndCounted) {
  Books books({.max_instruments = 3, .reserved_instruments = 1});
  TopOfBook top;
  for (std::uint32_t i = 0; i < 10; ++i) {
    const ApplyResult result = books.Apply(For(i * 0x10000001u, AddBid(1, 5, 100)), top);
    EXPECT_EQ(result, i < 3 ? ApplyResult::kTopChanged : ApplyResult::kRefused) << i;
    EXPECT_EQ(top.bid_size, i < 3 ? 5u : 0u) << i;
  }
  EXPECT_EQ(books.instrument_count(), 3u);
  EXPECT_EQ(books.refused(), 7u);
  EXPECT_EQ(books.live_orders(), 3u);
  EXPECT_EQ(books.events(), 10u);
}

TEST(OrderBookBoundsTest, OrdersBeyondTheBoundAreRefusedAndCounted) {
  Books books({.max_orders = 100, .reserved_orders = 1});
  TopOfBook top;
  for (std::uint64_t id = 0; id < 150; ++id) {
    const ApplyResult result = books.Apply(AddBid(id, 1, 100), top);
    EXPECT_EQ(result == ApplyResult::kRefused, id >= 100) << id;
  }
  EXPECT_EQ(books.refused(), 50u);
  EXPECT_EQ(top.bid_size, 100u);
  // A full table still takes everything that needs no more room.
  EXPECT_EQ(books.Apply(Execute(5, 1), top), ApplyResult::kTopChanged);
  EXPECT_EQ(books.Apply(AddBid(1000, 1, 100), top), ApplyResult::kTopChanged);
  EXPECT_EQ(books.Apply(Replace(7, 2000, 3, 100), top), ApplyResult::kTopChanged);
  EXPECT_EQ(books.live_orders(), 100u);
}

TEST(OrderBookBoundsTest, ABoundOfNoOrdersRefusesAll) {
  Books books({.max_orders = 0});
  TopOfBook top;
  EXPECT_EQ(books.Apply(AddBid(1, 1, 100), top), ApplyResult::kRefused);
  EXPECT_EQ(books.live_orders(), 0u);
}

}  // namespace
}  // namespace market_data
