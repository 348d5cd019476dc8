// The floor of this machine: the round trip of one cache line between two pinned CPUs.
//
//   bazel run //benchmarks:raw_floor
//   bazel run //benchmarks:raw_floor -- --first_cpu=2 --second_cpu=3 --json

#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "benchmarks/ping_pong_floor.h"

ABSL_FLAG(int, first_cpu, -1, "CPU that asks; with second_cpu, or both left to the program");
ABSL_FLAG(int, second_cpu, -1, "CPU that answers");
ABSL_FLAG(std::int64_t, rounds, 100'000, "round trips in a batch");
ABSL_FLAG(int, batches, 31, "batches; the median and the ends over them are printed");
ABSL_FLAG(bool, json, false, "print one line of JSON instead of text");

namespace benchmarks {
namespace {

absl::StatusOr<CpuPair> ChosenPair() {
  const CpuPair pair = {absl::GetFlag(FLAGS_first_cpu), absl::GetFlag(FLAGS_second_cpu)};
  if (pair.first < 0 && pair.second < 0) return FirstUsablePair();
  if (pair.first < 0 || pair.second < 0) {
    return absl::InvalidArgumentError("give both --first_cpu and --second_cpu, or neither");
  }
  return pair;
}

absl::Status Run() {
  const absl::StatusOr<CpuPair> cpus = ChosenPair();
  if (!cpus.ok()) return cpus.status();
  const std::int64_t rounds = absl::GetFlag(FLAGS_rounds);
  const int batches = absl::GetFlag(FLAGS_batches);
  if (batches < 1) return absl::InvalidArgumentError("--batches must be at least 1");

  std::vector<double> round_trips_ns;
  for (int batch = 0; batch < batches; ++batch) {
    const absl::StatusOr<double> round_trip_ns = RawRoundTripNs(*cpus, rounds);
    if (!round_trip_ns.ok()) return round_trip_ns.status();
    round_trips_ns.push_back(*round_trip_ns);
  }
  const Spread spread = SpreadOf(round_trips_ns);
  if (absl::GetFlag(FLAGS_json)) {
    std::cout << absl::StrFormat(
        "{\"first_cpu\": %d, \"second_cpu\": %d, \"rounds\": %d, \"batches\": %d, "
        "\"round_trip_ns_median\": %.2f, \"round_trip_ns_min\": %.2f, "
        "\"round_trip_ns_max\": %.2f}\n",
        cpus->first, cpus->second, rounds, batches, spread.median, spread.lowest, spread.highest);
    return absl::OkStatus();
  }
  std::cout << absl::StrFormat(
      "CPU %d <-> CPU %d: raw round trip %.1f ns (%.1f to %.1f), one way %.1f ns;"
      " median of %d batches of %d\n",
      cpus->first, cpus->second, spread.median, spread.lowest, spread.highest, spread.median / 2,
      batches, rounds);
  return absl::OkStatus();
}

}  // namespace
}  // namespace benchmarks

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("Measures the round trip of one cache line between two CPUs.");
  absl::ParseCommandLine(argc, argv);
  const absl::Status status = benchmarks::Run();
  if (status.ok()) return 0;
  std::cerr << "raw_floor: " << status.message() << "\n";
  return 1;
}
