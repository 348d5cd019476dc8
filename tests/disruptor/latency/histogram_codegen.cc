// One function per hot-path operation, for histogram_codegen_test to disassemble.

#include <atomic>
#include <cstdint>
#include <cstdlib>

#include "disruptor/latency/clock.h"
#include "disruptor/latency/histogram.h"
#include "disruptor/latency/sequence_sampler.h"

using disruptor::latency::Clock;
using disruptor::latency::Histogram;
using disruptor::latency::SequenceSampler;

extern "C" {

void pinwheel_codegen_record(Histogram* histogram, std::int64_t value) { histogram->Record(value); }

void pinwheel_codegen_to_nanos_and_record(Histogram* histogram, const Clock* clock,
                                          std::int64_t ticks) {
  histogram->Record(clock->ToNanos(ticks));
}

bool pinwheel_codegen_sample(const SequenceSampler* sampler, std::int64_t sequence) {
  return sampler->Picks(sequence);
}

// What the test must find fault with: it would otherwise pass on a disassembly it cannot read.
void pinwheel_control_locked(std::atomic<std::uint64_t>* counter) { counter->fetch_add(1); }
void pinwheel_control_called(int value) {
  if (value > 1) std::abort();
}

#if defined(__OPTIMIZE__)
void pinwheel_is_optimised() {}
#endif
}

int main() {
  // Referenced, so that no linker drops them.
  Histogram histogram;
  const Clock clock;
  const SequenceSampler sampler(16);
  for (int i = 0; i < 100; ++i) {
    if (!pinwheel_codegen_sample(&sampler, i)) continue;
    pinwheel_codegen_record(&histogram, i);
    pinwheel_codegen_to_nanos_and_record(&histogram, &clock, i);
  }
  std::atomic<std::uint64_t> counter{0};
  pinwheel_control_locked(&counter);
  pinwheel_control_called(static_cast<int>(counter.load()));
  return histogram.overflow() == 0 ? 0 : 1;
}
