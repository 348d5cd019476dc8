#include "tests/model/execution.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <set>
#include <utility>

#include "tests/model/schedule_text.h"

namespace model {

Execution* Execution::current_ = nullptr;

Execution::Execution(Choices& choices, Footprint& footprint, const Options& options)
    : choices_(choices), footprint_(footprint), options_(options) {
  // The body's own thread, which has no fiber to run.
  runners_.push_back(std::make_unique<Runner>());
  runners_[0]->name = "body";
  current_ = this;
}

Execution::~Execution() { current_ = nullptr; }

void Execution::Begin() {
  choices_.Begin();
  graph_.Reset();
  names_.Clear();
  observed_.clear();
  futexes_.clear();
  thread_count_ = 1;
  running_ = 0;
  outcome_ = Outcome::kRunning;
  violation_.clear();
  steps_ = 0;
  ++number_;
}

void Execution::Run(std::vector<Thread> threads) {
  if (thread_count_ != 1) Fail("a body runs its threads once");
  if (threads.size() >= static_cast<std::size_t>(kMaxThreads)) Fail("too many threads");
  footprint_.SetStable(graph_.location_count());
  thread_count_ = static_cast<int>(threads.size()) + 1;
  while (runners_.size() < static_cast<std::size_t>(thread_count_)) {
    runners_.push_back(std::make_unique<Runner>());
  }
  for (int t = 1; t < thread_count_; ++t) {
    Runner& runner = At(t);
    runner.name = std::move(threads[static_cast<std::size_t>(t) - 1].name);
    runner.body = std::move(threads[static_cast<std::size_t>(t) - 1].body);
    runner.state = State::kPending;
    runner.operation = nullptr;
    runner.reads.clear();
    runner.last_attempt.clear();
    runner.put_off_at = 0;
    runner.sees_latest = runner.inside_futex = false;
    graph_.Start(t);
    runner.fiber->Start([this, &runner] {
      try {
        runner.body();
      } catch (const std::exception& error) {
        Fail(runner.name + " ended with an exception: " + error.what());
      }
    });
  }
  for (int t = 1; t < thread_count_ && outcome_ == Outcome::kRunning; ++t) Resume(t);
  if (outcome_ == Outcome::kRunning) Schedule();
  running_ = 0;
  if (outcome_ != Outcome::kRunning) throw Abandoned();
  for (int t = 1; t < thread_count_; ++t) graph_.Join(t);
}

void Execution::Resume(int thread) {
  Runner& runner = At(thread);
  runner.operation = nullptr;
  runner.put_off_at = 0;
  runner.state = State::kPending;
  running_ = thread;
  runner.fiber->Resume();
  running_ = 0;
  if (outcome_ != Outcome::kRunning) return;
  if (runner.fiber->done()) {
    runner.state = State::kFinished;
  } else if (runner.operation->kind == OperationKind::kIdle) {
    runner.state = State::kIdle;
    runner.sees_latest = false;
    // Another attempt that saw what the last one saw: the execution without it is explored, too.
    if (runner.reads == runner.last_attempt) outcome_ = Outcome::kDiscarded;
  }
}

void Execution::Perform(Operation& operation) {
  ++steps_;
  if (running_ == 0) {
    PerformAlone(operation);
    return;
  }
  Runner& runner = At(running_);
  // Waiting without having looked at anything is only a pause.
  if (operation.kind == OperationKind::kIdle && runner.reads.empty() &&
      steps_ <= options_.max_steps)
    return;
  runner.operation = &operation;
  runner.fiber->Suspend();
}

int Execution::AddLocation(const void* address, int signed_bytes, std::uint64_t initial) {
  return graph_.AddLocation(running_, address, signed_bytes, initial);
}

void Execution::Fail(const std::string& what) {
  if (outcome_ == Outcome::kRunning) {
    outcome_ = Outcome::kViolated;
    violation_ = what;
  }
  if (running_ == 0) throw Abandoned();
  At(running_).fiber->Suspend();
  std::abort();  // Nobody resumes a thread of an execution that is over.
}

void Execution::Schedule() {
  while (outcome_ == Outcome::kRunning) {
    if (steps_ > options_.max_steps) {
      outcome_ = Outcome::kTruncated;
      return;
    }
    if (options_.every_interleaving) {
      if (RunAny()) continue;
    } else {
      if (options_.every_attempt && ResumeIdle(false)) continue;
      if (RunUnforked() || RunForked()) continue;
    }
    if (ResumeIdle(true) || ResumeTimed()) continue;
    Finish();
    return;
  }
}

bool Execution::RunUnforked() {
  for (int t = 1; t < thread_count_; ++t) {
    Runner& runner = At(t);
    if (runner.state != State::kPending) continue;
    Operation& operation = *runner.operation;
    if (operation.kind == OperationKind::kLoad || operation.IsReadModifyWrite() ||
        operation.IsFutex()) {
      continue;
    }
    DoUnforked(t, operation);
    Resume(t);
    return true;
  }
  return false;
}

bool Execution::RunForked() {
  for (int t = 1; t < thread_count_; ++t) {
    const Runner& runner = At(t);
    if (runner.state != State::kPending) continue;
    const bool futex = runner.operation->IsFutex() && !runner.inside_futex;
    const bool may_put_off =
        !runner.sees_latest && OthersMay(t, runner.operation->location,
                                         futex ? Footprint::Use::kFutex : Footprint::Use::kWrite);
    if (futex ? ForkFutex(t, may_put_off) : ForkRead(t, may_put_off)) return true;
  }
  return false;
}

// The slow way, which the other is tested against: any thread may go next, and nothing is put off.
bool Execution::RunAny() {
  std::vector<int> ready;
  for (int t = 1; t < thread_count_; ++t) {
    const Runner& runner = At(t);
    if (options_.every_attempt && runner.state == State::kIdle && SeesChange(runner)) {
      ready.push_back(t);
    }
    if (runner.state != State::kPending) continue;
    const Operation& operation = *runner.operation;
    if (operation.IsFutex() && !runner.inside_futex && FutexAt(operation.location).owner != kNone) {
      continue;
    }
    ready.push_back(t);
  }
  if (ready.empty()) return false;
  const int t = ready[static_cast<std::size_t>(choices_.Choose(static_cast<int>(ready.size())))];
  if (At(t).state == State::kIdle) {
    LookAgain(t, false);
    return true;
  }
  const Operation& operation = *At(t).operation;
  if (operation.IsFutex() && !At(t).inside_futex) return ForkFutex(t, false);
  if (operation.kind == OperationKind::kLoad || operation.IsReadModifyWrite() ||
      operation.IsFutex()) {
    return ForkRead(t, false);
  }
  DoUnforked(t, *At(t).operation);
  Resume(t);
  return true;
}

bool Execution::OthersMay(int thread, int location, Footprint::Use use) const {
  for (int t = 1; t < thread_count_; ++t) {
    if (t != thread && At(t).state != State::kFinished && footprint_.May(t, location, use)) {
      return true;
    }
  }
  return false;
}

void Execution::Finish() {
  std::string waiting;
  for (int t = 1; t < thread_count_; ++t) {
    const Runner& runner = At(t);
    if (runner.state == State::kFinished) continue;
    if (runner.state == State::kPending) {
      outcome_ = Outcome::kDiscarded;
      return;
    }
    waiting += (waiting.empty() ? "" : "; ") + runner.name;
    if (runner.state == State::kAsleep) {
      waiting += " sleeps on " + PlaceName(graph_, runner.operation->location, names_) +
                 " and nobody is left to wake it";
    } else {
      std::set<std::string> places;
      for (const ReadWrite& read : runner.reads) {
        places.insert(PlaceName(graph_, read.location, names_));
      }
      waiting += " waits for a change, and nobody is left to make one, of";
      for (const std::string& place : places) waiting += " " + place;
    }
  }
  if (waiting.empty()) return;
  outcome_ = Outcome::kViolated;
  violation_ = "stuck for ever: " + waiting;
}

const std::string& Execution::NameOf(int thread) const { return At(thread).name; }

std::string Execution::Report() const {
  std::vector<std::string> names;
  for (int t = 0; t < thread_count_; ++t) names.push_back(At(t).name);
  return violation_ + "\n" + ScheduleText(graph_, names, names_) +
         "replay: --replay=" + choices_.Path() + "\n";
}

}  // namespace model
