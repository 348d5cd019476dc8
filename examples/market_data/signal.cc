#include "examples/market_data/signal.h"

#include <algorithm>
#include <cstdint>

namespace market_data {

std::int32_t ImbalancePermille(const TopOfBook& top) {
  if (top.bid_price == kNoPrice || top.ask_price == kNoPrice) return 0;
  std::uint64_t bid = top.bid_size;
  std::uint64_t ask = top.ask_size;
  // Keeps the products below 2^63 whatever the feed says; sizes that large lose nothing by it.
  if ((bid | ask) >> 48 != 0) [[unlikely]] {
    bid >>= 16;
    ask >>= 16;
  }
  const auto sum = static_cast<std::int64_t>(bid + ask);
  if (sum == 0) return 0;
  const std::int64_t difference = static_cast<std::int64_t>(bid) - static_cast<std::int64_t>(ask);
  return static_cast<std::int32_t>(difference * 1000 / sum);
}

Signal::Signal(const SignalRule& rule, std::uint32_t max_instruments)
    : rule_(rule), index_(max_instruments), states_(std::max(max_instruments, 1u)) {}

Order Signal::OnTop(std::uint32_t instrument, const TopOfBook& top) {
  if (top.bid_price == kNoPrice || top.ask_price == kNoPrice) return {};
  if (top.bid_price >= top.ask_price) return {};
  const std::uint32_t number = index_.FindOrAdd(instrument);
  if (number == InstrumentIndex::kNone) [[unlikely]]
    return {};
  State& state = states_[number];
  const std::int32_t imbalance = ImbalancePermille(top);
  if (!state.armed) {
    state.armed = imbalance <= rule_.exit_permille && imbalance >= -rule_.exit_permille;
    return {};
  }
  if (imbalance >= rule_.enter_permille && state.position + rule_.lot <= rule_.max_position) {
    state.armed = false;
    state.position += rule_.lot;
    return {.price = top.ask_price, .size = rule_.lot, .side = Side::kBid};
  }
  if (imbalance <= -rule_.enter_permille && state.position - rule_.lot >= -rule_.max_position) {
    state.armed = false;
    state.position -= rule_.lot;
    return {.price = top.bid_price, .size = rule_.lot, .side = Side::kAsk};
  }
  return {};
}

}  // namespace market_data
