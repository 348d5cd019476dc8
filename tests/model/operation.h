#ifndef TESTS_MODEL_OPERATION_H_
#define TESTS_MODEL_OPERATION_H_

#include <cstdint>

#include "tests/model/event.h"
#include "tests/model/order.h"

namespace model {

enum class OperationKind : std::uint8_t {
  kLoad,
  kStore,
  kExchange,
  kCompareExchange,
  kAdd,
  kOr,
  kAnd,
  kXor,
  kFence,
  kLightBarrier,
  kHeavyBarrier,
  kFutexWait,
  kFutexWake,
  kIdle,
};

// Operation is what a thread asks for at one of its steps, with room for the answer.
struct Operation {
  OperationKind kind;
  Order order = Order::kRelaxed;
  int location = kNone;
  // The value to store, to combine with, or how many to wake.
  std::uint64_t operand = 0;
  // kCompareExchange, kFutexWait: the value that must be there. `failure` is the order when it is
  // not.
  std::uint64_t expected = 0;
  Order failure = Order::kRelaxed;
  // The bits that the value has.
  std::uint64_t mask = ~std::uint64_t{0};
  // kFutexWait: may end without a wake-up.
  bool timed = false;

  // What was read; for kFutexWake how many were woken.
  std::uint64_t result = 0;
  // kCompareExchange: written. kFutexWait: slept and was woken. kFutexWake: not used.
  bool success = false;

  [[nodiscard]] bool IsReadModifyWrite() const noexcept {
    return kind >= OperationKind::kExchange && kind <= OperationKind::kXor;
  }
  [[nodiscard]] bool IsFutex() const noexcept {
    return kind == OperationKind::kFutexWait || kind == OperationKind::kFutexWake;
  }

  // What a read-modify-write makes of `old`.
  [[nodiscard]] std::uint64_t Updated(std::uint64_t old) const noexcept {
    switch (kind) {
      case OperationKind::kAdd:
        return (old + operand) & mask;
      case OperationKind::kOr:
        return old | operand;
      case OperationKind::kAnd:
        return old & operand;
      case OperationKind::kXor:
        return old ^ operand;
      default:
        return operand;
    }
  }
};

}  // namespace model

#endif  // TESTS_MODEL_OPERATION_H_
