#ifndef DISRUPTOR_CHECK_H_
#define DISRUPTOR_CHECK_H_

#include <cstdio>
#include <cstdlib>

namespace disruptor::internal {

[[noreturn]] inline void CheckFailed(const char* file, int line, const char* condition,
                                     const char* message) noexcept {
  std::fprintf(stderr, "%s:%d: check failed: %s: %s\n", file, line, condition, message);
  std::abort();
}

}  // namespace disruptor::internal

// PINWHEEL_CHECK aborts with `message` when a programmer's promise is broken. Always on, so for
// cold paths only; what a user can get wrong at run time is a Status instead.
#define PINWHEEL_CHECK(condition, message) \
  (static_cast<bool>(condition)            \
       ? static_cast<void>(0)              \
       : ::disruptor::internal::CheckFailed(__FILE__, __LINE__, #condition, (message)))

// PINWHEEL_DCHECK is the same for hot paths: on without NDEBUG (the dbg, asan and tsan
// configurations), nothing at all with it. Never change a class layout under NDEBUG: translation
// units compiled either way must agree.
#ifdef NDEBUG
#define PINWHEEL_DCHECK(condition, message) static_cast<void>(0)
#else
#define PINWHEEL_DCHECK(condition, message) PINWHEEL_CHECK(condition, message)
#endif

#endif  // DISRUPTOR_CHECK_H_
