#ifndef TESTS_SUPPORT_WATCHDOG_H_
#define TESTS_SUPPORT_WATCHDOG_H_

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace tests {

// Watchdog ends the process with a message when it outlives its limit, so that a test that hangs
// says which one it was and what it waited for. The limit is far above what the slowest machine
// needs: it says "this will never come", never "this was slow".
//
//   tests::Watchdog watchdog("the producer leaves a closed ring");
//
// THREADS  one of its own; construct and destroy on the test's.
class Watchdog {
 public:
  static constexpr std::chrono::seconds kDefaultLimit{120};

  // `what` is a literal: it is printed from another thread.
  explicit Watchdog(const char* what, std::chrono::seconds limit = kDefaultLimit)
      : thread_([this, what, limit] {
          std::unique_lock<std::mutex> lock(mutex_);
          if (done_changed_.wait_for(lock, limit, [this] { return done_; })) return;
          std::fprintf(stderr, "watchdog: gave up after %lld s waiting for: %s\n",
                       static_cast<long long>(limit.count()), what);
          std::abort();
        }) {}
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      done_ = true;
    }
    done_changed_.notify_one();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  // Last, because it uses the others from its first moment on.
  std::thread thread_;
};

}  // namespace tests

#endif  // TESTS_SUPPORT_WATCHDOG_H_
