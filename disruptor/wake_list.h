#ifndef DISRUPTOR_WAKE_LIST_H_
#define DISRUPTOR_WAKE_LIST_H_

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "disruptor/asymmetric_barrier.h"
#include "disruptor/atomic.h"
#include "disruptor/check.h"
#include "disruptor/sleeper.h"

namespace disruptor {

// SleeperTable is the threads of one pipeline that may ever sleep, at most 64.
//
// THREADS  Add: set-up. At, WakeAll: any.
class SleeperTable {
 public:
  static constexpr std::size_t kMaxSleepers = 64;

  // kAsymmetric: sleepers pay, with membarrier. kReadModifyWrite: whoever advances a sequence pays
  // a locked instruction; for kernels without membarrier, or sandboxes that forbid it.
  enum class Mode : std::uint8_t { kAsymmetric, kReadModifyWrite };

  // BestMode is kAsymmetric where this process may use membarrier; registers it. Set-up only.
  static Mode BestMode() noexcept {
    return RegisterHeavyBarrier() ? Mode::kAsymmetric : Mode::kReadModifyWrite;
  }

  // A sleep ends after `longest_sleep` even if nobody wakes the thread, so that a waker that died
  // or is held in a debugger stalls its pipeline and does not freeze it. Not part of the protocol:
  // tests take a time so long that a wake-up that is lost shows as a hang.
  static constexpr std::chrono::nanoseconds kLongestSleep = std::chrono::seconds(1);

  explicit SleeperTable(Mode mode = BestMode(),
                        std::chrono::nanoseconds longest_sleep = kLongestSleep) noexcept
      : mode_(mode), longest_sleep_(longest_sleep) {}

  // Add returns the number of a new sleeper.
  std::size_t Add() noexcept {
    PINWHEEL_CHECK(count_ < kMaxSleepers, "a pipeline has at most 64 threads that may sleep");
    return count_++;
  }
  [[nodiscard]] Sleeper& At(std::size_t number) noexcept { return sleepers_[number]; }
  [[nodiscard]] Mode mode() const noexcept { return mode_; }
  [[nodiscard]] std::chrono::nanoseconds longest_sleep() const noexcept { return longest_sleep_; }

  // WakeAll wakes every thread of the pipeline, asleep or about to be: for a stop.
  void WakeAll() noexcept {
    for (std::size_t i = 0; i < count_; ++i) sleepers_[i].Wake();
  }

 private:
  const Mode mode_;
  const std::chrono::nanoseconds longest_sleep_;
  std::size_t count_ = 0;
  std::array<Sleeper, kMaxSleepers> sleepers_;
};

// WakeList is who sleeps until one sequence advances; it lives beside that sequence, on the lines
// of the thread that advances it.
//
//   sleeper                                    advancer
//   1 Sleeper::Prepare                         a stores the sequence, release (E1, E2, E3, E6)
//   2 Enlist: sets its bit in `asleep_`        b Notify: LightBarrier,
//     of each list that it waits for           c loads `asleep_` of the list
//   3 SleeperBarrier                           d empty: done, which is nearly always
//   4 looks once more: is there work?          e else takes the bits and wakes their sleepers
//   5 Sleeper::Sleep
//   6 Leave: takes its bits back
//
// Steps 2 to 4 and a to c are "store mine, then load yours" on both sides (E4): without the
// barriers the sleeper could miss the new sequence while the advancer misses the bit, and the event
// would lie there until the next one, perhaps for ever. In kReadModifyWrite mode c is a
// read-modify-write of the mask, as 2 is; those of one mask have one order, and whoever is second
// sees what the first did before. A wake between 1 and 5 changes the sleeper's word, and the kernel
// then does not let it sleep (E5).
//
// THREADS  Connect: set-up. Notify: the advancer. Enlist, Leave: any sleeper of the table.
// COST     Notify: one load of the advancer's own line while nobody sleeps.
//
// Sources: the flag that elides wake-ups is the seed's and LMAX LiteBlocking's; moving its fence to
// the sleeper with membarrier is userspace RCU's.
class WakeList {
 public:
  // Connect names the threads that may sleep here. A list that is not connected has no sleepers.
  void Connect(SleeperTable* table) noexcept {
    table_ = table;
    who_ =
        table->mode() == SleeperTable::Mode::kAsymmetric ? Who::kAsymmetric : Who::kReadModifyWrite;
  }

  // Notify comes right after the store of the sequence.
  void Notify() noexcept {
    if (who_ == Who::kNobody) return;
    if (who_ == Who::kAsymmetric) [[likely]] {
      LightBarrier();
      if (asleep_.LoadRelaxed() == 0) return;
    }
    WakeSleepers();
  }

  void Enlist(std::size_t sleeper) noexcept {
    asleep_.FetchOrAcquire(Bit(sleeper));  // E4 acquire <- WakeList::WakeSleepers
  }
  void Leave(std::size_t sleeper) noexcept { asleep_.FetchAndRelaxed(~Bit(sleeper)); }

  // SleeperBarrier is step 3.
  static void SleeperBarrier(SleeperTable::Mode mode) noexcept {
    if (mode == SleeperTable::Mode::kAsymmetric) HeavyBarrier();
  }

  [[nodiscard]] SleeperTable* table() const noexcept { return table_; }

 private:
  // Who may sleep here, and how they are found out.
  enum class Who : std::uint8_t { kNobody, kAsymmetric, kReadModifyWrite };

  static constexpr std::uint64_t Bit(std::size_t sleeper) noexcept {
    return std::uint64_t{1} << sleeper;
  }

  // Out of line, so that the path that wakes nobody stays short.
  [[gnu::noinline, gnu::cold]] void WakeSleepers() noexcept {
    if (who_ == Who::kReadModifyWrite) {
      // Release hands the new sequence to a sleeper that comes second. Nothing comes back: of one
      // that came first, the bit says all.
      if (asleep_.FetchOrRelease(0) == 0) return;  // E4 release -> WakeList::Enlist
    }
    // Relaxed: a bit says only whom to wake; a sleeper that is woken looks for itself.
    for (std::uint64_t mask = asleep_.ExchangeRelaxed(0); mask != 0; mask &= mask - 1) {
      table_->At(static_cast<std::size_t>(std::countr_zero(mask))).Wake();
    }
  }

  Atomic<std::uint64_t> asleep_{0};
  SleeperTable* table_ = nullptr;
  Who who_ = Who::kNobody;
};

}  // namespace disruptor

#endif  // DISRUPTOR_WAKE_LIST_H_
