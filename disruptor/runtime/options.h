#ifndef DISRUPTOR_RUNTIME_OPTIONS_H_
#define DISRUPTOR_RUNTIME_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "affinity/cpu_set.h"
#include "disruptor/latency/clock.h"
#include "disruptor/wait_strategy.h"

namespace disruptor::runtime {

// Pinning is how much the placement of threads matters.
enum class Pinning {
  // Threads go where the scheduler puts them.
  kNever,
  // Pin where that is allowed; where it is not, run anyway and say so in the report.
  kTry,
  // Pin, or the start fails and says what to change.
  kRequire,
};

// Sharing is what happens to stages for which there is no CPU of their own.
enum class Sharing {
  // The stages of one CPU run on one thread, in the order of the graph, a batch each: no switches
  // between threads and nothing to wait for, so throughput stays close to one thread that does it
  // all. A handler that blocks holds the other stages of its CPU up.
  kOneThread,
  // Each stage keeps a thread and yields to the others: for handlers that block.
  kThreadEach,
};

// RuntimeOptions is what Start() may be told; every field has a default that is right for most.
struct RuntimeOptions {
  Pinning pinning = Pinning::kTry;
  Sharing sharing = Sharing::kOneThread;
  // The CPUs to use; empty means all that this process may use.
  affinity::CpuSet cpus = {};
  // Keep a CPU free of stages for the thread that publishes, where there are at least two.
  bool publisher_cpu = true;
  // How the publisher waits while the ring is full: kYielding (also for kAuto), or kBlocking to
  // sleep until a stage makes room. Others are for stages.
  WaitKind publisher_wait = WaitKind::kAuto;
  // Latencies are recorded for one event in `latency_every`, chosen at random by its sequence; 1 is
  // every event, 0 none. Only pipelines with a LatencyProbe record any.
  std::uint32_t latency_every = 16;
  // The clock of the latencies; absent: calibrated at the start. Pipelines with the same clock have
  // stamps that can be compared.
  std::optional<latency::ClockChoice> clock = {};
};

constexpr std::string_view ToString(Pinning pinning) {
  switch (pinning) {
    case Pinning::kNever:
      return "never";
    case Pinning::kTry:
      return "try";
    case Pinning::kRequire:
      return "require";
  }
  return "unknown";
}

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_OPTIONS_H_
