#ifndef TESTS_MODEL_WAITING_H_
#define TESTS_MODEL_WAITING_H_

#include "tests/model/execution.h"

namespace model {

// Waiting is the wait strategy of programs: Idle() ends an attempt that found nothing.
//
// The thread goes on when something that it read in that attempt has changed; an attempt that sees
// exactly what the one before it saw is not followed, because the execution without it is explored
// as well. Without that a loop that waits would have executions without end. When nobody is left
// who could change anything, the thread is stuck for ever, which is a violation.
//
// This leaves nothing out as long as a failed attempt leaves nothing behind that another attempt
// with the same values would not: loops that count their attempts need a bound of their own
// instead.
//
// With Options::every_attempt off, the thread goes on only when nobody else can, and then sees
// whatever has been written by then: for programs with too many executions otherwise. What a thread
// does when it fails and then succeeds, it must then also do when it succeeds at once.
class Waiting {
 public:
  void Idle() noexcept {
    Operation idle{.kind = OperationKind::kIdle};
    Execution::Current()->Perform(idle);
  }
  void Worked() noexcept {}
};

}  // namespace model

#endif  // TESTS_MODEL_WAITING_H_
