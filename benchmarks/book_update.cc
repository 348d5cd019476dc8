// What a message costs the books, and what decoding adds, on one thread without a ring.
//
//   bazel run //benchmarks:book_update -- --benchmark_repetitions=9
//   PINWHEEL_MARKET_DATA_FILE=<file> bazel run //benchmarks:book_update
//
// One iteration is a whole session into empty books, whose memory is reserved before the clock
// starts; "per_message" is the figure to read. Two generated sessions: a small one, as the example
// runs it, whose books stay in the caches, and one over 999 instruments with some 90,000 live
// orders, whose books do not. The control walks over the same messages and leaves the books
// alone.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmark/benchmark.h"
#include "examples/market_data/dbn_decoder.h"
#include "examples/market_data/dbn_reader.h"
#include "examples/market_data/feed_format.h"
#include "examples/market_data/input_file.h"
#include "examples/market_data/itch_decoder.h"
#include "examples/market_data/itch_reader.h"
#include "examples/market_data/market_event.h"
#include "examples/market_data/order_book.h"
#include "examples/market_data/read_result.h"
#include "examples/market_data/session_generator.h"

namespace market_data {
namespace {

// How far ahead the look-ahead benchmarks ask for memory: far enough for a miss to be served, near
// enough for the line still to be there.
constexpr std::size_t kAhead = 8;

struct Input {
  std::vector<std::uint8_t> bytes;
  FeedFormat format = FeedFormat::kItch;
  Books::Options books;
};

template <typename Visit>
void ForEachMessage(const Input& input, const Visit& visit) {
  std::span<const std::uint8_t> bytes;
  BookMessage message;
  if (input.format == FeedFormat::kItch) {
    ItchReader reader(input.bytes);
    while (reader.Next(bytes) == ReadResult::kMessage) {
      if (DecodeItch(bytes, message)) visit(message);
    }
  } else {
    DbnReader reader(input.bytes);
    while (reader.Next(bytes) == ReadResult::kMessage) {
      if (DecodeDbn(bytes, message)) visit(message);
    }
  }
}

void Report(benchmark::State& state, std::uint64_t messages) {
  const auto all = static_cast<double>(messages) * static_cast<double>(state.iterations());
  state.SetItemsProcessed(static_cast<std::int64_t>(all));
  state.counters["per_message"] =
      benchmark::Counter(all, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["messages"] = static_cast<double>(messages);
}

std::vector<BookMessage> Decoded(const Input& input) {
  std::vector<BookMessage> messages;
  ForEachMessage(input, [&](const BookMessage& message) { messages.push_back(message); });
  return messages;
}

// Replay runs `body` once per iteration, with new books that are neither built nor destroyed on the
// clock.
template <typename Body>
void Replay(benchmark::State& state, const Input& input, const Body& body) {
  for (auto _ : state) {
    state.PauseTiming();
    auto books = std::make_unique<Books>(input.books);
    state.ResumeTiming();
    body(*books);
    state.PauseTiming();
    books.reset();
    state.ResumeTiming();
  }
}

void ControlNoBooks(benchmark::State& state, const Input& input) {
  const std::vector<BookMessage> messages = Decoded(input);
  for (auto _ : state) {
    for (const BookMessage& message : messages) benchmark::DoNotOptimize(message.order_id);
  }
  Report(state, messages.size());
}

void BooksOnly(benchmark::State& state, const Input& input) {
  const std::vector<BookMessage> messages = Decoded(input);
  Replay(state, input, [&](Books& books) {
    TopOfBook top;
    for (const BookMessage& message : messages) {
      benchmark::DoNotOptimize(books.Apply(message, top));
      benchmark::DoNotOptimize(top);
    }
  });
  Report(state, messages.size());
}

void BooksLookingAhead(benchmark::State& state, const Input& input) {
  const std::vector<BookMessage> messages = Decoded(input);
  Replay(state, input, [&](Books& books) {
    TopOfBook top;
    for (std::size_t i = 0; i < messages.size(); ++i) {
      if (i + kAhead < messages.size()) books.Prefetch(messages[i + kAhead]);
      benchmark::DoNotOptimize(books.Apply(messages[i], top));
      benchmark::DoNotOptimize(top);
    }
  });
  Report(state, messages.size());
}

void DecodeOnly(benchmark::State& state, const Input& input) {
  std::uint64_t messages = 0;
  for (auto _ : state) {
    messages = 0;
    ForEachMessage(input, [&](BookMessage& message) {
      benchmark::DoNotOptimize(message);
      ++messages;
    });
  }
  Report(state, messages);
}

void DecodeAndBooks(benchmark::State& state, const Input& input) {
  std::uint64_t messages = 0;
  Replay(state, input, [&](Books& books) {
    TopOfBook top;
    messages = 0;
    ForEachMessage(input, [&](const BookMessage& message) {
      benchmark::DoNotOptimize(books.Apply(message, top));
      benchmark::DoNotOptimize(top);
      ++messages;
    });
  });
  Report(state, messages);
}

// Register keeps `input` alive for as long as the program runs.
void Register(const std::string& name, std::shared_ptr<const Input> input) {
  using Function = void (*)(benchmark::State&, const Input&);
  for (const auto& [what, function] : {std::pair<const char*, Function>{"control", ControlNoBooks},
                                       {"books", BooksOnly},
                                       {"books_looking_ahead", BooksLookingAhead},
                                       {"decode", DecodeOnly},
                                       {"decode_and_books", DecodeAndBooks}}) {
    benchmark::RegisterBenchmark((name + "/" + what).c_str(), [function = function,
                                                               input](benchmark::State& state) {
      function(state, *input);
    })->Unit(benchmark::kMillisecond);
  }
}

bool RegisterGenerated(const std::string& name, const SessionOptions& session,
                       const Books::Options& books) {
  absl::StatusOr<std::vector<std::uint8_t>> bytes = GenerateItchSession(session);
  if (!bytes.ok()) {
    std::cerr << bytes.status() << "\n";
    return false;
  }
  Register(name, std::make_shared<const Input>(Input{
                     .bytes = *std::move(bytes), .format = FeedFormat::kItch, .books = books}));
  return true;
}

bool RegisterFile(const std::string& path) {
  const absl::StatusOr<InputFile> file = InputFile::Load(path);
  if (!file.ok()) {
    std::cerr << file.status() << "\n";
    return false;
  }
  const absl::StatusOr<FeedFormat> format = DetectFeedFormat(file->bytes());
  if (!format.ok()) {
    std::cerr << path << ": " << format.status() << "\n";
    return false;
  }
  const auto bytes = file->bytes();
  Register("file", std::make_shared<const Input>(Input{
                       .bytes = {bytes.begin(), bytes.end()}, .format = *format, .books = {}}));
  return true;
}

bool RegisterAll() {
  if (!RegisterGenerated("small", {}, {})) return false;
  const char* const path = std::getenv("PINWHEEL_MARKET_DATA_FILE");
  if (path != nullptr && !RegisterFile(path)) return false;
  return RegisterGenerated(
      "market", {.messages = 4'000'000, .instruments = 999},
      {.reserved_instruments = 999, .reserved_orders = 200'000, .reserved_levels_per_side = 64});
}

}  // namespace
}  // namespace market_data

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  if (!market_data::RegisterAll()) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
