// Several consumers: chains, parallel stages, a stage behind two.

#include <cstdint>

#include "tests/model/program.h"
#include "tests/model/programs/line.h"

namespace model {
namespace {

void Chain(std::int64_t capacity, std::int64_t events) {  // E3; C34
  Line line(capacity);
  Collector first{.name = "first", .writes = true};
  Collector second{.name = "second", .reads = true};
  Line::Processor ahead(line.ring, line.AtCursor(), first);
  Line::Processor behind(line.ring, Line::After({&ahead.sequence()}), second);
  Name(ahead.sequence(), "first sequence");
  Name(behind.sequence(), "second sequence");
  line.Gate({&behind.sequence()});
  line.stop.StopAfter(events - 1);
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < events; ++i) Require(line.Publish(1), "closed by nobody");
               }},
              {"first", [&] { line.Consume(ahead); }},
              {"second", [&] { line.Consume(behind); }}});
  Require(first.seen == events && second.seen == events, "an event is lost");
}

// C39, C43: each gets every event, and the producer waits for the slower one.
void Parallel(std::int64_t capacity, std::int64_t events) {
  Line line(capacity);
  Collector left{.name = "left"};
  Collector right{.name = "right"};
  Line::Processor one(line.ring, line.AtCursor(), left);
  Line::Processor two(line.ring, line.AtCursor(), right);
  Name(one.sequence(), "left sequence");
  Name(two.sequence(), "right sequence");
  line.Gate({&one.sequence(), &two.sequence()});
  line.stop.StopAfter(events - 1);
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < events; ++i) Require(line.Publish(1), "closed by nobody");
               }},
              {"left", [&] { line.Consume(one); }},
              {"right", [&] { line.Consume(two); }}});
  Require(left.seen == events && right.seen == events, "an event is lost");
}

// C54: what both have done is there for the stage that follows both.
void Diamond(std::int64_t capacity, std::int64_t events) {
  struct Writer {
    Plain<std::int64_t> Slot::*field;
    void operator()(Slot& slot, std::int64_t sequence) { slot.*field = ValueOf(sequence); }
  };
  struct Reader {
    std::int64_t seen = 0;
    void operator()(Slot& slot, std::int64_t sequence) {
      Require(slot.value == ValueOf(sequence), "the left stage was not done");
      Require(slot.result == ValueOf(sequence), "the right stage was not done");
      ++seen;
    }
  };
  Line line(capacity);
  Writer left{&Slot::value}, right{&Slot::result};
  Reader reader;
  using WriterStage = disruptor::BatchEventProcessor<Slot, Writer>;
  WriterStage one(line.ring, line.AtCursor(), left);
  WriterStage two(line.ring, line.AtCursor(), right);
  disruptor::BatchEventProcessor<Slot, Reader> last(
      line.ring, Line::After({&one.sequence(), &two.sequence()}), reader);
  Name(one.sequence(), "left sequence");
  Name(two.sequence(), "right sequence");
  Name(last.sequence(), "last sequence");
  line.Gate({&last.sequence()});
  line.stop.StopAfter(events - 1);
  const auto consume = [&](auto& processor) {
    Waiting wait;
    processor.Run(wait, line.stop);
  };
  RunThreads({{"producer",
               [&] {
                 for (int i = 0; i < events; ++i) Require(line.Publish(1), "closed by nobody");
               }},
              {"left", [&] { consume(one); }},
              {"right", [&] { consume(two); }},
              {"last", [&] { consume(last); }}});
  Require(reader.seen == events, "an event is lost");
}

std::vector<Program> Programs() {
  return {
      {"chain of two, capacity 1", [] { Chain(1, 2); }},
      {"chain of two, capacity 2", [] { Chain(2, 3); }},
      {"two in parallel, capacity 1", [] { Parallel(1, 2); }},
      {"two in parallel, capacity 2", [] { Parallel(2, 3); }},
      {"two in parallel and one behind", [] { Diamond(1, 2); }},
  };
}

const ProgramGroup kGroup("stages", Programs());

}  // namespace
}  // namespace model
