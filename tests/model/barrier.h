#ifndef TESTS_MODEL_BARRIER_H_
#define TESTS_MODEL_BARRIER_H_

#include "tests/model/execution.h"
#include "tests/model/order.h"

namespace model {

// Fence is std::atomic_thread_fence.
inline void Fence(StandardOrder order) noexcept {
  Operation fence{.kind = OperationKind::kFence, .order = OrderOf(order)};
  Execution::Current()->Perform(fence);
}

// LightBarrier is the hot side of an asymmetric barrier, where the real one only keeps the compiler
// from moving accesses across; HeavyBarrier is the other side, membarrier. Each heavy barrier makes
// every light one act as a sequentially consistent fence towards it. Between two light barriers
// there is no order.
inline void LightBarrier() noexcept {
  Operation barrier{.kind = OperationKind::kLightBarrier};
  Execution::Current()->Perform(barrier);
}
inline void HeavyBarrier() noexcept {
  Operation barrier{.kind = OperationKind::kHeavyBarrier};
  Execution::Current()->Perform(barrier);
}

}  // namespace model

#endif  // TESTS_MODEL_BARRIER_H_
