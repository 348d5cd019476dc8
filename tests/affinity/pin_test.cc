#include "affinity/pin.h"

#include <sched.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "affinity/allowed_cpus.h"
#include "affinity/thread_affinity.h"
#include "gtest/gtest.h"

namespace affinity {
namespace {

// Every test works on threads of its own: pinning the test's main thread would change what the
// process may use for the tests after it.
template <typename Work>
void OnAnotherThread(Work work) {
  std::thread(work).join();
}

CpuSet Usable() {
  const absl::StatusOr<AllowedCpus> allowed = ReadAllowedCpus();
  EXPECT_TRUE(allowed.ok()) << allowed.status();
  return allowed.ok() ? allowed->usable : CpuSet();
}

// A CPU that no kernel has: ids in masks end at 8191 or earlier.
constexpr int kAbsentCpu = 60000;

TEST(PinTest, PinsTheCallingThreadToEveryUsableCpu) {
  for (const int cpu : Usable()) {
    OnAnotherThread([cpu] {
      const absl::Status status = PinThisThread(cpu);
      ASSERT_TRUE(status.ok()) << status;
      EXPECT_EQ(sched_getcpu(), cpu);
      const absl::StatusOr<CpuSet> mask = ReadThreadAffinity(0);
      ASSERT_TRUE(mask.ok()) << mask.status();
      EXPECT_EQ(*mask, CpuSet{cpu});
    });
  }
}

TEST(PinTest, LeavesTheOtherThreadsAlone) {
  const absl::StatusOr<CpuSet> before = ReadThreadAffinity(0);
  OnAnotherThread([] { EXPECT_TRUE(PinThisThread(Usable().First()).ok()); });
  const absl::StatusOr<CpuSet> after = ReadThreadAffinity(0);
  ASSERT_TRUE(before.ok() && after.ok());
  EXPECT_EQ(*before, *after);
}

TEST(PinTest, RefusesAnIdThatCannotExist) {
  for (const int cpu : {-1, CpuSet::kMaxCpus}) {
    OnAnotherThread([cpu] {
      const absl::Status status = PinThisThread(cpu);
      EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
      EXPECT_EQ(status.message(),
                "CPU " + std::to_string(cpu) + " cannot exist: ids are 0 to 65535");
    });
  }
}

TEST(PinTest, NamesTheCpuAndTheMachinesCpusWhenOneIsAbsent) {
  OnAnotherThread([] {
    const absl::Status status = PinThisThread(kAbsentCpu);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    const std::string text(status.message());
    EXPECT_EQ(text.find("this thread cannot be pinned to 60000: CPU 60000 is not on this machine"),
              0u)
        << text;
    EXPECT_NE(text.find("sched_setaffinity: Invalid argument (errno 22)"), std::string::npos)
        << text;
  });
}

TEST(PinTest, KeepsFifteenBytesOfAName) {
  OnAnotherThread([] {
    EXPECT_EQ(*NameThisThread("book"), "book");
    EXPECT_EQ(*NameThisThread("exactly-fifteen"), "exactly-fifteen");
    EXPECT_EQ(*NameThisThread("exactly-sixteen!"), "exactly-sixteen");
  });
}

TEST(PinTest, CutsANameBetweenCharacters) {
  OnAnotherThread([] {
    EXPECT_EQ(*NameThisThread("fourteen bytes\xC3\xA9"), "fourteen bytes");
    EXPECT_EQ(*NameThisThread("13 characters\xC3\xA9\xC3\xA9"), "13 characters\xC3\xA9");
  });
}

TEST(PinnedThreadTest, RunsTheWorkOnTheCpuFromItsFirstInstruction) {
  for (const int cpu : Usable()) {
    int cpu_seen = CpuSet::kNone, tid_seen = 0;
    absl::StatusOr<PinnedThread> thread = PinnedThread::Start({"stage", {cpu}}, [&] {
      cpu_seen = sched_getcpu();
      tid_seen = gettid();
    });
    ASSERT_TRUE(thread.ok()) << thread.status();
    EXPECT_EQ(thread->name(), "stage");
    EXPECT_FALSE(thread->name_was_cut());
    EXPECT_EQ(thread->cpus(), CpuSet{cpu});
    const int tid = thread->tid();
    thread->Join();
    EXPECT_FALSE(thread->joinable());
    EXPECT_EQ(cpu_seen, cpu);
    EXPECT_EQ(tid_seen, tid);
  }
}

TEST(PinnedThreadTest, MayFloatAmongSeveralCpus) {
  const CpuSet usable = Usable();
  absl::StatusOr<PinnedThread> thread = PinnedThread::Start({"floating", usable}, [] {});
  ASSERT_TRUE(thread.ok()) << thread.status();
  EXPECT_EQ(thread->cpus(), usable);
}

TEST(PinnedThreadTest, InheritsMaskAndNameWhenNothingIsAsked) {
  OnAnotherThread([] {
    const int cpu = Usable().Last();
    ASSERT_TRUE(PinThisThread(cpu).ok());
    ASSERT_TRUE(NameThisThread("creator").ok());
    absl::StatusOr<PinnedThread> thread = PinnedThread::Start({}, [] {});
    ASSERT_TRUE(thread.ok()) << thread.status();
    EXPECT_EQ(thread->cpus(), CpuSet{cpu});
    EXPECT_EQ(thread->name(), "creator");
    EXPECT_FALSE(thread->name_was_cut());
  });
}

TEST(PinnedThreadTest, TellsWhenTheNameWasCut) {
  absl::StatusOr<PinnedThread> thread = PinnedThread::Start({"a name that is too long", {}}, [] {});
  ASSERT_TRUE(thread.ok()) << thread.status();
  EXPECT_EQ(thread->name(), "a name that is ");
  EXPECT_TRUE(thread->name_was_cut());
}

TEST(PinnedThreadTest, DoesNotRunTheWorkOnAnAbsentCpu) {
  bool ran = false;
  const absl::StatusOr<PinnedThread> thread =
      PinnedThread::Start({"book", {kAbsentCpu}}, [&] { ran = true; });
  ASSERT_FALSE(thread.ok());
  EXPECT_FALSE(ran);
  const std::string text(thread.status().message());
  EXPECT_EQ(
      text.find("thread \"book\" cannot be pinned to 60000: CPU 60000 is not on this machine"), 0u)
      << text;
}

// The kernel accepts a mask when one CPU of it exists and drops the others without a word.
TEST(PinnedThreadTest, DoesNotRunTheWorkOnPartOfWhatWasAsked) {
  const CpuSet usable = Usable();
  bool ran = false;
  const absl::StatusOr<PinnedThread> thread =
      PinnedThread::Start({"book", {usable.First(), kAbsentCpu}}, [&] { ran = true; });
  ASSERT_FALSE(thread.ok());
  EXPECT_FALSE(ran);
  const std::string text(thread.status().message());
  EXPECT_NE(text.find("CPU 60000 is not on this machine"), std::string::npos) << text;
}

TEST(PinnedThreadTest, RefusesAThreadWithoutWork) {
  const absl::StatusOr<PinnedThread> thread = PinnedThread::Start({"book", {}}, nullptr);
  EXPECT_EQ(thread.status().message(), "thread \"book\" has no work to run");
}

TEST(PinnedThreadTest, JoinsOnDestructionAndOnAssignment) {
  int done = 0;
  {
    absl::StatusOr<PinnedThread> thread = PinnedThread::Start({}, [&] { done = 1; });
    ASSERT_TRUE(thread.ok());
  }
  EXPECT_EQ(done, 1);
  absl::StatusOr<PinnedThread> first = PinnedThread::Start({}, [&] { done = 2; });
  ASSERT_TRUE(first.ok());
  *first = PinnedThread();
  EXPECT_EQ(done, 2);
  EXPECT_FALSE(first->joinable());
}

TEST(PinnedThreadTest, ManyThreadsMayLiveAtOnce) {
  const CpuSet usable = Usable();
  std::vector<int> cpu_seen(32, CpuSet::kNone);
  {
    std::vector<PinnedThread> threads;
    int cpu = usable.First();
    for (int& seen : cpu_seen) {
      absl::StatusOr<PinnedThread> thread =
          PinnedThread::Start({"many", {cpu}}, [&seen] { seen = sched_getcpu(); });
      ASSERT_TRUE(thread.ok()) << thread.status();
      threads.push_back(std::move(*thread));
      cpu = usable.NextAfter(cpu) == CpuSet::kNone ? usable.First() : usable.NextAfter(cpu);
    }
  }
  for (const int seen : cpu_seen) EXPECT_TRUE(usable.Contains(seen)) << seen;
}

}  // namespace
}  // namespace affinity
