#ifndef DISRUPTOR_ATOMIC_H_
#define DISRUPTOR_ATOMIC_H_

#include <atomic>

#if defined(PINWHEEL_MODEL)
#include "tests/model/atomic.h"
#include "tests/model/barrier.h"
#include "tests/model/futex.h"
#endif

namespace disruptor {

namespace internal {

// What holds the value: the standard's atomic, or in the programs of tests/model one that explores
// all interleavings and all values that the memory model allows (docs/model_checking.md).
#if defined(PINWHEEL_MODEL)
template <typename T>
using AtomicValue = model::Atomic<T>;
#else
template <typename T>
using AtomicValue = std::atomic<T>;
#endif

}  // namespace internal

// Atomic is std::atomic with the memory order in the name of the operation, so that a call site
// shows which order it relies on and a default seq_cst cannot slip in.
//
// This is the one header of the core that names the standard's orders, hence also the one place
// where a test build can put another implementation of them.
template <typename T>
class Atomic {
  static_assert(std::atomic<T>::is_always_lock_free, "a lock here would be one on every hot path");

 public:
  constexpr Atomic() noexcept : value_(T{}) {}
  constexpr explicit Atomic(T value) noexcept : value_(value) {}
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  // Relaxed: the value alone. Nothing that the writer did before becomes visible with it.
  [[nodiscard]] T LoadRelaxed() const noexcept { return value_.load(std::memory_order_relaxed); }
  void StoreRelaxed(T value) noexcept { value_.store(value, std::memory_order_relaxed); }

  // Acquire and release: whoever loads the value sees all that its writer did before the store.
  [[nodiscard]] T LoadAcquire() const noexcept { return value_.load(std::memory_order_acquire); }
  void StoreRelease(T value) noexcept { value_.store(value, std::memory_order_release); }

  // Read-modify-writes return the value before. Those of one variable have one order in all
  // threads.
  T ExchangeRelaxed(T value) noexcept { return value_.exchange(value, std::memory_order_relaxed); }
  T FetchAddRelease(T value) noexcept { return value_.fetch_add(value, std::memory_order_release); }
  T FetchOrAcquire(T bits) noexcept { return value_.fetch_or(bits, std::memory_order_acquire); }
  T FetchOrRelease(T bits) noexcept { return value_.fetch_or(bits, std::memory_order_release); }
  T FetchAndRelaxed(T bits) noexcept { return value_.fetch_and(bits, std::memory_order_relaxed); }

  // What the futex call names.
  [[nodiscard]] internal::AtomicValue<T>& Underlying() noexcept { return value_; }

 private:
  internal::AtomicValue<T> value_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_ATOMIC_H_
