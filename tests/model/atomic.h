#ifndef TESTS_MODEL_ATOMIC_H_
#define TESTS_MODEL_ATOMIC_H_

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "tests/model/execution.h"
#include "tests/model/operation.h"
#include "tests/model/order.h"

namespace model {

// Atomic has the members of std::atomic that the core uses, and asks the execution it runs in for
// every value. It keeps no value itself: what a thread reads is a choice among all that was
// written.
template <typename T>
class Atomic {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));

 public:
  constexpr Atomic() noexcept : Atomic(T{}) {}
  constexpr explicit Atomic(T value) noexcept : initial_(value) {
    if (!std::is_constant_evaluated()) Register();
  }
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  T load(StandardOrder order) const noexcept {
    return Value(Do({.kind = OperationKind::kLoad, .order = OrderOf(order)}).result);
  }
  void store(T value, StandardOrder order) noexcept {
    Do({.kind = OperationKind::kStore, .order = OrderOf(order), .operand = Bits(value)});
  }
  T exchange(T value, StandardOrder order) noexcept {
    return Update(OperationKind::kExchange, value, order);
  }
  T fetch_add(T value, StandardOrder order) noexcept {
    return Update(OperationKind::kAdd, value, order);
  }
  T fetch_sub(T value, StandardOrder order) noexcept {
    return Update(OperationKind::kAdd, static_cast<T>(T{} - value), order);
  }
  T fetch_or(T value, StandardOrder order) noexcept {
    return Update(OperationKind::kOr, value, order);
  }
  T fetch_and(T value, StandardOrder order) noexcept {
    return Update(OperationKind::kAnd, value, order);
  }
  T fetch_xor(T value, StandardOrder order) noexcept {
    return Update(OperationKind::kXor, value, order);
  }

  bool compare_exchange_strong(T& expected, T desired, StandardOrder success,
                               StandardOrder failure) noexcept {
    const Operation done = Do({.kind = OperationKind::kCompareExchange,
                               .order = OrderOf(success),
                               .operand = Bits(desired),
                               .expected = Bits(expected),
                               .failure = OrderOf(failure)});
    if (!done.success) expected = Value(done.result);
    return done.success;
  }
  // Never fails without a reason: a loop around it would have executions without end.
  bool compare_exchange_weak(T& expected, T desired, StandardOrder success,
                             StandardOrder failure) noexcept {
    return compare_exchange_strong(expected, desired, success, failure);
  }

  // For the operations on it that std::atomic does not have (tests/model/futex.h).
  Operation Do(Operation operation) const noexcept {
    Register();
    operation.location = location_;
    operation.mask = kMask;
    Execution::Current()->Perform(operation);
    return operation;
  }

  static std::uint64_t Bits(T value) noexcept {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof(T));
    return bits;
  }
  static T Value(std::uint64_t bits) noexcept {
    T value;
    std::memcpy(&value, &bits, sizeof(T));
    return value;
  }

 private:
  static constexpr std::uint64_t kMask = sizeof(T) == sizeof(std::uint64_t)
                                             ? ~std::uint64_t{0}
                                             : (std::uint64_t{1} << (8 * sizeof(T) % 64)) - 1;

  T Update(OperationKind kind, T value, StandardOrder order) noexcept {
    return Value(Do({.kind = kind, .order = OrderOf(order), .operand = Bits(value)}).result);
  }

  // At the first use in each execution, for objects that outlive one.
  void Register() const noexcept {
    Execution* const execution = Execution::Current();
    if (execution == nullptr || execution_ == execution->Number()) return;
    execution_ = execution->Number();
    location_ = execution->AddLocation(this, std::is_signed_v<T> ? sizeof(T) : 0, Bits(initial_));
  }

  T initial_;
  mutable std::uint32_t execution_ = 0;
  mutable std::int32_t location_ = kNone;
};

}  // namespace model

#endif  // TESTS_MODEL_ATOMIC_H_
