// The litmus shapes of one and two sequences, on the shipped class.

#include "disruptor/sequence.h"

#include <cstdint>

#include "tests/model/plain.h"
#include "tests/model/program.h"
#include "tests/model/run.h"

namespace model {
namespace {

using disruptor::Sequence;

void Coherence() {  // L02, L03
  Sequence sequence;
  const std::int64_t high = std::int64_t{5} << 40 | 3;
  RunThreads({{"writer",
               [&] {
                 sequence.StoreRelease(7);
                 sequence.StoreRelease(high);
               }},
              {"reader", [&] {
                 const std::int64_t first = sequence.LoadAcquire();
                 const std::int64_t second = sequence.LoadRelaxed();
                 Require(first <= second, "a sequence went back");
                 Require(first == -1 || first == 7 || first == high, "a mix of two values");
               }}});
}

void MessagePassing() {  // L04
  Sequence sequence;
  Plain<int> data;
  Name(data, "data");
  RunThreads({{"writer",
               [&] {
                 data = 1;
                 sequence.StoreRelease(0);
               }},
              {"reader", [&] {
                 if (sequence.LoadAcquire() == 0) Require(data == 1, "sequence without its data");
               }}});
}

// Nothing orders a release store before a later load of something else: no code may rely on it.
void StoreBuffering() {  // L07
  Sequence mine, yours;
  std::int64_t a = 0, b = 0;
  RunThreads({{"left",
               [&] {
                 mine.StoreRelease(0);
                 a = yours.LoadAcquire();
               }},
              {"right", [&] {
                 yours.StoreRelease(0);
                 b = mine.LoadAcquire();
               }}});
  Observe(std::to_string(a) + " " + std::to_string(b));
}

std::vector<Program> Programs() {
  return {
      {"a sequence never goes back", Coherence},
      {"a sequence brings its data", MessagePassing},
      {"two sequences do not exclude", StoreBuffering, {"-1 -1", "-1 0", "0 -1", "0 0"}},
  };
}

const ProgramGroup kGroup("sequence", Programs());

}  // namespace
}  // namespace model
