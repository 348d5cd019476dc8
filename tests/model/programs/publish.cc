// One producer, one consumer: publish, wrap, batches, full rings, claims given back.

#include <cstdint>

#include "disruptor/publisher.h"
#include "tests/model/program.h"
#include "tests/model/programs/line.h"

namespace model {
namespace {

using disruptor::ClaimResult;
using disruptor::ClaimStatus;

// A line with one consumer that stops behind the last of `events`.
struct OneToOne : Line {
  OneToOne(std::int64_t capacity, std::int64_t events)
      : Line(capacity), processor(ring, AtCursor(), handler), count(events) {
    Name(processor.sequence(), "consumer sequence");
    Gate({&processor.sequence()});
    stop.StopAfter(events - 1);
  }

  template <typename Produce>
  void Run(Produce produce) {
    RunThreads({{"producer", produce}, {"consumer", [&] { Consume(processor); }}});
    Require(handler.seen == count, "an event is lost");
    Require(sequencer.CursorApprox() == count - 1, "the cursor is not at the last event");
    Require(sequencer.RemainingCapacity() == ring.capacity(), "a handled event holds its slot");
  }

  Collector handler{"consumer"};
  Processor processor;
  std::int64_t count;
};

void OneByOne(std::int64_t capacity, std::int64_t events) {  // C13, C14, L04, L09
  OneToOne line(capacity, events);
  line.Run([&] {
    for (std::int64_t i = 0; i < events; ++i) Require(line.Publish(1), "closed by nobody");
  });
}

void Batches() {
  OneToOne line(2, 5);
  line.Run([&] {
    for (const std::int64_t batch : {2, 1, 2}) Require(line.Publish(batch), "closed by nobody");
  });
}

// C05: a claim that finds no room changes nothing, however often it is repeated.
void TryUntilThereIsRoom() {
  OneToOne line(1, 3);
  line.Run([&] {
    Waiting wait;
    for (std::int64_t i = 0; i < 3; ++i) {
      ClaimResult claim = line.sequencer.TryClaim(1);
      while (!claim.ok()) {
        Require(claim.status == ClaimStatus::kFull, "a full ring answered something else");
        wait.Idle();
        claim = line.sequencer.TryClaim(1);
      }
      Require(claim.last == i, "a failed claim moved the next one");
      line.Fill(claim.last, 1);
      line.sequencer.Publish(claim.last);
    }
  });
}

// C02: what HasCapacity promises, TryClaim keeps.
void CapacityThatWasPromised() {
  OneToOne line(2, 4);
  line.Run([&] {
    Waiting wait;
    for (const std::int64_t count : {1, 2, 1}) {
      while (!line.sequencer.HasCapacity(count)) wait.Idle();
      const ClaimResult claim = line.sequencer.TryClaim(count);
      Require(claim.ok(), "there was room, and then there was none");
      line.Fill(claim.last, count);
      line.sequencer.Publish(claim.last);
    }
  });
}

// C15: with nobody consuming, exactly one ring size can be claimed.
void NoRoomBehindAFrozenGate() {
  Line line(2);
  disruptor::Sequence frozen;
  line.Gate({&frozen});
  RunThreads({{"producer", [&] {
                 Require(line.sequencer.TryClaim(1).ok(), "the first slot is free");
                 Require(line.sequencer.RemainingCapacity() == 1, "one is left");
                 Require(line.sequencer.TryClaim(2).status == ClaimStatus::kFull, "two are not");
                 Require(line.sequencer.TryClaim(1).ok(), "the second slot is free");
                 Require(line.sequencer.TryClaim(1).status == ClaimStatus::kFull, "no third");
                 Require(line.sequencer.TryClaim(3).status == ClaimStatus::kInvalidCount, "never");
                 Require(line.sequencer.TryClaim(0).status == ClaimStatus::kInvalidCount, "none");
               }}});
}

// Gates that are named when events have been published already: from then on they count.
void GatesNamedLate() {
  Line line(2);
  for (int i = 0; i < 3; ++i) Require(line.Publish(1), "closed by nobody");
  Require(line.sequencer.RemainingCapacity() == 2, "a ring without gates has room");
  disruptor::Sequence gate(1);
  line.Gate({&gate});
  RunThreads({{"producer",
               [&] {
                 Waiting wait;
                 Require(line.sequencer.Claim(2, wait).last == 4, "an unexpected claim");
                 Require(gate.LoadAcquire() >= 2, "a claim overtook a gate");
               }},
              {"consumer", [&] { gate.StoreRelease(2); }}});
}

// A claim that is given back leaves no hole, and its slots are claimed again.
void Abandon() {
  OneToOne line(2, 3);
  line.Run([&] {
    Waiting wait;
    for (std::int64_t i = 0; i < 3; ++i) {
      const ClaimResult claim = line.sequencer.Claim(2, wait);
      Require(claim.ok() && claim.last == i + 1, "slots given back are the next to be claimed");
      line.Fill(claim.last, 2);
      line.ring[claim.last].value = -1;
      line.sequencer.Abandon(1);
      line.sequencer.Publish(claim.last - 1);
    }
  });
}

// A fill function that throws leaves neither a hole nor a half-filled event. C16
void ThrowingFill() {
  OneToOne line(1, 2);
  disruptor::Publisher<Slot> publisher(line.ring, line.sequencer);
  line.Run([&] {
    Waiting wait;
    bool thrown = false;
    for (std::int64_t i = 0; i < 2;) {
      try {
        const ClaimStatus status = publisher.TryPublish([&](Slot& slot, std::int64_t sequence) {
          slot.value = -1;
          if (!thrown) throw 1;
          slot.value = ValueOf(sequence);
        });
        if (status == ClaimStatus::kOk) {
          ++i;
        } else {
          wait.Idle();
        }
      } catch (int) {
        thrown = true;
      }
    }
  });
}

// The consumer takes one event a step, and frees one slot each time. C26, C30
void StepByStep() {
  OneToOne line(2, 3);
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < 3; ++i) Require(line.Publish(1), "closed by nobody");
               }},
              {"consumer", [&] {
                 Waiting wait;
                 for (int handled = 0; handled < 3;) {
                   const std::int64_t step = line.processor.Step(1);
                   Require(step == 0 || step == 1, "a step beyond its limit");
                   handled += static_cast<int>(step);
                   if (step == 0) wait.Idle();
                 }
               }}});
  Require(line.handler.seen == 3, "an event is lost");
}

std::vector<Program> Programs() {
  return {
      {"one by one, capacity 1", [] { OneByOne(1, 4); }},
      {"one by one, capacity 2", [] { OneByOne(2, 4); }},
      {"batches of 2, 1 and 2, capacity 2", Batches},
      {"try until there is room", TryUntilThereIsRoom},
      {"capacity that was promised", CapacityThatWasPromised},
      {"no room behind a frozen gate", NoRoomBehindAFrozenGate},
      {"gates named late", GatesNamedLate},
      {"claims given back", Abandon},
      {"a fill function that throws", ThrowingFill},
      {"one event a step", StepByStep},
  };
}

const ProgramGroup kGroup("publish", Programs());

}  // namespace
}  // namespace model
