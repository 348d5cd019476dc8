#ifndef DISRUPTOR_LATENCY_SEQUENCE_SAMPLER_H_
#define DISRUPTOR_LATENCY_SEQUENCE_SAMPLER_H_

#include <cstdint>

namespace disruptor::latency {

// SequenceSampler picks events by their sequence, each with probability 1/N as far as anyone who
// does not compute the hash can tell. All stages of a pipeline pick the same events, which is what
// lets the time between two stages be measured; and the picks have no stride, so they do not lock
// onto the length of a burst or batch.
//
//   Threads  a value without state; copies agree.
//   Cost     two multiplications, a few shifts, one comparison.
class SequenceSampler {
 public:
  // every_n = 1 picks each event, 0 picks none.
  explicit constexpr SequenceSampler(std::uint32_t every_n = 0) noexcept
      : threshold_(every_n == 0 ? 0 : kRange / every_n) {}

  [[nodiscard]] constexpr bool Picks(std::int64_t sequence) const noexcept {
    return Hash(static_cast<std::uint64_t>(sequence)) < threshold_;
  }

 private:
  static constexpr std::uint64_t kRange = std::uint64_t{1} << 32;

  // One multiplication alone (Fibonacci hashing) spreads consecutive sequences so evenly that the
  // gaps take only three lengths; folding the high half in and multiplying again breaks that up.
  static constexpr std::uint64_t Hash(std::uint64_t sequence) noexcept {
    std::uint64_t hash = (sequence + 1) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ (hash >> 32)) * 0xd6e8feb86659fd93u;
    return hash >> 32;
  }

  std::uint64_t threshold_;
};

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_SEQUENCE_SAMPLER_H_
