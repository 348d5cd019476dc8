#include "affinity/pin.h"

#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>

#include "affinity/allowed_cpus.h"
#include "affinity/os_status.h"
#include "affinity/thread_affinity.h"

namespace affinity {
namespace {

// Explained turns a failed pin into the reason that the machine gives for it, because the kernel
// says EINVAL alike for offline, unknown and forbidden CPUs. Reading the machine is for failures
// only.
absl::Status Explained(const absl::Status& failure, const CpuSet& cpus, const std::string& who) {
  const absl::StatusOr<AllowedCpus> allowed = ReadAllowedCpus(MaskReading::kIgnore);
  std::string reason;
  if (allowed.ok()) {
    for (const int cpu : cpus) {
      reason = allowed->WhyNot(cpu);
      if (!reason.empty()) break;
    }
    if (reason.empty()) {
      reason = "usable are " + allowed->usable.Describe() +
               ", so the system call itself is forbidden or the CPUs just changed; in a container "
               "allow sched_setaffinity in the seccomp profile";
    }
  } else {
    reason = std::string(allowed.status().message());
  }
  return absl::Status(failure.code(), who + " cannot be pinned to " + cpus.Format() + ": " +
                                          reason + " [" + std::string(failure.message()) + "]");
}

// VerifyMask compares what the calling thread has with what it asked for. The kernel silently drops
// the CPUs that the cpuset forbids as long as one is left.
absl::StatusOr<CpuSet> VerifyMask(const CpuSet& asked) {
  absl::StatusOr<CpuSet> mask = ReadThreadAffinity(0);
  if (!mask.ok() || *mask == asked) return mask;
  return absl::FailedPreconditionError("the mask read back is " + mask->Describe());
}

int ThisThreadId() { return static_cast<int>(::syscall(SYS_gettid)); }

std::string ThisThreadName() {
  char name[kMaxThreadNameBytes + 1] = "";
  return pthread_getname_np(pthread_self(), name, sizeof(name)) == 0 ? name : "";
}

// CutName keeps what Linux has room for, without half a UTF-8 character at the end.
std::string CutName(const std::string& name) {
  std::string cut = name.substr(0, name.find('\0'));
  if (cut.size() <= static_cast<std::size_t>(kMaxThreadNameBytes)) return cut;
  std::size_t length = kMaxThreadNameBytes;
  while (length > 0 && (static_cast<unsigned char>(cut[length]) & 0xC0) == 0x80) --length;
  return cut.substr(0, length);
}

}  // namespace

absl::Status PinThisThread(int cpu) {
  if (!CpuSet::IsValidId(cpu)) {
    return absl::InvalidArgumentError("CPU " + std::to_string(cpu) +
                                      " cannot exist: ids are 0 to " +
                                      std::to_string(CpuSet::kMaxCpus - 1));
  }
  const CpuSet asked{cpu};
  const std::string who = "this thread";
  const KernelMask mask(asked);
  if (sched_setaffinity(0, mask.bytes(), reinterpret_cast<const cpu_set_t*>(mask.data())) != 0) {
    return Explained(OsStatus(errno, "sched_setaffinity"), asked, who);
  }
  const absl::StatusOr<CpuSet> verified = VerifyMask(asked);
  return verified.ok() ? absl::OkStatus() : Explained(verified.status(), asked, who);
}

absl::StatusOr<std::string> NameThisThread(const std::string& name) {
  const std::string cut = CutName(name);
  const int error = pthread_setname_np(pthread_self(), cut.c_str());
  if (error != 0) return OsStatus(error, "naming this thread \"" + cut + "\"");
  return ThisThreadName();
}

struct PinnedThread::State {
  PinRequest request;
  std::function<void()> work;
  pthread_t thread{};

  // What follows is written by the new thread before it sets `ready` and only read afterwards.
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
  absl::Status status;
  int tid = 0;
  std::string name;
  CpuSet cpus;

  // Verify runs on the new thread.
  absl::Status Verify() {
    tid = ThisThreadId();
    if (!request.name.empty()) {
      // A name is a help for people, no reason to refuse a thread: name_was_cut tells.
      const absl::StatusOr<std::string> read_back = NameThisThread(request.name);
      name = read_back.ok() ? *read_back : ThisThreadName();
    } else {
      name = ThisThreadName();
    }
    const absl::StatusOr<CpuSet> mask =
        request.cpus.empty() ? ReadThreadAffinity(0) : VerifyMask(request.cpus);
    if (!mask.ok()) return mask.status();
    cpus = *mask;
    return absl::OkStatus();
  }

  static void* Run(void* argument) {
    auto* state = static_cast<State*>(argument);
    const absl::Status verified = state->Verify();
    {
      const std::lock_guard<std::mutex> lock(state->mutex);
      state->status = verified;
      state->ready = true;
    }
    state->changed.notify_one();
    if (verified.ok()) state->work();
    return nullptr;
  }

  // Create makes the thread with its affinity as an attribute.
  int Create() {
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error != 0) return error;
    if (!request.cpus.empty()) {
      const KernelMask mask(request.cpus);
      error = pthread_attr_setaffinity_np(&attributes, mask.bytes(),
                                          reinterpret_cast<const cpu_set_t*>(mask.data()));
    }
    if (error == 0) error = pthread_create(&thread, &attributes, &State::Run, this);
    pthread_attr_destroy(&attributes);
    return error;
  }
};

absl::StatusOr<PinnedThread> PinnedThread::Start(const PinRequest& request,
                                                 std::function<void()> work) {
  const std::string who =
      request.name.empty() ? std::string("a thread") : "thread \"" + request.name + "\"";
  if (!work) return absl::InvalidArgumentError(who + " has no work to run");
  auto state = std::make_unique<State>();
  state->request = request;
  state->work = std::move(work);

  const int error = state->Create();
  if (error == EAGAIN) {
    return OsStatus(error, "creating " + who,
                    "raise the limit of threads: ulimit -u, TasksMax= of the systemd unit, "
                    "--pids-limit of the container");
  }
  if (error != 0) {
    const absl::Status failure = OsStatus(error, "pthread_create");
    return request.cpus.empty() ? failure : Explained(failure, request.cpus, who);
  }
  absl::Status status;
  {
    std::unique_lock<std::mutex> lock(state->mutex);
    state->changed.wait(lock, [&] { return state->ready; });
    status = state->status;
  }
  PinnedThread thread(std::move(state));
  if (status.ok()) return thread;
  thread.Join();
  return request.cpus.empty() ? status : Explained(status, request.cpus, who);
}

PinnedThread::PinnedThread(std::unique_ptr<State> state) : state_(std::move(state)) {}
PinnedThread::PinnedThread() = default;
PinnedThread::PinnedThread(PinnedThread&&) noexcept = default;
PinnedThread::~PinnedThread() { Join(); }

PinnedThread& PinnedThread::operator=(PinnedThread&& other) noexcept {
  if (this == &other) return *this;
  Join();
  state_ = std::move(other.state_);
  return *this;
}

void PinnedThread::Join() {
  if (state_ == nullptr) return;
  pthread_join(state_->thread, nullptr);
  state_.reset();
}

int PinnedThread::tid() const { return state_->tid; }
const std::string& PinnedThread::name() const { return state_->name; }
bool PinnedThread::name_was_cut() const {
  return !state_->request.name.empty() && state_->name != state_->request.name;
}
const CpuSet& PinnedThread::cpus() const { return state_->cpus; }

}  // namespace affinity
