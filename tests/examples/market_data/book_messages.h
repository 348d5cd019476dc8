#ifndef TESTS_EXAMPLES_MARKET_DATA_BOOK_MESSAGES_H_
#define TESTS_EXAMPLES_MARKET_DATA_BOOK_MESSAGES_H_

#include <cstdint>

#include "examples/market_data/market_event.h"

// Messages as a decoder would give them, for one instrument unless told otherwise.

namespace market_data {

inline constexpr std::uint32_t kInstrument = 13;

inline BookMessage Message(MessageKind kind, std::uint64_t id, std::uint32_t size = 0,
                           std::int64_t price = kNoPrice, Side side = Side::kNone) {
  BookMessage message;
  message.kind = kind;
  message.order_id = id;
  message.size = size;
  message.price = price;
  message.side = side;
  message.instrument = kInstrument;
  return message;
}

inline BookMessage AddBid(std::uint64_t id, std::uint32_t size, std::int64_t price) {
  return Message(MessageKind::kAdd, id, size, price, Side::kBid);
}
inline BookMessage AddAsk(std::uint64_t id, std::uint32_t size, std::int64_t price) {
  return Message(MessageKind::kAdd, id, size, price, Side::kAsk);
}
inline BookMessage Execute(std::uint64_t id, std::uint32_t size) {
  return Message(MessageKind::kExecute, id, size);
}
inline BookMessage Reduce(std::uint64_t id, std::uint32_t size) {
  return Message(MessageKind::kReduce, id, size);
}
inline BookMessage Delete(std::uint64_t id) { return Message(MessageKind::kDelete, id); }
inline BookMessage Replace(std::uint64_t id, std::uint64_t new_id, std::uint32_t size,
                           std::int64_t price) {
  BookMessage message = Message(MessageKind::kReplace, id, size, price);
  message.new_order_id = new_id;
  return message;
}
inline BookMessage Modify(std::uint64_t id, std::uint32_t size, std::int64_t price) {
  return Message(MessageKind::kModify, id, size, price);
}
inline BookMessage Directory(std::uint64_t symbol) {
  BookMessage message = Message(MessageKind::kDirectory, 0);
  message.new_order_id = symbol;
  return message;
}
inline BookMessage For(std::uint32_t instrument, BookMessage message) {
  message.instrument = instrument;
  return message;
}
inline BookMessage InTheMiddle(BookMessage message) {
  message.end_of_event = false;
  return message;
}

}  // namespace market_data

#endif  // TESTS_EXAMPLES_MARKET_DATA_BOOK_MESSAGES_H_
