#ifndef EXAMPLES_MARKET_DATA_MARKET_EVENT_H_
#define EXAMPLES_MARKET_DATA_MARKET_EVENT_H_

#include <cstdint>
#include <limits>

#include "disruptor/cache_line.h"

// What travels through the example's ring. Every field is written by exactly one stage and read
// only by stages after it, so the sections below are also the table of who owns which bytes.

namespace market_data {

// MessageKind is what a message does to a book, whatever feed it came from.
//
//   kind       ITCH 5.0     DBN mbo    effect
//   kAdd       A F          A          a new order at the end of its level
//   kExecute   E C          -          subtracts `size`; removes the order at 0; counts as volume
//   kReduce    X, C with    C          subtracts `size`; removes the order at 0; not volume
//              printable N
//   kDelete    D            -          removes the order
//   kReplace   U            -          removes `order_id`, adds `new_order_id`; the side stays
//   kModify    -            M          replaces price and size of the order
//   kClear     -            R          removes all orders of the instrument
//   kTrade     P            -          no effect on the book; `size` is hidden volume
//   kDirectory R            -          names the instrument: `new_order_id` holds its 8 characters,
//                                      the first in the most significant byte (ItchSymbol)
//   kOther     the rest     T F N      no effect
enum class MessageKind : std::uint8_t {
  kOther,
  kAdd,
  kExecute,
  kReduce,
  kDelete,
  kReplace,
  kModify,
  kClear,
  kTrade,
  kDirectory,
};

enum class Side : std::uint8_t { kNone, kBid, kAsk };

inline constexpr std::int64_t kNoPrice = std::numeric_limits<std::int64_t>::min();

// BookMessage is one decoded message. Prices are in the feed's own unit (1e-4 dollar in ITCH, 1e-9
// in DBN): converting would only lose the exactness that the expectation files check.
struct BookMessage {
  std::uint64_t order_id = 0;
  std::uint64_t new_order_id = 0;
  std::int64_t price = kNoPrice;
  // Of the feed: since midnight in ITCH, since 1970 UTC in DBN (ts_event).
  std::uint64_t time_ns = 0;
  std::uint32_t size = 0;
  std::uint32_t instrument = 0;
  MessageKind kind = MessageKind::kOther;
  Side side = Side::kNone;
  // The feed's own type: the ITCH message type or the DBN action.
  char type = ' ';
  // True where the feed says that the book is consistent again after this message: always in ITCH,
  // the records with flag 0x80 in DBN.
  bool end_of_event = true;
};

// TopOfBook is the best level of each side; `bid_price` or `ask_price` is kNoPrice where that side
// is empty, and the size and count beside it are then 0.
struct TopOfBook {
  std::int64_t bid_price = kNoPrice;
  std::int64_t ask_price = kNoPrice;
  std::uint64_t bid_size = 0;
  std::uint64_t ask_size = 0;
  std::uint32_t bid_orders = 0;
  std::uint32_t ask_orders = 0;

  friend bool operator==(const TopOfBook&, const TopOfBook&) = default;
};

// Order is what the signal stage asks the order stage to send; `side` kNone means nothing to send.
struct Order {
  std::int64_t price = kNoPrice;
  std::uint32_t size = 0;
  Side side = Side::kNone;
};

// MarketEvent is one slot of the ring. `bytes` points into the input, which outlives the run: a
// feed handler that reuses its packet buffers would copy here.
struct alignas(disruptor::kFalseSharingBytes) MarketEvent {
  // source
  const std::uint8_t* bytes = nullptr;
  std::uint32_t length = 0;
  // decode
  BookMessage message;
  // book
  bool top_changed = false;
  TopOfBook top;
  // signal
  Order order;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_MARKET_EVENT_H_
