#include "disruptor/runtime/worker_group.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace disruptor::runtime {

absl::StatusOr<std::unique_ptr<WorkerGroup>> WorkerGroup::Start(std::vector<WorkerTask> tasks,
                                                                Pinning pinning,
                                                                const affinity::CpuSet& usable) {
  std::unique_ptr<WorkerGroup> group(new WorkerGroup());
  for (WorkerTask& task : tasks) {
    group->workers_.push_back(std::make_unique<Worker>());
    group->workers_.back()->task = std::move(task);
  }
  absl::Status launched;
  for (auto& worker : group->workers_) {
    launched = group->Launch(*worker, pinning, usable);
    if (!launched.ok()) break;
  }
  if (launched.ok()) {
    std::unique_lock lock(group->mutex_);
    const auto all_ready = [&] {
      return std::all_of(group->workers_.begin(), group->workers_.end(),
                         [](const auto& worker) { return worker->ready; });
    };
    group->changed_.wait(lock, [&] { return all_ready() || !group->failure_.ok(); });
    launched = group->failure_;
  }
  // On failure the destructor lets the threads that were started end; they run no event.
  if (!launched.ok()) return launched;
  group->Release(Go::kRun);
  return group;
}

WorkerGroup::~WorkerGroup() {
  // Threads still wait here when the start failed, or was left by an exception.
  Release(Go::kAbort);
  for (auto& worker : workers_) worker->thread.Join();
}

void WorkerGroup::Release(Go go) {
  {
    const std::lock_guard lock(mutex_);
    if (go_ == Go::kWait) go_ = go;
  }
  changed_.notify_all();
}

absl::Status WorkerGroup::Launch(Worker& worker, Pinning pinning, const affinity::CpuSet& usable) {
  affinity::PinRequest request{.name = worker.task.name};
  worker.report.name = worker.task.name;
  worker.report.cpu = worker.task.cpu;
  if (worker.task.cpu) request.cpus.Add(*worker.task.cpu);
  auto thread = affinity::PinnedThread::Start(request, [this, &worker] { Main(worker); });
  if (!thread.ok() && worker.task.cpu && pinning == Pinning::kTry) {
    worker.report.pin_problem = std::string(thread.status().message());
    request.cpus = usable;
    thread = affinity::PinnedThread::Start(request, [this, &worker] { Main(worker); });
    if (!thread.ok() && !usable.empty()) {
      // Where setting a mask is forbidden, any mask is.
      request.cpus = {};
      thread = affinity::PinnedThread::Start(request, [this, &worker] { Main(worker); });
    }
  }
  if (!thread.ok()) {
    return absl::Status(thread.status().code(), "thread \"" + worker.task.name + "\": " +
                                                    std::string(thread.status().message()));
  }
  worker.thread = *std::move(thread);
  return absl::OkStatus();
}

void WorkerGroup::Main(Worker& worker) {
  const bool started = Guarded(worker, worker.task.start, "starting");
  Go go;
  {
    auto before = affinity::SnapshotThread();
    std::unique_lock lock(mutex_);
    if (before.ok()) worker.report.before = *std::move(before);
    worker.ready = started;
    changed_.notify_all();
    changed_.wait(lock, [this] { return go_ != Go::kWait; });
    go = go_;
  }
  if (go == Go::kRun) {
    while (!Guarded(worker, worker.task.run, worker.task.work) && worker.task.after_exception &&
           worker.task.after_exception()) {
    }
    auto after = affinity::SnapshotThread();
    const std::lock_guard lock(mutex_);
    if (after.ok()) worker.report.after = *std::move(after);
  }
  if (started) Guarded(worker, worker.task.stop, "stopping");
  const std::lock_guard lock(mutex_);
  worker.done = true;
  changed_.notify_all();
}

bool WorkerGroup::Guarded(Worker& worker, const std::function<void()>& part,
                          const std::string& what) {
  try {
    part();
    return true;
  } catch (const std::exception& error) {
    RecordFailure(worker, what, error.what());
  } catch (...) {
    RecordFailure(worker, what, "an exception that is not a std::exception");
  }
  return false;
}

void WorkerGroup::RecordFailure(Worker& worker, const std::string& what, const std::string& error) {
  std::string text = "thread \"" + worker.task.name + "\" failed while " + what;
  if (worker.task.doing) text += " (" + worker.task.doing() + ")";
  const std::lock_guard lock(mutex_);
  // The first failure is the cause; those after it are usually its consequences.
  if (failure_.ok()) failure_ = absl::AbortedError(text + ": " + error);
  changed_.notify_all();
}

bool WorkerGroup::JoinUntil(std::chrono::steady_clock::time_point deadline) {
  {
    std::unique_lock lock(mutex_);
    const bool all_done = changed_.wait_until(lock, deadline, [this] {
      return std::all_of(workers_.begin(), workers_.end(),
                         [](const auto& worker) { return worker->done; });
    });
    if (!all_done) return false;
  }
  for (auto& worker : workers_) worker->thread.Join();
  return true;
}

std::vector<std::string> WorkerGroup::Running() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& worker : workers_) {
    if (!worker->done) names.push_back(worker->task.name);
  }
  return names;
}

absl::Status WorkerGroup::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

std::vector<WorkerReport> WorkerGroup::reports() const {
  const std::lock_guard lock(mutex_);
  std::vector<WorkerReport> reports;
  for (const auto& worker : workers_) reports.push_back(worker->report);
  return reports;
}

}  // namespace disruptor::runtime
