#ifndef DISRUPTOR_FUTEX_H_
#define DISRUPTOR_FUTEX_H_

#include <chrono>
#include <cstdint>
#include <limits>

#include "disruptor/atomic.h"

#if !defined(PINWHEEL_MODEL)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#endif

namespace disruptor {

// FutexWord is a counter that threads of this process can sleep on.
//
// This is one of the few headers of the core that reach the operating system: both Wait and Wake
// are system calls, so neither is for a path that has something to do.
//
// Source: futex(2), FUTEX_WAIT_PRIVATE and FUTEX_WAKE_PRIVATE.
class FutexWord {
 public:
#if defined(PINWHEEL_MODEL)
  // The model has no time: a sleep that nobody ends is what it looks for.
  void Wait(std::uint32_t expected, std::chrono::nanoseconds /*timeout*/) noexcept {
    model::FutexWait(value_.Underlying(), expected);
  }
  void Wake() noexcept { model::FutexWake(value_.Underlying(), std::numeric_limits<int>::max()); }
#else
  // Wait sleeps while the value is `expected`, at most `timeout`; it may return early for no
  // reason.
  void Wait(std::uint32_t expected, std::chrono::nanoseconds timeout) noexcept {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
    const timespec relative{.tv_sec = seconds.count(), .tv_nsec = (timeout - seconds).count()};
    syscall(SYS_futex, Address(), FUTEX_WAIT_PRIVATE, expected, &relative, nullptr, 0);
  }
  // Wake lets every thread that sleeps here go.
  void Wake() noexcept {
    syscall(SYS_futex, Address(), FUTEX_WAKE_PRIVATE, std::numeric_limits<int>::max(), nullptr,
            nullptr, 0);
  }
#endif

  [[nodiscard]] Atomic<std::uint32_t>& value() noexcept { return value_; }

 private:
#if !defined(PINWHEEL_MODEL)
  void* Address() noexcept { return &value_; }
  static_assert(sizeof(Atomic<std::uint32_t>) == 4, "the kernel compares 32 bits");
#endif

  Atomic<std::uint32_t> value_{0};
};

}  // namespace disruptor

#endif  // DISRUPTOR_FUTEX_H_
