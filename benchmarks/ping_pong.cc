// One event to and fro over two rings, busy spin, against the raw round trip of a cache line
// between the same two CPUs in the same run:
//
//        ring "ping" (0 -> 1)
//   CPU 0 ------------------> CPU 1
//         <------------------
//        ring "pong" (1 -> 0)
//
//   bazelw run //benchmarks:ping_pong
//
// Each answer is checked to be the event that was sent. The two measurements take turns, because
// the distance of two virtual CPUs changes over minutes; the ratio is what counts.

#include <cstdint>
#include <iostream>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "affinity/pin.h"
#include "benchmarks/ping_pong_floor.h"
#include "disruptor/latency/clock.h"
#include "disruptor/pipeline.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_strategy.h"

ABSL_FLAG(std::int64_t, rounds, 100'000, "round trips in a batch");
ABSL_FLAG(int, batches, 31, "batches of each; the median and the ends over them are printed");

namespace benchmarks {
namespace {

using disruptor::Pipeline;

// RingRoundTripNs is the mean over `rounds` round trips, after a tenth more to warm up.
absl::StatusOr<double> RingRoundTripNs(const CpuPair& cpus, std::int64_t rounds,
                                       const disruptor::latency::Clock& clock) {
  constexpr std::int64_t kCapacity = 1024;
  const std::int64_t warm_up = rounds / 10 + 1;
  const std::int64_t last = warm_up + rounds - 1;
  Pipeline<std::int64_t> ping({.name = "ping", .capacity = kCapacity});
  Pipeline<std::int64_t> pong({.name = "pong", .capacity = kCapacity});

  std::int64_t wrong = 0;
  std::uint64_t started = 0;
  std::uint64_t ended = 0;
  disruptor::Publisher<std::int64_t>* to_pong = nullptr;
  disruptor::Publisher<std::int64_t>* to_ping = nullptr;
  ping.Stage("answer", [&](const std::int64_t& value) {
    (void)to_pong->Publish([value](std::int64_t& answer) { answer = value; });
  });
  pong.Stage("ask", [&](const std::int64_t& value, std::int64_t sequence) {
    if (value != sequence) ++wrong;
    if (sequence == warm_up - 1) started = clock.Now();
    if (sequence == last) {
      ended = clock.Now();
      return;
    }
    (void)to_ping->Publish([sequence](std::int64_t& next) { next = sequence + 1; });
  });
  for (Pipeline<std::int64_t>* pipeline : {&ping, &pong}) {
    if (absl::Status assembled = pipeline->Assemble(); !assembled.ok()) return assembled;
  }
  auto ping_publisher = ping.MakePublisher();
  auto pong_publisher = pong.MakePublisher();
  to_ping = &ping_publisher;
  to_pong = &pong_publisher;

  disruptor::StopSignal stop;
  stop.StopAfter(last);
  auto answering = affinity::PinnedThread::Start({.name = "answer", .cpus = {cpus.second}}, [&] {
    ping.stage(0).Run(disruptor::WaitKind::kBusySpin, stop);
  });
  if (!answering.ok()) return answering.status();
  auto asking = affinity::PinnedThread::Start({.name = "ask", .cpus = {cpus.first}}, [&] {
    (void)to_ping->Publish([](std::int64_t& first) { first = 0; });
    pong.stage(0).Run(disruptor::WaitKind::kBusySpin, stop);
  });
  if (!asking.ok()) {
    stop.Halt();
    return asking.status();
  }
  asking->Join();
  answering->Join();
  if (wrong > 0) {
    return absl::InternalError(
        absl::StrFormat("%d answers were not the event that was sent", wrong));
  }
  return static_cast<double>(clock.ToNanos(static_cast<std::int64_t>(ended - started))) /
         static_cast<double>(rounds);
}

absl::Status Run() {
  const absl::StatusOr<CpuPair> cpus = FirstUsablePair();
  if (!cpus.ok()) return cpus.status();
  const std::int64_t rounds = absl::GetFlag(FLAGS_rounds);
  const int batches = absl::GetFlag(FLAGS_batches);
  if (rounds < 1 || batches < 1) {
    return absl::InvalidArgumentError("--rounds and --batches must be at least 1");
  }
  const disruptor::latency::ClockChoice clock = disruptor::latency::ChooseClock();
  std::vector<double> raw;
  std::vector<double> ring;
  std::vector<double> ratio;
  for (int batch = 0; batch < batches; ++batch) {
    const absl::StatusOr<double> floor = RawRoundTripNs(*cpus, rounds);
    if (!floor.ok()) return floor.status();
    const absl::StatusOr<double> trip = RingRoundTripNs(*cpus, rounds, clock.clock);
    if (!trip.ok()) return trip.status();
    raw.push_back(*floor);
    ring.push_back(*trip);
    ratio.push_back(*trip / *floor);
  }
  const auto line = [](const char* name, const Spread& spread, const char* unit) {
    std::cout << absl::StrFormat("%-28s %8.2f %s  (%.2f to %.2f)\n", name, spread.median, unit,
                                 spread.lowest, spread.highest);
  };
  std::cout << absl::StrFormat("CPU %d <-> CPU %d, median of %d batches of %d, in turns\n",
                               cpus->first, cpus->second, batches, rounds);
  line("raw cache-line round trip", SpreadOf(raw), "ns");
  line("two rings, busy spin", SpreadOf(ring), "ns");
  line("ratio within a batch", SpreadOf(ratio), "  ");
  return absl::OkStatus();
}

}  // namespace
}  // namespace benchmarks

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("Measures a round trip over two rings against the raw round trip.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = benchmarks::Run();
  if (status.ok()) return 0;
  std::cerr << "ping_pong: " << status.message() << "\n";
  return 1;
}
