#include <chrono>
#include <iostream>

#include "disruptor/runtime/runtime.h"

struct Quote {
  long price = 0;
};

int main() {
  disruptor::Pipeline<Quote> pipeline({.name = "hello", .capacity = 1024});
  auto round = pipeline.Stage("round", [](Quote& quote) { quote.price -= quote.price % 5; });
  long total = 0;
  pipeline.Stage("sum", [&total](Quote& quote) { total += quote.price; }).After(round);

  auto run = disruptor::runtime::Start(std::move(pipeline));
  if (!run.ok()) return std::cerr << run.status() << "\n", 1;
  for (long price = 1; price <= 100'000; ++price) {
    (void)run->publisher().Publish([price](Quote& quote) { quote.price = price; });
  }
  const auto stopped = run->DrainAndStop(std::chrono::seconds(10));
  std::cout << "total " << total << ", " << stopped << "\n" << run->Report().ToText();
  return stopped.ok() ? 0 : 1;
}
