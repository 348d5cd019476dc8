#ifndef TESTS_MODEL_EXECUTION_H_
#define TESTS_MODEL_EXECUTION_H_

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/model/choices.h"
#include "tests/model/execution_graph.h"
#include "tests/model/explore.h"
#include "tests/model/fiber.h"
#include "tests/model/footprint.h"
#include "tests/model/names.h"
#include "tests/model/operation.h"

namespace model {

// Thread is one of the concurrent parts of a program.
struct Thread {
  std::string name;
  std::function<void()> body;
};

// Abandoned is thrown out of RunThreads() when there is no point in going on with an execution.
struct Abandoned {};

// Execution runs a program once, along the path that Choices gives, and keeps its graph.
//
// Writes, fences and barriers of a thread are done as soon as it comes to them: no other thread can
// prevent them, and later ones may still be put before them in the modification order. At a read
// there is a fork: one way for each write that it may read now, and one that puts the read off
// until there is a write that is not there yet. So every consistent graph is met exactly once, and
// the ways that wait for a write that never comes are discarded.
class Execution {
 public:
  enum class Outcome {
    kRunning,
    kCompleted,
    // A read was put off and the write for it never came: no execution of the program.
    kDiscarded,
    // Too many steps.
    kTruncated,
    kViolated,
  };

  Execution(Choices& choices, Footprint& footprint, const Options& options);
  ~Execution();

  // The execution in which the caller runs, or null outside.
  static Execution* Current() noexcept { return current_; }

  // Begin forgets the last execution. Number() tells executions apart.
  void Begin();
  [[nodiscard]] std::uint32_t Number() const noexcept { return number_; }

  // Called by the program.
  void Run(std::vector<Thread> threads);
  void Perform(Operation& operation);
  int AddLocation(const void* address, int signed_bytes, std::uint64_t initial);
  [[noreturn]] void Fail(const std::string& what);
  void Observe(std::string outcome) { observed_.push_back(std::move(outcome)); }
  void Name(const void* object, std::size_t size, std::string name) {
    names_.Add(object, size, std::move(name));
  }

  [[nodiscard]] const std::vector<std::string>& observed() const noexcept { return observed_; }
  // Of the calling thread.
  [[nodiscard]] int thread() const noexcept { return running_; }
  [[nodiscard]] const VectorClock& Now() const { return graph_.Now(running_); }

  void Complete() noexcept { outcome_ = Outcome::kCompleted; }
  [[nodiscard]] Outcome outcome() const noexcept { return outcome_; }
  [[nodiscard]] std::int64_t steps() const noexcept { return steps_; }
  // What went wrong, with the schedule.
  [[nodiscard]] std::string Report() const;
  [[nodiscard]] const Names& names() const noexcept { return names_; }
  [[nodiscard]] const std::string& NameOf(int thread) const;

 private:
  enum class State { kPending, kIdle, kAsleep, kFinished };
  struct ReadWrite {
    int location;
    int write;
    bool operator==(const ReadWrite&) const = default;
  };
  struct Runner {
    std::string name;
    std::function<void()> body;
    std::unique_ptr<Fiber> fiber = std::make_unique<Fiber>();
    State state = State::kFinished;
    Operation* operation = nullptr;
    // Reads since the last write, or since the wait before: what an idle thread waits to change.
    std::vector<ReadWrite> reads;
    // The same of the attempt before, if that failed as well.
    std::vector<ReadWrite> last_attempt;
    // What was there when the operation was put off; it wants something newer.
    std::size_t put_off_at = 0;
    // Looking again after waiting: sees the latest value of everything.
    bool sees_latest = false;
    bool inside_futex = false;
  };
  struct Futex {
    int owner = kNone;
    std::size_t operations = 0;
    std::vector<int> sleepers;
    // What those who woke somebody here, or tried to, had done before.
    VectorClock wakers;
  };

  void Schedule();
  void Resume(int thread);
  bool RunUnforked();
  bool RunForked();
  bool RunAny();
  bool ForkRead(int thread, bool may_put_off);
  bool ForkFutex(int thread, bool may_put_off);
  // With `latest` the thread sees the latest value of everything while it looks again.
  bool ResumeIdle(bool latest);
  void LookAgain(int thread, bool latest);
  bool ResumeTimed();
  void Finish();

  [[nodiscard]] bool OthersMay(int thread, int location, Footprint::Use use) const;
  [[nodiscard]] std::vector<int> Candidates(int thread);
  [[nodiscard]] bool SeesChange(const Runner& runner) const;
  void HasWritten(Runner& runner);
  void DoUnforked(int thread, Operation& operation);
  void DoRead(int thread, Operation& operation, int write);
  void DoWake(int thread, Operation& operation);
  void CheckFutexWord(int thread, Operation& operation, int write);
  void PerformAlone(Operation& operation);
  Runner& At(int thread) { return *runners_[static_cast<std::size_t>(thread)]; }
  [[nodiscard]] const Runner& At(int thread) const {
    return *runners_[static_cast<std::size_t>(thread)];
  }
  Futex& FutexAt(int location);

  static Execution* current_;

  Choices& choices_;
  Footprint& footprint_;
  const Options& options_;
  ExecutionGraph graph_;
  Names names_;
  std::vector<std::string> observed_;
  std::vector<std::unique_ptr<Runner>> runners_;
  int thread_count_ = 1;
  std::vector<Futex> futexes_;
  int running_ = 0;
  Outcome outcome_ = Outcome::kRunning;
  std::string violation_;
  std::int64_t steps_ = 0;
  std::uint32_t number_ = 0;
};

}  // namespace model

#endif  // TESTS_MODEL_EXECUTION_H_
