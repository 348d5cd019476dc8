// The checker on loops that wait, lost wake-ups and futexes.

#include <cstdint>
#include <string>

#include "gtest/gtest.h"
#include "tests/model/litmus.h"

namespace model {
namespace {

TEST(Waiting, EndsWhenTheOtherThreadHasWritten) {
  std::int64_t waited = 0;
  const Result result = Explore([&] {
    Atomic<int> flag(0);
    RunThreads({{"writer", [&] { flag.store(1, kRelaxed); }}, {"waiter", [&] {
                                                                 Waiting wait;
                                                                 while (flag.load(kRelaxed) == 0) {
                                                                   ++waited;
                                                                   wait.Idle();
                                                                 }
                                                               }}});
  });
  EXPECT_EQ(result.violation, "");
  EXPECT_TRUE(result.complete);
  EXPECT_GT(waited, 0);
}
TEST(Waiting, ForeverIsAViolation) {
  EXPECT_EQ(ViolationOf([] {
              Atomic<int> flag(0);
              Name(flag, "flag");
              RunThreads(
                  {{"writer", [&] { flag.store(1, kRelaxed); }}, {"waiter", [&] {
                                                                    Waiting wait;
                                                                    while (flag.load(kRelaxed) != 2)
                                                                      wait.Idle();
                                                                  }}});
            }),
            "stuck for ever: waiter waits for a change, and nobody is left to make one, of flag");
}

// What the waiter sees at each look until it sees 2.
Outcomes Looks(bool every_attempt) {
  Outcomes outcomes;
  const Result result = Explore(
      [&] {
        Atomic<int> x(0);
        std::string looks;
        RunThreads({{"writer",
                     [&] {
                       x.store(1, kRelaxed);
                       x.store(2, kRelaxed);
                     }},
                    {"waiter", [&] {
                       Waiting wait;
                       for (int seen = 0; seen != 2;) {
                         seen = x.load(kRelaxed);
                         looks += std::to_string(seen);
                         if (seen != 2) wait.Idle();
                       }
                     }}});
        outcomes.insert(looks);
      },
      {.every_attempt = every_attempt});
  EXPECT_EQ(result.violation, "");
  EXPECT_TRUE(result.complete);
  return outcomes;
}
TEST(Waiting, LooksAgainWhenSomethingHasChanged) {
  EXPECT_EQ(Looks(true), (Outcomes{"2", "02", "12", "012"}));
  EXPECT_EQ(Looks(false), (Outcomes{"2", "02", "12"}));
}
TEST(Waiting, MeetsTheSameOutcomesAsEveryInterleaving) {
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0), y(0);
    int a = -1, b = -1;
    RunThreads({{"writer",
                 [&] {
                   x.store(1, kRelaxed);
                   y.store(1, kRelaxed);
                 }},
                {"one",
                 [&] {
                   Waiting wait;
                   while (y.load(kRelaxed) == 0) wait.Idle();
                   a = x.load(kRelaxed);
                   x.store(2, kRelaxed);
                 }},
                {"two", [&] {
                   Waiting wait;
                   while (x.load(kRelaxed) == 0) wait.Idle();
                   b = x.load(kRelaxed);
                 }}});
    return Text({a, b, x.load(kRelaxed)});
  });
  // The store of 2 is behind what its own thread has read, and only that.
  EXPECT_EQ(outcomes, (Outcomes{"0 1 1", "0 1 2", "0 2 1", "0 2 2", "1 1 2", "1 2 2"}));
}

// The waiter sleeps while `word` is 0; the waker changes it, before or after the call.
std::string Sleep(bool change_first, bool wake) {
  return ViolationOf([=] {
    Atomic<int> word(0);
    Name(word, "word");
    RunThreads({{"waker",
                 [&] {
                   if (change_first) word.store(1, kRelaxed);
                   if (wake) FutexWake(word, 1);
                   if (!change_first) word.store(1, kRelaxed);
                 }},
                {"sleeper", [&] {
                   while (word.load(kRelaxed) == 0) FutexWait(word, 0);
                 }}});
  });
}

TEST(Futex, WakesWhoSleepsAndRefusesAChangedWord) { EXPECT_EQ(Sleep(true, true), ""); }
TEST(Futex, ALostWakeUpIsAViolation) {
  const std::string stuck = "stuck for ever: sleeper sleeps on word and nobody is left to wake it";
  EXPECT_EQ(Sleep(true, false), stuck);
  EXPECT_EQ(Sleep(false, true), stuck);
}

// L11 in small: wake only if somebody is flagged. Correct only with an order between the store and
// the load on both sides.
template <typename Publisher, typename Sleeper>
std::string WakeIfFlagged(Publisher publisher_between, Sleeper sleeper_between) {
  return ViolationOf([&] {
    Atomic<int> cursor(0), sleeping(0);
    Name(sleeping, "sleeping");
    RunThreads({{"publisher",
                 [&] {
                   cursor.store(1, kRelease);
                   publisher_between();
                   if (sleeping.load(kRelaxed) == 1) {
                     sleeping.store(0, kRelaxed);
                     FutexWake(sleeping, 1);
                   }
                 }},
                {"sleeper", [&] {
                   if (cursor.load(kAcquire) == 1) return;
                   sleeping.store(1, kRelaxed);
                   sleeper_between();
                   if (cursor.load(kAcquire) == 0) FutexWait(sleeping, 1);
                 }}});
  });
}
void Nothing() {}
void ScFence() { Fence(kSeqCst); }

TEST(Futex, WakingOnlyFlaggedSleepersNeedsAFullOrderOnBothSides) {  // L11
  EXPECT_EQ(WakeIfFlagged(ScFence, ScFence), "");
  EXPECT_EQ(WakeIfFlagged(LightBarrier, HeavyBarrier), "");
  EXPECT_NE(WakeIfFlagged(Nothing, ScFence), "");
  EXPECT_NE(WakeIfFlagged(ScFence, Nothing), "");
  EXPECT_NE(WakeIfFlagged(LightBarrier, LightBarrier), "");
  EXPECT_NE(WakeIfFlagged(Nothing, HeavyBarrier), "");
}

TEST(Futex, OneWakeUpWakesOneOfTwoWhicheverThatIs) {
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> word(0);
    int woken = -1;
    bool first = false, second = false;
    RunThreads({{"first", [&] { first = TimedFutexWait(word, 0); }},
                {"second", [&] { second = TimedFutexWait(word, 0); }},
                {"waker", [&] { woken = FutexWake(word, 1); }}});
    return Text({woken, first ? 1 : 0, second ? 1 : 0});
  });
  EXPECT_EQ(outcomes, (Outcomes{"0 0 0", "1 0 1", "1 1 0"}));
}

}  // namespace
}  // namespace model
