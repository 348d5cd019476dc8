#ifndef TESTS_MODEL_FIBER_H_
#define TESTS_MODEL_FIBER_H_

#include <array>
#include <cstddef>
#include <functional>
#include <memory>

namespace model {

// Whether this build can switch stacks: the address and thread sanitizers keep books about stacks
// that a switch makes wrong.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kFibersWork = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kFibersWork = false;
#else
inline constexpr bool kFibersWork = true;
#endif
#else
inline constexpr bool kFibersWork = true;
#endif

// Fiber is a function with a stack of its own, run piece by piece from an ordinary thread: Resume()
// runs it until it calls Suspend() or returns.
//
// A fiber that is not resumed any more is dropped as it stands: what lives on its stack is not
// destroyed. Exceptions work inside a fiber, and must not leave it.
class Fiber {
 public:
  static constexpr std::size_t kStackBytes = 128 * 1024;

  Fiber();
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Start makes the next Resume begin `function`, whatever this fiber did before.
  void Start(std::function<void()> function);
  void Resume();
  // Suspend is called inside the fiber.
  void Suspend();
  [[nodiscard]] bool done() const noexcept { return done_; }

 private:
  struct Context;
  // What the C++ runtime keeps per thread about exceptions being handled: belongs to the stack.
  struct ExceptionState {
    std::array<std::byte, 2 * sizeof(void*)> bytes{};
  };

  static void Main();

  std::function<void()> function_;
  std::unique_ptr<std::byte[]> stack_;
  std::unique_ptr<Context> context_;
  ExceptionState exceptions_;
  bool done_ = true;
};

}  // namespace model

#endif  // TESTS_MODEL_FIBER_H_
