// The checker on the classic litmus tests, each with the exact set of outcomes that C++20 (in the
// form of RC11) allows. A set with too much in it is as wrong as one with too little.

#include <string>

#include "gtest/gtest.h"
#include "tests/model/litmus.h"

namespace model {
namespace {

Outcomes MessagePassing(StandardOrder write, StandardOrder read) {
  return OutcomesOf([&] {
    Atomic<int> data(0), flag(0);
    int seen = -1, value = -1;
    RunThreads({{"writer",
                 [&] {
                   data.store(1, kRelaxed);
                   flag.store(1, write);
                 }},
                {"reader", [&] {
                   seen = flag.load(read);
                   value = data.load(kRelaxed);
                 }}});
    return Text({seen, value});
  });
}

TEST(MessagePassing, ReleaseAndAcquireForbidTheStaleRead) {
  EXPECT_EQ(MessagePassing(kRelease, kAcquire), (Outcomes{"0 0", "0 1", "1 1"}));
  EXPECT_EQ(MessagePassing(kSeqCst, kSeqCst), (Outcomes{"0 0", "0 1", "1 1"}));
}

TEST(MessagePassing, EitherSideRelaxedAllowsIt) {
  const Outcomes all = {"0 0", "0 1", "1 0", "1 1"};
  EXPECT_EQ(MessagePassing(kRelaxed, kAcquire), all);
  EXPECT_EQ(MessagePassing(kRelease, kRelaxed), all);
  EXPECT_EQ(MessagePassing(kRelaxed, kRelaxed), all);
}

// Each thread writes one variable, does `between`, and reads the other.
template <typename First, typename Second>
Outcomes StoreBuffering(StandardOrder write, StandardOrder read, First first, Second second) {
  return OutcomesOf([&] {
    Atomic<int> x(0), y(0);
    int a = -1, b = -1;
    RunThreads({{"left",
                 [&] {
                   x.store(1, write);
                   first();
                   a = y.load(read);
                 }},
                {"right", [&] {
                   y.store(1, write);
                   second();
                   b = x.load(read);
                 }}});
    return Text({a, b});
  });
}
void Nothing() {}
void ScFence() { Fence(kSeqCst); }
void AcqRelFence() { Fence(kAcqRel); }

const Outcomes kAnyPair = {"0 0", "0 1", "1 0", "1 1"};
const Outcomes kNotBothZero = {"0 1", "1 0", "1 1"};

TEST(StoreBuffering, ReleaseAndAcquireAllowBothStale) {
  EXPECT_EQ(StoreBuffering(kRelease, kAcquire, Nothing, Nothing), kAnyPair);
}
TEST(StoreBuffering, SequentialConsistencyForbidsIt) {
  EXPECT_EQ(StoreBuffering(kSeqCst, kSeqCst, Nothing, Nothing), kNotBothZero);
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, ScFence, ScFence), kNotBothZero);
}
TEST(StoreBuffering, HalfOfItDoesNot) {
  EXPECT_EQ(StoreBuffering(kSeqCst, kAcquire, Nothing, Nothing), kAnyPair);
  EXPECT_EQ(StoreBuffering(kRelease, kSeqCst, Nothing, Nothing), kAnyPair);
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, ScFence, Nothing), kAnyPair);
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, AcqRelFence, AcqRelFence), kAnyPair);
}

// L11 rests on this shape.
TEST(AsymmetricBarrier, OneHeavySideMakesTheLightOneAFence) {
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, LightBarrier, HeavyBarrier), kNotBothZero);
  EXPECT_EQ(StoreBuffering(kRelease, kAcquire, HeavyBarrier, LightBarrier), kNotBothZero);
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, HeavyBarrier, HeavyBarrier), kNotBothZero);
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, HeavyBarrier, ScFence), kNotBothZero);
}
TEST(AsymmetricBarrier, TwoLightSidesOrOneMissingOrderNothing) {
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, LightBarrier, LightBarrier), kAnyPair);
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, LightBarrier, ScFence), kAnyPair);
  EXPECT_EQ(StoreBuffering(kRelaxed, kRelaxed, Nothing, HeavyBarrier), kAnyPair);
}

// Reads-from together with program order has no circles here, which is less than C++ allows.
TEST(LoadBuffering, IsBeyondTheModel) {
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0), y(0);
    int a = -1, b = -1;
    RunThreads({{"left",
                 [&] {
                   a = y.load(kRelaxed);
                   x.store(1, kRelaxed);
                 }},
                {"right", [&] {
                   b = x.load(kRelaxed);
                   y.store(1, kRelaxed);
                 }}});
    return Text({a, b});
  });
  EXPECT_EQ(outcomes, (Outcomes{"0 0", "0 1", "1 0"}));
}

template <typename Between>
Outcomes IndependentReads(StandardOrder write, StandardOrder read, Between between) {
  return OutcomesOf([&] {
    Atomic<int> x(0), y(0);
    int a = -1, b = -1, c = -1, d = -1;
    RunThreads({{"x", [&] { x.store(1, write); }},
                {"y", [&] { y.store(1, write); }},
                {"x then y",
                 [&] {
                   a = x.load(read);
                   between();
                   b = y.load(read);
                 }},
                {"y then x", [&] {
                   c = y.load(read);
                   between();
                   d = x.load(read);
                 }}});
    return Text({a, b, c, d});
  });
}

TEST(IndependentReadsOfIndependentWrites, AcquireReadersMayDisagree) {
  EXPECT_EQ(IndependentReads(kRelease, kAcquire, Nothing).size(), 16U);
}
TEST(IndependentReadsOfIndependentWrites, SequentialConsistencyMakesThemAgree) {
  const Outcomes by_access = IndependentReads(kSeqCst, kSeqCst, Nothing);
  EXPECT_EQ(by_access.size(), 15U);
  EXPECT_EQ(by_access.count("1 0 1 0"), 0U);
  const Outcomes by_fence = IndependentReads(kRelaxed, kRelaxed, ScFence);
  EXPECT_EQ(by_fence, by_access);
  // Writes that are not sequentially consistent take part in the order no more.
  EXPECT_EQ(IndependentReads(kRelease, kSeqCst, Nothing).size(), 16U);
}

template <typename Order>
Outcomes TwoPlusTwoWrites(Order order) {
  return OutcomesOf([&] {
    Atomic<int> x(0), y(0);
    RunThreads({{"left",
                 [&] {
                   x.store(1, order);
                   y.store(2, order);
                 }},
                {"right", [&] {
                   y.store(1, order);
                   x.store(2, order);
                 }}});
    return Text({x.load(kRelaxed), y.load(kRelaxed)});
  });
}

TEST(TwoPlusTwoWrites, OnlySequentialConsistencyForbidsBothFirstWritesToWin) {
  EXPECT_EQ(TwoPlusTwoWrites(kSeqCst), (Outcomes{"1 2", "2 1", "2 2"}));
  EXPECT_EQ(TwoPlusTwoWrites(kRelease), (Outcomes{"1 1", "1 2", "2 1", "2 2"}));
}

TEST(TestR, SequentialConsistencyOrdersAWriteBehindARead) {
  const auto outcomes = [](StandardOrder write, StandardOrder read) {
    return OutcomesOf([&] {
      Atomic<int> x(0), y(0);
      int a = -1;
      RunThreads({{"left",
                   [&] {
                     x.store(1, write);
                     y.store(1, write);
                   }},
                  {"right", [&] {
                     y.store(2, write);
                     a = x.load(read);
                   }}});
      return Text({y.load(kRelaxed), a});
    });
  };
  EXPECT_EQ(outcomes(kSeqCst, kSeqCst), (Outcomes{"1 0", "1 1", "2 1"}));
  EXPECT_EQ(outcomes(kRelease, kAcquire), (Outcomes{"1 0", "1 1", "2 0", "2 1"}));
}

TEST(WriteToReadCausality, IsTransitiveOverReleaseAndAcquire) {
  const auto outcomes = [](StandardOrder write, StandardOrder read) {
    return OutcomesOf([&] {
      Atomic<int> x(0), y(0);
      int a = -1, b = -1, c = -1;
      RunThreads({{"writer", [&] { x.store(1, write); }},
                  {"middle",
                   [&] {
                     a = x.load(read);
                     y.store(1, write);
                   }},
                  {"reader", [&] {
                     b = y.load(read);
                     c = x.load(kRelaxed);
                   }}});
      return Text({a, b, c});
    });
  };
  EXPECT_EQ(outcomes(kRelease, kAcquire).count("1 1 0"), 0U);
  EXPECT_EQ(outcomes(kRelease, kAcquire).size(), 7U);
  EXPECT_EQ(outcomes(kRelaxed, kRelaxed).size(), 8U);
}

// A sequentially consistent access orders less when weaker ones of the same location stand between:
// the example for which C++20 weakened the rules of C++11, so that hardware can follow them.
TEST(TestZ6U, MixedOrdersAllowWhatHardwareDoes) {
  const Outcomes outcomes = OutcomesOf([] {
    Atomic<int> x(0), y(0);
    int a = -1, b = -1, c = -1;
    RunThreads({{"one",
                 [&] {
                   x.store(1, kSeqCst);
                   y.store(1, kRelease);
                 }},
                {"two",
                 [&] {
                   a = y.fetch_add(1, kSeqCst);
                   b = y.load(kRelaxed);
                 }},
                {"three", [&] {
                   y.store(3, kSeqCst);
                   c = x.load(kSeqCst);
                 }}});
    return Text({a, b, c});
  });
  EXPECT_EQ(outcomes.count("1 3 0"), 1U);
}

}  // namespace
}  // namespace model
