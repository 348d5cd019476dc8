#ifndef TESTS_MODEL_PROGRAMS_LINE_H_
#define TESTS_MODEL_PROGRAMS_LINE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "disruptor/batch_event_processor.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/sequence_group.h"
#include "disruptor/single_producer_sequencer.h"
#include "disruptor/stop_signal.h"
#include "tests/model/plain.h"
#include "tests/model/run.h"
#include "tests/model/waiting.h"

namespace model {

// The event of the programs: what the producer writes, and what a first stage makes of it.
struct Slot {
  Plain<std::int64_t> value;
  Plain<std::int64_t> result;
};

// ValueOf is what the event of `sequence` holds.
constexpr std::int64_t ValueOf(std::int64_t sequence) noexcept { return 100 + sequence; }

// Collector is a handler that wants each event once, in order, with the right content. With
// `writes` it leaves a result for a stage behind it, with `reads` it wants the one from before.
struct Collector {
  std::string name;
  bool writes = false;
  bool reads = false;
  std::int64_t seen = 0;

  void operator()(Slot& slot, std::int64_t sequence) {
    Require(sequence == seen, name + " got an event twice, or not at all");
    Require(slot.value == ValueOf(sequence), name + " got an event with another's content");
    if (reads) {
      Require(slot.result == -ValueOf(sequence),
              name + " got an event before the stage it follows");
    }
    if (writes) slot.result = -ValueOf(sequence);
    ++seen;
  }
};

// Line is a ring with its producer. The stages are the program's.
struct Line {
  explicit Line(std::int64_t capacity) : ring(capacity), sequencer(capacity) {
    Name(sequencer, "sequencer");
    Name(sequencer.cursor(), "cursor");
    Name(stop, "stop");
    for (std::int64_t i = 0; i < capacity; ++i) {
      Name(ring[i].value, "value of slot " + std::to_string(i));
      Name(ring[i].result, "result of slot " + std::to_string(i));
    }
  }

  using Processor = disruptor::BatchEventProcessor<Slot, Collector>;

  [[nodiscard]] disruptor::SequenceBarrier AtCursor() const { return After({&sequencer.cursor()}); }
  static disruptor::SequenceBarrier After(std::vector<const disruptor::Sequence*> followed) {
    return disruptor::SequenceBarrier(disruptor::SequenceGroup(std::move(followed)));
  }
  void Gate(std::vector<const disruptor::Sequence*> gates) {
    sequencer.SetGates(disruptor::SequenceGroup(std::move(gates)));
  }

  // Writes the claimed slots (last - count, last].
  void Fill(std::int64_t last, std::int64_t count) {
    for (std::int64_t i = last - count + 1; i <= last; ++i) ring[i].value = ValueOf(i);
  }
  // Claims, fills and publishes; false when the ring was closed.
  bool Publish(std::int64_t count) {
    Waiting wait;
    return Publish(count, wait);
  }
  template <typename Wait>
  bool Publish(std::int64_t count, Wait& wait) {
    const disruptor::ClaimResult claim = sequencer.Claim(count, wait);
    if (claim.status == disruptor::ClaimStatus::kStopped) return false;
    Require(claim.ok(), "a claim that waits answered something else than ok and stopped");
    Fill(claim.last, count);
    sequencer.Publish(claim.last);
    return true;
  }
  // Handles events until the stop signal says that there are no more.
  void Consume(Processor& processor) {
    Waiting wait;
    processor.Run(wait, stop);
  }

  disruptor::RingBuffer<Slot> ring;
  disruptor::SingleProducerSequencer sequencer;
  disruptor::StopSignal stop;
};

}  // namespace model

#endif  // TESTS_MODEL_PROGRAMS_LINE_H_
