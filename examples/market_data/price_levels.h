#ifndef EXAMPLES_MARKET_DATA_PRICE_LEVELS_H_
#define EXAMPLES_MARKET_DATA_PRICE_LEVELS_H_

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "examples/market_data/market_event.h"

namespace market_data {

// PriceLevels is one side of a book: total size and number of orders per price.
//
// The levels lie in one array with the best at its end. Most messages are about prices near the
// best, so a search from the end touches one or two lines, and inserting or erasing there moves
// little. Far levels are found by bisection.
//
//   Threads  one.
//   Memory   24 bytes a level; grows when a side is deeper than ever before, never shrinks.
class PriceLevels {
 public:
  struct Level {
    // The price, complemented on the ask side: a higher rank is a better price on both sides.
    std::int64_t rank = 0;
    std::uint64_t size = 0;
    std::uint32_t orders = 0;
  };

  explicit PriceLevels(Side side) : flip_(side == Side::kAsk ? -1 : 0) {}

  void Reserve(std::size_t levels) { levels_.reserve(levels); }
  void Clear() { levels_.clear(); }
  bool empty() const { return levels_.empty(); }
  std::size_t size() const { return levels_.size(); }

  // Requires  not empty.
  const Level& Best() const { return levels_.back(); }
  std::int64_t BestPrice() const { return levels_.back().rank ^ flip_; }

  // Add puts one order of `size` at `price`.
  void Add(std::int64_t price, std::uint64_t size) {
    const std::int64_t rank = price ^ flip_;
    const std::size_t at = LowerBound(rank);
    if (at == levels_.size() || levels_[at].rank != rank) {
      levels_.insert(levels_.begin() + static_cast<std::ptrdiff_t>(at), Level{rank, size, 1});
      return;
    }
    levels_[at].size += size;
    ++levels_[at].orders;
  }

  // Reduce takes `size` from an order that stays. Requires an order of at least that size there.
  void Reduce(std::int64_t price, std::uint64_t size) { At(price).size -= size; }

  // Remove takes a whole order of `size` away, and the level with its last order. Requires such an
  // order there.
  void Remove(std::int64_t price, std::uint64_t size) {
    Level& level = At(price);
    if (level.orders == 1) {
      levels_.erase(levels_.begin() + (&level - levels_.data()));
      return;
    }
    level.size -= size;
    --level.orders;
  }

 private:
  // How many levels are looked at one by one before bisection.
  static constexpr std::size_t kNear = 16;

  // LowerBound returns the index of the first level whose rank is not below `rank`.
  std::size_t LowerBound(std::int64_t rank) const {
    std::size_t at = levels_.size();
    const std::size_t stop = at > kNear ? at - kNear : 0;
    while (at > stop) {
      if (levels_[at - 1].rank < rank) return at;
      --at;
    }
    const auto first = levels_.begin();
    const auto found = std::lower_bound(
        first, first + static_cast<std::ptrdiff_t>(stop), rank,
        [](const Level& level, std::int64_t wanted) { return level.rank < wanted; });
    return static_cast<std::size_t>(found - first);
  }

  Level& At(std::int64_t price) {
    const std::int64_t rank = price ^ flip_;
    const std::size_t at = LowerBound(rank);
    assert(at < levels_.size() && levels_[at].rank == rank);
    return levels_[at];
  }

  // All ones on the ask side. The complement orders like the negative, and exists for every price.
  std::int64_t flip_;
  std::vector<Level> levels_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_PRICE_LEVELS_H_
