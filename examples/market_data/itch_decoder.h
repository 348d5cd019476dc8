#ifndef EXAMPLES_MARKET_DATA_ITCH_DECODER_H_
#define EXAMPLES_MARKET_DATA_ITCH_DECODER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "examples/market_data/byte_order.h"
#include "examples/market_data/itch_format.h"
#include "examples/market_data/market_event.h"

namespace market_data {

namespace internal {

// ItchFields says where a type keeps what a BookMessage wants, so that one straight line of code
// decodes all types: a switch over types that come in random order costs a mispredicted jump every
// few messages, more than all the loads together. A field that a type lacks is read from the header
// and masked away, which keeps every read within the message.
struct ItchFields {
  std::uint8_t order_id = 0;
  std::uint8_t new_order_id = 0;
  std::uint8_t size = 0;
  std::uint8_t price = 0;
  std::uint8_t side = 0;
  MessageKind kind = MessageKind::kOther;
  std::uint64_t order_id_mask = 0;
  std::uint64_t new_order_id_mask = 0;
  std::uint64_t price_mask = 0;
  std::int64_t without_price = kNoPrice;
  std::uint32_t size_mask = 0;
};

constexpr ItchFields MakeItchFields(MessageKind kind, std::uint8_t order_id,
                                    std::uint8_t new_order_id, std::uint8_t size,
                                    std::uint8_t price, std::uint8_t side) {
  ItchFields fields;
  fields.kind = kind;
  fields.order_id = order_id;
  fields.new_order_id = new_order_id;
  fields.size = size;
  fields.price = price;
  fields.side = side;
  if (order_id != 0) fields.order_id_mask = ~std::uint64_t{0};
  if (new_order_id != 0) fields.new_order_id_mask = ~std::uint64_t{0};
  if (size != 0) fields.size_mask = ~std::uint32_t{0};
  if (price != 0) {
    fields.price_mask = ~std::uint64_t{0};
    fields.without_price = 0;
  }
  return fields;
}

// One entry per kind of layout, 0 for the types that say nothing about a book.
inline constexpr std::array<ItchFields, 10> kItchFields = {{
    MakeItchFields(MessageKind::kOther, 0, 0, 0, 0, 0),
    MakeItchFields(MessageKind::kDirectory, 0, 11, 0, 0, 0),   // R
    MakeItchFields(MessageKind::kAdd, 11, 0, 20, 32, 19),      // A F
    MakeItchFields(MessageKind::kExecute, 11, 0, 19, 0, 0),    // E
    MakeItchFields(MessageKind::kExecute, 11, 0, 19, 32, 0),   // C, printable
    MakeItchFields(MessageKind::kReduce, 11, 0, 19, 0, 0),     // X
    MakeItchFields(MessageKind::kDelete, 11, 0, 0, 0, 0),      // D
    MakeItchFields(MessageKind::kReplace, 11, 19, 27, 31, 0),  // U
    MakeItchFields(MessageKind::kTrade, 11, 0, 20, 32, 19),    // P
    MakeItchFields(MessageKind::kReduce, 11, 0, 19, 32, 0),    // C, not printable
}};
inline constexpr std::uint8_t kItchNonPrintable = 9;
inline constexpr std::size_t kItchPrintableOffset = 31;

constexpr std::array<std::uint8_t, 256> ItchFieldsIndex() {
  std::array<std::uint8_t, 256> index = {};
  index['R'] = 1;
  index['A'] = index['F'] = 2;
  index['E'] = 3;
  index['C'] = 4;
  index['X'] = 5;
  index['D'] = 6;
  index['U'] = 7;
  index['P'] = 8;
  return index;
}

inline constexpr std::array<std::uint8_t, 256> kItchFieldsIndex = ItchFieldsIndex();

}  // namespace internal

// DecodeItch fills every field of `out` from one message, without its length field.
//
//   Returns  false, with `out` of kind kOther and nothing else set, when the length is not that of
//            the type. Messages from an ItchReader never are; others (UDP payloads) may be.
//   Fields   that a message lacks are 0, kNoPrice or Side::kNone. `time_ns` is ns since midnight,
//            `instrument` the stock locate. A kDirectory message holds its 8 characters in
//            `new_order_id`, see ItchSymbol.
//   Volume   C with printable = N is a kReduce: it must not be counted, and kExecute would be.
//   Cost     no branch that depends on the type except for C; never reads past the message.
[[nodiscard]] inline bool DecodeItch(std::span<const std::uint8_t> message, BookMessage& out) {
  if (message.empty() || message.size() != kItchLengths[message[0]]) [[unlikely]] {
    out = BookMessage{};
    return false;
  }
  const std::uint8_t* const bytes = message.data();
  std::uint8_t index = internal::kItchFieldsIndex[bytes[kItchTypeOffset]];
  if (bytes[kItchTypeOffset] == 'C' && bytes[internal::kItchPrintableOffset] == 'N') [[unlikely]] {
    index = internal::kItchNonPrintable;
  }
  const internal::ItchFields& fields = internal::kItchFields[index];
  // The shortest message has 12 bytes, so 8 at offset 0 are there for whoever lacks the field.
  out.order_id = LoadBig64(bytes + fields.order_id) & fields.order_id_mask;
  out.new_order_id = LoadBig64(bytes + fields.new_order_id) & fields.new_order_id_mask;
  out.price = static_cast<std::int64_t>(LoadBig32(bytes + fields.price) & fields.price_mask) |
              fields.without_price;
  out.size = LoadBig32(bytes + fields.size) & fields.size_mask;
  out.time_ns = LoadBig48(bytes + kItchTimeOffset);
  out.instrument = LoadBig16(bytes + kItchLocateOffset);
  out.kind = fields.kind;
  // A type without a side reads its own type byte, which may be 'B' or 'S'.
  const std::uint8_t side = bytes[fields.side];
  const bool has_side = fields.side != 0;
  out.side = static_cast<Side>(int{has_side && side == 'B'} + 2 * int{has_side && side == 'S'});
  out.type = static_cast<char>(bytes[kItchTypeOffset]);
  out.end_of_event = true;
  return true;
}

// ItchTimeNs is the time stamp of a message in ns since midnight, for a source that paces messages
// before they are decoded. Requires a message from an ItchReader.
[[nodiscard]] inline std::uint64_t ItchTimeNs(std::span<const std::uint8_t> message) {
  return LoadBig48(message.data() + kItchTimeOffset);
}

// ItchSymbol gives the name in the `new_order_id` of a kDirectory message, without its padding. The
// first character is the most significant byte.
[[nodiscard]] inline std::string ItchSymbol(std::uint64_t characters) {
  std::string symbol;
  for (int shift = 56; shift >= 0; shift -= 8) {
    symbol += static_cast<char>(characters >> shift & 0xff);
  }
  const std::size_t last = symbol.find_last_not_of(' ');
  return symbol.substr(0, last == std::string::npos ? 0 : last + 1);
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_ITCH_DECODER_H_
