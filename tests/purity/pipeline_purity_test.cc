// The example's own pipeline allocates nothing on any stage thread, once the first messages have
// made the books as large as they will be.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "disruptor/claim_result.h"
#include "disruptor/runtime/options.h"
#include "disruptor/runtime/runtime.h"
#include "examples/market_data/feed.h"
#include "examples/market_data/itch_reader.h"
#include "examples/market_data/market_event.h"
#include "examples/market_data/pipelined_run.h"
#include "examples/market_data/read_result.h"
#include "examples/market_data/session.h"
#include "examples/market_data/session_generator.h"
#include "gtest/gtest.h"
#include "tests/purity/allocation_count.h"
#include "tests/support/watchdog.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PINWHEEL_INSTRUMENTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PINWHEEL_INSTRUMENTED 1
#endif
#endif

namespace tests::purity {
namespace {

constexpr std::uint64_t kMessages = 400'000;
constexpr std::int64_t kWarmUp = 100'000;

class PipelinePurityTest : public testing::TestWithParam<disruptor::runtime::Sharing> {
 protected:
  void SetUp() override {
#ifdef PINWHEEL_INSTRUMENTED
    GTEST_SKIP() << "a sanitizer allocates on its own";
#endif
    auto input = market_data::GenerateItchSession({.messages = kMessages});
    ASSERT_TRUE(input.ok()) << input.status();
    input_ = *std::move(input);
    market_data::SessionConfig config;
    config.journal_path = journal_path_;
    auto session = market_data::Session::Create(config);
    ASSERT_TRUE(session.ok()) << session.status();
    session_ = *std::move(session);
  }

  void TearDown() override { std::remove(journal_path_.c_str()); }

  // Sends the session through `pipeline` and returns how often stage threads allocated or freed
  // from the end of the warm-up until the last event was through.
  std::int64_t AllocationsAfterWarmUp(market_data::MarketPipeline pipeline) {
    auto started =
        disruptor::runtime::Start(std::move(pipeline), {.sharing = GetParam(), .latency_every = 1});
    EXPECT_TRUE(started.ok()) << started.status();
    if (!started.ok()) return -1;
    auto& run = *started;
    market_data::ItchReader reader(input_);
    Publish(run, reader, kWarmUp);
    AwaitProgress(run, kWarmUp);
    StartWatching();
    const std::int64_t own = AllocationCount();
    const std::int64_t published = kWarmUp + Publish(run, reader, kMessages);
    EXPECT_EQ(AllocationCount(), own) << "on the publisher's thread";
    AwaitProgress(run, published);
    const std::int64_t allocations = StopWatching();
    EXPECT_EQ(published, static_cast<std::int64_t>(kMessages));
    EXPECT_TRUE(run.DrainAndStop(std::chrono::seconds(60)).ok());
    EXPECT_TRUE(session_->Finish().ok());
    EXPECT_EQ(session_->Result().messages, kMessages);
    EXPECT_GT(session_->Result().orders, 0u);
    return allocations;
  }

  market_data::Session& session() { return *session_; }

 private:
  template <typename Run>
  static std::int64_t Publish(Run& run, market_data::ItchReader& reader, std::int64_t most) {
    std::int64_t count = 0;
    std::span<const std::uint8_t> bytes;
    for (; count < most && reader.Next(bytes) == market_data::ReadResult::kMessage; ++count) {
      const auto status = run.publisher().Publish([bytes](market_data::MarketEvent& event) {
        event.bytes = bytes.data();
        event.length = static_cast<std::uint32_t>(bytes.size());
      });
      if (status != disruptor::ClaimStatus::kOk) break;
    }
    return count;
  }

  // On this thread, which may allocate.
  template <typename Run>
  static void AwaitProgress(const Run& run, std::int64_t events) {
    while (run.Progress() < events) std::this_thread::yield();
  }

  const std::string journal_path_ = testing::TempDir() + "/pipeline_purity_test.journal";
  Watchdog watchdog_{"a session passes the pipeline"};
  std::vector<std::uint8_t> input_;
  std::unique_ptr<market_data::Session> session_;
};

INSTANTIATE_TEST_SUITE_P(BothWaysToShare, PipelinePurityTest,
                         testing::Values(disruptor::runtime::Sharing::kOneThread,
                                         disruptor::runtime::Sharing::kThreadEach),
                         [](const auto& info) {
                           return info.param == disruptor::runtime::Sharing::kOneThread
                                      ? "OneThread"
                                      : "ThreadEach";
                         });

TEST_P(PipelinePurityTest, NoStageThreadAllocatesOnceWarm) {
  EXPECT_EQ(
      AllocationsAfterWarmUp(market_data::MakePipeline<market_data::ItchFeed>(session(), 4096)), 0);
}

TEST_P(PipelinePurityTest, WouldNoticeAStageThatAllocates) {
  auto pipeline = market_data::MakePipeline<market_data::ItchFeed>(session(), 4096);
  pipeline.Stage("wasteful", [](market_data::MarketEvent&, std::int64_t sequence) {
    // Once, and behind the warm-up.
    if (sequence != kWarmUp + 1) return;
    auto memory = std::make_unique<std::int64_t>(sequence);
    asm volatile("" : : "r"(memory.get()) : "memory");
  });
  EXPECT_EQ(AllocationsAfterWarmUp(std::move(pipeline)), 2) << "one new, one delete";
}

}  // namespace
}  // namespace tests::purity
