#ifndef EXAMPLES_MARKET_DATA_INSTRUMENT_INDEX_H_
#define EXAMPLES_MARKET_DATA_INSTRUMENT_INDEX_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace market_data {

// InstrumentIndex gives every instrument id a dense number 0, 1, 2, ... in the order of first
// appearance, up to a bound: ids are 16 bits in one feed and 32 in the other, so they cannot be
// array indices themselves, and a hostile file may use all of them.
//
//   Threads  one; each stage that keeps state by instrument has its own.
//   Memory   8 bytes for each of twice the bound, taken in the constructor, never more.
//   Cost     one multiplication and, with the table at most half full, about one line.
class InstrumentIndex {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  explicit InstrumentIndex(std::uint32_t max_instruments)
      : max_instruments_(max_instruments == 0 ? 1 : max_instruments),
        shift_(32 - std::bit_width(std::uint64_t{max_instruments_} * 2 - 1)),
        slots_(std::size_t{1} << (32 - shift_)) {}

  std::uint32_t size() const { return size_; }

  // Find returns the number of `instrument`, or kNone when it has none.
  std::uint32_t Find(std::uint32_t instrument) const { return slots_[Locate(instrument)].number; }

  // FindOrAdd returns the number of `instrument`, a new one when it had none, or kNone when the
  // bound is reached.
  std::uint32_t FindOrAdd(std::uint32_t instrument) {
    Slot& slot = slots_[Locate(instrument)];
    if (slot.number == kNone) [[unlikely]] {
      if (size_ == max_instruments_) return kNone;
      slot = {.instrument = instrument, .number = size_++};
    }
    return slot.number;
  }

 private:
  struct Slot {
    std::uint32_t instrument = 0;
    std::uint32_t number = kNone;
  };

  // Locate returns the slot that holds `instrument` or the empty one where it belongs; there always
  // is an empty one because at most half of the slots are used.
  std::size_t Locate(std::uint32_t instrument) const {
    // The golden ratio's fraction: neighbouring ids, the usual case, never collide.
    std::size_t at = static_cast<std::uint32_t>(instrument * 0x9E3779B9u) >> shift_;
    while (slots_[at].number != kNone && slots_[at].instrument != instrument) {
      at = (at + 1) & (slots_.size() - 1);
    }
    return at;
  }

  std::uint32_t max_instruments_;
  int shift_;
  std::uint32_t size_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_INSTRUMENT_INDEX_H_
