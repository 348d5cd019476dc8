#ifndef EXAMPLES_MARKET_DATA_SESSION_CLOCK_H_
#define EXAMPLES_MARKET_DATA_SESSION_CLOCK_H_

#include <algorithm>
#include <bit>
#include <cstdint>

#include "examples/market_data/split_mix.h"

namespace market_data {

// SessionClock gives time stamps in bursts: runs of messages at about 27 times the mean rate, many
// of them at the same nanosecond, between quiet runs with roughly exponential gaps. Integers only,
// so that every machine gives the same. `random` must outlive the clock.
class SessionClock {
 public:
  SessionClock(std::uint64_t start_ns, std::uint64_t mean_gap_ns, SplitMix& random)
      : now_ns_(start_ns), mean_gap_ns_(mean_gap_ns), random_(random) {}

  std::uint64_t Tick() {
    if (left_in_run_ == 0) {
      in_burst_ = !in_burst_;
      left_in_run_ = 16 + random_.Below(in_burst_ ? 256 : 160);
    }
    --left_in_run_;
    now_ns_ += in_burst_ ? BurstGap() : QuietGap();
    return now_ns_;
  }

  void AdvanceTo(std::uint64_t ns) { now_ns_ = std::max(now_ns_, ns); }

 private:
  std::uint64_t BurstGap() {
    if (random_.OneIn(4)) return 0;
    return random_.Below(static_cast<std::uint32_t>(mean_gap_ns_ / 10 + 1));
  }

  // Six tenths of the messages are in bursts, with gaps of 0.0375 of the mean; a quiet gap of 2.44
  // times the mean makes up for it. -log2 of a random number is exponential; leading zeros and a
  // linear fraction approximate it, with mean 1.5, in integers.
  std::uint64_t QuietGap() {
    const std::uint64_t bits = random_.Next() | 1;
    const int zeros = std::countl_zero(bits);
    const std::uint64_t fraction = (bits << zeros) >> 47 & 0xffff;
    const std::uint64_t scaled = (static_cast<std::uint64_t>(zeros) + 1) * 65'536 - fraction;
    return mean_gap_ns_ * 61 / 25 * scaled / 98'304;
  }

  std::uint64_t now_ns_;
  std::uint64_t mean_gap_ns_;
  SplitMix& random_;
  bool in_burst_ = false;
  std::uint32_t left_in_run_ = 0;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_SESSION_CLOCK_H_
