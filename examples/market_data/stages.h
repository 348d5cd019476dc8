#ifndef EXAMPLES_MARKET_DATA_STAGES_H_
#define EXAMPLES_MARKET_DATA_STAGES_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "examples/market_data/market_event.h"
#include "examples/market_data/session.h"

// The stages' handlers. Each writes its own section of MarketEvent (market_event.h) and its own
// state in the Session, and reads sections of stages before it:
//
//   source -> decode -> book -> signal -> order
//                   \-> journal
//
// They are pointers, cheap to copy; the Session outlives them. `sequence` counts messages from 0.

namespace market_data {

using DecodeFunction = bool(std::span<const std::uint8_t>, BookMessage&);

// DecodeStage turns bytes into a BookMessage. The decoder is a template argument so that it is
// compiled into the handler: DecodeStage<DecodeItch>, DecodeStage<DecodeDbn>.
template <DecodeFunction& kDecode>
struct DecodeStage {
  DecodeState* state;

  void operator()(MarketEvent& event, std::int64_t /*sequence*/, bool /*end_of_batch*/) const {
    const bool decoded = kDecode({event.bytes, event.length}, event.message);
    ++state->messages;
    ++state->by_type[static_cast<unsigned char>(event.message.type)];
    if (!decoded) [[unlikely]]
      ++state->undecoded;
  }
};

// BookStage applies the message, and records the checkpoints.
struct BookStage {
  BookState* state;

  void operator()(MarketEvent& event, std::int64_t sequence, bool /*end_of_batch*/) const {
    const ApplyResult result = state->books.Apply(event.message, event.top);
    event.top_changed = result == ApplyResult::kTopChanged;
    state->checkpoints.AfterMessage(sequence, state->books);
  }
};

// SignalStage decides, on a changed best bid or offer, whether to send an order.
struct SignalStage {
  SignalState* state;

  void operator()(MarketEvent& event, std::int64_t sequence, bool /*end_of_batch*/) const {
    event.order = Order{};
    if (!event.top_changed) return;
    ++state->top_changes;
    const TopOfBook& top = event.top;
    state->digest.Add(static_cast<std::uint64_t>(sequence));
    state->digest.Add(static_cast<std::uint64_t>(top.bid_price));
    state->digest.Add(static_cast<std::uint64_t>(top.ask_price));
    state->digest.Add(top.bid_size);
    state->digest.Add(top.ask_size);
    state->digest.Add(std::uint64_t{top.bid_orders} << 32 | top.ask_orders);
    event.order = state->signal.OnTop(event.message.instrument, top);
  }
};

// OrderStage encodes the order, if there is one.
struct OrderStage {
  OrderState* state;

  void operator()(MarketEvent& event, std::int64_t sequence, bool /*end_of_batch*/) const {
    if (event.order.side == Side::kNone) return;
    state->gateway.Send(event.order, event.message.instrument, sequence);
  }
};

// JournalStage keeps every message; the file is written at the end of a batch, so that the disk
// costs one call for as many messages as have piled up.
struct JournalStage {
  JournalState* state;

  void operator()(MarketEvent& event, std::int64_t sequence, bool end_of_batch) const {
    state->journal->Append(sequence, event.message.time_ns, event.message.type,
                           {event.bytes, event.length});
    if (end_of_batch) state->journal->Flush();
  }
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_STAGES_H_
