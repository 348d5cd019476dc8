#ifndef EXAMPLES_MARKET_DATA_ORDER_BOOK_H_
#define EXAMPLES_MARKET_DATA_ORDER_BOOK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "examples/market_data/instrument_index.h"
#include "examples/market_data/instrument_summary.h"
#include "examples/market_data/market_event.h"
#include "examples/market_data/order_table.h"
#include "examples/market_data/price_levels.h"

namespace market_data {

enum class ApplyResult : std::uint8_t {
  kTopUnchanged,
  // The event that this message ends left another best bid or offer than the event before.
  kTopChanged,
  // A bound was reached; nothing was changed except the counter of refused messages.
  kRefused,
};

// Books keeps the order book of every instrument of a session.
//
// It follows the rules at MessageKind (market_event.h). Beyond them:
//   - Who is first in a level plays no part here: only a level's total size and order count do.
//   - An unknown reference changes nothing but its counter, and so does a duplicate add.
//   - A replacement removes the old order even if the new one is then refused. A modification keeps
//     the side, and removes the order when its new size is 0.
//   - A decoder marks an execution that is not to be counted as volume (ITCH C, printable N) as
//     kReduce: it takes the shares from the order, and that is all that is to be counted of it.
//   - In the middle of an event a book may be inconsistent: change of the top, and crossing, are
//     judged only at its end.
//
//   Threads  one.
//   Memory   bounded by the options; allocates only while orders, instruments or the depth of a
//            side are beyond what was reserved or ever reached.
//   Cost     benchmarks/book_update.cc.
class Books {
 public:
  struct Options {
    // Bounds against hostile input: a message that would need more is refused and counted.
    std::uint32_t max_instruments = 1u << 16;
    std::uint64_t max_orders = std::uint64_t{1} << 26;
    // What is allocated and touched at construction.
    std::uint32_t reserved_instruments = 16;
    std::uint64_t reserved_orders = std::uint64_t{1} << 16;
    std::uint32_t reserved_levels_per_side = 1024;
  };

  Books() : Books(Options{}) {}
  explicit Books(const Options& options);

  // Apply changes the book of the message's instrument and sets `top` to its best levels as they
  // are now; empty for an instrument that the feed has not mentioned.
  ApplyResult Apply(const BookMessage& message, TopOfBook& top);

  // Prefetch asks for what Apply(message) will touch first; worth a call as soon as the message is
  // known and another one is applied before it.
  void Prefetch(const BookMessage& message) const;

  // Instruments are numbered in the order of first appearance.
  std::uint32_t instrument_count() const { return index_.size(); }
  InstrumentSummary Summary(std::uint32_t number) const;

  // NumberOf returns the number of the instrument named `symbol`, or, when `symbol` is empty, of
  // the one with the most messages (the first among equals); InstrumentIndex::kNone when there is
  // none. Walks over all instruments.
  std::uint32_t NumberOf(const std::string& symbol) const;
  const TopOfBook& Top(std::uint32_t number) const { return instruments_[number].top; }
  std::uint64_t LiveOrders(std::uint32_t number) const { return instruments_[number].live_orders; }
  std::uint32_t InstrumentId(std::uint32_t number) const { return instruments_[number].id; }

  // Sums over all instruments.
  BookCounters Totals() const;
  std::uint64_t live_orders() const { return orders_.size(); }

  // Messages refused because of max_instruments or max_orders.
  std::uint64_t refused() const { return refused_; }

  // Messages that ended an event, refused ones included.
  std::uint64_t events() const { return events_; }

 private:
  struct Instrument {
    TopOfBook top;
    // The top at the end of the last event.
    TopOfBook published;
    PriceLevels bids{Side::kBid};
    PriceLevels asks{Side::kAsk};
    std::uint64_t live_orders = 0;
    std::uint32_t id = 0;
    // 8 characters as the directory message carries them, the first in the highest byte.
    std::uint64_t symbol = 0;
    BookCounters counters;

    PriceLevels& Levels(Side side) { return side == Side::kBid ? bids : asks; }
  };

  bool Change(const BookMessage& message, std::uint32_t number, Instrument& instrument);
  bool Add(std::uint64_t id, Side side, std::int64_t price, std::uint32_t size,
           std::uint32_t number, Instrument& instrument);
  void Remove(RestingOrder* order, Instrument& instrument);
  void Subtract(RestingOrder* order, std::uint32_t size, Instrument& instrument);
  void Modify(RestingOrder* order, std::int64_t price, std::uint32_t size, Instrument& instrument);
  static void RefreshTop(Side side, Instrument& instrument);
  static std::string SymbolText(std::uint64_t symbol);

  Options options_;
  InstrumentIndex index_;
  OrderTable orders_;
  // At least index_.size() long: those beyond are reserves.
  std::vector<Instrument> instruments_;
  std::uint64_t refused_ = 0;
  std::uint64_t events_ = 0;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_ORDER_BOOK_H_
