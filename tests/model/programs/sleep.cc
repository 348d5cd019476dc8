// Sleeping: no wake-up is lost, whoever sleeps and on whatever, with membarrier and without. L11,
// C23

#include <cstddef>
#include <cstdint>
#include <string>

#include "disruptor/blocking_wait_strategy.h"
#include "disruptor/wake_list.h"
#include "tests/model/program.h"
#include "tests/model/programs/line.h"

namespace model {
namespace {

using disruptor::BlockingWaitStrategy;
using disruptor::SleeperTable;
using Mode = SleeperTable::Mode;

// A line whose threads may sleep at once, without spinning first.
struct SleepingLine : Line {
  SleepingLine(std::int64_t capacity, Mode mode) : Line(capacity), table(mode) {
    Connect(sequencer.cursor(), "cursor");
    stop.Wakes(&table);
  }

  void Connect(const disruptor::Sequence& sequence, const std::string& name) {
    sequence.wakes().Connect(&table);
    Name(sequence, name);
    Name(sequence.wakes(), "sleepers at " + name);
  }
  BlockingWaitStrategy Sleeping(std::vector<const disruptor::Sequence*> awaited,
                                const std::string& name) {
    const std::size_t number = table.Add();
    Name(table.At(number), "sleeper " + name);
    return BlockingWaitStrategy(table, number, std::move(awaited), 0);
  }

  SleeperTable table;
};

// One producer and one consumer; either may sleep while it has nothing to do.
void OneToOne(Mode mode, std::int64_t capacity, std::int64_t events, bool producer_sleeps,
              bool consumer_sleeps) {
  SleepingLine line(capacity, mode);
  Collector handler{.name = "consumer"};
  Line::Processor processor(line.ring, line.AtCursor(), handler);
  line.Connect(processor.sequence(), "consumer sequence");
  line.Gate({&processor.sequence()});
  line.stop.StopAfter(events - 1);
  BlockingWaitStrategy for_room = line.Sleeping({&processor.sequence()}, "producer");
  BlockingWaitStrategy for_events = line.Sleeping({&line.sequencer.cursor()}, "consumer");
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < events; ++i) {
                   if (producer_sleeps) {
                     Require(line.Publish(1, for_room), "closed by nobody");
                   } else {
                     Require(line.Publish(1), "closed by nobody");
                   }
                 }
               }},
              {"consumer", [&] {
                 if (consumer_sleeps) {
                   processor.Run(for_events, line.stop);
                 } else {
                   line.Consume(processor);
                 }
               }}});
  Require(handler.seen == events, "an event is lost");
}

// The second stage sleeps until the first has moved, which nobody but the first can tell it.
void SecondStageSleeps(Mode mode) {
  SleepingLine line(2, mode);
  Collector first{.name = "first", .writes = true};
  Collector second{.name = "second", .reads = true};
  Line::Processor ahead(line.ring, line.AtCursor(), first);
  Line::Processor behind(line.ring, Line::After({&ahead.sequence()}), second);
  line.Connect(ahead.sequence(), "first sequence");
  line.Gate({&behind.sequence()});
  line.stop.StopAfter(1);
  BlockingWaitStrategy wait = line.Sleeping({&ahead.sequence()}, "second");
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < 2; ++i) Require(line.Publish(1), "closed by nobody");
               }},
              {"first", [&] { line.Consume(ahead); }},
              {"second", [&] { behind.Run(wait, line.stop); }}});
  Require(second.seen == 2, "an event is lost");
}

// Two threads asleep at one sequence are both woken by one event.
void TwoSleepers(Mode mode) {
  SleepingLine line(1, mode);
  Collector left{.name = "left"};
  Collector right{.name = "right"};
  Line::Processor one(line.ring, line.AtCursor(), left);
  Line::Processor two(line.ring, line.AtCursor(), right);
  line.Gate({&one.sequence(), &two.sequence()});
  line.stop.StopAfter(0);
  BlockingWaitStrategy left_wait = line.Sleeping({&line.sequencer.cursor()}, "left");
  BlockingWaitStrategy right_wait = line.Sleeping({&line.sequencer.cursor()}, "right");
  RunThreads({{"producer", [&] { Require(line.Publish(1), "closed by nobody"); }},
              {"left", [&] { one.Run(left_wait, line.stop); }},
              {"right", [&] { two.Run(right_wait, line.stop); }}});
  Require(left.seen == 1 && right.seen == 1, "an event is lost");
}

// A stop reaches a consumer that sleeps, or is about to.
void StopWakesTheConsumer(Mode mode, bool halt) {
  SleepingLine line(1, mode);
  Collector handler{.name = "consumer"};
  Line::Processor processor(line.ring, line.AtCursor(), handler);
  line.Gate({&processor.sequence()});
  BlockingWaitStrategy wait = line.Sleeping({&line.sequencer.cursor()}, "consumer");
  RunThreads({{"stopper",
               [&] {
                 if (halt) {
                   line.stop.Halt();
                 } else {
                   line.stop.StopAfter(-1);
                 }
               }},
              {"consumer", [&] { processor.Run(wait, line.stop); }}});
}

// Closing reaches a producer that sleeps on a full ring.
void CloseWakesTheProducer(Mode mode) {
  SleepingLine line(1, mode);
  disruptor::Sequence frozen;
  line.Connect(frozen, "frozen gate");
  line.Gate({&frozen});
  BlockingWaitStrategy wait = line.Sleeping({&frozen}, "producer");
  RunThreads({{"producer",
               [&] {
                 int published = 0;
                 while (line.Publish(1, wait)) ++published;
                 Require(published <= 1, "a claim went beyond the ring");
               }},
              {"stopper", [&] { line.sequencer.Close(); }}});
}

std::vector<Program> Programs() {
  std::vector<Program> programs;
  for (const Mode mode : {Mode::kAsymmetric, Mode::kReadModifyWrite}) {
    const auto add = [&](const std::string& name, std::function<void()> body) {
      programs.push_back(
          {name + (mode == Mode::kAsymmetric ? ", membarrier" : ", locked"), std::move(body)});
    };
    add("consumer sleeps", [=] { OneToOne(mode, 2, 2, false, true); });
    add("producer sleeps", [=] { OneToOne(mode, 1, 2, true, false); });
    add("both sleep", [=] { OneToOne(mode, 1, 2, true, true); });
    add("second stage sleeps", [=] { SecondStageSleeps(mode); });
    add("two sleepers", [=] { TwoSleepers(mode); });
    add("a drain wakes", [=] { StopWakesTheConsumer(mode, false); });
    add("a halt wakes", [=] { StopWakesTheConsumer(mode, true); });
    add("closing wakes", [=] { CloseWakesTheProducer(mode); });
  }
  return programs;
}

const ProgramGroup kGroup("sleep", Programs());

}  // namespace
}  // namespace model
