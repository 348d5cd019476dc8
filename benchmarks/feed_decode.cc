// What reading and decoding ITCH 5.0 costs per message, without books, rings or threads.
//
//   bazel run //benchmarks:feed_decode
//   PINWHEEL_ITCH_FILE=/path/to/file.itch bazel run //benchmarks:feed_decode
//
// The input is the generated session, and the file if one is named; it is in memory, with its pages
// touched, before the clock starts. ReadOnly finds the messages, ReadAndDecode also decodes them
// and adds up their fields, DecodeOnly starts from messages already found. Pin it (taskset -c N):
// the scheduler moves what is not pinned. A session of a few MB stays in the last-level cache, a
// trading day does not, so only figures of the same input compare.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmark/benchmark.h"
#include "examples/market_data/input_file.h"
#include "examples/market_data/itch_decoder.h"
#include "examples/market_data/itch_reader.h"
#include "examples/market_data/session_generator.h"

namespace {

using market_data::BookMessage;
using market_data::ItchReader;
using market_data::ReadResult;
using Input = std::span<const std::uint8_t>;

// Every field counts, so that the compiler can leave none of them undecoded.
std::uint64_t SumOfFields(const BookMessage& message) {
  return message.order_id + message.new_order_id + static_cast<std::uint64_t>(message.price) +
         message.time_ns + message.size + message.instrument +
         static_cast<std::uint64_t>(message.kind) + static_cast<std::uint64_t>(message.side) +
         static_cast<std::uint64_t>(message.type) + (message.end_of_event ? 1 : 0);
}

void Report(benchmark::State& state, std::uint64_t messages, Input input) {
  const auto all = static_cast<double>(messages) * static_cast<double>(state.iterations());
  state.counters["per_msg"] =
      benchmark::Counter(all, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["msg/s"] = benchmark::Counter(all, benchmark::Counter::kIsRate);
  state.counters["messages"] = static_cast<double>(messages);
  state.SetBytesProcessed(static_cast<std::int64_t>(input.size()) * state.iterations());
}

void ReadOnly(benchmark::State& state, Input input) {
  std::uint64_t messages = 0;
  for (auto _ : state) {
    ItchReader reader(input);
    Input message;
    std::uint64_t lengths = 0;
    messages = 0;
    while (reader.Next(message) == ReadResult::kMessage) {
      ++messages;
      lengths += message.size();
    }
    benchmark::DoNotOptimize(lengths);
  }
  Report(state, messages, input);
}

void ReadAndDecode(benchmark::State& state, Input input) {
  std::uint64_t messages = 0;
  for (auto _ : state) {
    ItchReader reader(input);
    Input message;
    BookMessage decoded;
    std::uint64_t sum = 0;
    messages = 0;
    while (reader.Next(message) == ReadResult::kMessage) {
      ++messages;
      if (DecodeItch(message, decoded)) sum += SumOfFields(decoded);
    }
    benchmark::DoNotOptimize(sum);
  }
  Report(state, messages, input);
}

void DecodeOnly(benchmark::State& state, Input input) {
  std::vector<Input> messages;
  ItchReader reader(input);
  for (Input message; reader.Next(message) == ReadResult::kMessage;) messages.push_back(message);
  for (auto _ : state) {
    BookMessage decoded;
    std::uint64_t sum = 0;
    for (const Input message : messages) {
      if (DecodeItch(message, decoded)) sum += SumOfFields(decoded);
    }
    benchmark::DoNotOptimize(sum);
  }
  Report(state, messages.size(), input);
}

// Register refuses an input that does not read to its end: its figure would be of something else.
bool Register(const std::string& name, Input input) {
  ItchReader reader(input);
  Input message;
  ReadResult result;
  while ((result = reader.Next(message)) == ReadResult::kMessage) {
  }
  if (result == ReadResult::kError) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), reader.error().ToString().c_str());
    return false;
  }
  benchmark::RegisterBenchmark(("ReadOnly/" + name).c_str(), ReadOnly, input);
  benchmark::RegisterBenchmark(("DecodeOnly/" + name).c_str(), DecodeOnly, input);
  benchmark::RegisterBenchmark(("ReadAndDecode/" + name).c_str(), ReadAndDecode, input);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const absl::StatusOr<std::vector<std::uint8_t>> session = market_data::GenerateItchSession();
  if (!session.ok() || !Register("generated", *session)) return 1;

  std::vector<market_data::InputFile> files;
  if (const char* const path = std::getenv("PINWHEEL_ITCH_FILE"); path != nullptr) {
    absl::StatusOr<market_data::InputFile> file = market_data::InputFile::Load(path);
    if (!file.ok()) {
      std::fprintf(stderr, "%s\n", file.status().ToString().c_str());
      return 1;
    }
    files.push_back(*std::move(file));
    if (!Register("file", files.back().bytes())) return 1;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
