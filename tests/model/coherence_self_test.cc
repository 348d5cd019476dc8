// The checker on one location: coherence, read-modify-writes, release sequences; and on fences.

#include <string>

#include "gtest/gtest.h"
#include "tests/model/litmus.h"

namespace model {
namespace {

TEST(Coherence, ReadsOfOneLocationNeverGoBack) {  // L03; CoRR
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0);
    int a = -1, b = -1;
    RunThreads({{"writer",
                 [&] {
                   x.store(1, kRelaxed);
                   x.store(2, kRelaxed);
                 }},
                {"reader", [&] {
                   a = x.load(kRelaxed);
                   b = x.load(kRelaxed);
                 }}});
    return Text({a, b});
  });
  EXPECT_EQ(outcomes, (Outcomes{"0 0", "0 1", "0 2", "1 1", "1 2", "2 2"}));
}

TEST(Coherence, TwoReadersAgreeOnTheOrderOfTwoWriters) {
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0);
    int a = -1, b = -1, c = -1, d = -1;
    RunThreads({{"one", [&] { x.store(1, kRelaxed); }},
                {"two", [&] { x.store(2, kRelaxed); }},
                {"reader",
                 [&] {
                   a = x.load(kRelaxed);
                   b = x.load(kRelaxed);
                 }},
                {"other", [&] {
                   c = x.load(kRelaxed);
                   d = x.load(kRelaxed);
                 }}});
    return Text({a, b, c, d});
  });
  // Each reader alone: 0 0, 0 1, 0 2, 1 1, 1 2, 2 1, 2 2; together all pairs but 1 2 with 2 1.
  EXPECT_EQ(outcomes.size(), 7U * 7U - 2U);
  EXPECT_EQ(outcomes.count("1 2 2 1"), 0U);
  EXPECT_EQ(outcomes.count("2 1 1 2"), 0U);
}

TEST(Coherence, WritesOfOneThreadStayInOrder) {  // CoWW
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0);
    RunThreads({{"writer",
                 [&] {
                   x.store(1, kRelaxed);
                   x.store(2, kRelaxed);
                 }},
                {"other", [&] { x.store(3, kRelaxed); }}});
    return Text({x.load(kRelaxed)});
  });
  EXPECT_EQ(outcomes, (Outcomes{"2", "3"}));
}

TEST(Coherence, AThreadReadsItsOwnWriteOrALaterOne) {  // CoWR
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0);
    int a = -1;
    RunThreads({{"writer",
                 [&] {
                   x.store(1, kRelaxed);
                   a = x.load(kRelaxed);
                 }},
                {"other", [&] { x.store(2, kRelaxed); }}});
    return Text({a, x.load(kRelaxed)});
  });
  EXPECT_EQ(outcomes, (Outcomes{"1 1", "1 2", "2 2"}));
}

TEST(Coherence, AWriteComesBehindWhatItsThreadHasRead) {  // CoRW
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0);
    int a = -1;
    RunThreads({{"writer",
                 [&] {
                   a = x.load(kRelaxed);
                   x.store(1, kRelaxed);
                 }},
                {"other", [&] { x.store(2, kRelaxed); }}});
    return Text({a, x.load(kRelaxed)});
  });
  EXPECT_EQ(outcomes, (Outcomes{"0 1", "0 2", "2 1"}));
}

TEST(ReadModifyWrite, LosesNoUpdate) {  // L01
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0);
    int a = -1, b = -1, c = -1;
    RunThreads({{"one", [&] { a = x.fetch_add(1, kRelaxed); }},
                {"two", [&] { b = x.fetch_add(1, kRelaxed); }},
                {"three", [&] {
                   c = 0;
                   while (!x.compare_exchange_weak(c, c + 1, kRelaxed, kRelaxed)) {
                   }
                 }}});
    Require(x.load(kRelaxed) == 3, "an update is lost");
    return Text({a, b, c});
  });
  EXPECT_EQ(outcomes, (Outcomes{"0 1 2", "0 2 1", "1 0 2", "1 2 0", "2 0 1", "2 1 0"}));
}

TEST(ReadModifyWrite, NothingGoesBetweenWhatItReadsAndWhatItWrites) {
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0);
    int a = -1;
    RunThreads({{"update", [&] { a = x.exchange(1, kRelaxed); }},
                {"store", [&] { x.store(2, kRelaxed); }}});
    return Text({a, x.load(kRelaxed)});
  });
  EXPECT_EQ(outcomes, (Outcomes{"0 2", "2 1"}));
}

TEST(ReadModifyWrite, ComputesOnTheBitsOfItsType) {
  const Result result = Explore([] {
    Atomic<std::int32_t> x(-1);
    Atomic<std::uint8_t> y(0xf0);
    Require(x.fetch_add(3, kRelaxed) == -1 && x.load(kRelaxed) == 2, "add");
    Require(x.fetch_sub(5, kRelaxed) == 2 && x.load(kRelaxed) == -3, "sub");
    Require(y.fetch_or(0x0f, kRelaxed) == 0xf0 && y.load(kRelaxed) == 0xff, "or");
    Require(y.fetch_and(0x3c, kRelaxed) == 0xff && y.load(kRelaxed) == 0x3c, "and");
    Require(y.fetch_xor(0xff, kRelaxed) == 0x3c && y.load(kRelaxed) == 0xc3, "xor");
    std::int32_t expected = -4;
    Require(!x.compare_exchange_strong(expected, 7, kRelaxed, kRelaxed) && expected == -3, "miss");
    Require(x.compare_exchange_strong(expected, 7, kRelaxed, kRelaxed) && expected == -3, "hit");
    Require(x.load(kRelaxed) == 7, "compare");
  });
  EXPECT_EQ(result.violation, "");
  EXPECT_EQ(result.executions, 1);
}

// The writer publishes with 1; `next` writes 2 over it; the reader reports data when it sees 2.
template <typename Next>
Outcomes ReleaseSequence(bool same_thread, Next next) {
  return OutcomesOf([&] {
    Atomic<int> data(0), flag(0);
    int seen = -1, value = -1;
    RunThreads({{"writer",
                 [&] {
                   data.store(1, kRelaxed);
                   flag.store(1, kRelease);
                   if (same_thread) next(flag);
                 }},
                {"middle",
                 [&] {
                   if (!same_thread) next(flag);
                 }},
                {"reader", [&] {
                   seen = flag.load(kAcquire);
                   value = data.load(kRelaxed);
                 }}});
    return seen == 2 ? Text({value}) : "";
  });
}

TEST(ReleaseSequence, GoesOnThroughReadModifyWrites) {
  const auto update = [](Atomic<int>& flag) {
    int expected = 1;
    flag.compare_exchange_strong(expected, 2, kRelaxed, kRelaxed);
  };
  EXPECT_EQ(ReleaseSequence(false, update), (Outcomes{"", "1"}));
  EXPECT_EQ(ReleaseSequence(true, update), (Outcomes{"", "1"}));
}
TEST(ReleaseSequence, EndsWithAnyOtherStore) {  // since C++20 with the writer's own, too
  const auto store = [](Atomic<int>& flag) { flag.store(2, kRelaxed); };
  EXPECT_EQ(ReleaseSequence(false, store), (Outcomes{"", "0", "1"}));
  EXPECT_EQ(ReleaseSequence(true, store), (Outcomes{"", "0", "1"}));
}

Outcomes FencedMessage(bool release_fence, bool acquire_fence, StandardOrder write,
                       StandardOrder read) {
  return OutcomesOf([&] {
    Atomic<int> data(0), flag(0);
    int seen = -1, value = -1;
    RunThreads({{"writer",
                 [&] {
                   data.store(1, kRelaxed);
                   if (release_fence) Fence(kRelease);
                   flag.store(1, write);
                 }},
                {"reader", [&] {
                   seen = flag.load(read);
                   if (acquire_fence) Fence(kAcquire);
                   value = data.load(kRelaxed);
                 }}});
    return Text({seen, value});
  });
}

TEST(Fences, SynchroniseWithEachOtherAndWithOperations) {
  const Outcomes safe = {"0 0", "0 1", "1 1"};
  EXPECT_EQ(FencedMessage(true, true, kRelaxed, kRelaxed), safe);
  EXPECT_EQ(FencedMessage(true, false, kRelaxed, kAcquire), safe);
  EXPECT_EQ(FencedMessage(false, true, kRelease, kRelaxed), safe);
}
TEST(Fences, OneAloneDoesNot) {
  EXPECT_EQ(FencedMessage(true, false, kRelaxed, kRelaxed).size(), 4U);
  EXPECT_EQ(FencedMessage(false, true, kRelaxed, kRelaxed).size(), 4U);
  EXPECT_EQ(FencedMessage(false, false, kRelaxed, kAcquire).size(), 4U);
}

TEST(Exploration, MeetsEachGraphOnce) {
  const auto count = [](int writes) {
    return Explore([=] {
             Atomic<int> x(0);
             RunThreads({{"writer",
                          [&] {
                            for (int i = 1; i <= writes; ++i) x.store(i, kRelaxed);
                          }},
                         {"reader", [&] {
                            x.load(kRelaxed);
                            x.load(kRelaxed);
                          }}});
           })
        .executions;
  };
  // Pairs (a, b) of values with a <= b.
  EXPECT_EQ(count(1), 3);
  EXPECT_EQ(count(2), 6);
  EXPECT_EQ(count(9), 55);
}

TEST(Exploration, SaysThatItWasCut) {
  const auto spins = [] {
    Atomic<int> x(0);
    RunThreads({{"reader", [&] {
                   while (x.load(kRelaxed) == 0) {
                   }
                 }}});
  };
  const Result endless = Explore(spins, {.max_steps = 100});
  EXPECT_FALSE(endless.complete);
  EXPECT_EQ(endless.truncated, 1);
  const auto races = [] {
    Atomic<int> x(0);
    RunThreads({{"one", [&] { x.store(1, kRelaxed); }}, {"two", [&] { x.store(2, kRelaxed); }}});
  };
  EXPECT_TRUE(Explore(races).complete);
  EXPECT_FALSE(Explore(races, {.max_executions = 1}).complete);
}

}  // namespace
}  // namespace model
