#include "disruptor/disruptor.h"

#include <cstdint>
#include <thread>

#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace {

// The whole way with nothing but the umbrella header: build, run on a thread, publish, drain.
TEST(DisruptorTest, CarriesEventsFromAProducerThreadToAStageThread) {
  tests::Watchdog watchdog("a stage drains what was published");
  constexpr std::int64_t kEvents = 10'000;
  std::int64_t sum = 0;
  disruptor::Pipeline<std::int64_t> pipeline({.name = "sum", .capacity = 64});
  pipeline.Stage("sum", [&sum](std::int64_t& event) { sum += event; });
  ASSERT_TRUE(pipeline.Assemble().ok());

  disruptor::StopSignal stop;
  std::thread consumer([&] { pipeline.stage(0).Run(disruptor::WaitKind::kYielding, stop); });
  auto publisher = pipeline.MakePublisher();
  for (std::int64_t i = 0; i < kEvents; ++i) {
    ASSERT_EQ(publisher.Publish([i](std::int64_t& event) { event = i; }),
              disruptor::ClaimStatus::kOk);
  }
  pipeline.sequencer().Close();
  stop.StopAfter(pipeline.sequencer().CursorApprox());
  consumer.join();
  EXPECT_EQ(sum, kEvents * (kEvents - 1) / 2);
}

}  // namespace
