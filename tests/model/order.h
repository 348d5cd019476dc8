#ifndef TESTS_MODEL_ORDER_H_
#define TESTS_MODEL_ORDER_H_

#include <atomic>
#include <cstdint>

namespace model {

// Order is the memory order of an operation. kPlain marks the value that an atomic is born with.
enum class Order : std::uint8_t { kPlain, kRelaxed, kAcquire, kRelease, kAcqRel, kSeqCst };

using StandardOrder = std::memory_order;

constexpr Order OrderOf(StandardOrder order) noexcept {
  switch (order) {
    case std::memory_order_relaxed:
      return Order::kRelaxed;
    case std::memory_order_consume:
    case std::memory_order_acquire:
      return Order::kAcquire;
    case std::memory_order_release:
      return Order::kRelease;
    case std::memory_order_acq_rel:
      return Order::kAcqRel;
    case std::memory_order_seq_cst:
      return Order::kSeqCst;
  }
  return Order::kSeqCst;
}

constexpr bool Acquires(Order order) noexcept {
  return order == Order::kAcquire || order == Order::kAcqRel || order == Order::kSeqCst;
}
constexpr bool Releases(Order order) noexcept {
  return order == Order::kRelease || order == Order::kAcqRel || order == Order::kSeqCst;
}

constexpr const char* ToString(Order order) noexcept {
  switch (order) {
    case Order::kPlain:
      return "initial";
    case Order::kRelaxed:
      return "relaxed";
    case Order::kAcquire:
      return "acquire";
    case Order::kRelease:
      return "release";
    case Order::kAcqRel:
      return "acq_rel";
    case Order::kSeqCst:
      return "seq_cst";
  }
  return "unknown";
}

}  // namespace model

#endif  // TESTS_MODEL_ORDER_H_
