#ifndef EXAMPLES_MARKET_DATA_EXAMPLE_RUN_H_
#define EXAMPLES_MARKET_DATA_EXAMPLE_RUN_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "disruptor/latency/clock.h"
#include "examples/market_data/books_table.h"
#include "examples/market_data/example_options.h"
#include "examples/market_data/expectation.h"
#include "examples/market_data/pipelined_run.h"
#include "examples/market_data/recorded_pace.h"
#include "examples/market_data/run_text.h"
#include "examples/market_data/throughput.h"

namespace market_data {

// CheckInput says what was wrong with the input, if anything was.
inline absl::Status CheckInput(const PipelinedRun& run, const std::string& name) {
  if (!run.input_error) return absl::OkStatus();
  return absl::DataLossError(name + ": " + run.input_error->ToString() + "; the " +
                             std::to_string(run.result.messages) +
                             " messages before it were processed");
}

// Reference is the result of the plain single-threaded run.
template <typename Feed>
absl::StatusOr<SessionResult> Reference(std::span<const std::uint8_t> input, SessionConfig config,
                                        bool skip_unknown) {
  config.journal_path.clear();
  auto session = Session::Create(config);
  if (!session.ok()) return session.status();
  typename Feed::Reader reader = Feed::Open(input, skip_unknown);
  return RunSingleThreaded<Feed::kDecode>(reader, **session).result;
}

// RunExample runs what `options` ask for over `input` and prints the report to `out`.
//
// Returns OK; or the first of: a pipeline that cannot run, a damaged input (with the byte offset;
// the report of all before it has been printed), a pipelined result that is not the single-threaded
// one, a result that is not the expected one.
template <typename Feed>
absl::Status RunExample(std::span<const std::uint8_t> input, ExampleOptions options,
                        std::ostream& out) {
  const RecordedPace pace = MeasurePace<Feed>(input, options.pipeline.skip_unknown);
  out << TitleText(options.input_name, Feed::kName, Feed::kUnit, pace, input.size()) << std::flush;

  SessionConfig config;
  config.journal_path = options.journal_path;
  std::optional<Expectation> expectation;
  if (!options.expect_path.empty()) {
    auto loaded = Expectation::Load(options.expect_path);
    if (!loaded.ok()) return loaded.status();
    expectation = *std::move(loaded);
    config.checkpoint_positions = expectation->CheckpointPositions();
    config.checkpoint_symbol = expectation->symbol();
  }
  options.pipeline.expected_messages = pace.messages;
  options.pipeline.runtime.clock = disruptor::latency::ChooseClock();

  // Both kinds of run leave the same result; the one that was made last is shown and checked.
  std::optional<PipelinedRun> last;
  std::string difference;
  if (options.run_max) {
    options.pipeline.title = "throughput";
    options.pipeline.runtime.latency_every = 16;
    auto throughput = MeasureThroughput<Feed>(input, config, options.pipeline, options.rounds);
    if (!throughput.ok()) return throughput.status();
    config.journal_path.clear();
    out << PlacementText(throughput->pipelined.report)
        << ThroughputText(*throughput, Feed::kUnit, !options.run_paced);
    difference = throughput->difference;
    last = std::move(throughput->pipelined);
  }
  if (options.run_paced && !(last && last->interrupted)) {
    options.pipeline.title = "latency";
    options.pipeline.runtime.latency_every = options.latency_every;
    options.pipeline.speed = options.speed > 0 ? options.speed : DefaultSpeed(pace);
    auto session = Session::Create(config);
    if (!session.ok()) return session.status();
    auto paced = RunPipelined<Feed>(input, **session, options.pipeline);
    if (!paced.ok()) return paced.status();
    if (!paced->journal.ok()) return paced->journal;
    if (!options.run_max) out << PlacementText(paced->report);
    out << PacedText(*paced, pace, options.pipeline.speed, Feed::kUnit);
    if (!paced->interrupted && difference.empty()) {
      auto reference = Reference<Feed>(input, config, options.pipeline.skip_unknown);
      if (!reference.ok()) return reference.status();
      difference = FirstDifference(*reference, paced->result);
    }
    last = *std::move(paced);
  }
  if (!last) return absl::OkStatus();

  out << "\nBooks\n"
      << BooksTable(last->result.instruments, {.price_scale = Feed::kPriceScale})
      << ResultText(last->result, Feed::kUnit, last->skipped) << std::flush;
  if (last->interrupted) {
    return absl::CancelledError("interrupted; the report is of the messages before that");
  }
  if (absl::Status input_ok = CheckInput(*last, options.input_name); !input_ok.ok())
    return input_ok;
  if (!difference.empty()) {
    return absl::InternalError("the pipeline's result is not the single thread's: " + difference);
  }
  if (expectation) {
    if (absl::Status equal = expectation->Compare(last->result); !equal.ok()) return equal;
    out << "  expectation       all " << expectation->CheckpointPositions().size()
        << " checkpoints and every total of " << options.expect_path << " are equal\n";
  }
  return absl::OkStatus();
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_EXAMPLE_RUN_H_
