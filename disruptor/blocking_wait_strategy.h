#ifndef DISRUPTOR_BLOCKING_WAIT_STRATEGY_H_
#define DISRUPTOR_BLOCKING_WAIT_STRATEGY_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "disruptor/cpu_relax.h"
#include "disruptor/sequence.h"
#include "disruptor/wait_strategy.h"
#include "disruptor/wake_list.h"

namespace disruptor {

// BlockingWaitStrategy spins for a moment and then sleeps until something that it waits for
// advances: for stages whose latency may be tens of microseconds, and for machines with fewer CPUs
// than threads. Whoever advances the sequence wakes it: the producer, or the stage upstream, or,
// for a producer on a full ring, the stage that holds it back.
//
// THREADS  one. COST  falling asleep: two system calls; being woken: one for the waker.
class BlockingWaitStrategy {
 public:
  // Catches the next event of a stream; far below the cost of a sleep.
  static constexpr int kDefaultSpins = 200;

  // `number` is this thread's in `table`; `awaited` is what it waits for.
  BlockingWaitStrategy(SleeperTable& table, std::size_t number,
                       std::vector<const Sequence*> awaited, int spins = kDefaultSpins)
      : table_(&table), number_(number), awaited_(std::move(awaited)), spins_(spins) {}

  // Idle sleeps unless `ready()`, which says whether there is anything to do, a stop included.
  template <typename Ready>
  void Idle(Ready&& ready) noexcept {
    if (idle_ < spins_) {
      ++idle_;
      CpuRelax();
      return;
    }
    Sleeper& sleeper = table_->At(number_);
    const std::uint32_t prepared = sleeper.Prepare();
    for (const Sequence* sequence : awaited_) sequence->wakes().Enlist(number_);
    WakeList::SleeperBarrier(table_->mode());
    if (!ready()) sleeper.Sleep(prepared, table_->longest_sleep());
    for (const Sequence* sequence : awaited_) sequence->wakes().Leave(number_);
  }
  void Worked() noexcept { idle_ = 0; }

 private:
  SleeperTable* table_;
  std::size_t number_;
  std::vector<const Sequence*> awaited_;
  int spins_;
  int idle_ = 0;
};

}  // namespace disruptor

#endif  // DISRUPTOR_BLOCKING_WAIT_STRATEGY_H_
