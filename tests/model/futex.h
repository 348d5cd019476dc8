#ifndef TESTS_MODEL_FUTEX_H_
#define TESTS_MODEL_FUTEX_H_

#include "tests/model/atomic.h"

namespace model {

// FutexWait sleeps until a FutexWake on `word`, if the word has the value `expected`. True when it
// slept and was woken; false when the value was another one.
//
// The kernel compares and queues under a lock that wakers take as well, so the word as a waiter
// sees it is at least as new as what earlier wakers knew. Beyond that neither call orders anything:
// code that relies on a system call for its ordering is found out.
template <typename T>
bool FutexWait(const Atomic<T>& word, T expected) noexcept {
  return word.Do({.kind = OperationKind::kFutexWait, .expected = Atomic<T>::Bits(expected)})
      .success;
}

// TimedFutexWait may also end, with false, at once or when nobody else can go on.
template <typename T>
bool TimedFutexWait(const Atomic<T>& word, T expected) noexcept {
  return word
      .Do({.kind = OperationKind::kFutexWait, .expected = Atomic<T>::Bits(expected), .timed = true})
      .success;
}

// FutexWake wakes up to `count` sleepers and returns how many that were. Which ones is a choice.
template <typename T>
int FutexWake(const Atomic<T>& word, int count) noexcept {
  return static_cast<int>(
      word.Do({.kind = OperationKind::kFutexWake, .operand = static_cast<std::uint64_t>(count)})
          .result);
}

}  // namespace model

#endif  // TESTS_MODEL_FUTEX_H_
