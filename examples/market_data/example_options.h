#ifndef EXAMPLES_MARKET_DATA_EXAMPLE_OPTIONS_H_
#define EXAMPLES_MARKET_DATA_EXAMPLE_OPTIONS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "examples/market_data/pipelined_run.h"

namespace market_data {

// ExampleOptions is what the flags say.
struct ExampleOptions {
  // What the input is called in the output.
  std::string input_name;
  // Empty: no expectation to check, no journal file.
  std::string expect_path;
  std::string journal_path;
  // Which of the two kinds of run.
  bool run_max = true;
  bool run_paced = true;
  // The multiple of the recorded pace; 0: the one that gives kDefaultRate.
  double speed = 0;
  int rounds = 5;
  // The latency run stamps one message in so many.
  std::uint32_t latency_every = 4;
  PipelinedOptions pipeline;
};

// The pace of the latency run when none is asked for, in messages a second: what a busy single feed
// line carries, and far below what the pipeline can take, so that latency is not queueing.
inline constexpr double kDefaultRate = 200'000;

// ParseSpeed reads --speed: "max", "both", or a number from 0.001 to 1e9.
absl::Status ParseSpeed(const std::string& text, ExampleOptions& options);

// PathFromWorkingDirectory makes a relative path relative to where the user called bazel run, which
// starts programs elsewhere. Empty stays empty.
std::string PathFromWorkingDirectory(const std::string& path);

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_EXAMPLE_OPTIONS_H_
