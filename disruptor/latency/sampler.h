#ifndef DISRUPTOR_LATENCY_SAMPLER_H_
#define DISRUPTOR_LATENCY_SAMPLER_H_

#include <cstdint>

namespace disruptor::latency {

// Sampler picks each event with probability 1/N, independently of all others, so the gaps between
// picks are geometric. A stride of N would lock onto bursts and batches of a related length and see
// only their first, or only their last, events.
//
//   Threads  one; each measuring thread has its own.
//   Cost     one multiplication, one addition, one comparison per event.
//   Repeats  the same seed picks the same events.
class Sampler {
 public:
  // every_n = 1 picks each event, 0 picks none.
  explicit constexpr Sampler(std::uint32_t every_n, std::uint64_t seed = 1) noexcept
      : state_(Mix(seed)), threshold_(every_n == 0 ? 0 : kRange / every_n), every_n_(every_n) {}

  // Sample is true for the events to measure.
  [[nodiscard]] constexpr bool Sample() noexcept {
    // Only the high bits decide; the low ones of such a generator are poor.
    state_ = state_ * kMultiplier + kIncrement;
    return (state_ >> 1) < threshold_;
  }

  [[nodiscard]] constexpr std::uint32_t every_n() const noexcept { return every_n_; }

 private:
  // A full-period linear congruential generator modulo 2^64 (multiplier: D. Knuth's MMIX).
  static constexpr std::uint64_t kMultiplier = 6364136223846793005u;
  static constexpr std::uint64_t kIncrement = 1442695040888963407u;
  static constexpr std::uint64_t kRange = std::uint64_t{1} << 63;

  // Neighbouring seeds (a stage's index, say) must not give neighbouring sequences: the finaliser
  // of splitmix64.
  static constexpr std::uint64_t Mix(std::uint64_t seed) noexcept {
    seed += 0x9e3779b97f4a7c15u;
    seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9u;
    seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebu;
    return seed ^ (seed >> 31);
  }

  std::uint64_t state_;
  std::uint64_t threshold_;
  std::uint32_t every_n_;
};

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_SAMPLER_H_
