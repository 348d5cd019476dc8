#ifndef DISRUPTOR_BATCH_EVENT_PROCESSOR_H_
#define DISRUPTOR_BATCH_EVENT_PROCESSOR_H_

#include <cstdint>
#include <limits>
#include <utility>

#include "disruptor/check.h"
#include "disruptor/event_handler.h"
#include "disruptor/probe.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/sequence_group.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_strategy.h"

namespace disruptor {

// BatchEventProcessor carries events from a barrier to a handler: Step() once, Run() until stopped.
//
// THREADS   one consumer thread calls Step and Run; any thread reads sequence().
// CACHE     sequence_ is on lines of its own: written once a batch, read by the producer when its
//           cached limit is used up and by the stages that follow. The rest is the consumer's.
// ORDERING  Commit releases twice with one store:
//   E2 release -> SingleProducerSequencer::TryClaim: the slot may be overwritten. Without it the
//      next lap's event could appear in a slot that this stage is still reading.
//   E3 release -> SequenceBarrier::Poll of the stages that follow: what this stage wrote into the
//      event is visible to them. Without it they read the event of before.
// COST      for each batch one barrier poll and one store; for each event the handler alone.
//
// An exception that leaves the handler leaves Step and Run; the events before it count as handled,
// the one that threw and those behind it do not.
template <typename Event, EventHandler<Event> Handler, typename Probe = NoProbe>
class BatchEventProcessor {
 public:
  // Everything passed by reference outlives the processor.
  BatchEventProcessor(RingBuffer<Event>& ring, SequenceBarrier barrier, Handler& handler,
                      Probe probe = Probe{})
      : ring_(ring), barrier_(std::move(barrier)), handler_(handler), probe_(std::move(probe)) {}
  BatchEventProcessor(const BatchEventProcessor&) = delete;
  BatchEventProcessor& operator=(const BatchEventProcessor&) = delete;

  // kNoLimit: a batch is whatever is available.
  static constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

  // Step handles the events that are available, at most `limit` (at least 1), and returns how many
  // that were; 0 is "idle". With a limit the last event of each part ends a batch.
  std::int64_t Step(std::int64_t limit = kNoLimit) {
    std::int64_t available = barrier_.Poll();
    const std::int64_t first = next_;
    PINWHEEL_DCHECK(limit >= 1, "a limit below 1 would move the sequence backwards");
    if (available < first) return 0;
    if (available - first >= limit) available = first + limit - 1;
    std::int64_t sequence = first;
    try {
      for (; sequence <= available; ++sequence) {
        probe_.Around(sequence, [this, sequence, available] {
          InvokeHandler(handler_, ring_[sequence], sequence, sequence == available);
        });
      }
    } catch (...) {
      Commit(sequence - 1);
      throw;
    }
    Commit(available);
    return available - first + 1;
  }

  // Run handles events until `stop` says that there is no more to do. The hooks of the handler are
  // the caller's business: it knows when the thread starts and ends.
  template <WaitStrategy Wait>
  void Run(Wait& wait, const StopSignal& stop) {
    while (true) {
      if (const std::int64_t handled = Step(); handled > 0) {
        TellWorked(wait, handled);
        if (stop.halted()) return;
      } else if (stop.StopsBefore(next_)) {
        return;
      } else {
        IdleUntil(wait, [this, &stop] { return Ready() || stop.StopsBefore(next_); });
      }
    }
  }

  // Ready: would Step find something now?
  [[nodiscard]] bool Ready() const noexcept { return barrier_.Poll() >= next_; }
  // What this stage waits for, for strategies that sleep.
  [[nodiscard]] const SequenceGroup& follows() const noexcept { return barrier_.follows(); }
  [[nodiscard]] const Sequence& sequence() const noexcept { return sequence_; }
  [[nodiscard]] std::int64_t next() const noexcept { return next_; }
  [[nodiscard]] Probe& probe() noexcept { return probe_; }

 private:
  void Commit(std::int64_t last) noexcept {
    next_ = last + 1;
    // E2 release -> SingleProducerSequencer::TryClaim
    sequence_.AdvanceRelease(last);  // E3 release -> SequenceBarrier::Poll
  }

  Sequence sequence_;
  RingBuffer<Event>& ring_;
  SequenceBarrier barrier_;
  Handler& handler_;
  [[no_unique_address]] Probe probe_;
  std::int64_t next_ = kBeforeFirst + 1;
};

}  // namespace disruptor

#endif  // DISRUPTOR_BATCH_EVENT_PROCESSOR_H_
