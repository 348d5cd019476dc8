#ifndef TESTS_MODEL_WAITING_H_
#define TESTS_MODEL_WAITING_H_

#include "tests/model/execution.h"

namespace model {

// Waiting is the wait strategy of programs: Idle() ends an attempt that found nothing.
//
// The thread stops there until nobody else can go on, and then looks again with everything written
// by then visible. That leaves out the attempts that fail in between, and with them nothing that
// could go wrong, as long as a failed attempt leaves nothing behind: what the thread does after
// failing and then succeeding, it also does when it succeeds at once. If its last look saw the
// newest values, and nobody else can go on, it is stuck for ever, which is a violation.
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
