// The checker on data races, mutual exclusion, waiting and futexes.

#include <stdexcept>
#include <string>

#include "gtest/gtest.h"
#include "tests/model/litmus.h"

namespace model {
namespace {

std::string PublishedPlain(StandardOrder write, StandardOrder read) {
  return ViolationOf([&] {
    Plain<int> data;
    Atomic<int> flag(0);
    Name(data, "data");
    RunThreads({{"writer",
                 [&] {
                   data = 7;
                   flag.store(1, write);
                 }},
                {"reader", [&] {
                   if (flag.load(read) == 1) Require(data == 7, "a stale value without a race");
                 }}});
    Require(data == 7, "the body knows what its threads did");
  });
}

TEST(DataRace, IsFoundWhereNothingOrdersTheAccesses) {
  const std::string race = "data race on data: written by writer and read by reader, in no order";
  EXPECT_EQ(PublishedPlain(kRelaxed, kAcquire), race);
  EXPECT_EQ(PublishedPlain(kRelease, kRelaxed), race);
}
TEST(DataRace, IsNotSeenWhereAnEdgeOrdersThem) {
  EXPECT_EQ(PublishedPlain(kRelease, kAcquire), "");
  EXPECT_EQ(PublishedPlain(kSeqCst, kSeqCst), "");
}
TEST(DataRace, IsFoundBetweenAReadAndALaterWrite) {
  const auto returned = [](StandardOrder order) {
    return ViolationOf([=] {
      Plain<int> slot(1);
      Atomic<int> done(0);
      Name(slot, "slot");
      RunThreads({{"reader",
                   [&] {
                     Require(slot == 1, "the value of before");
                     done.store(1, order);
                   }},
                  {"writer", [&] {
                     if (done.load(kAcquire) == 1) slot = 2;
                   }}});
    });
  };
  EXPECT_EQ(returned(kRelease), "");
  EXPECT_EQ(returned(kRelaxed),
            "data race on slot: read by reader and written by writer, in no order");
}
TEST(DataRace, IsFoundBetweenTwoWritesWithoutAnyAtomic) {
  EXPECT_NE(ViolationOf([] {
              Plain<int> x;
              RunThreads({{"one", [&] { x = 1; }}, {"two", [&] { x = 2; }}});
            }),
            "");
  EXPECT_EQ(ViolationOf([] {
              Plain<int> x(3);
              RunThreads({{"one", [&] { Require(x == 3, "one"); }},
                          {"two", [&] { Require(x == 3, "two"); }}});
            }),
            "");
}

std::string Peterson(StandardOrder write, StandardOrder read) {
  return ViolationOf([&] {
    Atomic<int> wants_0(0), wants_1(0), turn(0);
    Plain<int> inside;
    const auto enter = [&](Atomic<int>& mine, Atomic<int>& other, int other_id) {
      mine.store(1, write);
      turn.store(other_id, write);
      Waiting wait;
      while (other.load(read) == 1 && turn.load(read) == other_id) wait.Idle();
      inside = inside + 1;
      mine.store(0, kRelease);
    };
    RunThreads({{"zero", [&] { enter(wants_0, wants_1, 1); }},
                {"one", [&] { enter(wants_1, wants_0, 0); }}});
    Require(inside == 2, "an update is lost");
  });
}

TEST(Peterson, ExcludesWithSequentialConsistencyOnly) {
  EXPECT_EQ(Peterson(kSeqCst, kSeqCst), "");
  EXPECT_NE(Peterson(kRelease, kAcquire), "");
}

std::string Dekker(StandardOrder write, StandardOrder read) {  // L06, L07
  return ViolationOf([&] {
    Atomic<int> x(0), y(0);
    Plain<int> inside;
    RunThreads({{"left",
                 [&] {
                   x.store(1, write);
                   if (y.load(read) == 0) inside = 1;
                 }},
                {"right", [&] {
                   y.store(1, write);
                   if (x.load(read) == 0) inside = 2;
                 }}});
  });
}

TEST(Dekker, ExcludesWithSequentialConsistencyOnly) {
  EXPECT_EQ(Dekker(kSeqCst, kSeqCst), "");
  EXPECT_NE(Dekker(kRelease, kAcquire), "");
  EXPECT_NE(Dekker(kRelease, kSeqCst), "");
}

// A lock of one exchange, with the order in which it is taken.
std::string SpinLock(StandardOrder take) {
  return ViolationOf([&] {
    Atomic<int> lock(0);
    Plain<int> inside;
    const auto work = [&] {
      Waiting wait;
      int expected = 0;
      while (!lock.compare_exchange_strong(expected, 1, take, kRelaxed)) {
        expected = 0;
        wait.Idle();
      }
      inside = inside + 1;
      lock.store(0, kRelease);
    };
    RunThreads({{"one", work}, {"two", work}, {"three", work}});
    Require(inside == 3, "an update is lost");
  });
}

TEST(SpinLock, NeedsToAcquire) {
  EXPECT_EQ(SpinLock(kAcquire), "");
  EXPECT_NE(SpinLock(kRelaxed), "");
}

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
              RunThreads(
                  {{"writer", [&] { flag.store(1, kRelaxed); }}, {"waiter", [&] {
                                                                    Waiting wait;
                                                                    while (flag.load(kRelaxed) != 2)
                                                                      wait.Idle();
                                                                  }}});
            }),
            "stuck for ever: waiter waits for a change that nobody is left to make");
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

TEST(Exceptions, MayBeInFlightWhileOtherThreadsRun) {
  EXPECT_EQ(ViolationOf([] {
              Atomic<int> x(0);
              const auto thrower = [&](const char* text) {
                try {
                  throw std::runtime_error(text);
                } catch (const std::runtime_error& error) {
                  x.fetch_add(1, kRelaxed);
                  try {
                    throw;
                  } catch (const std::runtime_error& again) {
                    Require(std::string(again.what()) == text, "another thread's exception");
                  }
                }
              };
              RunThreads({{"one", [&] { thrower("one"); }}, {"two", [&] { thrower("two"); }}});
            }),
            "");
}

TEST(Replay, FollowsThePrintedPathToTheSameSchedule) {
  const auto program = [] {
    Atomic<int> data(0), flag(0);
    Name(data, "data");
    Name(flag, "flag");
    RunThreads({{"writer",
                 [&] {
                   data.store(1, kRelaxed);
                   flag.store(1, kRelaxed);
                 }},
                {"reader", [&] {
                   const bool seen = flag.load(kAcquire) == 1;
                   Require(!seen || data.load(kRelaxed) == 1, "published too early");
                 }}});
  };
  const Result first = Explore(program);
  const std::string& text = first.violation;
  EXPECT_EQ(text.substr(0, text.rfind("replay: ")),
            "published too early\n"
            "    1  writer       store data (relaxed) writes 1\n"
            "    2  writer       store flag (relaxed) writes 1\n"
            "    3  reader       load flag (acquire) reads 1 (from step 2)\n"
            "    4  reader       load data (relaxed) reads 0 (initial, 1 newer unseen)\n");
  const std::string mark = "--replay=";
  std::string path = text.substr(text.rfind(mark) + mark.size());
  path.pop_back();
  const Result again = Explore(program, {.replay = path});
  EXPECT_EQ(again.violation, first.violation);
  EXPECT_EQ(again.executions, 1);
  EXPECT_NE(Explore(program, {.replay = "no path"}).violation, "");
}

}  // namespace
}  // namespace model
