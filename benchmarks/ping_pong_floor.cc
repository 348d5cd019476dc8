#include "benchmarks/ping_pong_floor.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "affinity/allowed_cpus.h"
#include "affinity/cpu_set.h"
#include "affinity/pin.h"
#include "disruptor/sequence.h"

namespace benchmarks {
namespace {

using disruptor::Sequence;

constexpr std::int64_t kStop = std::numeric_limits<std::int64_t>::max();

// The two lines in flight; Sequence keeps each alone.
struct Lines {
  Sequence ping;
  Sequence pong;
};

// Answers each number until kStop.
void Answer(Lines& lines) {
  std::int64_t answered = disruptor::kBeforeFirst;
  while (true) {
    const std::int64_t seen = lines.ping.LoadAcquire();
    if (seen == answered) continue;
    if (seen == kStop) return;
    lines.pong.StoreRelease(seen);
    answered = seen;
  }
}

void Ask(Lines& lines, std::int64_t first, std::int64_t count) {
  for (std::int64_t number = first; number < first + count; ++number) {
    lines.ping.StoreRelease(number);
    while (lines.pong.LoadAcquire() != number) {
    }
  }
}

double AskAndTime(Lines& lines, std::int64_t rounds) {
  const std::int64_t warm_up = rounds / 10 + 1;
  Ask(lines, 0, warm_up);
  const auto begin = std::chrono::steady_clock::now();
  Ask(lines, warm_up, rounds);
  const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - begin;
  return elapsed.count() / static_cast<double>(rounds);
}

absl::StatusOr<affinity::PinnedThread> StartOn(int cpu, std::function<void()> work) {
  return affinity::PinnedThread::Start({.name = "", .cpus = affinity::CpuSet({cpu})},
                                       std::move(work));
}

}  // namespace

absl::StatusOr<CpuPair> FirstUsablePair() {
  const absl::StatusOr<affinity::AllowedCpus> allowed = affinity::ReadAllowedCpus();
  if (!allowed.ok()) return allowed.status();
  CpuPair pair;
  for (const int cpu : allowed->usable) {
    if (pair.first < 0) {
      pair.first = cpu;
    } else {
      pair.second = cpu;
      return pair;
    }
  }
  return absl::FailedPreconditionError(
      absl::StrCat("a round trip needs two CPUs and this process may use only ", pair.first,
                   "; widen its mask: taskset -c 0,1 <command>"));
}

absl::StatusOr<double> RawRoundTripNs(const CpuPair& cpus, std::int64_t rounds) {
  if (!affinity::CpuSet::IsValidId(cpus.first) || !affinity::CpuSet::IsValidId(cpus.second) ||
      cpus.first == cpus.second || rounds < 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("a round trip between CPU ", cpus.first, " and CPU ", cpus.second, " over ",
                     rounds, " rounds: it needs two different CPUs and at least one round"));
  }
  Lines lines;
  auto answering = StartOn(cpus.second, [&lines] { Answer(lines); });
  if (!answering.ok()) return answering.status();
  double round_trip_ns = 0;
  auto asking = StartOn(cpus.first, [&] { round_trip_ns = AskAndTime(lines, rounds); });
  if (asking.ok()) asking->Join();
  lines.ping.StoreRelease(kStop);
  answering->Join();
  if (!asking.ok()) return asking.status();
  return round_trip_ns;
}

Spread SpreadOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  const double median =
      values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return {median, values.front(), values.back()};
}

}  // namespace benchmarks
