#ifndef DISRUPTOR_SEQUENCE_BARRIER_H_
#define DISRUPTOR_SEQUENCE_BARRIER_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "disruptor/check.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_group.h"

namespace disruptor {

// SequenceBarrier says how far a stage may read: to the lowest position of what it follows. A stage
// of the first rank follows the producer's cursor; a later one follows stages, which can never be
// ahead of the cursor.
//
// THREADS   one consumer thread polls.
// ORDERING  E1 acquire <- SingleProducerSequencer::Publish, where it follows the cursor;
//           E3 acquire <- BatchEventProcessor::Commit, where it follows stages: what those stages
//           wrote into the event is visible. Without either a stage reads a slot whose content is
//           still on its way; x86 hides that, the thread sanitizer and aarch64 do not.
// COST      one load of a foreign line for each thing followed.
class SequenceBarrier {
 public:
  // Requires at least one sequence: a barrier over nothing would let the stage read everything.
  explicit SequenceBarrier(SequenceGroup follows) : follows_(std::move(follows)) {
    PINWHEEL_CHECK(follows_.size() > 0, "a barrier needs at least one sequence to follow");
  }

  // Poll is the highest sequence that may be read now: everything written to slots up to it, by the
  // producer and by the stages followed, is visible to the caller. Never blocks.
  [[nodiscard]] std::int64_t Poll() const noexcept {
    // E1 acquire <- SingleProducerSequencer::Publish; E3 acquire <- BatchEventProcessor::Commit
    return follows_.MinimumAcquire();
  }

  [[nodiscard]] const SequenceGroup& follows() const noexcept { return follows_; }

 private:
  SequenceGroup follows_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_SEQUENCE_BARRIER_H_
