#ifndef DISRUPTOR_PUBLISHER_H_
#define DISRUPTOR_PUBLISHER_H_

#include <concepts>
#include <cstdint>
#include <utility>

#include "disruptor/claim_result.h"
#include "disruptor/probe.h"
#include "disruptor/producer_wait.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/single_producer_sequencer.h"

namespace disruptor {

// Publisher fills claimed slots in place and publishes them.
//
//   publisher.Publish([&](Quote& quote) { quote.price = price; });
//
// A fill function takes (Event&) or (Event&, std::int64_t sequence); in a batch the second argument
// is the sequence as well. The slot still holds what an earlier lap left there: write every field
// that a stage reads. If a fill function throws, its claim is given back as if never made, batch
// included: no stage ever sees a half-filled event, and no slot is lost. A fill function must not
// publish to the same ring: its own slot would be shown unfilled (builds with debug checks abort).
//
// THREADS  the one producer thread.
// COST     Publish is one claim, the fill and one store; no system call unless the ring is full.
template <typename Event, typename Probe = NoProbe>
class Publisher {
 public:
  // What is passed by reference outlives the publisher. `wait` is what it does on a full ring.
  Publisher(RingBuffer<Event>& ring, SingleProducerSequencer& sequencer, ProducerWait wait = {},
            Probe probe = Probe{})
      : ring_(&ring), sequencer_(&sequencer), wait_(std::move(wait)), probe_(std::move(probe)) {}

  // Publish waits while the ring is full. kOk, or kStopped after the pipeline was stopped.
  template <typename Fill>
  [[nodiscard]] ClaimStatus Publish(Fill&& fill) {
    return FillAndPublish(sequencer_->Claim(1, wait_), 1, fill);
  }

  // TryPublish never waits: kOk, kFull or kStopped.
  template <typename Fill>
  [[nodiscard]] ClaimStatus TryPublish(Fill&& fill) {
    return FillAndPublish(sequencer_->TryClaim(1), 1, fill);
  }

  // PublishBatch publishes `count` events at once, after waiting for room for all of them; also
  // kInvalidCount for a count below 1 or above the capacity.
  template <typename Fill>
  [[nodiscard]] ClaimStatus PublishBatch(std::int64_t count, Fill&& fill) {
    return FillAndPublish(sequencer_->Claim(count, wait_), count, fill);
  }

  // TryPublishBatch publishes all `count` events or none, and never waits.
  template <typename Fill>
  [[nodiscard]] ClaimStatus TryPublishBatch(std::int64_t count, Fill&& fill) {
    return FillAndPublish(sequencer_->TryClaim(count), count, fill);
  }

  [[nodiscard]] SingleProducerSequencer& sequencer() noexcept { return *sequencer_; }
  [[nodiscard]] RingBuffer<Event>& ring() noexcept { return *ring_; }
  [[nodiscard]] Probe& probe() noexcept { return probe_; }

 private:
  template <typename Fill>
  [[nodiscard]] ClaimStatus FillAndPublish(ClaimResult claim, std::int64_t count, Fill& fill) {
    if (!claim.ok()) [[unlikely]] {
      return claim.status;
    }
    try {
      for (std::int64_t sequence = claim.last - count + 1; sequence <= claim.last; ++sequence) {
        Event& event = (*ring_)[sequence];
        if constexpr (std::invocable<Fill&, Event&, std::int64_t>) {
          fill(event, sequence);
        } else {
          fill(event);
        }
        probe_.Published(sequence);
      }
    } catch (...) {
      sequencer_->Abandon(count);
      throw;
    }
    sequencer_->Publish(claim.last);
    return ClaimStatus::kOk;
  }

  RingBuffer<Event>* ring_;
  SingleProducerSequencer* sequencer_;
  ProducerWait wait_;
  [[no_unique_address]] Probe probe_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_PUBLISHER_H_
