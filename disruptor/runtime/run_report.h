#ifndef DISRUPTOR_RUNTIME_RUN_REPORT_H_
#define DISRUPTOR_RUNTIME_RUN_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "disruptor/latency/report.h"
#include "disruptor/runtime/plan.h"
#include "disruptor/runtime/worker_group.h"

namespace disruptor::runtime {

// StageReport is one stage's part in a run.
struct StageReport {
  std::string name = {};
  // The thread that ran it, as an index into RunReport::workers.
  std::size_t worker = 0;
  std::int64_t events = 0;
};

// WorkerSummary is a thread: what was planned, what the kernel says happened.
struct WorkerSummary {
  WorkerPlan plan = {};
  WorkerReport report = {};
};

// RunReport is where everything ran, whether the placement held, and where the time went.
struct RunReport {
  std::string pipeline = {};
  // OK, or why the pipeline stopped before it was asked to.
  absl::Status outcome = {};
  std::int64_t published = 0;
  std::vector<StageReport> stages = {};
  std::vector<WorkerSummary> workers = {};
  std::optional<int> publisher_cpu = {};
  // The thread of Runtime::RunSource, if that was used.
  std::optional<WorkerReport> source = {};
  std::vector<std::string> warnings = {};
  std::string ring_memory = {};
  std::string clock = {};
  // Rows in the order of the graph: for each stage queueing, service and latency up to there.
  // Absent when the pipeline has no LatencyProbe or records nothing.
  std::optional<latency::PercentileTable> latency = {};

  // PlacementText is a table of threads, CPUs and what happened to them, then the warnings.
  [[nodiscard]] std::string PlacementText() const;
  // LatencyText is the latency table with its clock, or a line that says why there is none.
  [[nodiscard]] std::string LatencyText() const;
  // ToText is both, under a heading.
  [[nodiscard]] std::string ToText() const;

  // True when every pinned thread was on its CPU, alone in its mask, from start to stop.
  [[nodiscard]] bool PlacementHeld() const;
};

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_RUN_REPORT_H_
