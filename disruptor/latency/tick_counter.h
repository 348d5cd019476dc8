#ifndef DISRUPTOR_LATENCY_TICK_COUNTER_H_
#define DISRUPTOR_LATENCY_TICK_COUNTER_H_

#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

// The processor's own time counter, read without a system call. Whether its ticks can be turned
// into time is for tsc_clock.h to find out; nothing here checks it.
//
//   reading            x86-64                   aarch64                orders
//   ReadTicks          rdtsc                    mrs cntvct_el0         nothing
//   ReadTicksFenced    lfence; rdtsc; lfence    isb; mrs; isb          after every earlier
//                                                                      instruction, before every
//                                                                      later one
//
// Neither form waits for the store buffer: a stamp taken after a store says nothing about when
// other CPUs see that store. Costs: benchmarks/latency_recording.cc.

namespace disruptor::latency {

// kHasTickCounter is false where this file knows no counter; both readings are then always 0, and
// TscClock refuses.
#if defined(__x86_64__) || defined(__aarch64__)
inline constexpr bool kHasTickCounter = true;
#else
inline constexpr bool kHasTickCounter = false;
#endif

// ReadTicks may drift by tens of nanoseconds against the instructions around it, which is the price
// of not stalling them: good for intervals of a microsecond, not for splitting 100 ns in two.
[[nodiscard]] inline std::uint64_t ReadTicks() noexcept {
#if defined(__x86_64__)
  return __rdtsc();
#elif defined(__aarch64__)
  std::uint64_t ticks;
  asm volatile("mrs %0, cntvct_el0" : "=r"(ticks));
  return ticks;
#else
  return 0;
#endif
}

// ReadTicksFenced stays where it is written. The second fence holds back what comes after it, which
// rdtscp alone would not.
[[nodiscard]] inline std::uint64_t ReadTicksFenced() noexcept {
#if defined(__x86_64__)
  _mm_lfence();
  const std::uint64_t ticks = __rdtsc();
  _mm_lfence();
  return ticks;
#elif defined(__aarch64__)
  std::uint64_t ticks;
  asm volatile("isb\n\tmrs %0, cntvct_el0\n\tisb" : "=r"(ticks) : : "memory");
  return ticks;
#else
  return 0;
#endif
}

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_TICK_COUNTER_H_
