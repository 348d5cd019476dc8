#include "affinity/pin_check.h"

#include <sched.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "affinity/allowed_cpus.h"
#include "affinity/pin.h"
#include "affinity/thread_affinity.h"
#include "affinity/thread_counters.h"
#include "gtest/gtest.h"

namespace affinity {
namespace {

PinEvidence Snapshot(int tid = 0) {
  const absl::StatusOr<PinEvidence> evidence = SnapshotThread(tid);
  EXPECT_TRUE(evidence.ok()) << evidence.status();
  return evidence.ok() ? *evidence : PinEvidence();
}

CpuSet Usable() {
  const absl::StatusOr<AllowedCpus> allowed = ReadAllowedCpus();
  return allowed.ok() ? allowed->usable : CpuSet();
}

TEST(PinCheckTest, APinnedThreadHoldsWhileItWorks) {
  const int cpu = Usable().Last();
  std::thread([cpu] {
    ASSERT_TRUE(PinThisThread(cpu).ok());
    const PinEvidence before = Snapshot();
    for (int i = 0; i < 100; ++i) sched_yield();
    usleep(1000);
    const PinEvidence after = Snapshot();
    EXPECT_EQ(after.tid, gettid());
    EXPECT_EQ(after.cpu, cpu);
    EXPECT_EQ(after.mask, CpuSet{cpu});
    const PinVerdict verdict = ComparePin({cpu}, before, after);
    EXPECT_TRUE(verdict.held) << verdict.text;
    EXPECT_EQ(verdict.text.find("held on CPU " + std::to_string(cpu) + ", "), 0u) << verdict.text;
    ASSERT_TRUE(verdict.voluntary_switches.has_value());
    EXPECT_GE(*verdict.voluntary_switches, 1u) << "the sleep is one";
  }).join();
}

TEST(PinCheckTest, SeesFaults) {
  const PinEvidence before = Snapshot();
  // Larger than any free list, so that the pages are new.
  std::string pages(64 << 20, 'x');
  const PinEvidence after = Snapshot();
  ASSERT_TRUE(before.minor_faults && after.minor_faults);
  EXPECT_GT(*after.minor_faults, *before.minor_faults) << pages.size();
}

TEST(PinCheckTest, SeesAnotherThreadWhoseMaskWasChanged) {
  const CpuSet usable = Usable();
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  absl::StatusOr<PinnedThread> thread = PinnedThread::Start({"watched", {usable.First()}}, [&] {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [&] { return done; });
  });
  ASSERT_TRUE(thread.ok()) << thread.status();
  const PinEvidence before = Snapshot(thread->tid());
  EXPECT_EQ(before.cpu, usable.First());
  EXPECT_EQ(before.mask, CpuSet{usable.First()});

  // What taskset -p or a container manager would do from outside.
  const KernelMask wide(usable);
  ASSERT_EQ(sched_setaffinity(thread->tid(), wide.bytes(),
                              reinterpret_cast<const cpu_set_t*>(wide.data())),
            0);
  const PinVerdict verdict = ComparePin({usable.First()}, before, Snapshot(thread->tid()));
  {
    const std::lock_guard<std::mutex> lock(mutex);
    done = true;
  }
  changed.notify_one();
  if (usable.size() < 2) GTEST_SKIP() << "one usable CPU: no other mask to change to";
  EXPECT_FALSE(verdict.held);
  EXPECT_EQ(verdict.text.find("moved: asked for CPU " + CpuSet{usable.First()}.Format() +
                              ", the mask is now " + usable.Format()),
            0u)
      << verdict.text;
}

TEST(PinCheckTest, SaysThatAThreadHasEnded) {
  int tid = 0;
  std::thread([&] { tid = gettid(); }).join();
  const absl::StatusOr<PinEvidence> evidence = SnapshotThread(tid);
  EXPECT_EQ(evidence.status().code(), absl::StatusCode::kNotFound);
  EXPECT_NE(evidence.status().message().find("thread " + std::to_string(tid) +
                                             " is not a running thread of this process"),
            std::string::npos)
      << evidence.status();
  EXPECT_FALSE(SnapshotThread(-5).ok());
}

TEST(PinVerdictTest, TellsAMigrationThatCameBack) {
  PinEvidence before, after;
  before.mask = after.mask = {3};
  before.cpu = after.cpu = 3;
  before.migrations = 1;
  after.migrations = 3;
  EXPECT_EQ(ComparePin({3}, before, after).text,
            "moved: asked for CPU 3 and runs there, but migrated 2 times in between");
  after.migrations = 1;
  EXPECT_EQ(ComparePin({3}, before, after).text, "held on CPU 3");
}

TEST(PinVerdictTest, TellsTheWrongCpu) {
  PinEvidence before, after;
  before.mask = after.mask = {3};
  after.cpu = 4;
  const PinVerdict verdict = ComparePin({3}, before, after);
  EXPECT_FALSE(verdict.held);
  EXPECT_EQ(verdict.text, "moved: asked for CPU 3, runs on CPU 4; was the CPU taken offline?");
}

TEST(PinVerdictTest, AFloatingThreadMayMigrate) {
  PinEvidence before, after;
  before.mask = after.mask = {3, 4};
  after.cpu = 4;
  before.migrations = 0;
  after.migrations = 9;
  EXPECT_TRUE(ComparePin({3, 4}, before, after).held);
}

TEST(PinVerdictTest, ReportsDifferencesAndLeavesOutWhatIsUnknown) {
  PinEvidence before, after;
  before.mask = after.mask = {0};
  after.cpu = 0;
  before.involuntary_switches = 5;
  after.involuntary_switches = 7;
  before.minor_faults = 100;
  after.minor_faults = 100;
  after.major_faults = 1;
  EXPECT_EQ(ComparePin({0}, before, after).text,
            "held on CPU 0, 2 involuntary switches, 0 minor faults");
}

TEST(ThreadCountersTest, ReadsStatWhateverTheThreadIsCalled) {
  const std::string fields =
      " R 1 2 3 4 5 6 77 8 99 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 "
      "33 34 35 6 37 38\n";
  for (const char* name : {"book", "a) R 1 (b", "", "))("}) {
    const auto stat = ParseThreadStat("42 (" + std::string(name) + ")" + fields);
    ASSERT_TRUE(stat.has_value()) << name;
    EXPECT_EQ(stat->minor_faults, 77u);
    EXPECT_EQ(stat->major_faults, 99u);
    EXPECT_EQ(stat->cpu, 6);
  }
  for (const char* text : {"", ")", "42 (book) R 1 2", "no parenthesis"}) {
    EXPECT_FALSE(ParseThreadStat(text).has_value()) << text;
  }
}

TEST(ThreadCountersTest, FindsACounterAtTheStartOfALine) {
  const std::string text =
      "voluntary_ctxt_switches:\t3\nnonvoluntary_ctxt_switches:\t12\nse.nr_migrations   :    4\n";
  EXPECT_EQ(ParseCounter(text, "voluntary_ctxt_switches"), 3u);
  EXPECT_EQ(ParseCounter(text, "nonvoluntary_ctxt_switches"), 12u);
  EXPECT_EQ(ParseCounter(text, "se.nr_migrations"), 4u);
  EXPECT_EQ(ParseCounter(text, "ctxt_switches"), std::nullopt);
  EXPECT_EQ(ParseCounter("a:", "a"), std::nullopt);
  EXPECT_EQ(ParseCounter("a: -1", "a"), std::nullopt);
  EXPECT_EQ(ParseCounter("ab: 1", "a"), std::nullopt);
}

}  // namespace
}  // namespace affinity
