#include "examples/market_data/order_table.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace market_data {
namespace {

constexpr std::size_t kMinSlots = 16;

}  // namespace

OrderTable::OrderTable(std::uint64_t max_orders, std::uint64_t reserved_orders)
    : max_orders_(max_orders) {
  Rehash(kMinSlots);
  Reserve(reserved_orders);
}

void OrderTable::Reserve(std::uint64_t orders) {
  const std::uint64_t slots = std::bit_ceil(std::min(orders, max_orders_) * 2);
  if (slots > slots_.size()) Rehash(slots);
}

OrderTable::InsertResult OrderTable::Insert(std::uint64_t id, std::uint32_t instrument) {
  std::size_t at = Home(id, instrument);
  while (slots_[at].side != Side::kNone) {
    if (slots_[at].id == id && slots_[at].instrument == instrument) {
      return {InsertStatus::kDuplicate, &slots_[at]};
    }
    at = (at + 1) & mask_;
  }
  if (size_ == max_orders_) [[unlikely]]
    return {InsertStatus::kFull, nullptr};
  if ((size_ + 1) * 2 > slots_.size()) [[unlikely]] {
    Rehash(slots_.size() * 2);
    at = Home(id, instrument);
    while (slots_[at].side != Side::kNone) at = (at + 1) & mask_;
  }
  ++size_;
  slots_[at].id = id;
  slots_[at].instrument = instrument;
  return {InsertStatus::kInserted, &slots_[at]};
}

void OrderTable::Erase(RestingOrder* order) {
  auto hole = static_cast<std::size_t>(order - slots_.data());
  --size_;
  for (std::size_t at = (hole + 1) & mask_; slots_[at].side != Side::kNone; at = (at + 1) & mask_) {
    const std::size_t home = Home(slots_[at].id, slots_[at].instrument);
    // An order may move into the hole unless its home lies behind the hole: a search that starts
    // there would no longer come by.
    if (((at - home) & mask_) >= ((at - hole) & mask_)) {
      slots_[hole] = slots_[at];
      hole = at;
    }
  }
  slots_[hole].side = Side::kNone;
}

void OrderTable::EraseInstrument(std::uint32_t instrument) {
  for (std::size_t at = 0; at < slots_.size();) {
    if (slots_[at].side != Side::kNone && slots_[at].instrument == instrument) {
      Erase(&slots_[at]);  // another order may have moved here: look at this slot again
    } else {
      ++at;
    }
  }
}

void OrderTable::Rehash(std::size_t slots) {
  std::vector<RestingOrder> old(slots);
  std::swap(old, slots_);
  mask_ = slots - 1;
  shift_ = 64 - std::countr_zero(slots);
  for (const RestingOrder& order : old) {
    if (order.side == Side::kNone) continue;
    std::size_t at = Home(order.id, order.instrument);
    while (slots_[at].side != Side::kNone) at = (at + 1) & mask_;
    slots_[at] = order;
  }
}

}  // namespace market_data
