#ifndef TESTS_STRESS_JITTER_H_
#define TESTS_STRESS_JITTER_H_

#include <sched.h>

#include <cstdint>

#include "disruptor/cpu_relax.h"

namespace tests::stress {

// Jitter is a thread's own source of random numbers and pauses (xorshift64*).
class Jitter {
 public:
  explicit Jitter(std::uint64_t seed) noexcept : state_(seed * 0x9E3779B97F4A7C15 + 1) {}

  // Uniform enough in [0, below).
  std::uint64_t Below(std::uint64_t below) noexcept {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return ((state_ * 0x2545F4914F6CDD1D) >> 33) % below;
  }
  bool OneIn(std::uint64_t n) noexcept { return Below(n) == 0; }

  // Mostly nothing, sometimes a few spins, rarely the CPU for somebody else: this is what makes
  // rings run full and empty, and threads stop at unlikely places.
  void Pause() noexcept {
    if (!OneIn(8)) return;
    for (std::uint64_t spins = Below(32); spins > 0; --spins) disruptor::CpuRelax();
    if (OneIn(64)) sched_yield();
  }

 private:
  std::uint64_t state_;
};

}  // namespace tests::stress

#endif  // TESTS_STRESS_JITTER_H_
