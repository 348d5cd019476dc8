#include "examples/market_data/session_generator.h"

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "examples/market_data/feed_format.h"
#include "examples/market_data/itch_decoder.h"
#include "examples/market_data/itch_reader.h"
#include "gtest/gtest.h"

namespace market_data {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes Generate(const SessionOptions& options) {
  const absl::StatusOr<Bytes> session = GenerateItchSession(options);
  EXPECT_TRUE(session.ok()) << session.status();
  return session.value_or(Bytes());
}

unsigned long Crc32(const Bytes& bytes) {
  return crc32(crc32(0, nullptr, 0), bytes.data(), static_cast<uInt>(bytes.size()));
}

// Checker keeps the books of a session in the plainest way and fails on whatever a real feed could
// not have sent.
class Checker {
 public:
  void Check(const Bytes& session) {
    ItchReader reader(session);
    std::span<const std::uint8_t> bytes;
    BookMessage message;
    ReadResult result;
    while ((result = reader.Next(bytes)) == ReadResult::kMessage && !testing::Test::HasFailure()) {
      SCOPED_TRACE(testing::Message() << "message " << messages_ << ", " << message.type);
      ASSERT_TRUE(DecodeItch(bytes, message));
      ASSERT_GE(message.time_ns, last_ns_);
      last_ns_ = message.time_ns;
      if (messages_++ == 0) first_ns_ = message.time_ns;
      ++by_type_[message.type];
      Apply(message, bytes);
    }
    ASSERT_EQ(result, ReadResult::kEnd) << reader.error().ToString();
  }

  std::uint64_t messages() const { return messages_; }
  std::uint64_t count(char type) { return by_type_[type]; }
  std::uint64_t unknown() const { return unknown_; }
  std::uint64_t duration_ns() const { return last_ns_ - first_ns_; }
  std::size_t instruments() const { return symbols_.size(); }
  std::size_t types() const { return by_type_.size(); }
  std::size_t live_orders() const { return orders_.size(); }
  std::uint64_t top_changes() const { return top_changes_; }

 private:
  struct Order {
    std::uint32_t locate = 0;
    bool is_bid = false;
    std::int64_t price = 0;
    std::uint64_t shares = 0;
  };
  using Levels = std::map<std::int64_t, std::uint64_t>;  // price to shares

  void Apply(const BookMessage& message, std::span<const std::uint8_t> bytes) {
    switch (message.type) {
      case 'R':
        ASSERT_TRUE(symbols_.emplace(message.instrument, ItchSymbol(message.new_order_id)).second);
        ASSERT_TRUE(names_.insert(ItchSymbol(message.new_order_id)).second);
        return;
      case 'S':
      case 'V':
        ASSERT_EQ(message.instrument, 0u);
        return;
      default:
        ASSERT_TRUE(symbols_.contains(message.instrument));
    }
    const auto found = orders_.find(message.order_id);
    switch (message.type) {
      case 'A':
      case 'F':
        ASSERT_TRUE(message.side == Side::kBid || message.side == Side::kAsk);
        ASSERT_EQ(std::string(bytes.begin() + 24, bytes.begin() + 32)
                      .substr(0, symbols_[message.instrument].size()),
                  symbols_[message.instrument]);
        Add(message.order_id,
            {message.instrument, message.side == Side::kBid, message.price, message.size});
        break;
      case 'E':
      case 'C':
      case 'X':
      case 'D':
      case 'U': {
        if (found == orders_.end()) {
          ASSERT_EQ(message.type, 'D');
          ++unknown_;
          return;
        }
        Order order = found->second;
        ASSERT_EQ(order.locate, message.instrument);
        if (message.type == 'E' || message.type == 'C') {
          const Levels& levels = LevelsOf(order);
          const std::int64_t best = order.is_bid ? levels.rbegin()->first : levels.begin()->first;
          ASSERT_EQ(order.price, best) << "executed behind a better price";
        }
        Take(order, order.shares);
        orders_.erase(found);
        if (message.type == 'U') {
          ASSERT_GT(message.size, 0u);
          order.price = message.price;
          order.shares = message.size;
          Add(message.new_order_id, order);
        } else if (message.type != 'D') {
          ASSERT_GT(message.size, 0u);
          ASSERT_LE(message.size, order.shares);
          ASSERT_TRUE(message.type != 'X' || message.size < order.shares);
          order.shares -= message.size;
          if (order.shares != 0) Add(message.order_id, order);
        }
        break;
      }
      default:
        return;
    }
    const Levels& bids = bids_[message.instrument];
    const Levels& asks = asks_[message.instrument];
    const std::int64_t bid = bids.empty() ? 0 : bids.rbegin()->first;
    const std::int64_t ask = asks.empty() ? 0 : asks.begin()->first;
    ASSERT_TRUE(bids.empty() || asks.empty() || bid < ask) << "crossed";
    std::pair<std::int64_t, std::int64_t>& top = tops_[message.instrument];
    if (top != std::pair(bid, ask)) ++top_changes_;
    top = {bid, ask};
  }

  Levels& LevelsOf(const Order& order) { return (order.is_bid ? bids_ : asks_)[order.locate]; }

  void Add(std::uint64_t reference, const Order& order) {
    ASSERT_GT(order.shares, 0u);
    ASSERT_GT(order.price, 0);
    ASSERT_LE(order.price, 2'000'000'000);
    ASSERT_TRUE(orders_.emplace(reference, order).second) << "reference used twice";
    LevelsOf(order)[order.price] += order.shares;
  }

  void Take(const Order& order, std::uint64_t shares) {
    Levels& levels = LevelsOf(order);
    if ((levels[order.price] -= shares) == 0) levels.erase(order.price);
  }

  std::uint64_t messages_ = 0;
  std::uint64_t unknown_ = 0;
  std::uint64_t top_changes_ = 0;
  std::uint64_t first_ns_ = 0;
  std::uint64_t last_ns_ = 0;
  std::map<char, std::uint64_t> by_type_;
  std::map<std::uint32_t, std::string> symbols_;
  std::set<std::string> names_;
  std::unordered_map<std::uint64_t, Order> orders_;
  std::map<std::uint32_t, Levels> bids_;
  std::map<std::uint32_t, Levels> asks_;
  std::map<std::uint32_t, std::pair<std::int64_t, std::int64_t>> tops_;
};

TEST(SessionGeneratorTest, GivesTheSameBytesOnEveryMachine) {
  EXPECT_EQ(Crc32(Generate({})), 2182039445u);
  EXPECT_EQ(Crc32(Generate({.messages = 20'000, .instruments = 3, .seed = 7})), 244649633u);
}

TEST(SessionGeneratorTest, GivesAnotherSessionForAnotherSeed) {
  EXPECT_NE(Generate({.messages = 5000, .seed = 1}), Generate({.messages = 5000, .seed = 2}));
}

TEST(SessionGeneratorTest, IsValidAndLooksLikeATradingDay) {
  Checker checker;
  checker.Check(Generate({}));
  const double all = 400'000;
  EXPECT_EQ(checker.messages(), 400'000u);
  EXPECT_EQ(checker.instruments(), 8u);
  EXPECT_EQ(checker.unknown(), 0u);
  EXPECT_EQ(checker.types(), 18u);
  EXPECT_NEAR((checker.count('A') + checker.count('F')) / all, 0.45, 0.02);
  EXPECT_NEAR(checker.count('D') / all, 0.40, 0.02);
  EXPECT_NEAR((checker.count('E') + checker.count('C')) / all, 0.05, 0.01);
  for (const char type : std::string("FCXUPQBIHYLRN")) EXPECT_GE(checker.count(type), 8u) << type;
  EXPECT_EQ(checker.count('S'), 6u);
  // 50,000 messages a second.
  EXPECT_NEAR(static_cast<double>(checker.duration_ns()), 8e9, 0.4e9);
  EXPECT_GT(checker.live_orders(), 1000u);
  EXPECT_LT(checker.live_orders(), 3000u);
  EXPECT_GT(checker.top_changes(), 20'000u);
}

TEST(SessionGeneratorTest, IsValidForManyShapes) {
  for (const std::uint32_t instruments : {1, 2, 50, 999}) {
    for (const std::uint64_t seed : {0, 3, 99}) {
      SCOPED_TRACE(testing::Message() << instruments << " instruments, seed " << seed);
      Checker checker;
      checker.Check(Generate({.messages = 30'000, .instruments = instruments, .seed = seed}));
      EXPECT_EQ(checker.messages(), 30'000u);
      EXPECT_EQ(checker.instruments(), instruments);
    }
  }
}

TEST(SessionGeneratorTest, KeepsOneInstrumentInRangeForALongTime) {
  Checker checker;
  checker.Check(Generate({.messages = 1'000'000, .instruments = 1, .seed = 11}));
  EXPECT_EQ(checker.messages(), 1'000'000u);
}

TEST(SessionGeneratorTest, SendsExactlyTheUnknownReferencesAskedFor) {
  Checker checker;
  checker.Check(Generate({.messages = 10'000, .instruments = 2, .unknown_references = 84}));
  EXPECT_EQ(checker.unknown(), 84u);
  EXPECT_EQ(checker.messages(), 10'000u);
}

TEST(SessionGeneratorTest, FollowsTheRateAskedFor) {
  Checker checker;
  checker.Check(Generate({.messages = 100'000, .messages_per_second = 1'000'000}));
  EXPECT_NEAR(static_cast<double>(checker.duration_ns()), 0.1e9, 0.01e9);
}

TEST(SessionGeneratorTest, ComesDownToTheSmallestSession) {
  Checker checker;
  checker.Check(Generate({.messages = 14, .instruments = 1}));
  EXPECT_EQ(checker.messages(), 14u);
  EXPECT_EQ(checker.live_orders(), 0u);
}

TEST(SessionGeneratorTest, IsDetectedAsItch) {
  EXPECT_EQ(DetectFeedFormat(Generate({.messages = 100})).value_or(FeedFormat::kDbn),
            FeedFormat::kItch);
}

TEST(SessionGeneratorTest, RefusesOptionsOutOfRangeAndNamesTheRange) {
  const auto text = [](const SessionOptions& options) {
    return std::string(GenerateItchSession(options).status().message());
  };
  EXPECT_EQ(text({.instruments = 0}),
            "session option instruments is 0; give a number from 1 to 999");
  EXPECT_EQ(text({.instruments = 1000}),
            "session option instruments is 1000; give a number from 1 to 999");
  EXPECT_EQ(text({.messages = 62}),
            "session option messages is 62; give a number from 63 to 100000000");
  EXPECT_EQ(text({.messages = 63, .unknown_references = 1}),
            "session option messages is 63; give a number from 64 to 100000000");
  EXPECT_EQ(text({.messages_per_second = 0}),
            "session option messages_per_second is 0; give a number from 10 to 1000000000");
}

}  // namespace
}  // namespace market_data
