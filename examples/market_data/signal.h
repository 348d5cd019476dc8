#ifndef EXAMPLES_MARKET_DATA_SIGNAL_H_
#define EXAMPLES_MARKET_DATA_SIGNAL_H_

#include <cstdint>
#include <vector>

#include "examples/market_data/instrument_index.h"
#include "examples/market_data/market_event.h"

namespace market_data {

// ImbalancePermille is (bid size - ask size) / (bid size + ask size) of the best levels, in
// thousandths rounded towards 0; 0 when a side is empty. Integer arithmetic, so that it is the same
// everywhere.
std::int32_t ImbalancePermille(const TopOfBook& top);

// SignalRule says when the example's stand-in for a strategy acts:
//
//   buy   one lot at the best ask when the imbalance reaches +enter_permille,
//   sell  one lot at the best bid when it reaches -enter_permille,
//
// then not again in that instrument until the imbalance has come back within exit_permille (that is
// the hysteresis: a top that flickers around the threshold gives one order, not hundreds), and
// never beyond `max_position` to either side. Orders count as filled when sent: there is no
// exchange to say otherwise. It makes work of a realistic shape and no claim to make money.
struct SignalRule {
  std::int32_t enter_permille = 800;
  std::int32_t exit_permille = 200;
  std::uint32_t lot = 1;
  std::int64_t max_position = 10;
};

// Signal applies a SignalRule to the best bid and offer of every instrument.
//
//   Threads  one.
//   Memory   fixed at construction: 16 bytes for each of max_instruments; instruments beyond are
//            never acted on.
//   Cost     one division a call.
class Signal {
 public:
  explicit Signal(const SignalRule& rule, std::uint32_t max_instruments = 1u << 16);

  // OnTop takes a changed best bid and offer, and returns the order to send, or one of side kNone.
  // Empty and crossed tops give none and leave the state as it is.
  Order OnTop(std::uint32_t instrument, const TopOfBook& top);

 private:
  struct State {
    std::int64_t position = 0;
    bool armed = true;
  };

  SignalRule rule_;
  InstrumentIndex index_;
  std::vector<State> states_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_SIGNAL_H_
