// What a hot path never does: allocate, fault a page in, or call the kernel.

#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "gtest/gtest.h"
#include "tests/purity/allocation_count.h"
#include "tests/purity/steady_state.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PINWHEEL_INSTRUMENTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PINWHEEL_INSTRUMENTED 1
#endif
#endif

namespace tests::purity {
namespace {

class PurityTest : public testing::Test {
 protected:
  void SetUp() override {
#ifdef PINWHEEL_INSTRUMENTED
    GTEST_SKIP() << "a sanitizer allocates, faults and calls the kernel on its own";
#endif
    ASSERT_TRUE(steady_.Run(1));
  }

  SteadyState steady_;
};

TEST_F(PurityTest, AllocatesNothingFromPublishToCommit) {
  const std::int64_t before = AllocationCount();
  const bool ok = steady_.Run(3);
  EXPECT_EQ(AllocationCount(), before);
  EXPECT_TRUE(ok);
}

TEST_F(PurityTest, WouldNoticeAnAllocation) {
  const std::int64_t before = AllocationCount();
  auto memory = std::make_unique<std::int64_t>(1);
  asm volatile("" : : "r"(memory.get()) : "memory");
  memory.reset();
  EXPECT_EQ(AllocationCount(), before + 2);
}

std::int64_t MinorFaults() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_minflt;
}

// The kernel may unmap a page to learn who uses it, at any time; not five times in a row.
TEST_F(PurityTest, FaultsNoPageInOnceTheRingIsThere) {
  std::int64_t fewest = -1;
  for (int attempt = 0; attempt < 5 && fewest != 0; ++attempt) {
    const std::int64_t before = MinorFaults();
    const bool ok = steady_.Run(3);
    const std::int64_t faults = MinorFaults() - before;
    fewest = fewest < 0 || faults < fewest ? faults : fewest;
    ASSERT_TRUE(ok);
  }
  EXPECT_EQ(fewest, 0);
}

TEST_F(PurityTest, WouldNoticeAPageFault) {
  constexpr std::size_t kBytes = 1 << 16;
  void* const pages =
      mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(pages, MAP_FAILED);
  const std::int64_t before = MinorFaults();
  static_cast<std::byte*>(pages)[0] = std::byte{1};
  asm volatile("" : : "r"(pages) : "memory");
  EXPECT_GT(MinorFaults(), before);
  munmap(pages, kBytes);
}

constexpr int kNotPermitted = 77;

// Runs `body` in a child that may only read, write and end; any other call into the kernel kills
// it. Returns the child's wait status.
template <typename Body>
int RunWithoutSystemCalls(Body body) {
  const pid_t child = fork();
  if (child == 0) {
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) _exit(kNotPermitted);
    // Not _exit: that is exit_group, which is not permitted either.
    syscall(SYS_exit, body() ? 0 : 1);
  }
  int status = -1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

bool NotPermitted(int status) { return WIFEXITED(status) && WEXITSTATUS(status) == kNotPermitted; }

TEST_F(PurityTest, CallsTheKernelNeverFromPublishToCommit) {
  const int status = RunWithoutSystemCalls([this] { return steady_.Run(3); });
  if (NotPermitted(status)) GTEST_SKIP() << "seccomp is not permitted here";
  EXPECT_FALSE(WIFSIGNALED(status))
      << "killed by signal " << WTERMSIG(status) << ": a system call on the hot path";
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST_F(PurityTest, WouldNoticeASystemCall) {
  const int status = RunWithoutSystemCalls([] { return sched_yield() == 0; });
  if (NotPermitted(status)) GTEST_SKIP() << "seccomp is not permitted here";
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
}

}  // namespace
}  // namespace tests::purity
