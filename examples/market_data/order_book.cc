#include "examples/market_data/order_book.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace market_data {
namespace {

void Accumulate(BookCounters& sum, const BookCounters& part) {
  for (std::size_t i = 0; i < kMessageKinds; ++i) sum.by_kind[i] += part.by_kind[i];
  sum.executed_size += part.executed_size;
  sum.hidden_size += part.hidden_size;
  sum.unknown_references += part.unknown_references;
  sum.duplicate_adds += part.duplicate_adds;
  sum.over_reductions += part.over_reductions;
  sum.invalid_orders += part.invalid_orders;
  sum.crossed_events += part.crossed_events;
}

}  // namespace

Books::Books(const Options& options)
    : options_(options),
      index_(options.max_instruments),
      orders_(options.max_orders, options.reserved_orders),
      instruments_(std::min(options.reserved_instruments, options.max_instruments)) {
  for (Instrument& instrument : instruments_) {
    instrument.bids.Reserve(options.reserved_levels_per_side);
    instrument.asks.Reserve(options.reserved_levels_per_side);
  }
}

ApplyResult Books::Apply(const BookMessage& message, TopOfBook& top) {
  events_ += message.end_of_event ? 1 : 0;
  // A message that cannot concern a book does not make the instrument known: some feeds mention
  // thousands that never trade, and use the id 0 for the market as a whole.
  const std::uint32_t number = message.kind == MessageKind::kOther
                                   ? index_.Find(message.instrument)
                                   : index_.FindOrAdd(message.instrument);
  if (number == InstrumentIndex::kNone) [[unlikely]] {
    top = TopOfBook{};
    if (message.kind == MessageKind::kOther) return ApplyResult::kTopUnchanged;
    ++refused_;
    return ApplyResult::kRefused;
  }
  if (number >= instruments_.size()) [[unlikely]]
    instruments_.resize(number + 1);
  Instrument& instrument = instruments_[number];
  instrument.id = message.instrument;
  ++instrument.counters.by_kind[static_cast<std::size_t>(message.kind)];
  const bool applied = Change(message, number, instrument);
  top = instrument.top;
  if (message.end_of_event) {
    if (top.bid_price > top.ask_price && top.ask_price != kNoPrice) [[unlikely]] {
      ++instrument.counters.crossed_events;
    }
    if (!(top == instrument.published)) {
      instrument.published = top;
      return applied ? ApplyResult::kTopChanged : ApplyResult::kRefused;
    }
  }
  return applied ? ApplyResult::kTopUnchanged : ApplyResult::kRefused;
}

void Books::Prefetch(const BookMessage& message) const {
  const std::uint32_t number = index_.Find(message.instrument);
  if (number == InstrumentIndex::kNone) return;
  __builtin_prefetch(&instruments_[number], 1);
  orders_.Prefetch(message.order_id, number);
}

// Change returns false when the message would have needed more than max_orders.
bool Books::Change(const BookMessage& message, std::uint32_t number, Instrument& instrument) {
  BookCounters& counters = instrument.counters;
  switch (message.kind) {
    case MessageKind::kAdd:
      return Add(message.order_id, message.side, message.price, message.size, number, instrument);
    case MessageKind::kOther:
      return true;
    case MessageKind::kTrade:
      counters.hidden_size += message.size;
      return true;
    case MessageKind::kDirectory:
      instrument.symbol = message.new_order_id;
      return true;
    case MessageKind::kClear:
      if (instrument.live_orders > 0) orders_.EraseInstrument(number);
      instrument.live_orders = 0;
      instrument.bids.Clear();
      instrument.asks.Clear();
      instrument.top = TopOfBook{};
      return true;
    case MessageKind::kExecute:
      counters.executed_size += message.size;
      break;
    case MessageKind::kReduce:
    case MessageKind::kDelete:
    case MessageKind::kReplace:
    case MessageKind::kModify:
      break;
  }

  RestingOrder* const order = orders_.Find(message.order_id, number);
  if (order == nullptr) {
    ++counters.unknown_references;
    return true;
  }
  const Side side = order->side;
  switch (message.kind) {
    case MessageKind::kDelete:
      Remove(order, instrument);
      return true;
    case MessageKind::kReplace:
      Remove(order, instrument);
      return Add(message.new_order_id, side, message.price, message.size, number, instrument);
    case MessageKind::kModify:
      if (message.size == 0) {
        Remove(order, instrument);
      } else if (message.price == kNoPrice) {
        ++counters.invalid_orders;
      } else {
        Modify(order, message.price, message.size, instrument);
      }
      return true;
    default:
      Subtract(order, message.size, instrument);
      return true;
  }
}

bool Books::Add(std::uint64_t id, Side side, std::int64_t price, std::uint32_t size,
                std::uint32_t number, Instrument& instrument) {
  if (side == Side::kNone || price == kNoPrice || size == 0) [[unlikely]] {
    ++instrument.counters.invalid_orders;
    return true;
  }
  const OrderTable::InsertResult inserted = orders_.Insert(id, number);
  if (inserted.status != OrderTable::InsertStatus::kInserted) [[unlikely]] {
    if (inserted.status == OrderTable::InsertStatus::kFull) {
      ++refused_;
      return false;
    }
    ++instrument.counters.duplicate_adds;
    return true;
  }
  inserted.order->price = price;
  inserted.order->size = size;
  inserted.order->side = side;
  ++instrument.live_orders;
  instrument.Levels(side).Add(price, size);
  RefreshTop(side, instrument);
  return true;
}

void Books::Remove(RestingOrder* order, Instrument& instrument) {
  const Side side = order->side;
  instrument.Levels(side).Remove(order->price, order->size);
  orders_.Erase(order);
  --instrument.live_orders;
  RefreshTop(side, instrument);
}

void Books::Subtract(RestingOrder* order, std::uint32_t size, Instrument& instrument) {
  if (size >= order->size) {
    if (size > order->size) [[unlikely]]
      ++instrument.counters.over_reductions;
    Remove(order, instrument);
    return;
  }
  order->size -= size;
  instrument.Levels(order->side).Reduce(order->price, size);
  RefreshTop(order->side, instrument);
}

void Books::Modify(RestingOrder* order, std::int64_t price, std::uint32_t size,
                   Instrument& instrument) {
  PriceLevels& levels = instrument.Levels(order->side);
  levels.Remove(order->price, order->size);
  levels.Add(price, size);
  order->price = price;
  order->size = size;
  RefreshTop(order->side, instrument);
}

void Books::RefreshTop(Side side, Instrument& instrument) {
  TopOfBook& top = instrument.top;
  if (side == Side::kBid) {
    const bool any = !instrument.bids.empty();
    top.bid_price = any ? instrument.bids.BestPrice() : kNoPrice;
    top.bid_size = any ? instrument.bids.Best().size : 0;
    top.bid_orders = any ? instrument.bids.Best().orders : 0;
  } else {
    const bool any = !instrument.asks.empty();
    top.ask_price = any ? instrument.asks.BestPrice() : kNoPrice;
    top.ask_size = any ? instrument.asks.Best().size : 0;
    top.ask_orders = any ? instrument.asks.Best().orders : 0;
  }
}

InstrumentSummary Books::Summary(std::uint32_t number) const {
  const Instrument& instrument = instruments_[number];
  return {.instrument = instrument.id,
          .symbol = SymbolText(instrument.symbol),
          .top = instrument.top,
          .live_orders = instrument.live_orders,
          .bid_levels = static_cast<std::uint32_t>(instrument.bids.size()),
          .ask_levels = static_cast<std::uint32_t>(instrument.asks.size()),
          .counters = instrument.counters};
}

std::uint32_t Books::NumberOf(const std::string& symbol) const {
  std::uint32_t best = InstrumentIndex::kNone;
  std::uint64_t most = 0;
  for (std::uint32_t number = 0; number < index_.size(); ++number) {
    const Instrument& instrument = instruments_[number];
    if (!symbol.empty()) {
      if (SymbolText(instrument.symbol) == symbol) return number;
      continue;
    }
    const std::uint64_t messages = instrument.counters.Messages();
    if (messages > most) {
      most = messages;
      best = number;
    }
  }
  return best;
}

BookCounters Books::Totals() const {
  BookCounters sum;
  for (std::uint32_t i = 0; i < index_.size(); ++i) Accumulate(sum, instruments_[i].counters);
  return sum;
}

std::string Books::SymbolText(std::uint64_t symbol) {
  std::string text;
  for (int shift = 56; shift >= 0; shift -= 8) {
    const auto character = static_cast<char>(symbol >> shift & 0xFF);
    // Names come from the input and go to a terminal.
    text += character >= ' ' && character <= '~' ? character : (symbol == 0 ? ' ' : '?');
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace market_data
