// A service on the whole runtime: three stages that Pinwheel places, pins and runs, one of them
// aside; then it reads in the report what became of them.

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <utility>

#include "disruptor/pipeline.h"
#include "disruptor/runtime/runtime.h"

namespace {

constexpr std::int64_t kQuotes = 100'000;

struct Quote {
  std::int64_t bid = 0;
  std::int64_t ask = 0;
  std::int64_t spread = 0;
};

struct Spread {
  void operator()(Quote& quote) const { quote.spread = quote.ask - quote.bid; }
};

struct Sum {
  std::int64_t spreads = 0;
  std::int64_t quotes = 0;

  void operator()(Quote& quote) {
    spreads += quote.spread;
    ++quotes;
  }
};

}  // namespace

int main() {
  Sum risk;
  Sum journal;
  disruptor::Pipeline<Quote> pipeline({.name = "quotes", .capacity = 1024});
  const auto spread = pipeline.Stage("spread", Spread{});
  pipeline.Stage("risk", std::ref(risk)).After(spread);
  pipeline.Stage("journal", std::ref(journal)).After(spread).Background();

  auto run = disruptor::runtime::Start(std::move(pipeline));
  if (!run.ok()) {
    std::cerr << run.status() << "\n";
    return EXIT_FAILURE;
  }
  std::int64_t refused = 0;
  const absl::Status published = run->RunSource([&] {
    for (std::int64_t i = 0; i < kQuotes; ++i) {
      const auto status =
          run->publisher().Publish([i](Quote& quote) { quote = {.bid = i, .ask = i + 3}; });
      if (status != disruptor::ClaimStatus::kOk) ++refused;
    }
  });
  const absl::Status stopped = run->DrainAndStop(std::chrono::seconds(30));
  std::cout << run->Report().ToText();
  if (!published.ok() || !stopped.ok()) {
    std::cerr << published << "\n" << stopped << "\n";
    return EXIT_FAILURE;
  }

  std::cout << "risk saw " << risk.quotes << ", journal " << journal.quotes << " of " << kQuotes
            << " quotes, " << refused << " refused\n";
  const bool good = refused == 0 && risk.quotes == kQuotes && journal.quotes == kQuotes &&
                    risk.spreads == 3 * kQuotes && journal.spreads == 3 * kQuotes;
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
