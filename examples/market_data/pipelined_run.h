#ifndef EXAMPLES_MARKET_DATA_PIPELINED_RUN_H_
#define EXAMPLES_MARKET_DATA_PIPELINED_RUN_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "disruptor/pipeline.h"
#include "disruptor/runtime/latency_probe.h"
#include "disruptor/runtime/options.h"
#include "disruptor/runtime/run_report.h"
#include "disruptor/runtime/runtime.h"
#include "examples/market_data/interrupt.h"
#include "examples/market_data/market_event.h"
#include "examples/market_data/pacer.h"
#include "examples/market_data/progress.h"
#include "examples/market_data/read_result.h"
#include "examples/market_data/session.h"
#include "examples/market_data/stages.h"

namespace market_data {

struct PipelinedOptions {
  disruptor::runtime::RuntimeOptions runtime;
  // Messages between the source and the slowest stage; a power of two.
  std::int64_t capacity = 4096;
  // 0: as fast as the stages can take it; else a multiple of the recorded pace.
  double speed = 0;
  bool skip_unknown = false;
  // For the progress line: what this run is called, and how many messages there will be.
  std::string title;
  std::uint64_t expected_messages = 0;
};

// PipelinedRun is what came of one pass of the input through the pipeline.
struct PipelinedRun {
  SessionResult result;
  // From the first publish until every stage was done and its thread gone.
  std::chrono::nanoseconds elapsed{0};
  // From the first publish to the last: what a paced source had to keep to.
  std::chrono::nanoseconds publishing{0};
  disruptor::runtime::RunReport report;
  // Where the input stopped making sense; everything before it was processed.
  std::optional<InputError> input_error;
  // How the journal ended.
  absl::Status journal;
  bool interrupted = false;
  std::uint64_t skipped = 0;
};

using MarketPipeline = disruptor::Pipeline<MarketEvent, disruptor::runtime::LatencyProbe>;

// MakePipeline is the graph of the example:
//
//   source -> decode -> book -> signal -> order
//                   \-> journal
template <typename Feed>
MarketPipeline MakePipeline(Session& session, std::int64_t capacity) {
  MarketPipeline pipeline({.name = "market data", .capacity = capacity});
  auto decode = pipeline.Stage("decode", DecodeStage<Feed::kDecode>{&session.decode()});
  auto book = pipeline.Stage("book", BookStage{&session.book()}).After(decode).Critical();
  auto signal = pipeline.Stage("signal", SignalStage{&session.signal()}).After(book);
  pipeline.Stage("order", OrderStage{&session.order()}).After(signal);
  pipeline.Stage("journal", JournalStage{&session.journal()}).After(decode).Background();
  return pipeline;
}

// RunPipelined sends everything in `input` through a pipeline on this machine. Each run needs a
// session of its own.
//
// Fails when the pipeline cannot be started or a stage fails. What is wrong with the input is not a
// failure of the run: see PipelinedRun::input_error.
template <typename Feed>
absl::StatusOr<PipelinedRun> RunPipelined(std::span<const std::uint8_t> input, Session& session,
                                          const PipelinedOptions& options) {
  auto run =
      disruptor::runtime::Start(MakePipeline<Feed>(session, options.capacity), options.runtime);
  if (!run.ok()) return run.status();

  PipelinedRun outcome;
  typename Feed::Reader reader = Feed::Open(input, options.skip_unknown);
  ReadResult read = ReadResult::kMessage;
  std::chrono::steady_clock::time_point start;
  const auto source = [&] {
    auto& publisher = run->publisher();
    Pacer pacer(run->clock(), options.speed, run->publisher_shares_cpu());
    std::span<const std::uint8_t> bytes;
    start = std::chrono::steady_clock::now();
    while ((read = reader.Next(bytes)) == ReadResult::kMessage) {
      if (options.speed > 0) publisher.probe().Intend(pacer.Await(Feed::TimeNs(bytes)));
      // After the wait, which Ctrl-C cuts short: the message is not due then.
      if (Interrupted()) {
        outcome.interrupted = true;
        break;
      }
      const disruptor::ClaimStatus status = publisher.Publish([bytes](MarketEvent& event) {
        event.bytes = bytes.data();
        event.length = static_cast<std::uint32_t>(bytes.size());
      });
      // A stage has failed; DrainAndStop tells which.
      if (status != disruptor::ClaimStatus::kOk) break;
    }
    outcome.publishing = std::chrono::steady_clock::now() - start;
  };
  {
    const Progress progress(options.title, options.expected_messages, Feed::kUnit,
                            [&run] { return static_cast<std::uint64_t>(run->Progress()); });
    if (absl::Status sourced = run->RunSource(source); !sourced.ok()) return sourced;
    // Long enough for any backlog that fits the ring, on any machine.
    if (absl::Status drained = run->DrainAndStop(std::chrono::seconds(30)); !drained.ok()) {
      return drained;
    }
    outcome.elapsed = std::chrono::steady_clock::now() - start;
  }
  if (read == ReadResult::kError) outcome.input_error = reader.error();
  outcome.skipped = reader.skipped();
  outcome.report = run->Report();
  outcome.journal = session.Finish();
  outcome.result = session.Result();
  return outcome;
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_PIPELINED_RUN_H_
