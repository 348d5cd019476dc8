#ifndef BENCHMARKS_PING_PONG_FLOOR_H_
#define BENCHMARKS_PING_PONG_FLOOR_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"

namespace benchmarks {

// CpuPair is the two CPUs that exchange a cache line.
struct CpuPair {
  int first = -1;
  int second = -1;
};

// FirstUsablePair is the first two CPUs that this process may use.
//   Fails  FailedPrecondition where there is only one: two threads spinning for each other on one
//          CPU measure the scheduler's time slice.
absl::StatusOr<CpuPair> FirstUsablePair();

// RawRoundTripNs is what one round trip between two CPUs costs with nothing around it: the first
// thread stores a number on a line of its own, the second sees it and answers on a line of its own.
// No hand-over between these CPUs can be faster, so this is the floor that every latency measured
// on them is held against. Call it in turn with the measurement, in the same run: clock rate and
// neighbours of a machine change over minutes.
//
//   rounds   averaged over; a tenth more before them warms the lines up. At least 10,000 (a few
//            milliseconds) make the two clock readings weightless.
//   Blocks   the caller, while two pinned threads run; the caller's own CPU does not matter.
//   Fails    InvalidArgument for equal or impossible CPUs and rounds below 1; else what pinning
//   says.
absl::StatusOr<double> RawRoundTripNs(const CpuPair& cpus, std::int64_t rounds);

// Spread is the middle and the ends of some measurements.
struct Spread {
  double median = 0;
  double lowest = 0;
  double highest = 0;
};

// SpreadOf requires at least one value.
Spread SpreadOf(std::vector<double> values);

}  // namespace benchmarks

#endif  // BENCHMARKS_PING_PONG_FLOOR_H_
