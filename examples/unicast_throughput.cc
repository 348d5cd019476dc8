// One producer, one consumer, 8-byte events published one at a time: the disruptor with each of its
// wait strategies against a channel made of a mutex and condition variables.
//
//   bazelw run //examples:unicast_throughput -- -n=20000000
//
// The ways take turns, round after round, and the sum that the consumer makes is checked in each.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "affinity/allowed_cpus.h"
#include "affinity/pin.h"
#include "disruptor/cache_line.h"
#include "disruptor/pipeline.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_strategy.h"
#include "examples/channel.h"

ABSL_FLAG(std::int64_t, n, 10'000'000, "events in each round of a disruptor");
ABSL_FLAG(int, rounds, 5, "rounds of each way");
ABSL_FLAG(std::int64_t, capacity, 1 << 16, "slots; a power of two");

namespace examples {
namespace {

// The two CPUs of every round; empty sets where the machine has only one to give.
struct Cpus {
  affinity::CpuSet producer;
  affinity::CpuSet consumer;
};

absl::StatusOr<Cpus> ChooseCpus() {
  auto allowed = affinity::ReadAllowedCpus();
  if (!allowed.ok()) return allowed.status();
  Cpus cpus;
  if (allowed->usable.size() < 2) return cpus;
  cpus.producer.Add(allowed->usable.First());
  cpus.consumer.Add(allowed->usable.NextAfter(allowed->usable.First()));
  return cpus;
}

// RunBoth runs the two sides on their CPUs and returns the seconds until both are done.
absl::StatusOr<double> RunBoth(const Cpus& cpus, std::function<void()> produce,
                               std::function<void()> consume) {
  auto consumer = affinity::PinnedThread::Start({.name = "consumer", .cpus = cpus.consumer},
                                                std::move(consume));
  if (!consumer.ok()) return consumer.status();
  const auto start = std::chrono::steady_clock::now();
  auto producer = affinity::PinnedThread::Start({.name = "producer", .cpus = cpus.producer},
                                                std::move(produce));
  if (!producer.ok()) {
    std::cerr << producer.status() << "\n";
    std::abort();
  }
  producer->Join();
  consumer->Join();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

absl::StatusOr<double> RunDisruptor(const Cpus& cpus, std::int64_t n, std::int64_t capacity,
                                    disruptor::WaitKind wait, std::int64_t& sum) {
  disruptor::Pipeline<std::int64_t> pipeline({.name = "unicast", .capacity = capacity});
  // On lines of its own: what the consumer writes must not be where the producer's variables are.
  struct alignas(disruptor::kFalseSharingBytes) Total {
    std::int64_t value = 0;
  };
  const auto total = std::make_unique<Total>();
  pipeline.Stage("sum", [&total = *total](const std::int64_t& value) { total.value += value; })
      .Wait(wait);
  if (absl::Status assembled = pipeline.Assemble(); !assembled.ok()) return assembled;
  disruptor::StopSignal stop;
  stop.Wakes(pipeline.sleepers());
  stop.StopAfter(n - 1);
  auto seconds = RunBoth(
      cpus,
      [&] {
        auto publisher = pipeline.MakePublisher();
        for (std::int64_t i = 0; i < n; ++i) {
          (void)publisher.Publish([i](std::int64_t& value) { value = i; });
        }
      },
      [&] { pipeline.stage(0).Run(wait, stop); });
  sum = total->value;
  return seconds;
}

absl::StatusOr<double> RunChannel(const Cpus& cpus, std::int64_t n, std::int64_t capacity,
                                  std::int64_t& sum) {
  Channel<std::int64_t> channel(static_cast<std::size_t>(capacity));
  return RunBoth(
      cpus,
      [&] {
        for (std::int64_t i = 0; i < n; ++i) channel.Send(i);
      },
      [&] {
        for (std::int64_t i = 0; i < n; ++i) sum += channel.Receive();
      });
}

// Way is one row of the table.
struct Way {
  std::string name;
  std::int64_t events;
  std::function<absl::StatusOr<double>(std::int64_t events, std::int64_t& sum)> run;
  std::vector<double> nanos = {};
};

absl::Status Compare(std::int64_t n, int rounds, std::int64_t capacity) {
  if (n < 1 || rounds < 1) {
    return absl::InvalidArgumentError("-n and --rounds must be at least 1");
  }
  auto cpus = ChooseCpus();
  if (!cpus.ok()) return cpus.status();
  using disruptor::WaitKind;
  const auto with = [&](WaitKind wait) {
    return [&cpus, capacity, wait](std::int64_t events, std::int64_t& sum) {
      return RunDisruptor(*cpus, events, capacity, wait, sum);
    };
  };
  std::vector<Way> ways;
  for (const WaitKind wait : {WaitKind::kBusySpin, WaitKind::kPausing, WaitKind::kAdaptive,
                              WaitKind::kYielding, WaitKind::kBackoff, WaitKind::kBlocking}) {
    ways.push_back({std::string("disruptor, ") + disruptor::ToString(wait), n, with(wait)});
  }
  // Some fifty times slower, so fewer events make rounds of a like length.
  ways.push_back({"mutex and condition variable", std::max<std::int64_t>(n / 20, 1),
                  [&](std::int64_t events, std::int64_t& sum) {
                    return RunChannel(*cpus, events, capacity, sum);
                  }});
  for (int round = 0; round < rounds; ++round) {
    for (Way& way : ways) {
      std::int64_t sum = 0;
      auto seconds = way.run(way.events, sum);
      if (!seconds.ok()) return seconds.status();
      if (sum != way.events * (way.events - 1) / 2) {
        return absl::InternalError(way.name + ": the consumer's sum is wrong: events were lost");
      }
      way.nanos.push_back(*seconds * 1e9 / static_cast<double>(way.events));
    }
  }
  if (cpus->producer.empty()) {
    absl::PrintF("one CPU for both threads: this is the cost of switching between them\n");
  } else {
    absl::PrintF("producer on CPU %s, consumer on CPU %s\n", cpus->producer.Format(),
                 cpus->consumer.Format());
  }
  absl::PrintF("%-30s %12s %12s %12s   rounds of %d, sums checked\n", "one event at a time",
               "median M/s", "slowest", "fastest", rounds);
  for (Way& way : ways) {
    std::sort(way.nanos.begin(), way.nanos.end());
    absl::PrintF("%-30s %12.1f %12.1f %12.1f\n", way.name, 1e3 / way.nanos[way.nanos.size() / 2],
                 1e3 / way.nanos.back(), 1e3 / way.nanos.front());
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace examples

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "compares the disruptor with a mutex-and-condition-variable channel");
  absl::ParseCommandLine(argc, argv);
  const absl::Status done = examples::Compare(absl::GetFlag(FLAGS_n), absl::GetFlag(FLAGS_rounds),
                                              absl::GetFlag(FLAGS_capacity));
  if (!done.ok()) {
    std::cerr << "unicast_throughput: " << done.message() << "\n";
    return 1;
  }
  return 0;
}
