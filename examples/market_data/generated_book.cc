#include "examples/market_data/generated_book.h"

#include <algorithm>

namespace market_data {

GeneratedBook::GeneratedBook() {
  orders_.reserve(1024);
  live_.reserve(1024);
}

void GeneratedBook::Add(std::uint64_t reference, bool is_bid, std::int32_t level,
                        std::uint32_t shares) {
  std::uint32_t index;
  if (free_.empty()) {
    index = static_cast<std::uint32_t>(orders_.size());
    orders_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
  }
  Level& queue = levels_[level];
  Order& order = orders_[index];
  order.reference = reference;
  order.level = level;
  order.shares = shares;
  order.is_bid = is_bid;
  order.older = queue.newest;
  order.newer = kNoOrder;
  order.live_position = static_cast<std::uint32_t>(live_.size());
  live_.push_back(index);
  (queue.newest == kNoOrder ? queue.oldest : orders_[queue.newest].newer) = index;
  queue.newest = index;
  if (is_bid) {
    best_bid_ = std::max(best_bid_, level);
  } else {
    best_ask_ = std::min(best_ask_, level);
  }
}

void GeneratedBook::Reduce(std::uint32_t index, std::uint32_t shares) {
  orders_[index].shares -= shares;
  if (orders_[index].shares == 0) Remove(index);
}

void GeneratedBook::Remove(std::uint32_t index) {
  const Order& order = orders_[index];
  Level& queue = levels_[order.level];
  (order.older == kNoOrder ? queue.oldest : orders_[order.older].newer) = order.newer;
  (order.newer == kNoOrder ? queue.newest : orders_[order.newer].older) = order.older;
  live_[order.live_position] = live_.back();
  orders_[live_.back()].live_position = order.live_position;
  live_.pop_back();
  free_.push_back(index);
  // No bid is above the best bid and no ask below the best ask, so the levels that these walks pass
  // belong to their own side or are empty.
  while (best_bid_ >= 0 && levels_[best_bid_].oldest == kNoOrder) --best_bid_;
  while (best_ask_ < kLevels && levels_[best_ask_].oldest == kNoOrder) ++best_ask_;
}

}  // namespace market_data
