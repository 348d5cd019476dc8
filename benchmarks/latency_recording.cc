// What measuring costs: a clock reading, a histogram update, and both, against the loop around
// them.
//
//   bazel run //benchmarks:latency_recording -- --benchmark_repetitions=9
//
// Values are drawn log-uniformly from 50 ns to 5 us, the range of a pipeline at work: which slots
// are hit decides how many cache lines an update touches. Every line includes the cost of the loop
// that the control beside it shows; it is subtracted nowhere.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>

#include "benchmark/benchmark.h"
#include "disruptor/latency/clock.h"
#include "disruptor/latency/histogram.h"
#include "disruptor/latency/os_clock.h"
#include "disruptor/latency/sequence_sampler.h"
#include "disruptor/latency/tick_counter.h"

namespace disruptor::latency {
namespace {

// A power of two, and 8 kB: the values themselves must not displace the histogram.
constexpr std::size_t kValues = 1024;
using Values = std::array<std::int64_t, kValues>;

Values MakeWorkingRange() {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(std::log(50.0), std::log(5'000.0));
  Values values;
  for (std::int64_t& value : values) value = std::llround(std::exp(exponent(random)));
  return values;
}

const ClockChoice& BestClock() {
  static const ClockChoice choice = ChooseClock();
  return choice;
}

void ControlEmptyLoop(benchmark::State& state) {
  for (auto _ : state) benchmark::ClobberMemory();
}
BENCHMARK(ControlEmptyLoop);

void ReadTicks(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(latency::ReadTicks());
}
BENCHMARK(ReadTicks);

void ReadTicksFenced(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(latency::ReadTicksFenced());
}
BENCHMARK(ReadTicksFenced);

void ClockNow(benchmark::State& state) {
  const Clock clock = BestClock().clock;
  for (auto _ : state) benchmark::DoNotOptimize(clock.Now());
  state.SetLabel(BestClock().description);
}
BENCHMARK(ClockNow);

void OsClockNow(benchmark::State& state) {
  const OsClock clock;
  for (auto _ : state) benchmark::DoNotOptimize(clock.Now());
}
BENCHMARK(OsClockNow);

void ControlWalkValues(benchmark::State& state) {
  const Values values = MakeWorkingRange();
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(values[i++ % kValues]);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(ControlWalkValues);

void Record(benchmark::State& state) {
  const Values values = MakeWorkingRange();
  Histogram histogram;
  std::size_t i = 0;
  for (auto _ : state) {
    histogram.Record(values[i++ % kValues]);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(Record);

// As a stage does it: one stamp, the difference to an earlier one, converted and counted.
void NowAndRecord(benchmark::State& state) {
  const Clock clock = BestClock().clock;
  Values ticks_ago = MakeWorkingRange();
  for (std::int64_t& ticks : ticks_ago) ticks = clock.ToTicks(ticks);
  Histogram histogram;
  std::uint64_t last = clock.Now();
  std::size_t i = 0;
  for (auto _ : state) {
    const std::uint64_t began = last - static_cast<std::uint64_t>(ticks_ago[i++ % kValues]);
    last = clock.Now();
    histogram.Record(clock.ToNanos(static_cast<std::int64_t>(last - began)));
    benchmark::ClobberMemory();
  }
}
BENCHMARK(NowAndRecord);

// The same for one event in N.
void SampledNowAndRecord(benchmark::State& state) {
  const Clock clock = BestClock().clock;
  Values ticks_ago = MakeWorkingRange();
  for (std::int64_t& ticks : ticks_ago) ticks = clock.ToTicks(ticks);
  Histogram histogram;
  const SequenceSampler sampler(static_cast<std::uint32_t>(state.range(0)));
  std::int64_t sequence = 0;
  std::uint64_t last = clock.Now();
  std::size_t i = 0;
  for (auto _ : state) {
    if (sampler.Picks(sequence++)) {
      const std::uint64_t began = last - static_cast<std::uint64_t>(ticks_ago[i++ % kValues]);
      last = clock.Now();
      histogram.Record(clock.ToNanos(static_cast<std::int64_t>(last - began)));
    }
    benchmark::ClobberMemory();
  }
}
BENCHMARK(SampledNowAndRecord)->ArgName("one_in")->Arg(1)->Arg(16)->Arg(64);

}  // namespace
}  // namespace disruptor::latency
