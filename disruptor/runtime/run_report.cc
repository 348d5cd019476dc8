#include "disruptor/runtime/run_report.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "affinity/pin_check.h"
#include "affinity/text_table.h"

namespace disruptor::runtime {
namespace {

std::string Count(const std::optional<std::uint64_t>& count) {
  return count ? std::to_string(*count) : "?";
}

// The verdict on a finished, pinned thread; absent for any other.
std::optional<affinity::PinVerdict> VerdictOf(const WorkerReport& report) {
  if (!report.before || !report.after) return std::nullopt;
  affinity::CpuSet asked;
  if (report.cpu) asked.Add(*report.cpu);
  return affinity::ComparePin(asked, *report.before, *report.after);
}

std::string PinText(const WorkerReport& report,
                    const std::optional<affinity::PinVerdict>& verdict) {
  if (!report.cpu) return "not pinned";
  if (!report.pin_problem.empty()) return "REFUSED";
  if (!verdict) return report.before && !report.after ? "running" : "unknown";
  return verdict->held ? "held" : "MOVED";
}

std::vector<std::string> Row(const WorkerReport& report, std::string stages, std::string waits) {
  const auto verdict = VerdictOf(report);
  std::vector<std::string> row = {report.name, report.cpu ? std::to_string(*report.cpu) : "any",
                                  std::move(stages), std::move(waits), PinText(report, verdict)};
  if (verdict) {
    row.push_back(Count(verdict->involuntary_switches));
    row.push_back(Count(verdict->voluntary_switches));
    row.push_back(Count(verdict->minor_faults));
  }
  return row;
}

bool Held(const WorkerReport& report) {
  if (!report.cpu) return true;
  const auto verdict = VerdictOf(report);
  return report.pin_problem.empty() && verdict && verdict->held;
}

}  // namespace

std::string RunReport::PlacementText() const {
  std::vector<std::vector<std::string>> rows = {
      {"thread", "CPU", "stages", "waits", "pin", "preempted", "yielded", "faults"}};
  std::string notes;
  const auto note = [&notes](const std::string& text) { notes += "  note: " + text + "\n"; };
  const auto tell_problem = [&](const WorkerReport& report) {
    if (!report.pin_problem.empty()) note(report.name + " is not pinned: " + report.pin_problem);
    const auto verdict = VerdictOf(report);
    if (report.cpu && report.pin_problem.empty() && verdict && !verdict->held) {
      note(report.name + ": " + verdict->text);
    }
  };
  if (source) {
    rows.push_back(Row(*source, "(source)", "-"));
    tell_problem(*source);
  }
  for (std::size_t i = 0; i < workers.size(); ++i) {
    std::string names;
    for (const StageReport& stage : stages) {
      if (stage.worker == i) names += (names.empty() ? "" : " ") + stage.name;
    }
    rows.push_back(Row(workers[i].report, names, ToString(workers[i].plan.wait)));
    tell_problem(workers[i].report);
  }
  for (std::vector<std::string>& row : rows) row.front().insert(0, "  ");
  std::string text = affinity::FormatTable(rows);
  for (const WorkerSummary& worker : workers) {
    text += "  why: " + worker.plan.name + " " + worker.plan.reason + "\n";
  }
  if (!ring_memory.empty()) text += "  ring: " + ring_memory + "\n";
  for (const std::string& warning : warnings) note(warning);
  return text + notes;
}

std::string RunReport::LatencyText() const {
  if (!latency) return "  no latencies: the pipeline has no LatencyProbe, or latency_every is 0\n";
  std::string text = latency->ToText();
  if (!clock.empty()) text += "clock: " + clock + "\n";
  return text;
}

std::string RunReport::ToText() const {
  std::string text = "pipeline \"" + pipeline + "\": " + std::to_string(published) +
                     " events published, " +
                     (outcome.ok() ? "stopped when asked" : std::string(outcome.message())) + "\n" +
                     PlacementText();
  if (latency) text += LatencyText();
  return text;
}

bool RunReport::PlacementHeld() const {
  if (source && !Held(*source)) return false;
  for (const WorkerSummary& worker : workers) {
    if (!Held(worker.report)) return false;
  }
  return true;
}

}  // namespace disruptor::runtime
