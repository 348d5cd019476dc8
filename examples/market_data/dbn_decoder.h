#ifndef EXAMPLES_MARKET_DATA_DBN_DECODER_H_
#define EXAMPLES_MARKET_DATA_DBN_DECODER_H_

#include <array>
#include <cstdint>
#include <span>

#include "examples/market_data/byte_order.h"
#include "examples/market_data/dbn_format.h"
#include "examples/market_data/market_event.h"

namespace market_data {

namespace internal {

constexpr std::array<MessageKind, 256> DbnKinds() {
  std::array<MessageKind, 256> kinds = {};
  kinds['A'] = MessageKind::kAdd;
  kinds['M'] = MessageKind::kModify;
  kinds['C'] = MessageKind::kReduce;
  kinds['R'] = MessageKind::kClear;
  return kinds;
}

inline constexpr std::array<MessageKind, 256> kDbnKinds = DbnKinds();

}  // namespace internal

// DecodeDbn fills every field of `out` from one market-by-order record.
//
//   Returns  false, with `out` of kind kOther and nothing else set, when the record is shorter than
//            a market-by-order record or of another type. Records from a DbnReader never are.
//   Fields   `time_ns` is ts_event, the exchange's clock; `price` is kNoPrice where the record's is
//            undefined; `new_order_id` is 0; `end_of_event` is flag 0x80; an action that the format
//            does not know is kOther.
//   Cost     no branch that depends on the action; never reads past the record.
[[nodiscard]] inline bool DecodeDbn(std::span<const std::uint8_t> record, BookMessage& out) {
  if (record.size() < kDbnMboBytes || record[kDbnRecordTypeOffset] != kDbnMboType) [[unlikely]] {
    out = BookMessage{};
    return false;
  }
  const std::uint8_t* const bytes = record.data();
  const auto price = static_cast<std::int64_t>(LoadLittle64(bytes + kDbnPriceOffset));
  const std::uint8_t action = bytes[kDbnActionOffset];
  const std::uint8_t side = bytes[kDbnSideOffset];
  out.order_id = LoadLittle64(bytes + kDbnOrderIdOffset);
  out.new_order_id = 0;
  out.price = price == kDbnUndefinedPrice ? kNoPrice : price;
  out.time_ns = LoadLittle64(bytes + kDbnTsEventOffset);
  out.size = LoadLittle32(bytes + kDbnSizeOffset);
  out.instrument = LoadLittle32(bytes + kDbnInstrumentOffset);
  out.kind = internal::kDbnKinds[action];
  out.side = static_cast<Side>(int{side == 'B'} + 2 * int{side == 'A'});
  out.type = static_cast<char>(action);
  out.end_of_event = (bytes[kDbnFlagsOffset] & kDbnFlagLast) != 0;
  return true;
}

// kNoRecordedTime is the time of a record that has none of its own: it goes out together with the
// record before it.
inline constexpr std::uint64_t kNoRecordedTime = 0;

// DbnTimeNs is when a record was captured (ts_recv, ns since 1970 UTC), for a source that paces
// records before they are decoded. A snapshot record (flag 0x20) gives kNoRecordedTime: its ts_recv
// is a date and its ts_event lies hours before the first live record, so neither is a pace.
// Requires a record from a DbnReader.
[[nodiscard]] inline std::uint64_t DbnTimeNs(std::span<const std::uint8_t> record) {
  const std::uint8_t* const bytes = record.data();
  if ((bytes[kDbnFlagsOffset] & kDbnFlagSnapshot) != 0) return kNoRecordedTime;
  return LoadLittle64(bytes + kDbnTsRecvOffset);
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_DBN_DECODER_H_
