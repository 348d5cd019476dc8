#include "disruptor/runtime/worker_group.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "affinity/allowed_cpus.h"
#include "affinity/cpu_set.h"
#include "disruptor/runtime/options.h"
#include "gtest/gtest.h"
#include "tests/support/watchdog.h"

namespace disruptor::runtime {
namespace {

using Clock = std::chrono::steady_clock;

// No machine has it, so no kernel grants it.
constexpr int kNoSuchCpu = affinity::CpuSet::kMaxCpus - 1;

affinity::CpuSet Usable() {
  const auto allowed = affinity::ReadAllowedCpus();
  EXPECT_TRUE(allowed.ok()) << allowed.status();
  return allowed.ok() ? allowed->usable : affinity::CpuSet();
}

// What became of one task.
struct Trace {
  std::atomic<int> started{0};
  std::atomic<int> ran{0};
  std::atomic<int> stopped{0};
  std::thread::id start_thread;
  std::thread::id run_thread;
  std::thread::id stop_thread;
};

WorkerTask Traced(std::string name, Trace& trace) {
  return {.name = std::move(name),
          .start =
              [&trace] {
                trace.start_thread = std::this_thread::get_id();
                ++trace.started;
              },
          .run =
              [&trace] {
                trace.run_thread = std::this_thread::get_id();
                ++trace.ran;
              },
          .stop =
              [&trace] {
                trace.stop_thread = std::this_thread::get_id();
                ++trace.stopped;
              }};
}

// A gate that threads wait at until the test opens it.
class Gate {
 public:
  void Open() { open_ = true; }
  void Wait() const {
    while (!open_) std::this_thread::yield();
  }

 private:
  std::atomic<bool> open_{false};
};

class WorkerGroupTest : public testing::Test {
 protected:
  tests::Watchdog watchdog_{"a group of workers starts and ends"};
};

TEST_F(WorkerGroupTest, RunsEachPartOnceOnTheThreadOfTheTask) {
  Trace traces[3];
  auto group = WorkerGroup::Start(
      {Traced("one", traces[0]), Traced("two", traces[1]), Traced("three", traces[2])},
      Pinning::kNever, Usable());
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  for (const Trace& trace : traces) {
    EXPECT_EQ(trace.started, 1);
    EXPECT_EQ(trace.ran, 1);
    EXPECT_EQ(trace.stopped, 1);
    EXPECT_NE(trace.run_thread, std::this_thread::get_id());
    EXPECT_EQ(trace.start_thread, trace.run_thread);
    EXPECT_EQ(trace.stop_thread, trace.run_thread);
  }
  EXPECT_NE(traces[0].run_thread, traces[1].run_thread);
  EXPECT_TRUE((*group)->failure().ok());
  EXPECT_TRUE((*group)->Running().empty());
}

TEST_F(WorkerGroupTest, NobodyRunsBeforeEveryStartHookHasReturned) {
  std::atomic<int> started{0};
  std::atomic<bool> early{false};
  std::vector<WorkerTask> tasks;
  for (int i = 0; i < 4; ++i) {
    tasks.push_back({.name = "worker",
                     .start =
                         [&, i] {
                           std::this_thread::sleep_for(std::chrono::milliseconds(5 * i));
                           ++started;
                         },
                     .run =
                         [&] {
                           if (started != 4) early = true;
                         },
                     .stop = [] {}});
  }
  auto group = WorkerGroup::Start(std::move(tasks), Pinning::kNever, Usable());
  EXPECT_EQ(started, 4) << "Start returns when all have started";
  ASSERT_TRUE(group.ok()) << group.status();
  group->reset();
  EXPECT_FALSE(early);
}

TEST_F(WorkerGroupTest, AStartHookThatThrowsStartsNobody) {
  Trace good[2];
  Trace bad;
  WorkerTask failing = Traced("journal", bad);
  failing.start = [] { throw std::runtime_error("no disk"); };
  failing.doing = [] { return std::string("stage \"journal\" at event 0"); };
  auto group =
      WorkerGroup::Start({Traced("one", good[0]), std::move(failing), Traced("two", good[1])},
                         Pinning::kNever, Usable());
  ASSERT_FALSE(group.ok());
  const std::string error(group.status().message());
  EXPECT_NE(error.find("thread \"journal\""), std::string::npos) << error;
  EXPECT_NE(error.find("stage \"journal\""), std::string::npos) << error;
  EXPECT_NE(error.find("starting"), std::string::npos) << error;
  EXPECT_NE(error.find("no disk"), std::string::npos) << error;
  EXPECT_EQ(bad.stopped, 0) << "it never started";
  EXPECT_EQ(bad.ran, 0);
  for (const Trace& trace : good) {
    EXPECT_EQ(trace.ran, 0);
    EXPECT_EQ(trace.stopped, trace.started);
  }
}

TEST_F(WorkerGroupTest, AnExceptionOfAnyTypeIsAFailure) {
  Trace trace;
  WorkerTask failing = Traced("odd", trace);
  failing.run = [] { throw 42; };
  auto group = WorkerGroup::Start({std::move(failing)}, Pinning::kNever, Usable());
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  EXPECT_NE((*group)->failure().message().find("not a std::exception"), std::string::npos);
  EXPECT_EQ(trace.stopped, 1) << "what was started is stopped";
}

TEST_F(WorkerGroupTest, ATaskThatThrowsIsToldOnItsThreadOnceTheReasonIsKnown) {
  Trace trace;
  std::atomic<int> told{0};
  std::atomic<bool> reason_was_known{false};
  std::atomic<WorkerGroup*> owner{nullptr};
  WorkerTask failing = Traced("book", trace);
  failing.run = [] { throw std::runtime_error("bad price"); };
  failing.after_exception = [&] {
    while (owner == nullptr) std::this_thread::yield();
    reason_was_known = !owner.load()->failure().ok();
    ++told;
    return false;
  };
  failing.work = "reckoning";
  failing.doing = [] { return std::string("stage \"book\" at event 7"); };
  auto group = WorkerGroup::Start({std::move(failing)}, Pinning::kNever, Usable());
  ASSERT_TRUE(group.ok()) << group.status();
  owner = group->get();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  EXPECT_EQ(told, 1);
  EXPECT_TRUE(reason_was_known);
  EXPECT_EQ(std::string((*group)->failure().message()),
            "thread \"book\" failed while reckoning (stage \"book\" at event 7): bad price");
}

TEST_F(WorkerGroupTest, GoesOnAfterAnExceptionWhenTheTaskHasMoreToDo) {
  Trace trace;
  int runs = 0;
  WorkerTask task = Traced("shared", trace);
  task.run = [&] {
    if (++runs < 3) throw std::runtime_error("failure " + std::to_string(runs));
  };
  task.after_exception = [] { return true; };
  auto group = WorkerGroup::Start({std::move(task)}, Pinning::kNever, Usable());
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(trace.stopped, 1);
  // The first is the cause.
  EXPECT_NE((*group)->failure().message().find("failure 1"), std::string::npos);
}

TEST_F(WorkerGroupTest, AStopHookThatThrowsIsAFailureThatSaysSo) {
  Trace trace;
  WorkerTask failing = Traced("journal", trace);
  failing.stop = [] { throw std::runtime_error("disk full"); };
  auto group = WorkerGroup::Start({std::move(failing)}, Pinning::kNever, Usable());
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  const std::string error((*group)->failure().message());
  EXPECT_NE(error.find("while stopping"), std::string::npos) << error;
  EXPECT_NE(error.find("disk full"), std::string::npos) << error;
}

TEST_F(WorkerGroupTest, JoinGivesUpAtTheDeadlineAndCanBeTriedAgain) {
  Gate gate;
  Trace slow_trace;
  Trace fast_trace;
  WorkerTask slow = Traced("slow", slow_trace);
  slow.run = [&] { gate.Wait(); };
  auto group =
      WorkerGroup::Start({std::move(slow), Traced("fast", fast_trace)}, Pinning::kNever, Usable());
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_FALSE((*group)->JoinUntil(Clock::now()));
  EXPECT_FALSE((*group)->JoinUntil(Clock::now() - std::chrono::hours(1)));
  std::vector<std::string> running = (*group)->Running();
  while (running.size() > 1) {
    std::this_thread::yield();
    running = (*group)->Running();
  }
  EXPECT_EQ(running, std::vector<std::string>{"slow"});
  gate.Open();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  EXPECT_TRUE((*group)->JoinUntil(Clock::now())) << "again, when all are back";
  EXPECT_TRUE((*group)->Running().empty());
}

TEST_F(WorkerGroupTest, PinsEachThreadAndKeepsTheEvidence) {
  const affinity::CpuSet usable = Usable();
  Trace trace;
  WorkerTask task = Traced("pinned", trace);
  task.cpu = usable.Last();
  auto group = WorkerGroup::Start({std::move(task)}, Pinning::kRequire, usable);
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  const WorkerReport report = (*group)->reports().at(0);
  EXPECT_EQ(report.name, "pinned");
  EXPECT_EQ(report.cpu, usable.Last());
  EXPECT_EQ(report.pin_problem, "");
  ASSERT_TRUE(report.before && report.after);
  EXPECT_EQ(report.before->mask, affinity::CpuSet{usable.Last()});
  EXPECT_EQ(report.before->tid, report.after->tid);
}

TEST_F(WorkerGroupTest, HasNoFinalEvidenceWhileAThreadRuns) {
  Gate gate;
  Trace trace;
  WorkerTask task = Traced("busy", trace);
  task.run = [&] { gate.Wait(); };
  auto group = WorkerGroup::Start({std::move(task)}, Pinning::kNever, Usable());
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->reports().at(0).before.has_value());
  EXPECT_FALSE((*group)->reports().at(0).after.has_value());
  gate.Open();
}

TEST_F(WorkerGroupTest, ARefusedPinIsReportedWherePinningIsOnlyTried) {
  const affinity::CpuSet usable = Usable();
  Trace trace;
  WorkerTask task = Traced("wanderer", trace);
  task.cpu = kNoSuchCpu;
  auto group = WorkerGroup::Start({std::move(task)}, Pinning::kTry, usable);
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  const WorkerReport report = (*group)->reports().at(0);
  EXPECT_EQ(trace.ran, 1);
  EXPECT_EQ(report.cpu, kNoSuchCpu);
  EXPECT_NE(report.pin_problem.find(std::to_string(kNoSuchCpu)), std::string::npos)
      << report.pin_problem;
  ASSERT_TRUE(report.before.has_value());
  EXPECT_EQ(report.before->mask, usable) << "it floats among what may be used";
}

TEST_F(WorkerGroupTest, RunsWithTheCallersMaskWhereEveryMaskIsRefused) {
  Trace trace;
  WorkerTask task = Traced("wanderer", trace);
  task.cpu = kNoSuchCpu;
  auto group =
      WorkerGroup::Start({std::move(task)}, Pinning::kTry, affinity::CpuSet{kNoSuchCpu - 1});
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->JoinUntil(Clock::time_point::max()));
  EXPECT_EQ(trace.ran, 1);
  EXPECT_NE((*group)->reports().at(0).pin_problem, "");
}

TEST_F(WorkerGroupTest, ARefusedPinFailsTheStartWherePinningIsRequired) {
  Trace first;
  Trace second;
  WorkerTask task = Traced("wanderer", second);
  task.cpu = kNoSuchCpu;
  auto group =
      WorkerGroup::Start({Traced("one", first), std::move(task)}, Pinning::kRequire, Usable());
  ASSERT_FALSE(group.ok());
  const std::string error(group.status().message());
  EXPECT_NE(error.find("thread \"wanderer\""), std::string::npos) << error;
  EXPECT_NE(error.find(std::to_string(kNoSuchCpu)), std::string::npos) << error;
  EXPECT_EQ(first.ran, 0);
  EXPECT_EQ(first.started, first.stopped);
  EXPECT_EQ(second.started, 0);
}

TEST_F(WorkerGroupTest, AnEmptyGroupIsDoneAtOnce) {
  auto group = WorkerGroup::Start({}, Pinning::kRequire, Usable());
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_TRUE((*group)->JoinUntil(Clock::now()));
}

}  // namespace
}  // namespace disruptor::runtime
