#ifndef EXAMPLES_MARKET_DATA_RUN_TEXT_H_
#define EXAMPLES_MARKET_DATA_RUN_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "disruptor/runtime/run_report.h"
#include "examples/market_data/pipelined_run.h"
#include "examples/market_data/recorded_pace.h"
#include "examples/market_data/session_result.h"
#include "examples/market_data/throughput.h"

// The parts of the example's report, each as text of at most 100 columns.

namespace market_data {

std::string TitleText(const std::string& input, const char* format, const char* unit,
                      const RecordedPace& pace, std::size_t bytes);

// Which thread ran which stages where, and whether that held.
std::string PlacementText(const disruptor::runtime::RunReport& report);

// Rates of the pipeline and of one thread. `with_latency` adds the time table of the last round,
// which under saturation shows full queues and not latencies, and says so.
std::string ThroughputText(const Throughput& throughput, const char* unit, bool with_latency);

// The latency table of a paced run, with what makes it believable: pace, achieved rate, clock.
std::string PacedText(const PipelinedRun& run, const RecordedPace& pace, double speed,
                      const char* unit);

// Totals under the books.
std::string ResultText(const SessionResult& result, const char* unit, std::uint64_t skipped);

// The multiple of the recorded pace that gives kDefaultRate.
double DefaultSpeed(const RecordedPace& pace);

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_RUN_TEXT_H_
