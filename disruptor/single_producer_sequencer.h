#ifndef DISRUPTOR_SINGLE_PRODUCER_SEQUENCER_H_
#define DISRUPTOR_SINGLE_PRODUCER_SEQUENCER_H_

#include <cstdint>
#include <utility>

#include "disruptor/atomic.h"
#include "disruptor/cache_line.h"
#include "disruptor/check.h"
#include "disruptor/claim_result.h"
#include "disruptor/producer_thread_check.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence.h"
#include "disruptor/sequence_group.h"
#include "disruptor/wait_strategy.h"

namespace disruptor {

// SingleProducerSequencer claims and publishes slots for exactly one producer thread.
//
// THREADS
//   role      count      may call
//   set-up    1          constructor, SetGates; before any other thread knows the object
//   producer  exactly 1  TryClaim, Claim, Publish, Abandon, HasCapacity, RemainingCapacity
//   consumer  1..N       cursor().LoadAcquire (through SequenceBarrier::Poll)
//   stopper   any        Close
//   monitor   any        CursorApprox, closed
//   The producer role may move to another thread if the hand-over itself is a happens-before and
//   ForgetProducerThread() is called in between. Builds with debug checks remember the first
//   producer thread and abort on a second one.
//
// CACHE LINES  (range = kFalseSharingBytes; asserted below and in tests/disruptor/layout_test.cc)
//   range  written by   read by        holds                    when written
//   R0     set-up       producer       capacity_, gates_        before start
//          stopper      producer       closed_                  once, at the stop
//   R1     producer     producer       claimed_, limit_         every claim; every wrap
//   R2     producer     all consumers  cursor_                  every publish
//
// ORDERING
//   edge  release side                 acquire side             makes visible
//   E1    Publish: cursor_             SequenceBarrier::Poll    writes to slots <= cursor
//   E2    BatchEventProcessor::Commit  TryClaim, full ring      the consumer is done with the slot
//   There is no StoreLoad edge: the gates are fixed before start, so nobody joins while the
//   producer runs, and nobody here sleeps on a value that it failed to see.
//   closed_ is relaxed: it carries no data, and seeing it late only delays the refusal.
//   claimed_ and limit_ are plain: one owner.
//
// PROGRESS  TryClaim and Publish are wait-free; Claim waits for the slowest gate.
// FAILURE   A producer that dies between claim and publish leaves the slots unpublished; as nobody
//           else publishes, no consumer waits in the middle of anything.
//
// Source: LMAX Disruptor, SingleProducerSequencer (the cached gate); a limit is cached instead of
// the gate, which saves a subtraction on every claim.
class SingleProducerSequencer {
 public:
  // Requires IsValidCapacity(capacity).
  explicit SingleProducerSequencer(std::int64_t capacity)
      : capacity_(capacity), limit_(capacity - 1) {
    PINWHEEL_CHECK(IsValidCapacity(capacity), "the capacity must be a power of two, at least 1");
  }
  SingleProducerSequencer(const SingleProducerSequencer&) = delete;
  SingleProducerSequencer& operator=(const SingleProducerSequencer&) = delete;

  // SetGates names the consumers that the producer may not overtake by more than the capacity.
  // Set-up only. Without gates the producer never waits and overwrites.
  void SetGates(SequenceGroup gates) {
    gates_ = std::move(gates);
    // A limit cached while there were no gates would let the producer overtake these.
    RefreshLimit(claimed_);
  }

  // TryClaim reserves the next `count` slots; on kOk they are (last - count, last].
  //
  //   Requires  1 <= count <= capacity(). Anything else is refused with kInvalidCount and changes
  //             nothing: a count above the capacity could never succeed and must not make a caller
  //             wait for ever.
  //   Ensures   on kOk the slots are the caller's until Publish; else nothing has changed.
  //   Never     blocks, allocates, calls the OS, throws.
  //   Ordering  E2 acquire <- BatchEventProcessor::Commit, when the cached limit is used up.
  //             Without it the producer could overwrite a slot that is still being read.
  //   Cost      0 read-modify-writes, 0 fences, no foreign line while the cached limit lasts
  //             (tests/codegen).
  ClaimResult TryClaim(std::int64_t count) noexcept {
    thread_check_.Check();
    if (closed_.LoadRelaxed()) [[unlikely]] {
      return {ClaimStatus::kStopped, kBeforeFirst};
    }
    // The difference, unlike the sum claimed_ + count, cannot overflow whatever the count.
    if (count < 1 || count > limit_ - claimed_) [[unlikely]] {
      if (count < 1 || count > capacity_) return {ClaimStatus::kInvalidCount, kBeforeFirst};
      if (!RefreshLimit(claimed_ + count)) return {ClaimStatus::kFull, kBeforeFirst};
    }
    claimed_ += count;
    return {ClaimStatus::kOk, claimed_};
  }

  // Claim is TryClaim that waits while the ring is full, in the way of `wait`, until there is room
  // or the ring is closed (kStopped). It never answers kFull.
  template <WaitStrategy Wait>
  ClaimResult Claim(std::int64_t count, Wait& wait) noexcept {
    const ClaimResult claim = TryClaim(count);
    if (claim.status != ClaimStatus::kFull) [[likely]] {
      return claim;
    }
    return WaitForRoom(count, wait);
  }

  // Publish(last): everything that the caller wrote to slots <= last is visible to any thread whose
  // SequenceBarrier::Poll returns at least `last`.
  void Publish(std::int64_t last) noexcept {
    PINWHEEL_DCHECK(last <= claimed_ && last >= cursor_.LoadRelaxed(),
                    "published a slot that was not claimed, or out of order");
    // Without release a consumer could see the cursor before the event: tests/litmus.
    cursor_.AdvanceRelease(last);  // E1 release -> SequenceBarrier::Poll
  }

  // Abandon gives the last `count` claimed and unpublished slots back, as if never claimed. Only a
  // single producer can do that: nobody has claimed behind it.
  void Abandon(std::int64_t count) noexcept {
    PINWHEEL_DCHECK(claimed_ - count >= cursor_.LoadRelaxed(), "abandoned a published slot");
    claimed_ -= count;
  }

  // HasCapacity: would TryClaim(count) succeed now? Does not move anything.
  [[nodiscard]] bool HasCapacity(std::int64_t count) noexcept {
    return count >= 1 && count <= capacity_ && !closed() &&
           (claimed_ + count <= limit_ || RefreshLimit(claimed_ + count));
  }

  // RemainingCapacity is the number of free slots; of a ring without gates all are.
  [[nodiscard]] std::int64_t RemainingCapacity() noexcept {
    RefreshLimit(claimed_ + capacity_);
    return limit_ - claimed_;
  }

  // Close makes this and every later claim answer kStopped, a producer that waits for room
  // included. What was published stays readable. Idempotent.
  void Close() noexcept {
    closed_.StoreRelaxed(true);
    if (SleeperTable* sleepers = cursor_.wakes().table(); sleepers != nullptr) sleepers->WakeAll();
  }
  [[nodiscard]] bool closed() const noexcept { return closed_.LoadRelaxed(); }

  // ForgetProducerThread lets the next caller become the producer (debug checks only).
  void ForgetProducerThread() noexcept { thread_check_.Forget(); }

  [[nodiscard]] std::int64_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] const Sequence& cursor() const noexcept { return cursor_; }
  [[nodiscard]] const SequenceGroup& gates() const noexcept { return gates_; }
  // CursorApprox is the last published sequence, possibly a moment ago.
  [[nodiscard]] std::int64_t CursorApprox() const noexcept { return cursor_.LoadRelaxed(); }

 private:
  // WaitForRoom is Claim on a full ring. Out of line, so that the path with room stays short.
  template <WaitStrategy Wait>
  [[gnu::noinline, gnu::cold]] ClaimResult WaitForRoom(std::int64_t count, Wait& wait) noexcept {
    while (true) {
      IdleUntil(wait, [this, count] { return closed() || HasCapacity(count); });
      const ClaimResult claim = TryClaim(count);
      if (claim.status == ClaimStatus::kFull) continue;
      wait.Worked();
      return claim;
    }
  }

  // RefreshLimit reads the gates and says whether `last` may now be claimed. Out of line in spirit:
  // it is the only part of a claim that touches foreign lines.
  bool RefreshLimit(std::int64_t last) noexcept {
    const std::int64_t gate = gates_.MinimumAcquire();  // E2 acquire <- BatchEventProcessor::Commit
    // Without gates nothing holds the producer back: the whole ring is free.
    limit_ = (gate == SequenceGroup::kEmptyMinimum ? claimed_ : gate) + capacity_;
    return last <= limit_;
  }

  // R0
  alignas(kFalseSharingBytes) const std::int64_t capacity_;
  SequenceGroup gates_;
  Atomic<bool> closed_{false};
  // R1
  alignas(kFalseSharingBytes) std::int64_t claimed_ = kBeforeFirst;
  std::int64_t limit_;
  ProducerThreadCheck thread_check_;
  // R2
  Sequence cursor_;

  friend struct LayoutTest;
};

static_assert(sizeof(SingleProducerSequencer) == 3 * kFalseSharingBytes,
              "three ranges: what is set once, what the producer owns, what consumers read");

}  // namespace disruptor

#endif  // DISRUPTOR_SINGLE_PRODUCER_SEQUENCER_H_
