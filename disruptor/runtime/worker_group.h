#ifndef DISRUPTOR_RUNTIME_WORKER_GROUP_H_
#define DISRUPTOR_RUNTIME_WORKER_GROUP_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "affinity/pin.h"
#include "affinity/pin_check.h"
#include "disruptor/runtime/options.h"

namespace disruptor::runtime {

// WorkerTask is what one thread does, in three parts, all on that thread.
struct WorkerTask {
  std::string name = {};
  // Absent: not pinned.
  std::optional<int> cpu = {};
  // The hooks before the first event; an exception fails the start of the whole group.
  std::function<void()> start = {};
  // Returns when there is no more to do.
  std::function<void()> run = {};
  // Called when an exception has left `run`, once failure() has it: the place to stop the rest of
  // the pipeline. True: `run` is called again, for what this thread still has to do.
  std::function<bool()> after_exception = {};
  // The hooks after the last event; runs whenever `start` succeeded.
  std::function<void()> stop = {};
  // For the error of an exception: what `run` does, and where it was.
  std::string work = "handling events";
  std::function<std::string()> doing = {};
};

// WorkerReport is what became of one thread.
struct WorkerReport {
  std::string name = {};
  std::optional<int> cpu = {};
  // Empty when the thread is pinned as asked; else why not.
  std::string pin_problem = {};
  // Taken on the thread after its start hooks and after its last event; absent while it runs.
  std::optional<affinity::PinEvidence> before = {};
  std::optional<affinity::PinEvidence> after = {};
};

// WorkerGroup owns the threads of one pipeline.
//
//   Start  -->  all threads are created pinned, run their start hooks and wait for one another
//          -->  all enter `run` together; or none does, and Start returns the reason
//   Join   -->  waits for the threads to come back; they do once the pipeline's stop signal is set
//
// THREADS  Start, Join, reports: the owner's thread. Running, failure: any.
class WorkerGroup {
 public:
  // `usable` is where a thread may float when it cannot be pinned and need not be; where even that
  // is refused, it has the caller's mask.
  static absl::StatusOr<std::unique_ptr<WorkerGroup>> Start(std::vector<WorkerTask> tasks,
                                                            Pinning pinning,
                                                            const affinity::CpuSet& usable);
  // Waits for every thread, without limit: the owner stops the pipeline first.
  ~WorkerGroup();
  WorkerGroup(const WorkerGroup&) = delete;
  WorkerGroup& operator=(const WorkerGroup&) = delete;

  // JoinUntil waits until all threads have come back; false when `deadline` came first. May be
  // called again.
  bool JoinUntil(std::chrono::steady_clock::time_point deadline);

  // Names of the threads that have not come back.
  [[nodiscard]] std::vector<std::string> Running() const;

  // The first exception of any task, as an error that says where; OK when there was none.
  [[nodiscard]] absl::Status failure() const;

  [[nodiscard]] std::vector<WorkerReport> reports() const;

 private:
  enum class Go { kWait, kRun, kAbort };
  struct Worker {
    WorkerTask task;
    WorkerReport report;
    bool ready = false;
    bool done = false;
    affinity::PinnedThread thread;
  };

  WorkerGroup() = default;

  absl::Status Launch(Worker& worker, Pinning pinning, const affinity::CpuSet& usable);
  void Main(Worker& worker);
  // Lets the threads that wait for one another go, to `run` or to their end; the first call counts.
  void Release(Go go);
  // Runs one part of a task; false and a recorded failure when it throws.
  bool Guarded(Worker& worker, const std::function<void()>& part, const std::string& what);
  void RecordFailure(Worker& worker, const std::string& what, const std::string& error);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Go go_ = Go::kWait;
  absl::Status failure_;
  // Each worker is allocated on its own: its thread refers to it.
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_WORKER_GROUP_H_
