#include "examples/market_data/expectation.h"

#include <cstdint>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "examples/market_data/market_event.h"
#include "examples/market_data/session_result.h"
#include "gtest/gtest.h"

namespace market_data {
namespace {

constexpr char kItch[] = R"({
  "symbol": "QXZJ", "messages": 20, "by_type": {"A": 15, "D": 5},
  "unknown_order_references": 1, "executed_shares": 2, "hidden_shares": 3,
  "live_orders_at_end": 4, "note": "ignored",
  "checkpoints": [
    {"after_messages": 10, "bid": [100, 7, 2], "ask": [101, 8, 3], "live_orders": 5},
    {"after_messages": 20, "bid": [-100, 9, 1], "ask": null, "live_orders": 4}]})";

constexpr char kDbn[] = R"({
  "records": 20, "by_action": {"A": 20}, "unknown_order_references": 0, "duplicate_adds": 1,
  "events": 12, "events_with_crossed_book": 3, "live_orders_at_end": 4,
  "checkpoints": [
    {"after_records": 20, "bid": null, "ask": [4810250000000, 28, 18], "live_orders": 4}]})";

// ItchResult is what kItch expects, to the last field.
SessionResult ItchResult() {
  SessionResult result;
  result.messages = 20;
  result.by_type['A'] = 15;
  result.by_type['D'] = 5;
  result.totals.unknown_references = 1;
  result.totals.executed_size = 2;
  result.totals.hidden_size = 3;
  result.live_orders = 4;
  result.checkpoints = {{10, 13, {100, 101, 7, 8, 2, 3}, 5},
                        {20, 13, {-100, kNoPrice, 9, 0, 1, 0}, 4}};
  result.instruments.resize(2);
  result.instruments[1].symbol = "QXZJ";
  return result;
}

SessionResult DbnResult() {
  SessionResult result;
  result.messages = 20;
  result.by_type['A'] = 20;
  result.totals.duplicate_adds = 1;
  result.events = 12;
  result.events_with_crossed_book = 3;
  result.live_orders = 4;
  result.checkpoints = {{20, 5, {kNoPrice, 4810250000000, 0, 28, 0, 18}, 4}};
  return result;
}

Expectation Parsed(const std::string& text) {
  absl::StatusOr<Expectation> expectation = Expectation::Parse(text, "x.json");
  EXPECT_TRUE(expectation.ok()) << expectation.status();
  return expectation.ok() ? *std::move(expectation) : Expectation();
}

TEST(ExpectationTest, ReadsBothShapes) {
  const Expectation itch = Parsed(kItch);
  EXPECT_EQ(itch.symbol(), "QXZJ");
  EXPECT_EQ(itch.CheckpointPositions(), (std::vector<std::int64_t>{10, 20}));
  const Expectation dbn = Parsed(kDbn);
  EXPECT_EQ(dbn.symbol(), "");
  EXPECT_EQ(dbn.CheckpointPositions(), (std::vector<std::int64_t>{20}));
}

TEST(ExpectationTest, AcceptsWhatIsEqual) {
  EXPECT_TRUE(Parsed(kItch).Compare(ItchResult()).ok()) << Parsed(kItch).Compare(ItchResult());
  EXPECT_TRUE(Parsed(kDbn).Compare(DbnResult()).ok()) << Parsed(kDbn).Compare(DbnResult());
}

TEST(ExpectationTest, ComparesOnlyWhatIsStated) {
  SessionResult result;
  result.messages = 7;
  result.by_type['Z'] = 7;
  result.live_orders = 99;
  result.totals.unknown_references = 99;
  EXPECT_TRUE(Parsed(R"({"messages": 7})").Compare(result).ok());
}

struct Difference {
  const char* text;
  std::function<void(SessionResult&)> change;
};

void ExpectEachDifferenceIsTold(const char* json, const SessionResult& equal,
                                const std::vector<Difference>& differences) {
  const Expectation expectation = Parsed(json);
  for (const Difference& difference : differences) {
    SessionResult result = equal;
    difference.change(result);
    const absl::Status status = expectation.Compare(result);
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(std::string(status.message()), std::string("x.json: ") + difference.text);
  }
}

TEST(ExpectationTest, TellsEveryDifferenceOfAnItchSession) {
  using Result = SessionResult;
  ExpectEachDifferenceIsTold(
      kItch, ItchResult(),
      {{"after 10 messages: bid price: expected 100, found 99",
        [](Result& r) { r.checkpoints[0].top.bid_price = 99; }},
       {"after 10 messages: bid size: expected 7, found 6",
        [](Result& r) { r.checkpoints[0].top.bid_size = 6; }},
       {"after 10 messages: bid orders: expected 2, found 1",
        [](Result& r) { r.checkpoints[0].top.bid_orders = 1; }},
       {"after 10 messages: ask price: expected 101, found none",
        [](Result& r) { r.checkpoints[0].top.ask_price = kNoPrice; }},
       {"after 10 messages: ask size: expected 8, found 0",
        [](Result& r) { r.checkpoints[0].top.ask_size = 0; }},
       {"after 10 messages: ask orders: expected 3, found 4",
        [](Result& r) { r.checkpoints[0].top.ask_orders = 4; }},
       {"after 10 messages: live orders: expected 5, found 6",
        [](Result& r) { r.checkpoints[0].live_orders = 6; }},
       {"after 20 messages: ask price: expected none, found 101",
        [](Result& r) { r.checkpoints[1].top.ask_price = 101; }},
       {"after 20 messages: expected a checkpoint, found none in the 15 messages of the input",
        [](Result& r) {
          r.checkpoints.pop_back();
          r.messages = 15;
        }},
       {"messages: expected 20, found 21", [](Result& r) { r.messages = 21; }},
       {"messages of type D: expected 5, found 4", [](Result& r) { r.by_type['D'] = 4; }},
       {"messages of type Z: expected 0, found 1", [](Result& r) { r.by_type['Z'] = 1; }},
       {"unknown order references: expected 1, found 0",
        [](Result& r) { r.totals.unknown_references = 0; }},
       {"executed shares: expected 2, found 1", [](Result& r) { r.totals.executed_size = 1; }},
       {"hidden shares: expected 3, found 1", [](Result& r) { r.totals.hidden_size = 1; }},
       {"live orders at the end: expected 4, found 1", [](Result& r) { r.live_orders = 1; }},
       {"symbol: expected QXZJ, found no instrument of that name",
        [](Result& r) { r.instruments.clear(); }},
       {"after 10 messages: bid size: expected 7, found 1", [](Result& r) {
          // The first of several is told.
          r.checkpoints[1].top.bid_size = 1;
          r.checkpoints[0].top.bid_size = 1;
          r.messages = 1;
        }}});
}

TEST(ExpectationTest, TellsEveryDifferenceOfADbnSession) {
  using Result = SessionResult;
  ExpectEachDifferenceIsTold(
      kDbn, DbnResult(),
      {{"after 20 records: ask size: expected 28, found 27",
        [](Result& r) { r.checkpoints[0].top.ask_size = 27; }},
       {"records: expected 20, found 19", [](Result& r) { r.messages = 19; }},
       {"records of type A: expected 20, found 19", [](Result& r) { r.by_type['A'] = 19; }},
       {"duplicate adds: expected 1, found 0", [](Result& r) { r.totals.duplicate_adds = 0; }},
       {"events: expected 12, found 11", [](Result& r) { r.events = 11; }},
       {"events with a crossed book: expected 3, found 0",
        [](Result& r) { r.events_with_crossed_book = 0; }}});
}

struct Broken {
  const char* json;
  const char* error;
};

TEST(ExpectationTest, NamesTheFieldThatIsWrong) {
  const Broken kBroken[] = {
      {"", "x.json: expected JSON, found something else"},
      {"{\"messages\": 1", "x.json: expected JSON, found something else"},
      {"[1]", "x.json: expected an object, found array"},
      {"{}", "x.json: expected exactly one of the fields \"messages\" and \"records\""},
      {R"({"messages": 1, "records": 1})",
       "x.json: expected exactly one of the fields \"messages\" and \"records\""},
      {R"({"messages": -1})", "x.json: messages: expected a whole number of at least 0, found -1"},
      {R"({"messages": 1.5})",
       "x.json: messages: expected a whole number of at least 0, found 1.5"},
      {R"({"messages": 18446744073709551615})",
       "x.json: messages: expected a whole number of at least 0, found 18446744073709551615"},
      {R"({"messages": 1, "by_type": []})", "x.json: by_type: expected an object, found array"},
      {R"({"messages": 1, "by_type": {"AB": 1}})",
       "x.json: by_type: expected types of one character, found \"AB\""},
      {R"({"messages": 1, "by_type": {"A": "1"}})",
       "x.json: by_type.A: expected a whole number of at least 0, found \"1\""},
      {R"({"messages": 1, "symbol": 5})", "x.json: symbol: expected a string, found 5"},
      {R"({"messages": 1, "hidden_shares": null})",
       "x.json: hidden_shares: expected a whole number of at least 0, found null"},
      {R"({"messages": 1, "checkpoints": {}})",
       "x.json: checkpoints: expected an array, found object"},
      {R"({"messages": 1, "checkpoints": [7]})",
       "x.json: checkpoints[0]: expected an object, found 7"},
      {R"({"messages": 1, "checkpoints": [{"after_records": 5}]})",
       "x.json: checkpoints[0].after_messages: is missing"},
      {R"({"messages": 1, "checkpoints": [{"after_messages": 1, "bid": null, "ask": null}]})",
       "x.json: checkpoints[0].live_orders: is missing"},
      {R"({"messages": 1, "checkpoints": [
          {"after_messages": 0, "bid": null, "ask": null, "live_orders": 0}]})",
       "x.json: checkpoints[0].after_messages: expected more than 0, found 0"},
      {R"({"messages": 1, "checkpoints": [
          {"after_messages": 5, "bid": null, "ask": null, "live_orders": 0},
          {"after_messages": 5, "bid": null, "ask": null, "live_orders": 0}]})",
       "x.json: checkpoints[1].after_messages: expected more than 5, found 5"},
      {R"({"messages": 1, "checkpoints": [
          {"after_messages": 5, "bid": "none", "ask": null, "live_orders": 0}]})",
       "x.json: checkpoints[0].bid: expected [price, size, orders] or null, found \"none\""},
      {R"({"messages": 1, "checkpoints": [
          {"after_messages": 5, "bid": null, "ask": [1, 2], "live_orders": 0}]})",
       "x.json: checkpoints[0].ask: expected [price, size, orders] or null, found array"},
      {R"({"messages": 1, "checkpoints": [
          {"after_messages": 5, "bid": [1e3, 2, 3], "ask": null, "live_orders": 0}]})",
       "x.json: checkpoints[0].bid[0]: expected an integer, found 1000.0"},
      {R"({"messages": 1, "checkpoints": [
          {"after_messages": 5, "bid": [9223372036854775808, 2, 3], "ask": null,
           "live_orders": 0}]})",
       "x.json: checkpoints[0].bid[0]: expected an integer, found 9223372036854775808"},
      {R"({"messages": 1, "checkpoints": [
          {"after_messages": 5, "bid": [1, -2, 3], "ask": null, "live_orders": 0}]})",
       "x.json: checkpoints[0].bid[1]: expected a whole number of at least 0, found -2"},
      {R"({"messages": 1, "checkpoints": [
          {"after_messages": 5, "bid": [1, 2, 4294967296], "ask": null, "live_orders": 0}]})",
       "x.json: checkpoints[0].bid[2]: expected a number of orders, found 4294967296"},
  };
  for (const Broken& broken : kBroken) {
    const auto expectation = Expectation::Parse(broken.json, "x.json");
    ASSERT_FALSE(expectation.ok()) << broken.json;
    EXPECT_EQ(std::string(expectation.status().message()), broken.error);
  }
}

TEST(ExpectationTest, SurvivesHostileText) {
  // Deep nesting, bytes that are no UTF-8, and every way to cut a good file short.
  EXPECT_FALSE(Expectation::Parse(std::string(1'000'000, '['), "x.json").ok());
  EXPECT_FALSE(
      Expectation::Parse(std::string(300'000, '[') + std::string(300'000, ']'), "x.json").ok());
  EXPECT_FALSE(Expectation::Parse("{\"messages\": \"\xFF\xFE\"}", "x.json").ok());
  const std::string whole = kItch;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(Expectation::Parse(whole.substr(0, length), "x.json").ok()) << length;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'\0', '"', '{', ']', '-', '9', '\xFF'}) {
      std::string changed = whole;
      changed[at] = c;
      const auto expectation = Expectation::Parse(changed, "x.json");
      if (expectation.ok()) expectation->Compare(SessionResult{}).IgnoreError();
    }
  }
}

TEST(ExpectationTest, NamesAFileThatCannotBeRead) {
  for (const std::string& path : {std::string("/nonexistent/x.json"), testing::TempDir()}) {
    const auto expectation = Expectation::Load(path);
    ASSERT_FALSE(expectation.ok()) << path;
    EXPECT_NE(std::string(expectation.status().message()).find(path), std::string::npos)
        << expectation.status();
  }
}

TEST(ExpectationTest, LoadsAFileAndCallsItByItsLastName) {
  const std::string path = testing::TempDir() + "/expectation_test.json";
  std::ofstream(path) << R"({"messages": 3})";
  const auto expectation = Expectation::Load(path);
  ASSERT_TRUE(expectation.ok()) << expectation.status();
  EXPECT_EQ(std::string(expectation->Compare(SessionResult{}).message()),
            "expectation_test.json: messages: expected 3, found 0");
}

}  // namespace
}  // namespace market_data
