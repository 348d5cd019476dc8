#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "examples/market_data/instrument_summary.h"
#include "examples/market_data/market_event.h"
#include "examples/market_data/order_book.h"
#include "gtest/gtest.h"

namespace market_data {
namespace {

// NaiveBooks follows the same rules the slow and obvious way: every order in one map, and the top
// found by looking at all of them.
class NaiveBooks {
 public:
  TopOfBook Apply(const BookMessage& message) {
    const std::pair key(message.instrument, message.order_id);
    const auto order = orders_.find(key);
    switch (message.kind) {
      case MessageKind::kAdd:
        Add(key, {message.side, message.price, message.size});
        break;
      case MessageKind::kExecute:
      case MessageKind::kReduce:
        if (order == orders_.end()) {
          ++unknown;
        } else if (message.size >= order->second.size) {
          over += message.size > order->second.size ? 1 : 0;
          orders_.erase(order);
        } else {
          order->second.size -= message.size;
        }
        break;
      case MessageKind::kDelete:
        unknown += orders_.erase(key) == 0 ? 1 : 0;
        break;
      case MessageKind::kReplace:
        if (order == orders_.end()) {
          ++unknown;
        } else {
          const Side side = order->second.side;
          orders_.erase(order);
          Add({message.instrument, message.new_order_id}, {side, message.price, message.size});
        }
        break;
      case MessageKind::kModify:
        if (order == orders_.end()) {
          ++unknown;
        } else {
          order->second.price = message.price;
          order->second.size = message.size;
        }
        break;
      case MessageKind::kClear:
        std::erase_if(orders_,
                      [&](const auto& entry) { return entry.first.first == message.instrument; });
        break;
      default:
        break;
    }
    return Top(message.instrument);
  }

  std::uint64_t live() const { return orders_.size(); }

  std::uint64_t unknown = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t over = 0;

 private:
  struct NaiveOrder {
    Side side;
    std::int64_t price;
    std::uint32_t size;
  };
  using Key = std::pair<std::uint32_t, std::uint64_t>;

  void Add(const Key& key, const NaiveOrder& order) {
    duplicates += orders_.emplace(key, order).second ? 0 : 1;
  }

  TopOfBook Top(std::uint32_t instrument) const {
    TopOfBook top;
    const auto end = orders_.lower_bound({instrument + 1, 0});
    for (auto at = orders_.lower_bound({instrument, 0}); at != end; ++at) {
      const NaiveOrder& order = at->second;
      if (order.side == Side::kBid) {
        if (top.bid_orders == 0 || order.price > top.bid_price) {
          top.bid_price = order.price;
          top.bid_size = 0;
          top.bid_orders = 0;
        }
        if (order.price == top.bid_price) {
          top.bid_size += order.size;
          ++top.bid_orders;
        }
      } else {
        if (top.ask_orders == 0 || order.price < top.ask_price) {
          top.ask_price = order.price;
          top.ask_size = 0;
          top.ask_orders = 0;
        }
        if (order.price == top.ask_price) {
          top.ask_size += order.size;
          ++top.ask_orders;
        }
      }
    }
    return top;
  }

  std::map<Key, NaiveOrder> orders_;
};

// Few ids and prices, so that unknown, duplicate and colliding ones are as common as good ones.
BookMessage RandomMessage(std::mt19937_64& random, std::uint64_t ids, std::int64_t prices) {
  const auto pick = [&](std::uint64_t n) { return random() % n; };
  BookMessage message;
  message.instrument = static_cast<std::uint32_t>(pick(3)) * 0x7FFFFFFFu;
  message.order_id = pick(ids);
  message.new_order_id = pick(ids);
  message.price = static_cast<std::int64_t>(pick(static_cast<std::uint64_t>(prices))) - prices / 2;
  message.size = static_cast<std::uint32_t>(pick(50)) + 1;
  message.side = pick(2) == 0 ? Side::kBid : Side::kAsk;
  const std::uint64_t dice = pick(1000);
  message.kind = dice < 500   ? MessageKind::kAdd
                 : dice < 600 ? MessageKind::kExecute
                 : dice < 650 ? MessageKind::kReduce
                 : dice < 750 ? MessageKind::kDelete
                 : dice < 850 ? MessageKind::kReplace
                 : dice < 990 ? MessageKind::kModify
                 : dice < 992 ? MessageKind::kClear
                              : MessageKind::kOther;
  return message;
}

struct Mix {
  std::uint64_t ids;
  std::int64_t prices;
};

class OrderBookRandomTest : public testing::TestWithParam<Mix> {};

TEST_P(OrderBookRandomTest, EqualsANaiveBookAfterEveryMessage) {
  const auto [ids, prices] = GetParam();
  std::mt19937_64 random(ids * 1000 + static_cast<std::uint64_t>(prices));
  // Nothing is reserved, so that growing is tested too.
  Books books({.reserved_instruments = 0, .reserved_orders = 0, .reserved_levels_per_side = 0});
  NaiveBooks naive;
  for (int i = 0; i < 20'000; ++i) {
    const BookMessage message = RandomMessage(random, ids, prices);
    TopOfBook top;
    books.Apply(message, top);
    ASSERT_EQ(top, naive.Apply(message)) << "after message " << i;
    ASSERT_EQ(books.live_orders(), naive.live()) << "after message " << i;
  }
  const BookCounters totals = books.Totals();
  EXPECT_EQ(totals.unknown_references, naive.unknown);
  EXPECT_EQ(totals.duplicate_adds, naive.duplicates);
  EXPECT_EQ(totals.over_reductions, naive.over);
}

INSTANTIATE_TEST_SUITE_P(Mixes, OrderBookRandomTest,
                         testing::Values(Mix{20, 5}, Mix{200, 10}, Mix{1000, 400},
                                         Mix{3000, 1'000'000}));

}  // namespace
}  // namespace market_data
