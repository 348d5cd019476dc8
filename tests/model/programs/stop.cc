// Stopping: closed rings, drains, halts, handlers that throw.

#include <cstdint>

#include "disruptor/atomic.h"
#include "tests/model/program.h"
#include "tests/model/programs/line.h"

namespace model {
namespace {

using disruptor::ClaimStatus;

struct Stoppable : Line {
  explicit Stoppable(std::int64_t capacity) : Line(capacity), processor(ring, AtCursor(), handler) {
    Name(processor.sequence(), "consumer sequence");
    Gate({&processor.sequence()});
  }

  Collector handler{"consumer"};
  Processor processor;
};

void CloseReleasesAClaimThatWaits() {  // C60
  Stoppable line(1);
  RunThreads({{"producer",
               [&] {
                 std::int64_t published = 0;
                 while (line.Publish(1)) ++published;
                 Require(published <= 1, "a claim went beyond the ring");
                 Require(line.sequencer.CursorApprox() == published - 1,
                         "a refusal moved the cursor");
                 Require(line.sequencer.TryClaim(1).status == ClaimStatus::kStopped, "open again");
                 Require(!line.sequencer.HasCapacity(1), "room in a closed ring");
               }},
              {"stopper", [&] { line.sequencer.Close(); }}});
  Require(line.sequencer.closed(), "not closed");
}

// Drain from the publishing thread: everything published is handled.
void DrainFromTheProducer() {
  Stoppable line(2);
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < 3; ++i) Require(line.Publish(1), "closed too early");
                 line.sequencer.Close();
                 Require(!line.Publish(1), "published after the close");
                 line.stop.StopAfter(line.sequencer.CursorApprox());
               }},
              {"consumer", [&] { line.Consume(line.processor); }}});
  Require(line.handler.seen == 3, "a drain lost an event");
}

// Drain from a third thread, which knows that the producer has ended, or stops it by closing.
void DrainFromOutside(bool close) {
  Stoppable line(2);
  disruptor::Atomic<bool> ended(false);
  Name(ended, "ended");
  std::int64_t published = 0;
  RunThreads({{"producer",
               [&] {
                 while (published < 3 && line.Publish(1)) ++published;
                 ended.StoreRelease(true);
               }},
              {"stopper",
               [&] {
                 Waiting wait;
                 if (close) line.sequencer.Close();
                 while (!ended.LoadAcquire()) wait.Idle();
                 line.stop.StopAfter(line.sequencer.CursorApprox());
               }},
              {"consumer", [&] { line.Consume(line.processor); }}});
  Require(line.handler.seen == published, "a drain lost an event");
  Require(close || published == 3, "closed by nobody");
}

// A drain of a ring into which nothing was published, asked for while the consumer starts.
void DrainOfNothing() {
  Stoppable line(1);
  RunThreads({{"stopper",
               [&] {
                 line.sequencer.Close();
                 line.stop.StopAfter(line.sequencer.CursorApprox());
               }},
              {"consumer", [&] { line.Consume(line.processor); }}});
  Require(line.handler.seen == 0, "an event from nowhere");
}

// L13: a halt at any moment of a run ends it; what was handled is a prefix, and committed.
void HaltOfARunningConsumer() {
  Stoppable line(2);
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < 3 && line.Publish(1); ++i) {
                 }
               }},
              {"stopper",
               [&] {
                 line.stop.Halt();
                 line.sequencer.Close();
               }},
              {"consumer", [&] { line.Consume(line.processor); }}});
  Require(line.handler.seen - 1 == line.processor.sequence().LoadRelaxed(),
          "handled and committed differ");
  Require(line.handler.seen <= line.sequencer.CursorApprox() + 1, "handled what was not published");
  Observe(std::to_string(line.handler.seen));
}

// A stage that is halted while it handles an event handles no other batch.
void HaltFromTheHandler() {
  struct Halter {
    disruptor::StopSignal& stop;
    std::int64_t seen = 0;
    void operator()(Slot&, std::int64_t) {
      ++seen;
      stop.Halt();
    }
  };
  Line line(1);
  Halter halter{line.stop};
  disruptor::BatchEventProcessor<Slot, Halter> processor(line.ring, line.AtCursor(), halter);
  line.Gate({&processor.sequence()});
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < 2; ++i) Require(line.Publish(1), "closed by nobody");
               }},
              {"consumer", [&] {
                 Waiting wait;
                 processor.Run(wait, line.stop);
               }}});
  Require(halter.seen == 1, "a halted stage took another batch");
}

// A drain and a halt at the same moment: the halt wins, whoever comes first.
void DrainDoesNotUndoHalt() {
  Stoppable line(2);
  RunThreads({{"drainer", [&] { line.stop.StopAfter(0); }},
              {"stopper", [&] { line.stop.Halt(); }},
              {"consumer", [&] { line.Consume(line.processor); }}});
  Require(line.stop.halted() && line.handler.seen == 0, "the halt is lost");
}

// C27: the events before the one that threw count, and the stage behind sees exactly those.
void AHandlerThatThrows() {
  struct Thrower {
    void operator()(Slot& slot, std::int64_t sequence) {
      if (sequence == 1) throw 1;
      slot.result = -ValueOf(sequence);
    }
  };
  Line line(2);
  Thrower thrower;
  Collector behind{.name = "behind", .reads = true};
  disruptor::BatchEventProcessor<Slot, Thrower> first(line.ring, line.AtCursor(), thrower);
  Line::Processor second(line.ring, Line::After({&first.sequence()}), behind);
  line.Gate({&second.sequence()});
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < 2; ++i) Require(line.Publish(1), "closed by nobody");
               }},
              {"thrower",
               [&] {
                 Waiting wait;
                 bool threw = false;
                 try {
                   first.Run(wait, line.stop);
                 } catch (int) {
                   threw = true;
                 }
                 Require(threw, "the error is lost");
                 line.stop.StopAfter(first.sequence().LoadRelaxed());
               }},
              {"behind", [&] { line.Consume(second); }}});
  Require(behind.seen == 1, "the stage behind saw something else than what was handled");
}

std::vector<Program> Programs() {
  return {
      {"close releases a claim that waits", CloseReleasesAClaimThatWaits},
      {"drain from the producer", DrainFromTheProducer},
      {"drain from outside, producer done", [] { DrainFromOutside(false); }},
      {"drain from outside, closing", [] { DrainFromOutside(true); }},
      {"drain of nothing", DrainOfNothing},
      {"halt of a running consumer", HaltOfARunningConsumer, {"0", "1", "2", "3"}},
      {"halt from the handler", HaltFromTheHandler},
      {"a drain does not undo a halt", DrainDoesNotUndoHalt},
      {"a handler that throws", AHandlerThatThrows},
  };
}

const ProgramGroup kGroup("stop", Programs());

}  // namespace
}  // namespace model
