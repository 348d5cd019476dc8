#ifndef DISRUPTOR_ASYMMETRIC_BARRIER_H_
#define DISRUPTOR_ASYMMETRIC_BARRIER_H_

#include "disruptor/atomic.h"

#if !defined(PINWHEEL_MODEL)
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace disruptor {

// A pair of barriers that together order "store mine, then load yours" on both sides, as two full
// fences would, with all of the cost on one side. The hot side pays nothing but a compiler barrier;
// the cold side makes every thread of the process that is running pass a full fence.
//
//   hot:  x.StoreRelease(1); LightBarrier();  r1 = y.LoadRelaxed();
//   cold: y.StoreRelaxed(1); HeavyBarrier();  r2 = x.LoadAcquire();       never r1 == r2 == 0
//
// This is one of the few headers of the core that reach the operating system, and it does so in
// HeavyBarrier and RegisterHeavyBarrier only.
//
// Source: membarrier(2), MEMBARRIER_CMD_PRIVATE_EXPEDITED (Linux 4.14); the use of it for wait-free
// hot sides is userspace RCU's.

#if defined(PINWHEEL_MODEL)

inline void LightBarrier() noexcept { model::LightBarrier(); }
inline void HeavyBarrier() noexcept { model::HeavyBarrier(); }
inline bool RegisterHeavyBarrier() noexcept { return true; }

#else

// LightBarrier keeps the compiler from moving the load before the store; no instruction.
inline void LightBarrier() noexcept { asm volatile("" ::: "memory"); }

// RegisterHeavyBarrier makes HeavyBarrier usable in this process; false where the kernel or a
// seccomp filter does not have it. Set-up only; may be called again.
inline bool RegisterHeavyBarrier() noexcept {
  return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
}

// HeavyBarrier requires that RegisterHeavyBarrier returned true. A system call that interrupts the
// other running threads of the process: a few microseconds.
inline void HeavyBarrier() noexcept {
  syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

#endif

}  // namespace disruptor

#endif  // DISRUPTOR_ASYMMETRIC_BARRIER_H_
