#include "examples/market_data/session_result.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace market_data {
namespace {

SessionResult Example() {
  SessionResult result;
  result.messages = 5;
  result.checkpoints = {{3, 13, {1, 2, 3, 4, 5, 6}, 7}};
  result.instruments.resize(1);
  result.instruments[0].instrument = 13;
  result.instruments[0].symbol = "QXZJ";
  return result;
}

TEST(SessionResultTest, EqualResultsHaveNoDifference) {
  EXPECT_EQ(Example(), Example());
  EXPECT_EQ(FirstDifference(Example(), Example()), "");
}

TEST(SessionResultTest, EveryFieldThatMakesResultsUnequalIsNamed) {
  using Result = SessionResult;
  const std::vector<std::pair<std::string, std::function<void(Result&)>>> kChanges = {
      {"messages: expected 5, found 6", [](Result& r) { ++r.messages; }},
      {"messages of type A: expected 0, found 1", [](Result& r) { ++r.by_type['A']; }},
      {"messages of type byte 200: expected 0, found 1", [](Result& r) { ++r.by_type[200]; }},
      {"undecoded messages: expected 0, found 1", [](Result& r) { ++r.undecoded; }},
      {"after 3 messages: position: expected 3, found 4",
       [](Result& r) { ++r.checkpoints[0].position; }},
      {"after 3 messages: instrument: expected 13, found 14",
       [](Result& r) { ++r.checkpoints[0].instrument; }},
      {"after 3 messages: ask price: expected 2, found 3",
       [](Result& r) { ++r.checkpoints[0].top.ask_price; }},
      {"after 3 messages: live orders: expected 7, found 8",
       [](Result& r) { ++r.checkpoints[0].live_orders; }},
      {"checkpoints: expected 1, found 0", [](Result& r) { r.checkpoints.clear(); }},
      {"events: expected 0, found 1", [](Result& r) { ++r.events; }},
      {"events with a crossed book: expected 0, found 1",
       [](Result& r) { ++r.events_with_crossed_book; }},
      {"live orders: expected 0, found 1", [](Result& r) { ++r.live_orders; }},
      {"refused messages: expected 0, found 1", [](Result& r) { ++r.refused; }},
      {"instrument 13: id: expected 13, found 14",
       [](Result& r) { ++r.instruments[0].instrument; }},
      {"instrument 13: symbol: expected \"QXZJ\", found \"\"",
       [](Result& r) { r.instruments[0].symbol.clear(); }},
      {"instrument 13: bid price: expected none, found 9",
       [](Result& r) { r.instruments[0].top.bid_price = 9; }},
      {"instrument 13: bid size: expected 0, found 1",
       [](Result& r) { ++r.instruments[0].top.bid_size; }},
      {"instrument 13: bid orders: expected 0, found 1",
       [](Result& r) { ++r.instruments[0].top.bid_orders; }},
      {"instrument 13: ask size: expected 0, found 1",
       [](Result& r) { ++r.instruments[0].top.ask_size; }},
      {"instrument 13: ask orders: expected 0, found 1",
       [](Result& r) { ++r.instruments[0].top.ask_orders; }},
      {"instrument 13: live orders: expected 0, found 1",
       [](Result& r) { ++r.instruments[0].live_orders; }},
      {"instrument 13: bid levels: expected 0, found 1",
       [](Result& r) { ++r.instruments[0].bid_levels; }},
      {"instrument 13: ask levels: expected 0, found 1",
       [](Result& r) { ++r.instruments[0].ask_levels; }},
      {"instrument 13: messages of kind 9: expected 0, found 1",
       [](Result& r) { ++r.instruments[0].counters.by_kind[9]; }},
      {"instruments: expected 1, found 2", [](Result& r) { r.instruments.resize(2); }},
      {"all instruments: executed size: expected 0, found 1",
       [](Result& r) { ++r.totals.executed_size; }},
      {"all instruments: hidden size: expected 0, found 1",
       [](Result& r) { ++r.totals.hidden_size; }},
      {"all instruments: unknown references: expected 0, found 1",
       [](Result& r) { ++r.totals.unknown_references; }},
      {"all instruments: duplicate adds: expected 0, found 1",
       [](Result& r) { ++r.totals.duplicate_adds; }},
      {"all instruments: over-reductions: expected 0, found 1",
       [](Result& r) { ++r.totals.over_reductions; }},
      {"all instruments: invalid orders: expected 0, found 1",
       [](Result& r) { ++r.totals.invalid_orders; }},
      {"all instruments: crossed events: expected 0, found 1",
       [](Result& r) { ++r.totals.crossed_events; }},
      {"changes of the best bid or offer: expected 0, found 1", [](Result& r) { ++r.top_changes; }},
      {"digest of the best bids and offers: expected 0, found 1",
       [](Result& r) { ++r.top_digest; }},
      {"orders: expected 0, found 1", [](Result& r) { ++r.orders; }},
      {"digest of the orders: expected 0, found 1", [](Result& r) { ++r.order_digest; }},
      {"journal records: expected 0, found 1", [](Result& r) { ++r.journal_records; }},
      {"journal bytes: expected 0, found 1", [](Result& r) { ++r.journal_bytes; }},
      {"digest of the journal: expected 0, found 1", [](Result& r) { ++r.journal_digest; }},
  };
  for (const auto& [text, change] : kChanges) {
    SessionResult changed = Example();
    change(changed);
    EXPECT_FALSE(changed == Example()) << text;
    EXPECT_EQ(FirstDifference(Example(), changed), text);
  }
}

}  // namespace
}  // namespace market_data
