// What an operation does once it is its turn. The other half of Execution, in execution.cc, decides
// whose turn it is.

#include <algorithm>

#include "tests/model/execution.h"

namespace model {

std::vector<int> Execution::Candidates(int thread) {
  const Runner& runner = At(thread);
  const Operation& operation = *runner.operation;
  VectorClock known;
  if (operation.IsFutex()) known = FutexAt(operation.location).wakers;
  const auto readable = [&](Order order, bool for_write) {
    return graph_.ReadableWrites(thread, operation.location, order, for_write, known);
  };
  std::vector<int> writes;
  if (operation.kind == OperationKind::kCompareExchange) {
    for (const int write : readable(operation.order, true)) {
      if (graph_.event(write).written == operation.expected) writes.push_back(write);
    }
    for (const int write : readable(operation.failure, false)) {
      if (graph_.event(write).written != operation.expected) writes.push_back(write);
    }
  } else {
    writes = readable(operation.order, operation.IsReadModifyWrite());
  }
  const int latest = graph_.LatestWrite(operation.location);
  std::erase_if(writes, [&](int write) {
    return static_cast<std::size_t>(write) < runner.put_off_at ||
           (runner.sees_latest && write != latest);
  });
  // The latest first: the first path through the tree is the one without surprises.
  std::reverse(writes.begin(), writes.end());
  return writes;
}

bool Execution::ForkRead(int thread, bool may_put_off) {
  const std::vector<int> writes = Candidates(thread);
  if (writes.empty()) return false;
  Runner& runner = At(thread);
  const auto count = static_cast<int>(writes.size());
  const int choice = choices_.Choose(count + (may_put_off ? 1 : 0));
  if (choice == count) {
    runner.put_off_at = graph_.events().size();
    return true;
  }
  const int write = writes[static_cast<std::size_t>(choice)];
  if (runner.operation->IsFutex()) {
    CheckFutexWord(thread, *runner.operation, write);
  } else {
    DoRead(thread, *runner.operation, write);
    Resume(thread);
  }
  return true;
}

void Execution::DoRead(int thread, Operation& operation, int write) {
  Runner& runner = At(thread);
  const std::uint64_t old = graph_.event(write).written;
  operation.result = old;
  const bool compares = operation.kind == OperationKind::kCompareExchange;
  operation.success = compares && old == operation.expected;
  if (operation.IsReadModifyWrite() && (!compares || operation.success)) {
    graph_.AddReadModifyWrite(thread, operation.location, operation.order, write,
                              operation.Updated(old));
    footprint_.Add(thread, operation.location, Footprint::Use::kWrite);
    HasWritten(runner);
    return;
  }
  graph_.AddLoad(thread, operation.location, compares ? operation.failure : operation.order, write);
  runner.reads.push_back({operation.location, write});
}

void Execution::DoUnforked(int thread, Operation& operation) {
  Runner& runner = At(thread);
  switch (operation.kind) {
    case OperationKind::kStore: {
      const std::vector<int> positions =
          graph_.StorePositions(thread, operation.location, operation.order);
      const int choice = choices_.Choose(static_cast<int>(positions.size()));
      graph_.AddStore(thread, operation.location, operation.order, operation.operand,
                      positions[static_cast<std::size_t>(choice)]);
      footprint_.Add(thread, operation.location, Footprint::Use::kWrite);
      break;
    }
    case OperationKind::kLightBarrier:
      graph_.AddBarrier(thread, EventKind::kLightBarrier, Order::kRelaxed);
      return;
    case OperationKind::kHeavyBarrier:
      graph_.AddBarrier(thread, EventKind::kHeavyBarrier, Order::kSeqCst);
      return;
    default:
      graph_.AddBarrier(thread, EventKind::kFence, operation.order);
      return;
  }
  HasWritten(runner);
}

Execution::Futex& Execution::FutexAt(int location) {
  const auto index = static_cast<std::size_t>(location);
  if (futexes_.size() <= index) futexes_.resize(index + 1);
  return futexes_[index];
}

// Calls on one futex follow one another like the critical sections of a lock: the kernel holds one
// from comparing the word to queueing the caller, and one around waking.
bool Execution::ForkFutex(int thread, bool may_put_off) {
  Runner& runner = At(thread);
  Operation& operation = *runner.operation;
  Futex& futex = FutexAt(operation.location);
  if (futex.owner != kNone || futex.operations < runner.put_off_at) return false;
  if (choices_.Choose(may_put_off ? 2 : 1) == 1) {
    runner.put_off_at = futex.operations + 1;
    return true;
  }
  footprint_.Add(thread, operation.location, Footprint::Use::kFutex);
  ++futex.operations;
  HasWritten(runner);
  if (operation.kind == OperationKind::kFutexWake) {
    DoWake(thread, operation);
    Resume(thread);
  } else {
    graph_.AddNote(thread, EventKind::kFutexWait, operation.location);
    futex.owner = thread;
    runner.inside_futex = true;
    runner.put_off_at = 0;
  }
  return true;
}

void Execution::CheckFutexWord(int thread, Operation& operation, int write) {
  Runner& runner = At(thread);
  Futex& futex = FutexAt(operation.location);
  graph_.AddLoad(thread, operation.location, Order::kRelaxed, write);
  futex.owner = kNone;
  runner.inside_futex = false;
  operation.result = graph_.event(write).written;
  operation.success = false;
  const bool sleeps =
      operation.result == operation.expected && (!operation.timed || choices_.Choose(2) == 0);
  if (sleeps) {
    runner.state = State::kAsleep;
    futex.sleepers.push_back(thread);
  } else {
    Resume(thread);
  }
}

void Execution::DoWake(int thread, Operation& operation) {
  Futex& futex = FutexAt(operation.location);
  graph_.AddNote(thread, EventKind::kFutexWake, operation.location);
  futex.wakers.Join(graph_.Now(thread));
  operation.result = 0;
  while (operation.result < operation.operand && !futex.sleepers.empty()) {
    const bool all = operation.operand >= futex.sleepers.size() + operation.result;
    const int choice = all ? 0 : choices_.Choose(static_cast<int>(futex.sleepers.size()));
    const int sleeper = futex.sleepers[static_cast<std::size_t>(choice)];
    futex.sleepers.erase(futex.sleepers.begin() + choice);
    ++operation.result;
    At(sleeper).operation->success = true;
    Resume(sleeper);
    if (outcome_ != Outcome::kRunning) return;
  }
}

void Execution::HasWritten(Runner& runner) {
  runner.reads.clear();
  runner.last_attempt.clear();
  runner.sees_latest = false;
}

bool Execution::SeesChange(const Runner& runner) const {
  return std::any_of(runner.reads.begin(), runner.reads.end(), [&](const ReadWrite& read) {
    return graph_.LatestWrite(read.location) != read.write;
  });
}

bool Execution::ResumeIdle(bool latest) {
  for (int t = 1; t < thread_count_; ++t) {
    if (At(t).state != State::kIdle || !SeesChange(At(t))) continue;
    LookAgain(t, latest);
    return true;
  }
  return false;
}

void Execution::LookAgain(int thread, bool latest) {
  Runner& runner = At(thread);
  runner.last_attempt.swap(runner.reads);
  runner.reads.clear();
  runner.sees_latest = latest;
  Resume(thread);
}

// Nobody else can go on: a sleeper with a time limit reaches it.
bool Execution::ResumeTimed() {
  for (int t = 1; t < thread_count_; ++t) {
    const Runner& runner = At(t);
    if (runner.state != State::kAsleep || !runner.operation->timed) continue;
    std::erase(FutexAt(runner.operation->location).sleepers, t);
    Resume(t);
    return true;
  }
  return false;
}

// The body before and after its threads: everything has happened before, so there is one answer.
void Execution::PerformAlone(Operation& operation) {
  switch (operation.kind) {
    case OperationKind::kStore:
      graph_.AddStore(0, operation.location, operation.order, operation.operand,
                      static_cast<int>(graph_.location(operation.location).writes.size()));
      return;
    case OperationKind::kFence:
    case OperationKind::kLightBarrier:
    case OperationKind::kHeavyBarrier:
    case OperationKind::kFutexWake:
      return;
    case OperationKind::kIdle:
    case OperationKind::kFutexWait:
      Fail("the body waits, and there is nobody to wait for");
    default:
      DoRead(0, operation, graph_.LatestWrite(operation.location));
  }
}

}  // namespace model
