#ifndef EXAMPLES_MARKET_DATA_ORDER_TABLE_H_
#define EXAMPLES_MARKET_DATA_ORDER_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "examples/market_data/market_event.h"

namespace market_data {

// RestingOrder is one live order. `instrument` is the dense number of InstrumentIndex; `side` kNone
// marks an empty slot of the table.
struct alignas(32) RestingOrder {
  std::uint64_t id = 0;
  std::int64_t price = 0;
  std::uint32_t size = 0;
  std::uint32_t instrument = 0;
  Side side = Side::kNone;
};
static_assert(sizeof(RestingOrder) == 32, "two orders share a cache line, none lies on two");

// OrderTable maps (order id, instrument) to the live order.
//
// It is an open-addressing table: a power of two of slots, at most half of them used, linear
// probing, and removal by moving the followers back, so that there are no tombstones and the table
// does not age. On a full market nearly every look-up misses the caches: Prefetch() early.
//
//   Threads  one.
//   Memory   64 to 128 bytes a live order. Doubles when half full, up to the bound; no allocation
//            while the number of live orders stays below what it has ever been, or was reserved.
//   Cost     one cache line mostly, two with a likelihood of about a tenth.
class OrderTable {
 public:
  enum class InsertStatus : std::uint8_t { kInserted, kDuplicate, kFull };
  struct InsertResult {
    InsertStatus status;
    // The new order (id, instrument and nothing else set: set the side at once), or the one that
    // was there, or null when the table is full.
    RestingOrder* order;
  };

  // The table never holds more than `max_orders` and starts with room for `reserved_orders`.
  OrderTable(std::uint64_t max_orders, std::uint64_t reserved_orders);

  std::uint64_t size() const { return size_; }
  std::uint64_t max_orders() const { return max_orders_; }

  // Reserve makes room for `orders`, or for the bound if that is less.
  void Reserve(std::uint64_t orders);

  // Prefetch asks for the line on which the order's search will start.
  void Prefetch(std::uint64_t id, std::uint32_t instrument) const {
    __builtin_prefetch(&slots_[Home(id, instrument)], 1);
  }

  // Find returns the order or null. The pointer holds until the next Insert or Erase.
  RestingOrder* Find(std::uint64_t id, std::uint32_t instrument) {
    for (std::size_t at = Home(id, instrument);; at = (at + 1) & mask_) {
      RestingOrder& slot = slots_[at];
      if (slot.id == id && slot.instrument == instrument && slot.side != Side::kNone) return &slot;
      if (slot.side == Side::kNone) return nullptr;
    }
  }

  InsertResult Insert(std::uint64_t id, std::uint32_t instrument);

  // Erase removes an order that Find or Insert returned.
  void Erase(RestingOrder* order);

  // EraseInstrument removes all orders of `instrument`. Cost: a walk over the whole table.
  void EraseInstrument(std::uint32_t instrument);

 private:
  std::size_t Home(std::uint64_t id, std::uint32_t instrument) const {
    // Multiplicative hashing: the high bits depend on all bits of both. The factors are odd numbers
    // without structure (the fractions of the golden ratio and of the square root of 3).
    const std::uint64_t mixed = id * 0x9E3779B97F4A7C15u + instrument * 0xBB67AE8584CAA73Bu;
    return static_cast<std::size_t>((mixed ^ (mixed >> 32)) * 0x9E3779B97F4A7C15u >> shift_);
  }
  void Rehash(std::size_t slots);

  std::uint64_t max_orders_;
  std::uint64_t size_ = 0;
  std::size_t mask_ = 0;
  int shift_ = 0;
  std::vector<RestingOrder> slots_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_ORDER_TABLE_H_
