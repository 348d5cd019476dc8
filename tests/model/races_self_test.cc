// The checker on data races and mutual exclusion, and its printed schedules.

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
