// A market-data session through a pinned pipeline, from the feed's bytes to orders:
//
//   source -> decode -> book -> signal -> order
//                   \-> journal
//
// Without arguments it runs on an embedded session, as fast as it goes and then at a steady pace,
// and prints where each stage ran, how fast, with what latency, and what the books look like. Every
// pipelined run is held against a plain single-threaded one. docs/market_data.md explains the
// output.

#include <cstdint>
#include <cstdio>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"
#include "disruptor/ring_buffer.h"
#include "examples/market_data/example_options.h"
#include "examples/market_data/example_run.h"
#include "examples/market_data/feed.h"
#include "examples/market_data/feed_format.h"
#include "examples/market_data/input_file.h"
#include "examples/market_data/interrupt.h"
#include "examples/market_data/session_generator.h"

ABSL_FLAG(std::string, input, "",
          "file to read: NASDAQ ITCH 5.0 with 2-byte lengths, or DBN version 1 market by order; "
          "empty: the embedded session");
ABSL_FLAG(std::string, format, "", "itch or dbn; empty: found out by looking at the input");
ABSL_FLAG(
    std::string, speed, "both",
    "max: as fast as the stages take it. A number: that multiple of the recorded pace, such as "
    "1 or 20. both: max, and then the multiple that makes 200,000 messages a second");
ABSL_FLAG(std::string, expect, "",
          "expectation file (JSON) to check the result against; the exit code is 1 if it differs");
ABSL_FLAG(std::string, journal, "", "file to write the journal to; empty: none");
ABSL_FLAG(std::string, unknown_types, "refuse",
          "refuse: a message of an unknown type is an error. skip: step over it and count it");
ABSL_FLAG(std::string, pinning, "try",
          "try, require (fail where a thread cannot be pinned), never");
ABSL_FLAG(std::string, cpus, "", "CPUs to use, such as 2-5,8; empty: all that the process may use");
ABSL_FLAG(std::int64_t, capacity, 4096, "events in the ring; a power of two");
ABSL_FLAG(int, rounds, 5, "how many times --speed=max runs, in turns with a single thread");
ABSL_FLAG(std::uint32_t, latency_every, 4,
          "the latency run stamps one message in so many, at random; stamping each costs time that "
          "bursts then wait for");
ABSL_FLAG(std::uint64_t, messages, 400'000, "messages of the embedded session");
ABSL_FLAG(std::uint64_t, seed, 1, "seed of the embedded session");

namespace market_data {
namespace {

// Exit codes, as in the usage text.
constexpr int kSuccess = 0;
constexpr int kFailure = 1;
constexpr int kBadUsage = 2;

int Fail(int code, const absl::Status& status) {
  std::cerr << "market_data: " << status.message() << "\n";
  return code;
}

absl::Status BadFlag(const char* flag, const std::string& found, const char* wanted) {
  return absl::InvalidArgumentError(std::string("--") + flag + "=" + found + ": expected " +
                                    wanted);
}

absl::StatusOr<ExampleOptions> OptionsFromFlags() {
  ExampleOptions options;
  options.expect_path = absl::GetFlag(FLAGS_expect);
  options.journal_path = absl::GetFlag(FLAGS_journal);
  options.rounds = absl::GetFlag(FLAGS_rounds);
  options.pipeline.capacity = absl::GetFlag(FLAGS_capacity);
  options.latency_every = absl::GetFlag(FLAGS_latency_every);
  if (options.rounds < 1) {
    return BadFlag("rounds", std::to_string(options.rounds), "a number of at least 1");
  }

  if (!disruptor::IsValidCapacity(options.pipeline.capacity)) {
    return BadFlag("capacity", std::to_string(options.pipeline.capacity),
                   "a power of two, such as 4096");
  }

  const std::string speed = absl::GetFlag(FLAGS_speed);
  if (absl::Status parsed = ParseSpeed(speed, options); !parsed.ok()) return parsed;

  const std::string unknown = absl::GetFlag(FLAGS_unknown_types);
  if (unknown != "refuse" && unknown != "skip") {
    return BadFlag("unknown_types", unknown, "refuse or skip");
  }
  options.pipeline.skip_unknown = unknown == "skip";

  using disruptor::runtime::Pinning;
  const std::string pinning = absl::GetFlag(FLAGS_pinning);
  if (pinning == "try") {
    options.pipeline.runtime.pinning = Pinning::kTry;
  } else if (pinning == "require") {
    options.pipeline.runtime.pinning = Pinning::kRequire;
  } else if (pinning == "never") {
    options.pipeline.runtime.pinning = Pinning::kNever;
  } else {
    return BadFlag("pinning", pinning, "try, require or never");
  }

  auto cpus = affinity::CpuSet::ParseList(absl::GetFlag(FLAGS_cpus));
  if (!cpus.ok()) {
    return absl::InvalidArgumentError("--cpus: " + std::string(cpus.status().message()));
  }
  options.pipeline.runtime.cpus = *std::move(cpus);
  return options;
}

// The input's bytes, and what they are called in the output.
struct Input {
  std::optional<InputFile> file;
  std::vector<std::uint8_t> generated;
  std::string name;

  [[nodiscard]] std::span<const std::uint8_t> bytes() const {
    return file ? file->bytes() : std::span<const std::uint8_t>(generated);
  }
};

absl::StatusOr<Input> LoadInput() {
  Input input;
  const std::string path = absl::GetFlag(FLAGS_input);
  if (path.empty()) {
    SessionOptions session;
    session.messages = absl::GetFlag(FLAGS_messages);
    session.seed = absl::GetFlag(FLAGS_seed);
    auto generated = GenerateItchSession(session);
    if (!generated.ok()) return generated.status();
    input.generated = *std::move(generated);
    input.name = "embedded session, seed " + std::to_string(session.seed);
    return input;
  }
  auto file = InputFile::Load(PathFromWorkingDirectory(path));
  if (!file.ok()) return file.status();
  input.file = *std::move(file);
  input.name = path;
  return input;
}

absl::StatusOr<FeedFormat> ChooseFormat(const Input& input) {
  const std::string asked = absl::GetFlag(FLAGS_format);
  if (!asked.empty()) {
    auto format = ParseFeedFormat(asked);
    if (!format.ok()) {
      return absl::InvalidArgumentError("--format: " + std::string(format.status().message()));
    }
    return format;
  }
  auto format = DetectFeedFormat(input.bytes());
  if (!format.ok()) {
    return absl::InvalidArgumentError(input.name + ": " + std::string(format.status().message()));
  }
  return format;
}

int Main() {
  auto options = OptionsFromFlags();
  if (!options.ok()) return Fail(kBadUsage, options.status());
  options->expect_path = PathFromWorkingDirectory(options->expect_path);
  options->journal_path = PathFromWorkingDirectory(options->journal_path);
  auto input = LoadInput();
  if (!input.ok()) return Fail(kFailure, input.status());
  auto format = ChooseFormat(*input);
  if (!format.ok()) return Fail(kFailure, format.status());
  options->input_name = input->name;

  CatchInterrupt();
  const auto outcome = *format == FeedFormat::kItch
                           ? RunExample<ItchFeed>(input->bytes(), *options, std::cout)
                           : RunExample<DbnFeed>(input->bytes(), *options, std::cout);
  if (!outcome.ok()) return Fail(kFailure, outcome);
  return kSuccess;
}

}  // namespace
}  // namespace market_data

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "runs a market-data session through a pinned pipeline.\n\n"
      "  bazelw run //examples:market_data\n"
      "  bazelw run //examples:market_data -- --input=FILE --expect=FILE.json\n\n"
      "Exit code: 0 when everything was as it should be; 1 for an input that is damaged, a result\n"
      "that differs, a pipeline that cannot run, a flag that does not exist; 2 for a flag with a\n"
      "value that it cannot have.");
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (rest.size() > 1) {
    std::cerr << "market_data: \"" << rest[1] << "\" is not a flag; the input is --input=FILE\n";
    return 2;
  }
  return market_data::Main();
}
