#ifndef DISRUPTOR_WAIT_STRATEGY_H_
#define DISRUPTOR_WAIT_STRATEGY_H_

#include <concepts>
#include <cstdint>

namespace disruptor {

// WaitStrategy is what a thread does while there is nothing to do: a consumer without events, a
// producer whose ring is full. The owner polls, calls Idle after each poll that found nothing, and
// Worked once when it has found something again.
//
//   strategy   file                          latency added     CPU while idle  use
//   BusySpin   busy_spin_wait_strategy.h     none              100 %           a CPU of its own
//   Pausing    pausing_wait_strategy.h       a pause           100 %, gentle   a hyper-thread pair
//   Adaptive   adaptive_wait_strategy.h      none at low load  100 %           streams of events
//   Yielding   yielding_wait_strategy.h      about 1 us        100 %, shared   a CPU with others
//   Backoff    backoff_wait_strategy.h       up to its longest little          no hurry at all
//   Blocking   blocking_wait_strategy.h      10 to 60 us       none            fewer CPUs than
//   threads
//
// A strategy belongs to one thread and may keep state. The loops are instantiated for each
// strategy, so it is inlined, and choosing it at start costs nothing later. Users may write their
// own: any type with these members, which do not throw, will do.
//
//   wait.Idle()         or  wait.Idle(ready), where ready() says whether there is work or a stop by
//                       now: what a strategy that sleeps must ask after it has announced itself
//   wait.Worked()       or  wait.Worked(events), with the size of the batch
template <typename W>
concept WaitStrategy = std::movable<W> &&(
                           requires(W wait) {
                             { wait.Idle() }
                             noexcept;
                           } ||
                           requires(W wait) {
                             {
                               wait.Idle([] { return true; })
                             }
                             noexcept;
                           }) &&
                       (
                           requires(W wait) {
                             { wait.Worked() }
                             noexcept;
                           } ||
                           requires(W wait) {
                             { wait.Worked(std::int64_t{}) }
                             noexcept;
                           });

// IdleUntil and TellWorked call the richer form of the two that the strategy has.
template <WaitStrategy Wait, typename Ready>
void IdleUntil(Wait& wait, Ready&& ready) noexcept {
  if constexpr (requires { wait.Idle(ready); }) {
    wait.Idle(ready);
  } else {
    wait.Idle();
  }
}
template <WaitStrategy Wait>
void TellWorked(Wait& wait, std::int64_t events) noexcept {
  if constexpr (requires { wait.Worked(events); }) {
    wait.Worked(events);
  } else {
    wait.Worked();
  }
}

// WaitKind names the strategies that can be chosen at start. kAuto leaves the choice to whoever
// places the threads: a thread alone on its CPU spins, threads that share one yield.
enum class WaitKind : std::uint8_t {
  kAuto,
  kBusySpin,
  kPausing,
  kAdaptive,
  kYielding,
  kBackoff,
  kBlocking,
};

constexpr const char* ToString(WaitKind kind) noexcept {
  switch (kind) {
    case WaitKind::kAuto:
      return "auto";
    case WaitKind::kBusySpin:
      return "busy-spin";
    case WaitKind::kPausing:
      return "spin-with-pause";
    case WaitKind::kAdaptive:
      return "adaptive-spin";
    case WaitKind::kYielding:
      return "spin-then-yield";
    case WaitKind::kBackoff:
      return "backoff";
    case WaitKind::kBlocking:
      return "blocking";
  }
  return "unknown";
}

}  // namespace disruptor

#endif  // DISRUPTOR_WAIT_STRATEGY_H_
