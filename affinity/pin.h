#ifndef AFFINITY_PIN_H_
#define AFFINITY_PIN_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"

namespace affinity {

// PinThisThread binds the calling thread to `cpu` and verifies it.
//
//   Returns   OK, or a status: the CPU, the error, the CPUs that are possible, the fix.
//   Verifies  the mask read back is exactly {cpu}.
//   Fails     cpu offline, not on this machine, outside the cpuset; system call forbidden.
//   Not asked whether `cpu` is in the mask the process was started with: the kernel permits leaving
//             it, and isolated CPUs are never in it. Choose from AllowedCpus::usable.
//   Cost      two system calls when it works; cold path.
absl::Status PinThisThread(int cpu);

// kMaxThreadNameBytes is what Linux keeps of a thread's name.
inline constexpr int kMaxThreadNameBytes = 15;

// NameThisThread names the calling thread for top, perf and debuggers and returns the name as read
// back, which is shorter than asked when it had more than kMaxThreadNameBytes bytes.
absl::StatusOr<std::string> NameThisThread(const std::string& name);

// PinRequest is what a new thread should be.
struct PinRequest {
  // At most kMaxThreadNameBytes bytes are kept; empty leaves the creator's name.
  std::string name = {};
  // Exactly these CPUs: one for a pinned thread, several for one that may float among them. Empty
  // leaves the creator's mask.
  CpuSet cpus = {};
};

// PinnedThread owns a running thread and joins it when destroyed.
//
// THREADS  Only the owner of the object calls its functions, one thread at a time. The thread's own
//          work needs no access to it.
class PinnedThread {
 public:
  // An object without a thread.
  PinnedThread();
  PinnedThread(PinnedThread&&) noexcept;
  // Assigning over a running thread joins that one first.
  PinnedThread& operator=(PinnedThread&&) noexcept;
  ~PinnedThread();

  // Start creates a thread that runs `work` once on the CPUs of `request`.
  //
  // The affinity is set before the thread exists to the scheduler, so that its stack, its
  // thread-local storage and everything it touches first come from the memory next to its CPU. The
  // thread reads its own mask back before it enters `work`; when that differs from the request,
  // `work` is not run and Start fails.
  //
  //   Fails    as PinThisThread does; also when the system is out of threads. Nothing is left
  //            running then. A name that cannot be set is not an error: see name().
  //   Blocks   until the new thread has verified itself.
  //   Throwing from `work` ends the process, as with std::thread.
  static absl::StatusOr<PinnedThread> Start(const PinRequest& request, std::function<void()> work);

  // Join waits for the end of `work`; further calls do nothing.
  void Join();
  [[nodiscard]] bool joinable() const { return state_ != nullptr; }

  // The rest describes the thread as it was when it started; it requires joinable().
  // The kernel's thread id, as in /proc/self/task and for SnapshotThread (pin_check.h).
  [[nodiscard]] int tid() const;
  // The name as read back.
  [[nodiscard]] const std::string& name() const;
  // True when the name is not the one asked for, because it was too long or refused.
  [[nodiscard]] bool name_was_cut() const;
  // The mask as read back by the thread itself.
  [[nodiscard]] const CpuSet& cpus() const;

 private:
  struct State;
  explicit PinnedThread(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace affinity

#endif  // AFFINITY_PIN_H_
