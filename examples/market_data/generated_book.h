#ifndef EXAMPLES_MARKET_DATA_GENERATED_BOOK_H_
#define EXAMPLES_MARKET_DATA_GENERATED_BOOK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace market_data {

// GeneratedBook is what the session generator knows of one instrument's orders: enough to write
// only messages that are valid, and to execute in the order of price and time. Prices are levels in
// [0, kLevels), in ticks. It is simpler than the book that the example builds from the messages,
// and shares no code with it, so that one can be checked against the other.
class GeneratedBook {
 public:
  static constexpr std::int32_t kLevels = 4096;
  static constexpr std::uint32_t kNoOrder = 0xffff'ffff;

  struct Order {
    std::uint64_t reference = 0;
    std::int32_t level = 0;
    std::uint32_t shares = 0;
    bool is_bid = false;

   private:
    friend class GeneratedBook;
    std::uint32_t older = kNoOrder;
    std::uint32_t newer = kNoOrder;
    std::uint32_t live_position = 0;
  };

  GeneratedBook();

  // Add requires a level that does not cross the other side's best.
  void Add(std::uint64_t reference, bool is_bid, std::int32_t level, std::uint32_t shares);

  // Reduce takes `shares`, at most all, from a live order and removes it at 0.
  void Reduce(std::uint32_t order, std::uint32_t shares);

  [[nodiscard]] const Order& order(std::uint32_t index) const { return orders_[index]; }
  [[nodiscard]] std::size_t live() const { return live_.size(); }
  // live_order gives the live order at `position` < live(), in no meaningful order.
  [[nodiscard]] std::uint32_t live_order(std::size_t position) const { return live_[position]; }

  // The best levels; an empty side gives -1 or kLevels, which never cross.
  [[nodiscard]] std::int32_t best_bid() const { return best_bid_; }
  [[nodiscard]] std::int32_t best_ask() const { return best_ask_; }
  // Oldest is the first order to execute at a level, kNoOrder at an empty one.
  [[nodiscard]] std::uint32_t Oldest(std::int32_t level) const { return levels_[level].oldest; }

 private:
  struct Level {
    std::uint32_t oldest = kNoOrder;
    std::uint32_t newest = kNoOrder;
  };

  void Remove(std::uint32_t index);

  std::vector<Order> orders_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> live_;
  std::array<Level, kLevels> levels_ = {};
  std::int32_t best_bid_ = -1;
  std::int32_t best_ask_ = kLevels;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_GENERATED_BOOK_H_
