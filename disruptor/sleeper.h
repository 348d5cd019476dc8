#ifndef DISRUPTOR_SLEEPER_H_
#define DISRUPTOR_SLEEPER_H_

#include <chrono>
#include <cstdint>

#include "disruptor/cache_line.h"
#include "disruptor/futex.h"

namespace disruptor {

// Sleeper is where one thread sleeps, and how others wake it. wake_list.h has the protocol.
//
// THREADS   Prepare, Sleep: the one thread that this belongs to. Wake: any.
// CACHE     lines of its own: written by a waker only while the owner sleeps or is about to.
class alignas(kFalseSharingBytes) Sleeper {
 public:
  // Prepare comes before the last look at whether there is work; its answer is for Sleep.
  [[nodiscard]] std::uint32_t Prepare() noexcept {
    return word_.value().LoadAcquire();  // E5 acquire <- Sleeper::Wake
  }

  // Sleep returns when Wake() was called since `prepared`, after `timeout`, or for no reason.
  void Sleep(std::uint32_t prepared, std::chrono::nanoseconds timeout) noexcept {
    word_.Wait(prepared, timeout);
  }

  // Wake ends the sleep, or the attempt at one. Without release here and acquire in Prepare, a
  // thread that comes to sleep after this could still miss what the waker did before, and sleep on
  // it.
  void Wake() noexcept {
    word_.value().FetchAddRelease(1);  // E5 release -> Sleeper::Prepare
    word_.Wake();
  }

 private:
  FutexWord word_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_SLEEPER_H_
