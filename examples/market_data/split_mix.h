#ifndef EXAMPLES_MARKET_DATA_SPLIT_MIX_H_
#define EXAMPLES_MARKET_DATA_SPLIT_MIX_H_

#include <cstdint>

namespace market_data {

// SplitMix is a small random number generator (Steele, Lea, Flood: "Fast Splittable Pseudorandom
// Number Generators", 2014) that gives the same numbers on every machine and compiler; the
// standard's distributions do not. Good enough to shape test input, and for nothing secret.
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}

  std::uint64_t Next() {
    state_ += 0x9e37'79b9'7f4a'7c15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58'476d'1ce4'e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d0'49bb'1331'11ebu;
    return mixed ^ (mixed >> 31);
  }

  // Below gives a number in [0, bound), evenly but for a bias of at most bound / 2^32. Requires
  // bound > 0.
  std::uint32_t Below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((Next() >> 32) * bound) >> 32);
  }

  // OneIn is true once in `times` calls, on average.
  bool OneIn(std::uint32_t times) { return Below(times) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_SPLIT_MIX_H_
