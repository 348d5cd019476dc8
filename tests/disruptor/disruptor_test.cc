#include "disruptor/disruptor.h"

#include <cstdint>
#include <functional>
#include <thread>

#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace {

// C13: the whole way with nothing but the umbrella header: build, run on a thread, publish, drain.
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

// C32
TEST(DisruptorTest, SplitsEventsOverTwoStagesThatReportAtTheEndOfABatch) {
  tests::Watchdog watchdog("two stages drain what was published");
  struct Half {
    void operator()(std::int64_t& event, std::int64_t sequence, bool end_of_batch) {
      if (sequence % 2 == parity) {
        ++count;
        pending = event;
      }
      if (end_of_batch) reported = pending;
    }
    std::int64_t parity;
    std::int64_t count = 0;
    std::int64_t pending = -1;
    std::int64_t reported = -1;
  };
  constexpr std::int64_t kEvents = 10'000;
  Half even{.parity = 0};
  Half odd{.parity = 1};
  disruptor::Pipeline<std::int64_t> pipeline({.name = "halves", .capacity = 32});
  pipeline.Stage("even", std::ref(even));
  pipeline.Stage("odd", std::ref(odd));
  ASSERT_TRUE(pipeline.Assemble().ok());

  disruptor::StopSignal stop;
  std::thread first([&] { pipeline.stage(0).Run(disruptor::WaitKind::kYielding, stop); });
  std::thread second([&] { pipeline.stage(1).Run(disruptor::WaitKind::kYielding, stop); });
  auto publisher = pipeline.MakePublisher();
  for (std::int64_t i = 0; i < kEvents; i += 5) {
    ASSERT_EQ(publisher.PublishBatch(
                  5, [](std::int64_t& event, std::int64_t sequence) { event = 10 * sequence; }),
              disruptor::ClaimStatus::kOk);
  }
  stop.StopAfter(kEvents - 1);
  first.join();
  second.join();
  EXPECT_EQ(even.count, kEvents / 2);
  EXPECT_EQ(odd.count, kEvents / 2);
  EXPECT_EQ(even.reported, 10 * (kEvents - 2));
  EXPECT_EQ(odd.reported, 10 * (kEvents - 1));
}

}  // namespace
