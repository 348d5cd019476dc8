// One producer, one consumer, one event at a time, for each wait of the consumer: how many events a
// second when the stream never stops, and what an event waits for when there is little to do. A
// wait that wins the first must not lose the second.
//
//   bazelw run //benchmarks:one_to_one
//
//   producer, CPU a --> ring of 65,536 --> consumer, CPU b
//
// Latency is from when an event was due (an open loop) until the handler has it. All ways take
// turns, round after round; sums and order are checked in each.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "affinity/pin.h"
#include "benchmarks/ping_pong_floor.h"
#include "disruptor/cache_line.h"
#include "disruptor/cpu_relax.h"
#include "disruptor/latency/clock.h"
#include "disruptor/latency/histogram.h"
#include "disruptor/latency/report.h"
#include "disruptor/latency/snapshot.h"
#include "disruptor/pipeline.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_strategy.h"

ABSL_FLAG(int, rounds, 7, "rounds of each way");
ABSL_FLAG(std::int64_t, events, 10'000'000, "events in a round of the stream that never stops");
ABSL_FLAG(double, seconds, 0.2, "length of a round of each paced stream");

namespace benchmarks {
namespace {

using disruptor::WaitKind;
using disruptor::latency::Clock;

constexpr std::int64_t kCapacity = 1 << 16;

// A paced stream: `burst` events due at once, every `interval_ns`.
struct Pace {
  const char* name;
  std::int64_t burst;
  std::int64_t interval_ns;
};
constexpr Pace kPaces[] = {
    {"10,000 a second", 1, 100'000},
    {"1,000,000 a second", 1, 1'000},
    {"bursts of 10, 10,000 a second", 10, 100'000},
};

// The consumer's side, on lines of its own.
struct alignas(disruptor::kFalseSharingBytes) Consumer {
  Consumer(const Clock& c, bool t) : clock(&c), timed(t) {}

  const Clock* clock;
  bool timed;
  std::int64_t sum = 0;
  disruptor::latency::Histogram latency;

  // The event is when it was due, in ticks, or its number.
  void operator()(const std::int64_t& event) {
    if (timed) {
      latency.Record(clock->ToNanos(static_cast<std::int64_t>(clock->Now()) - event));
    } else {
      sum += event;
    }
  }
};

// Way is one wait, and what was measured with it.
struct Way {
  WaitKind wait;
  std::vector<double> millions = {};
  std::vector<disruptor::latency::Snapshot> latency =
      std::vector<disruptor::latency::Snapshot>(std::size(kPaces));
};

// RunBoth runs `produce(publisher)` against the consumer, each on its CPU.
template <typename Produce>
absl::Status RunBoth(const CpuPair& cpus, WaitKind wait, std::int64_t events, Consumer& consumer,
                     Produce produce) {
  disruptor::Pipeline<std::int64_t> pipeline({.name = "one to one", .capacity = kCapacity});
  pipeline.Stage("consumer", std::ref(consumer)).Wait(wait);
  if (absl::Status assembled = pipeline.Assemble(); !assembled.ok()) return assembled;
  disruptor::StopSignal stop;
  stop.Wakes(pipeline.sleepers());
  stop.StopAfter(events - 1);
  auto consuming = affinity::PinnedThread::Start({.name = "consumer", .cpus = {cpus.second}},
                                                 [&] { pipeline.stage(0).Run(wait, stop); });
  if (!consuming.ok()) return consuming.status();
  auto producing = affinity::PinnedThread::Start({.name = "producer", .cpus = {cpus.first}}, [&] {
    auto publisher = pipeline.MakePublisher();
    produce(publisher);
  });
  if (!producing.ok()) {
    stop.Halt();
    return producing.status();
  }
  producing->Join();
  consuming->Join();
  return absl::OkStatus();
}

absl::Status RunStream(const CpuPair& cpus, const Clock& clock, std::int64_t events, Way& way) {
  const auto consumer = std::make_unique<Consumer>(clock, false);
  const std::uint64_t start = clock.Now();
  absl::Status ran = RunBoth(cpus, way.wait, events, *consumer, [events](auto& publisher) {
    for (std::int64_t i = 0; i < events; ++i) {
      (void)publisher.Publish([i](std::int64_t& event) { event = i; });
    }
  });
  if (!ran.ok()) return ran;
  const auto nanos = clock.ToNanos(static_cast<std::int64_t>(clock.Now() - start));
  if (consumer->sum != events * (events - 1) / 2) return absl::InternalError("events were lost");
  way.millions.push_back(static_cast<double>(events) * 1e3 / static_cast<double>(nanos));
  return absl::OkStatus();
}

absl::Status RunPaced(const CpuPair& cpus, const Clock& clock, double seconds, std::size_t which,
                      Way& way) {
  const Pace& pace = kPaces[which];
  const auto bursts = static_cast<std::int64_t>(seconds * 1e9) / pace.interval_ns;
  const std::int64_t events = std::max<std::int64_t>(bursts, 1) * pace.burst;
  const auto consumer = std::make_unique<Consumer>(clock, true);
  absl::Status ran = RunBoth(cpus, way.wait, events, *consumer, [&](auto& publisher) {
    const std::uint64_t start = clock.Now();
    for (std::int64_t i = 0; i < events; ++i) {
      const auto due =
          start + static_cast<std::uint64_t>(clock.ToTicks(i / pace.burst * pace.interval_ns));
      while (clock.Now() < due) disruptor::CpuRelax();
      (void)publisher.Publish(
          [due](std::int64_t& event) { event = static_cast<std::int64_t>(due); });
    }
  });
  if (!ran.ok()) return ran;
  const auto snapshot = disruptor::latency::Snapshot::Of(consumer->latency);
  if (static_cast<std::int64_t>(snapshot.samples() + snapshot.negative()) != events) {
    return absl::InternalError("events were lost");
  }
  auto merged = disruptor::latency::Snapshot::Merge(way.latency[which], snapshot);
  if (!merged.ok()) return merged.status();
  way.latency[which] = *std::move(merged);
  return absl::OkStatus();
}

absl::Status Run() {
  const absl::StatusOr<CpuPair> cpus = FirstUsablePair();
  if (!cpus.ok()) return cpus.status();
  const int rounds = absl::GetFlag(FLAGS_rounds);
  const std::int64_t events = absl::GetFlag(FLAGS_events);
  const double seconds = absl::GetFlag(FLAGS_seconds);
  if (rounds < 1 || events < 1 || !(seconds > 0 && seconds < 3600)) {
    return absl::InvalidArgumentError("--rounds, --events and --seconds must be above 0");
  }
  const disruptor::latency::ClockChoice clock = disruptor::latency::ChooseClock();
  std::vector<Way> ways;
  for (const WaitKind wait : {WaitKind::kBusySpin, WaitKind::kPausing, WaitKind::kAdaptive,
                              WaitKind::kYielding, WaitKind::kBlocking}) {
    ways.push_back({.wait = wait});
  }
  std::vector<double> floor;
  for (int round = 0; round < rounds; ++round) {
    const absl::StatusOr<double> raw = RawRoundTripNs(*cpus, 20'000);
    if (!raw.ok()) return raw.status();
    floor.push_back(*raw);
    for (Way& way : ways) {
      if (absl::Status ran = RunStream(*cpus, clock.clock, events, way); !ran.ok()) return ran;
      for (std::size_t i = 0; i < std::size(kPaces); ++i) {
        if (absl::Status ran = RunPaced(*cpus, clock.clock, seconds, i, way); !ran.ok()) return ran;
      }
    }
  }

  const Spread trip = SpreadOf(floor);
  std::cout << absl::StrFormat(
      "CPU %d -> CPU %d, raw round trip %.0f ns (%.0f to %.0f), median of %d rounds in turns\n\n"
      "%-18s %12s %12s %12s\n",
      cpus->first, cpus->second, trip.median, trip.lowest, trip.highest, rounds, "stream, M/s",
      "median", "slowest", "fastest");
  for (const Way& way : ways) {
    const Spread spread = SpreadOf(way.millions);
    std::cout << absl::StrFormat("%-18s %12.1f %12.1f %12.1f\n", ToString(way.wait), spread.median,
                                 spread.lowest, spread.highest);
  }
  for (std::size_t i = 0; i < std::size(kPaces); ++i) {
    disruptor::latency::PercentileTable table(kPaces[i].name);
    for (Way& way : ways) table.AddRow(ToString(way.wait), std::move(way.latency[i]));
    std::cout << "\n" << table.ToText();
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace benchmarks

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("Compares the waits of a consumer, in a stream and at low load.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = benchmarks::Run();
  if (status.ok()) return 0;
  std::cerr << "one_to_one: " << status.message() << "\n";
  return 1;
}
