// Built without NDEBUG in every configuration, because these checks are nothing with it.

#include <cstdint>
#include <thread>

#include "disruptor/check.h"
#include "disruptor/producer_thread_check.h"
#include "disruptor/single_producer_sequencer.h"
#include "gtest/gtest.h"

#ifdef NDEBUG
#error "this test must be compiled with -UNDEBUG"
#endif

namespace disruptor {
namespace {

class DebugChecksDeathTest : public testing::Test {
 protected:
  // The child of a death test starts threads, so it must not be a fork of a process with some.
  DebugChecksDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  void ClaimOnAnotherThread() {
    std::thread([this] { static_cast<void>(sequencer_.TryClaim(1)); }).join();
  }

  SingleProducerSequencer sequencer_{8};
};

// C11
TEST_F(DebugChecksDeathTest, ReportsASecondProducerThread) {
  EXPECT_DEATH(
      {
        static_cast<void>(sequencer_.TryClaim(1));
        ClaimOnAnotherThread();
      },
      "a second thread claims on a single-producer ring");
}

// C11
TEST_F(DebugChecksDeathTest, AcceptsAHandOverThatIsSaid) {
  ASSERT_TRUE(sequencer_.TryClaim(1).ok());
  sequencer_.ForgetProducerThread();
  ClaimOnAnotherThread();
  sequencer_.ForgetProducerThread();
  EXPECT_EQ(sequencer_.TryClaim(1).last, 2);
}

TEST_F(DebugChecksDeathTest, AcceptsAProducerOtherThanTheThreadThatMadeTheRing) {
  ClaimOnAnotherThread();
  EXPECT_EQ(sequencer_.RemainingCapacity(), 8);
}

TEST_F(DebugChecksDeathTest, ReportsAPublishThatNothingWasClaimedFor) {
  ASSERT_EQ(sequencer_.TryClaim(2).last, 1);
  EXPECT_DEATH(sequencer_.Publish(2), "not claimed");
  sequencer_.Publish(1);
  EXPECT_DEATH(sequencer_.Publish(0), "out of order");
}

TEST_F(DebugChecksDeathTest, ReportsAnAbandonOfWhatIsPublished) {
  ASSERT_EQ(sequencer_.TryClaim(2).last, 1);
  sequencer_.Publish(0);
  EXPECT_DEATH(sequencer_.Abandon(2), "abandoned a published slot");
  sequencer_.Abandon(1);
}

TEST_F(DebugChecksDeathTest, SayWhereWhatAndWhy) {
  EXPECT_DEATH(PINWHEEL_CHECK(1 + 1 == 3, "arithmetic"),
               "debug_checks_test.cc:[0-9]+: check failed: 1 \\+ 1 == 3: arithmetic");
  EXPECT_DEATH(PINWHEEL_DCHECK(false, "on without NDEBUG"), "on without NDEBUG");
  PINWHEEL_CHECK(true, "does nothing");
}

}  // namespace
}  // namespace disruptor
