#ifndef DISRUPTOR_WAIT_STRATEGY_H_
#define DISRUPTOR_WAIT_STRATEGY_H_

#include <concepts>
#include <cstdint>

namespace disruptor {

// WaitStrategy is what a thread does while there is nothing to do: a consumer without events, a
// producer whose ring is full. The owner polls, calls Idle() after each poll that found nothing,
// and Worked() once when it has found something again.
//
//   strategy  file                         latency  CPU while idle  use
//   BusySpin  busy_spin_wait_strategy.h    lowest   100 %           the thread has a CPU of its own
//   Yielding  yielding_wait_strategy.h     + ~1 us  100 %, shared   the CPU has other threads to
//   run
//
// A strategy belongs to one thread and may keep state. The loops are instantiated for each
// strategy, so Idle() is inlined, and choosing the strategy at start costs nothing later. Users may
// write their own: any type with these two members will do.
template <typename W>
concept WaitStrategy = std::movable<W> && requires(W wait) {
  { wait.Idle() }
  noexcept;
  { wait.Worked() }
  noexcept;
};

// WaitKind names the strategies that can be chosen at start. kAuto leaves the choice to whoever
// places the threads: a thread alone on its CPU spins, threads that share one yield.
enum class WaitKind : std::uint8_t { kAuto, kBusySpin, kYielding };

constexpr const char* ToString(WaitKind kind) noexcept {
  switch (kind) {
    case WaitKind::kAuto:
      return "auto";
    case WaitKind::kBusySpin:
      return "busy-spin";
    case WaitKind::kYielding:
      return "spin-then-yield";
  }
  return "unknown";
}

}  // namespace disruptor

#endif  // DISRUPTOR_WAIT_STRATEGY_H_
