#ifndef EXAMPLES_MARKET_DATA_THROUGHPUT_H_
#define EXAMPLES_MARKET_DATA_THROUGHPUT_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "examples/market_data/pipelined_run.h"
#include "examples/market_data/reference_run.h"
#include "examples/market_data/session.h"
#include "examples/market_data/session_result.h"

namespace market_data {

// Throughput is the same input, several times: through the pipeline as fast as it goes, and on one
// thread, in turns, so that whatever the machine does meanwhile meets both.
struct Throughput {
  // One entry for each round, in ns for each message.
  std::vector<double> pipelined_ns;
  std::vector<double> single_ns;
  // The last round's.
  PipelinedRun pipelined;
  SessionResult reference;
  // The first field in which a pipelined run differed from the single-threaded one; empty if none.
  std::string difference;
};

// MeasureThroughput runs `rounds` rounds. Every pipelined result is held against the
// single-threaded one of the same round. Only the first round writes the journal file of `config`,
// if it names one.
template <typename Feed>
absl::StatusOr<Throughput> MeasureThroughput(std::span<const std::uint8_t> input,
                                             SessionConfig config, PipelinedOptions options,
                                             int rounds) {
  Throughput throughput;
  options.speed = 0;
  for (int round = 0; round < rounds; ++round) {
    SessionConfig reference_config = config;
    reference_config.journal_path.clear();
    auto reference_session = Session::Create(reference_config);
    if (!reference_session.ok()) return reference_session.status();
    typename Feed::Reader reader = Feed::Open(input, options.skip_unknown);
    ReferenceRun reference = RunSingleThreaded<Feed::kDecode>(reader, **reference_session);
    if (!reference.journal.ok()) return reference.journal;

    auto session = Session::Create(config);
    if (!session.ok()) return session.status();
    config.journal_path.clear();
    auto run = RunPipelined<Feed>(input, **session, options);
    if (!run.ok()) return run.status();
    if (!run->journal.ok()) return run->journal;

    const auto messages = static_cast<double>(std::max<std::uint64_t>(run->result.messages, 1));
    throughput.single_ns.push_back(reference.NanosPerMessage());
    throughput.pipelined_ns.push_back(static_cast<double>(run->elapsed.count()) / messages);
    if (throughput.difference.empty() && !run->interrupted) {
      throughput.difference = FirstDifference(reference.result, run->result);
    }
    throughput.pipelined = *std::move(run);
    throughput.reference = std::move(reference.result);
    if (throughput.pipelined.interrupted) break;
  }
  return throughput;
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_THROUGHPUT_H_
