// A service that has threads of its own and wants only the rings: a pipeline of two stages, each
// run by a std::thread, checked event by event.

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <thread>

#include "disruptor/disruptor.h"

namespace {

constexpr std::int64_t kEvents = 100'000;

struct Order {
  std::int64_t id = 0;
  std::int64_t price = 0;
  std::int64_t fee = 0;
};

struct Price {
  void operator()(Order& order) const { order.fee = order.price / 100; }
};

struct Account {
  std::int64_t fees = 0;
  std::int64_t out_of_order = 0;

  void operator()(Order& order, std::int64_t sequence) {
    fees += order.fee;
    if (order.id != sequence) ++out_of_order;
  }
};

}  // namespace

int main() {
  Account account;
  disruptor::Pipeline<Order> pipeline({.name = "orders", .capacity = 256});
  const auto price = pipeline.Stage("price", Price{});
  pipeline.Stage("account", std::ref(account)).After(price);
  if (const auto assembled = pipeline.Assemble(); !assembled.ok()) {
    std::cerr << assembled << "\n";
    return EXIT_FAILURE;
  }

  disruptor::StopSignal stop;
  std::thread pricing([&] { pipeline.stage(0).Run(disruptor::WaitKind::kYielding, stop); });
  std::thread accounting([&] { pipeline.stage(1).Run(disruptor::WaitKind::kYielding, stop); });

  auto publisher = pipeline.MakePublisher();
  std::int64_t refused = 0;
  for (std::int64_t i = 0; i < kEvents; ++i) {
    const auto status = publisher.Publish(
        [](Order& order, std::int64_t sequence) { order = {.id = sequence, .price = sequence}; });
    if (status != disruptor::ClaimStatus::kOk) ++refused;
  }
  stop.StopAfter(kEvents - 1);
  pricing.join();
  accounting.join();

  std::int64_t expected = 0;
  for (std::int64_t i = 0; i < kEvents; ++i) expected += i / 100;
  std::cout << "fees " << account.fees << " of " << expected << ", out of order "
            << account.out_of_order << ", refused " << refused << "\n";
  const bool good = account.fees == expected && account.out_of_order == 0 && refused == 0;
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
