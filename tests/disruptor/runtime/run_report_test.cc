#include "disruptor/runtime/run_report.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "affinity/cpu_set.h"
#include "affinity/pin_check.h"
#include "disruptor/latency/histogram.h"
#include "disruptor/latency/report.h"
#include "disruptor/latency/snapshot.h"
#include "disruptor/wait_strategy.h"
#include "gtest/gtest.h"

namespace disruptor::runtime {
namespace {

affinity::PinEvidence On(int cpu) {
  return {.tid = 7,
          .mask = affinity::CpuSet{cpu},
          .cpu = cpu,
          .voluntary_switches = 10,
          .involuntary_switches = 20,
          .minor_faults = 30,
          .major_faults = 0,
          .migrations = 1};
}

// One stage on CPU 2 that behaved.
RunReport Good() {
  affinity::PinEvidence after = On(2);
  *after.involuntary_switches += 4321;
  *after.voluntary_switches += 5678;
  *after.minor_faults += 8765;
  RunReport report{.pipeline = "feed", .published = 42};
  report.stages = {{.name = "book", .worker = 0, .events = 42}};
  report.workers = {{.plan = {.name = "book",
                              .stages = {0},
                              .cpu = 2,
                              .wait = WaitKind::kBusySpin,
                              .reason = "on a core of its own"},
                     .report = {.name = "book", .cpu = 2, .before = On(2), .after = after}}};
  report.ring_memory = "1 MB on node 0";
  return report;
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The line of the table that begins with `thread`.
std::string LineOf(const std::string& text, const std::string& thread) {
  const std::size_t start = text.find("\n  " + thread + " ");
  if (start == std::string::npos) return "";
  return text.substr(start + 1, text.find('\n', start + 1) - start - 1);
}

TEST(RunReportTest, SaysWhereAThreadRanAndThatItsPinHeld) {
  const RunReport report = Good();
  const std::string text = report.PlacementText();
  const std::string line = LineOf(text, "book");
  for (const char* part : {"2", "book", "busy-spin", "held", "4321", "5678", "8765"}) {
    EXPECT_TRUE(Contains(line, part)) << part << " in:\n" << text;
  }
  EXPECT_TRUE(Contains(text, "on a core of its own")) << text;
  EXPECT_TRUE(Contains(text, "1 MB on node 0")) << text;
  EXPECT_FALSE(Contains(text, "note:")) << text;
  EXPECT_TRUE(report.PlacementHeld());
}

TEST(RunReportTest, AThreadOfSeveralStagesNamesThemAll) {
  RunReport report = Good();
  report.stages.push_back({.name = "signal", .worker = 0, .events = 42});
  EXPECT_TRUE(Contains(LineOf(report.PlacementText(), "book"), "book signal"))
      << report.PlacementText();
}

TEST(RunReportTest, SaysThatAThreadMovedAndHow) {
  RunReport report = Good();
  report.workers[0].report.after->mask = affinity::CpuSet{0, 1};
  report.workers[0].report.after->cpu = 1;
  const std::string text = report.PlacementText();
  EXPECT_TRUE(Contains(LineOf(text, "book"), "MOVED")) << text;
  EXPECT_TRUE(Contains(text, "note: book: moved: asked for CPU 2")) << text;
  EXPECT_TRUE(Contains(text, "the mask is now 0-1")) << text;
  EXPECT_FALSE(report.PlacementHeld());
}

TEST(RunReportTest, AMigrationMeansThatThePinDidNotHold) {
  RunReport report = Good();
  *report.workers[0].report.after->migrations += 3;
  EXPECT_TRUE(Contains(LineOf(report.PlacementText(), "book"), "MOVED"));
  EXPECT_FALSE(report.PlacementHeld());
}

TEST(RunReportTest, SaysThatAPinWasRefusedAndWhy) {
  RunReport report = Good();
  report.workers[0].report.pin_problem = "CPU 2 is offline";
  report.workers[0].report.after->mask = affinity::CpuSet{0, 1};
  const std::string text = report.PlacementText();
  EXPECT_TRUE(Contains(LineOf(text, "book"), "REFUSED")) << text;
  EXPECT_TRUE(Contains(text, "note: book is not pinned: CPU 2 is offline")) << text;
  EXPECT_FALSE(Contains(text, "MOVED")) << text;
  EXPECT_FALSE(report.PlacementHeld());
}

TEST(RunReportTest, AThreadThatWasNotToBePinnedCannotHaveMoved) {
  RunReport report = Good();
  report.workers[0].plan.cpu.reset();
  report.workers[0].report.cpu.reset();
  report.workers[0].report.after->mask = affinity::CpuSet{0, 1};
  const std::string text = report.PlacementText();
  EXPECT_TRUE(Contains(LineOf(text, "book"), "not pinned")) << text;
  EXPECT_TRUE(Contains(LineOf(text, "book"), "any")) << text;
  EXPECT_FALSE(Contains(text, "MOVED")) << text;
  EXPECT_TRUE(report.PlacementHeld());
}

TEST(RunReportTest, PrintsQuestionMarksForWhatTheKernelDidNotCount) {
  RunReport report = Good();
  for (auto* evidence : {&report.workers[0].report.before, &report.workers[0].report.after}) {
    (*evidence)->voluntary_switches.reset();
    (*evidence)->involuntary_switches.reset();
    (*evidence)->minor_faults.reset();
    (*evidence)->migrations.reset();
  }
  const std::string line = LineOf(report.PlacementText(), "book");
  EXPECT_TRUE(Contains(line, "held")) << line;
  EXPECT_TRUE(Contains(line, "?")) << line;
  EXPECT_FALSE(Contains(line, "4321")) << line;
}

TEST(RunReportTest, AThreadWithoutAnEndIsStillRunning) {
  RunReport report = Good();
  report.workers[0].report.after.reset();
  EXPECT_TRUE(Contains(LineOf(report.PlacementText(), "book"), "running"));
  EXPECT_FALSE(report.PlacementHeld()) << "nobody knows yet";
}

TEST(RunReportTest, TheSourceIsARowLikeTheOthers) {
  RunReport report = Good();
  report.source = WorkerReport{.name = "publisher", .cpu = 0, .before = On(0), .after = On(0)};
  const std::string text = report.PlacementText();
  EXPECT_TRUE(Contains(LineOf(text, "publisher"), "held")) << text;
  EXPECT_TRUE(report.PlacementHeld());
  report.source->after->mask = affinity::CpuSet{1};
  EXPECT_TRUE(Contains(LineOf(report.PlacementText(), "publisher"), "MOVED"));
  EXPECT_FALSE(report.PlacementHeld());
}

TEST(RunReportTest, EndsWithTheWarnings) {
  RunReport report = Good();
  report.warnings = {"book and journal share CPU 2"};
  EXPECT_TRUE(Contains(report.PlacementText(), "note: book and journal share CPU 2"));
}

TEST(RunReportTest, HasTheLatenciesWithTheirClockOrSaysThatThereAreNone) {
  RunReport report = Good();
  EXPECT_TRUE(Contains(report.LatencyText(), "no latencies")) << report.LatencyText();
  latency::Histogram histogram;
  for (int i = 0; i < 1000; ++i) histogram.Record(100);
  report.latency.emplace("time");
  report.latency->AddRow("book: working", latency::Snapshot::Of(histogram));
  report.clock = "processor counter at 2.1 GHz";
  const std::string text = report.LatencyText();
  EXPECT_TRUE(Contains(text, "book: working")) << text;
  EXPECT_TRUE(Contains(text, "100 ns")) << text;
  EXPECT_TRUE(Contains(text, "processor counter at 2.1 GHz")) << text;
}

TEST(RunReportTest, TellsHowTheRunEnded) {
  RunReport report = Good();
  EXPECT_TRUE(Contains(report.ToText(), "pipeline \"feed\": 42 events")) << report.ToText();
  EXPECT_TRUE(Contains(report.ToText(), "book")) << report.ToText();
  report.outcome = absl::AbortedError("thread \"book\" failed: bad price");
  EXPECT_TRUE(Contains(report.ToText(), "bad price")) << report.ToText();
}

}  // namespace
}  // namespace disruptor::runtime
