#include "examples/market_data/pipelined_run.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "disruptor/latency/clock.h"
#include "disruptor/runtime/options.h"
#include "examples/market_data/byte_order.h"
#include "examples/market_data/feed.h"
#include "examples/market_data/itch_reader.h"
#include "examples/market_data/reference_run.h"
#include "examples/market_data/session.h"
#include "examples/market_data/session_generator.h"
#include "examples/market_data/session_result.h"
#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace market_data {
namespace {

using disruptor::runtime::Pinning;
using disruptor::runtime::Sharing;
using Bytes = std::vector<std::uint8_t>;

Bytes Generate(const SessionOptions& options) {
  auto session = GenerateItchSession(options);
  EXPECT_TRUE(session.ok()) << session.status();
  return session.ok() ? *session : Bytes();
}

std::unique_ptr<Session> NewSession(const SessionConfig& config = {}) {
  auto session = Session::Create(config);
  EXPECT_TRUE(session.ok()) << session.status();
  return *std::move(session);
}

SessionResult OnOneThread(const Bytes& input, const SessionConfig& config = {}) {
  auto session = NewSession(config);
  ItchReader reader(input);
  return RunSingleThreaded<DecodeItch>(reader, *session).result;
}

PipelinedRun Piped(const Bytes& input, PipelinedOptions options, const SessionConfig& config = {}) {
  // The kernel's clock, so that not every run calibrates the counter first.
  options.runtime.clock = disruptor::latency::ClockChoice{};
  auto session = NewSession(config);
  auto run = RunPipelined<ItchFeed>(input, *session, options);
  EXPECT_TRUE(run.ok()) << run.status();
  return run.ok() ? *std::move(run) : PipelinedRun();
}

PipelinedOptions Capacity(std::int64_t capacity) {
  PipelinedOptions options;
  options.capacity = capacity;
  return options;
}

class PipelinedRunTest : public testing::Test {
 protected:
  tests::Watchdog watchdog_{"a session passes the pipeline"};
};

// In every way to share and pin, with a ring of `capacity`.
void ExpectSameAsOneThread(const Bytes& input, std::int64_t capacity) {
  SessionConfig config;
  config.checkpoint_positions = {1, 2, 100, 299, 300, 1'999, 2'000};
  const SessionResult expected = OnOneThread(input, config);
  EXPECT_EQ(expected.totals.unknown_references, 20u);
  for (const Sharing sharing : {Sharing::kOneThread, Sharing::kThreadEach}) {
    for (const Pinning pinning : {Pinning::kTry, Pinning::kNever}) {
      SCOPED_TRACE("capacity " + std::to_string(capacity) + ", sharing " +
                   std::to_string(static_cast<int>(sharing)) + ", pinning " +
                   std::string(ToString(pinning)));
      PipelinedOptions options = Capacity(capacity);
      options.runtime.sharing = sharing;
      options.runtime.pinning = pinning;
      const PipelinedRun run = Piped(input, options, config);
      EXPECT_EQ(FirstDifference(expected, run.result), "");
      EXPECT_EQ(run.result, expected);
      EXPECT_FALSE(run.input_error.has_value());
      EXPECT_TRUE(run.journal.ok());
      EXPECT_FALSE(run.interrupted);
      EXPECT_GT(run.elapsed.count(), 0);
    }
  }
}

TEST_F(PipelinedRunTest, LeavesTheSameResultAsOneThread) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SessionOptions session{.messages = 2'000, .instruments = 5, .unknown_references = 20};
    session.seed = seed;
    for (const std::int64_t capacity : {64, 4096}) {
      ExpectSameAsOneThread(Generate(session), capacity);
    }
    // A small ring is a change of threads for each message, which on a busy machine takes long.
    session.messages = 300;
    for (const std::int64_t capacity : {1, 2}) ExpectSameAsOneThread(Generate(session), capacity);
  }
}

TEST_F(PipelinedRunTest, APacedRunLeavesTheSameResult) {
  const Bytes input = Generate({.messages = 3'000, .messages_per_second = 100'000});
  PipelinedOptions options;
  options.runtime.latency_every = 1;
  options.speed = 5;
  const PipelinedRun run = Piped(input, options);
  EXPECT_EQ(FirstDifference(OnOneThread(input), run.result), "");
  // 3000 messages at half a million a second cannot have taken less.
  EXPECT_GE(run.elapsed, std::chrono::milliseconds(3));
  ASSERT_TRUE(run.report.latency.has_value());
  for (const auto& row : run.report.latency->rows()) {
    EXPECT_EQ(row.snapshot.samples() + row.snapshot.negative(), 3'000u) << row.name;
  }
}

TEST_F(PipelinedRunTest, AnEmptyInputIsAnEmptyResult) {
  const PipelinedRun run = Piped({}, {});
  EXPECT_EQ(run.result.messages, 0u);
  EXPECT_FALSE(run.input_error.has_value());
}

TEST_F(PipelinedRunTest, RefusesACapacityThatIsNoPowerOfTwo) {
  for (const std::int64_t capacity : {0, -4, 3, 1000}) {
    auto session = NewSession();
    const auto run = RunPipelined<ItchFeed>({}, *session, Capacity(capacity));
    ASSERT_FALSE(run.ok());
    EXPECT_NE(run.status().message().find(std::to_string(capacity)), std::string::npos);
    EXPECT_NE(run.status().message().find("power of two"), std::string::npos);
  }
}

// Where each message begins, and the end.
std::vector<std::size_t> Boundaries(const Bytes& input) {
  std::vector<std::size_t> boundaries;
  std::size_t at = 0;
  for (; at < input.size(); at += 2 + std::size_t{LoadBig16(&input[at])}) boundaries.push_back(at);
  EXPECT_EQ(at, input.size());
  boundaries.push_back(at);
  return boundaries;
}

class DamagedInputTest : public PipelinedRunTest {
 protected:
  DamagedInputTest() : input_(Generate({.messages = 400})), boundaries_(Boundaries(input_)) {}

  // What is wrong with `damaged` begins at `offset`; all whole messages before it count.
  void Expect(const Bytes& damaged, std::size_t offset) {
    SCOPED_TRACE("offset " + std::to_string(offset) + " of " + std::to_string(damaged.size()));
    const PipelinedRun run = Piped(damaged, Capacity(64));
    ASSERT_TRUE(run.input_error.has_value());
    EXPECT_EQ(run.input_error->offset, offset);
    EXPECT_NE(run.input_error->text, "");
    const auto whole = static_cast<std::uint64_t>(
        std::find(boundaries_.begin(), boundaries_.end(), offset) - boundaries_.begin());
    EXPECT_EQ(run.result.messages, whole);
    // The same messages on their own are a good input with the same result.
    const Bytes before(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(offset));
    EXPECT_EQ(FirstDifference(OnOneThread(before), run.result), "");
  }

  Bytes input_;
  std::vector<std::size_t> boundaries_;
};

TEST_F(DamagedInputTest, ACutGivesTheOffsetAndEverythingBeforeIt) {
  for (std::size_t i = 0; i + 1 < boundaries_.size(); i += 17) {
    const std::size_t start = boundaries_[i];
    for (const std::size_t cut : {start + 1, start + 2, start + 3, boundaries_[i + 1] - 1}) {
      const auto end = input_.begin() + static_cast<std::ptrdiff_t>(cut);
      Expect(Bytes(input_.begin(), end), start);
    }
  }
}

TEST_F(DamagedInputTest, ACutBetweenMessagesIsNoDamage) {
  for (std::size_t i = 0; i < boundaries_.size(); i += 57) {
    const auto end = input_.begin() + static_cast<std::ptrdiff_t>(boundaries_[i]);
    const PipelinedRun run = Piped(Bytes(input_.begin(), end), {});
    EXPECT_FALSE(run.input_error.has_value());
    EXPECT_EQ(run.result.messages, i);
  }
}

TEST_F(DamagedInputTest, AWrongLengthAndAnUnknownTypeAreFoundWhereTheyAre) {
  for (std::size_t i = 0; i + 1 < boundaries_.size(); i += 31) {
    Bytes wrong_length = input_;
    wrong_length[boundaries_[i] + 1] ^= 0x40;
    Expect(wrong_length, boundaries_[i]);
    Bytes unknown_type = input_;
    unknown_type[boundaries_[i] + 2] = 0xff;
    Expect(unknown_type, boundaries_[i]);
  }
}

TEST_F(DamagedInputTest, SkipsUnknownTypesWhenAskedAndCountsThem) {
  Bytes input = input_;
  for (const std::size_t i : {20, 21, 300}) input[boundaries_[i] + 2] = 0xff;
  PipelinedOptions options;
  options.skip_unknown = true;
  const PipelinedRun run = Piped(input, options);
  EXPECT_FALSE(run.input_error.has_value());
  EXPECT_EQ(run.skipped, 3u);
  EXPECT_EQ(run.result.messages, 397u);
}

}  // namespace
}  // namespace market_data
