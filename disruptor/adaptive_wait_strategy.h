#ifndef DISRUPTOR_ADAPTIVE_WAIT_STRATEGY_H_
#define DISRUPTOR_ADAPTIVE_WAIT_STRATEGY_H_

#include <cstdint>

#include "disruptor/cpu_relax.h"
#include "disruptor/wait_strategy.h"

namespace disruptor {

// AdaptiveWaitStrategy is a busy spin that stops chasing a running stream.
//
// A consumer that keeps up with its producer takes the cursor's line away after every few events,
// and the two spend their time moving that line to and fro. While a stream runs, this one pauses
// after small batches; the producer then publishes hundreds of events before it is asked again, and
// both sides get several times faster (benchmarks/one_to_one.cc).
//
// It pauses only while a stream is known to run: kStreak batches in a row with next to no idle
// polls between them, of kDenseBatch events or more on average. Lone events, bursts shorter than
// that, and streams slow enough to be taken one by one never meet a pause. A batch smaller than the
// pause is long, or a gap, ends the stream; what can be delayed is the end of a long stream, by one
// pause.
class AdaptiveWaitStrategy {
 public:
  // Batches that make a stream: longer than the bursts that should be delivered like lone events.
  static constexpr int kStreak = 64;
  static constexpr std::int64_t kDenseBatch = 4;
  // A batch of this size costs little enough for each event: no pause after it.
  static constexpr std::int64_t kSmallBatch = 256;
  // A stream that brings fewer events during a pause is too slow to gain from it.
  static constexpr std::int64_t kSparseBatch = 32;
  // Polls without an event (about a nanosecond each) that end a stream.
  static constexpr int kGap = 128;
  static constexpr int kDefaultPauses = 64;

  explicit AdaptiveWaitStrategy(int pauses = kDefaultPauses) noexcept : pauses_(pauses) {}

  void Idle() noexcept {
    if (++idle_ == kGap) streak_ = 0;
  }

  // True while a stream is taken to run, so that a small batch is followed by a pause.
  [[nodiscard]] bool streaming() const noexcept { return streak_ == kStreak; }

  void Worked(std::int64_t events) noexcept {
    idle_ = 0;
    if (streak_ < kStreak) {
      events_ = streak_ == 0 ? events : events_ + events;
      ++streak_;
      if (streak_ == kStreak && events_ < kStreak * kDenseBatch) streak_ = 0;
    } else if (events < kSparseBatch) {
      streak_ = 0;
    } else if (events < kSmallBatch) {
      for (int i = 0; i < pauses_; ++i) CpuRelax();
    }
  }

 private:
  int pauses_;
  int idle_ = 0;
  int streak_ = 0;
  std::int64_t events_ = 0;
};

static_assert(WaitStrategy<AdaptiveWaitStrategy>);

}  // namespace disruptor

#endif  // DISRUPTOR_ADAPTIVE_WAIT_STRATEGY_H_
