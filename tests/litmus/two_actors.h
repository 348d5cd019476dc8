#ifndef TESTS_LITMUS_TWO_ACTORS_H_
#define TESTS_LITMUS_TWO_ACTORS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "disruptor/cpu_relax.h"
#include "disruptor/sequence.h"
#include "disruptor/yielding_wait_strategy.h"
#include "tests/stress/jitter.h"
#include "tests/support/watchdog.h"

namespace tests::litmus {

// What the readers of one instance saw, and how often: {"0,1": 12345}.
using Outcomes = std::map<std::string, std::int64_t>;

// Spins first: a thread that has just been woken starts too late to meet the other one.
inline void WaitFor(const disruptor::Sequence& sequence, std::int64_t value) {
  disruptor::YieldingWaitStrategy wait(2000);
  while (sequence.LoadAcquire() < value) wait.Idle();
}

template <typename States, typename Actor>
void GoThrough(States& states, Actor& actor, stress::Jitter& jitter) {
  for (std::uint64_t spins = jitter.Below(8); spins > 0; --spins) disruptor::CpuRelax();
  for (auto& state : states) {
    if (jitter.OneIn(32)) disruptor::CpuRelax();
    actor(state);
  }
}

// RunTwoActors runs `first` and `second` on two threads, once each on every instance of State, and
// counts what the states say afterwards. The threads go through the same instances at the same
// time, in steps of a few hundred that they begin together, with random pauses in between. A few
// steps are made one actor after the other, in both orders, so that a machine too busy to run them
// at once still shows that the program tells the orders apart.
//
//   State   default-constructible; std::string Outcome() const, after both actors
//   first   void(State&), and the same for second; each on a thread of its own
//
// A program of this kind can show that an outcome happens, never that it cannot: a CPU shows fewer
// than the language allows. x86 keeps stores in order and loads in order, so with the right
// instructions in the right order even a relaxed message passing looks right there; only
// store-then-load is seen reordered. The forbidden outcomes of the tests here can be seen on
// aarch64, and a missing edge is a data race that the thread sanitizer reports on every machine.
template <typename State, typename First, typename Second>
Outcomes RunTwoActors(First first, Second second) {
  constexpr std::size_t kInstances = 256;
  const char* const scale = std::getenv("PINWHEEL_STRESS_SCALE");
  const std::int64_t rounds = 1000 * (scale == nullptr ? 1 : std::atoll(scale));
  const Watchdog watchdog("a litmus test ends");

  Outcomes outcomes;
  const auto states = std::make_unique<std::array<State, kInstances>>();
  disruptor::Sequence prepared;
  disruptor::Sequence arrived;
  disruptor::Sequence first_ended;
  disruptor::Sequence second_ended;

  std::thread other([&] {
    stress::Jitter jitter(2);
    for (std::int64_t round = 0; round < rounds; ++round) {
      WaitFor(prepared, round);
      arrived.StoreRelease(round);
      if (round % 16 == 0) WaitFor(first_ended, round);
      GoThrough(*states, second, jitter);
      second_ended.StoreRelease(round);
    }
  });
  stress::Jitter jitter(1);
  for (std::int64_t round = 0; round < rounds; ++round) {
    std::destroy_at(states.get());
    std::construct_at(states.get());
    prepared.StoreRelease(round);
    WaitFor(round % 16 == 1 ? second_ended : arrived, round);
    GoThrough(*states, first, jitter);
    first_ended.StoreRelease(round);
    WaitFor(second_ended, round);
    for (const State& state : *states) ++outcomes[state.Outcome()];
  }
  other.join();
  return outcomes;
}

}  // namespace tests::litmus

#endif  // TESTS_LITMUS_TWO_ACTORS_H_
