// Outcome tables of the operations of Sequence. Which of the forbidden outcomes this machine could
// show at all: two_actors.h.

#include <cstdint>
#include <string>

#include "disruptor/sequence.h"
#include "gtest/gtest.h"
#include "tests/litmus/two_actors.h"

namespace tests::litmus {
namespace {

using disruptor::Sequence;

std::string Pair(std::int64_t a, std::int64_t b) {
  return std::to_string(a) + "," + std::to_string(b);
}

// At least the orders of one actor after the other must have been seen.
void ExpectOnly(const Outcomes& outcomes, const Outcomes& allowed) {
  for (const auto& [outcome, count] : outcomes) {
    EXPECT_TRUE(allowed.contains(outcome)) << "forbidden: " << outcome << ", " << count << " times";
    testing::Test::RecordProperty("outcome " + outcome, static_cast<int>(count));
  }
  EXPECT_GE(outcomes.size(), 2u) << "the program does not tell the orders apart";
}

struct OneSequence {
  Sequence sequence{0};
  std::int64_t r1 = -1;
  std::int64_t r2 = -1;
  std::string Outcome() const { return Pair(r1, r2); }
};

// L02: a load sees the old value or the new one, never half of each.
TEST(SequenceLitmus, AValueChangesAsAWhole) {
  constexpr std::int64_t kBothHalves = 0x5555'5555'5555'5555;
  const Outcomes outcomes =
      RunTwoActors<OneSequence>([](OneSequence& s) { s.sequence.StoreRelease(kBothHalves); },
                                [](OneSequence& s) {
                                  s.r1 = s.sequence.LoadAcquire();
                                  s.r2 = 0;
                                });
  ExpectOnly(outcomes, {{Pair(0, 0), 0}, {Pair(kBothHalves, 0), 0}});
}

// L03: coherence. Kills a sequence that is not atomic (the compiler may reload or reorder).
TEST(SequenceLitmus, ASecondLoadIsNeverOlderThanTheFirst) {
  const Outcomes outcomes = RunTwoActors<OneSequence>(
      [](OneSequence& s) {
        s.sequence.StoreRelease(1);
        s.sequence.StoreRelease(2);
      },
      [](OneSequence& s) {
        s.r1 = s.sequence.LoadRelaxed();
        s.r2 = s.sequence.LoadRelaxed();
      });
  ExpectOnly(outcomes, {{"0,0", 0}, {"0,1", 0}, {"0,2", 0}, {"1,1", 0}, {"1,2", 0}, {"2,2", 0}});
}

struct MessagePassing {
  std::int64_t data = 0;
  Sequence sequence;
  std::int64_t r1 = -1;
  std::int64_t r2 = 1;
  std::string Outcome() const { return Pair(r1, r2); }
};

// L04: message passing. Kills StoreRelease or LoadAcquire of Sequence made relaxed.
TEST(SequenceLitmus, WhoSeesTheSequenceSeesTheDataBeforeIt) {
  const Outcomes outcomes = RunTwoActors<MessagePassing>(
      [](MessagePassing& s) {
        s.data = 1;
        s.sequence.StoreRelease(0);
      },
      [](MessagePassing& s) {
        s.r1 = s.sequence.LoadAcquire();
        if (s.r1 == 0) s.r2 = s.data;
      });
  ExpectOnly(outcomes, {{"-1,1", 0}, {"0,1", 0}});
}

struct TwoSequences {
  Sequence mine{0};
  Sequence yours{0};
  std::int64_t r1 = -1;
  std::int64_t r2 = -1;
  std::string Outcome() const { return Pair(r1, r2); }
};

// L07: store, then load of the other: both may see the old value, because a release store does not
// hold back the load behind it. Nothing in the core relies on the contrary: nobody joins while the
// producer runs, and nobody sleeps. L06 forbids 0,0 for a store with a full barrier, which Sequence
// does not have as long as nothing needs it.
TEST(SequenceLitmus, AStoreDoesNotHoldBackTheLoadBehindIt) {
  Outcomes outcomes = RunTwoActors<TwoSequences>(
      [](TwoSequences& s) {
        s.mine.StoreRelease(1);
        s.r1 = s.yours.LoadAcquire();
      },
      [](TwoSequences& s) {
        s.yours.StoreRelease(1);
        s.r2 = s.mine.LoadAcquire();
      });
  ExpectOnly(outcomes, {{"0,0", 0}, {"0,1", 0}, {"1,0", 0}, {"1,1", 0}});
  RecordProperty("store then load reordered", static_cast<int>(outcomes["0,0"]));
}

}  // namespace
}  // namespace tests::litmus
