#include "tests/model/fiber.h"

#include <cxxabi.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>

#if !defined(__x86_64__)
#include <ucontext.h>
#endif

namespace model {
namespace {

// The fiber whose first instructions are to run.
Fiber* starting = nullptr;

}  // namespace

#if defined(__x86_64__)

// A switch with ucontext asks the kernel for the signal mask each time, and a switch is most of
// what an explored step costs.
extern "C" void pinwheel_model_switch(void** save, void* load);
asm(R"(
.text
.p2align 4
.globl pinwheel_model_switch
.type pinwheel_model_switch, @function
pinwheel_model_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size pinwheel_model_switch, .-pinwheel_model_switch
)");

struct Fiber::Context {
  void* inside = nullptr;
  void* outside = nullptr;

  void Prepare(std::byte* stack, std::size_t size, void (*entry)()) {
    auto top = reinterpret_cast<std::uintptr_t>(stack + size) & ~std::uintptr_t{15};
    auto* slots = reinterpret_cast<void**>(top);
    // As if `entry` had been called from nowhere, with six registers saved below.
    slots[-1] = nullptr;
    slots[-2] = reinterpret_cast<void*>(entry);
    for (int i = 3; i <= 8; ++i) slots[-i] = nullptr;
    inside = slots - 8;
  }
  void Enter() { pinwheel_model_switch(&outside, inside); }
  void Leave() { pinwheel_model_switch(&inside, outside); }
};

#else

struct Fiber::Context {
  ucontext_t inside;
  ucontext_t outside;

  void Prepare(std::byte* stack, std::size_t size, void (*entry)()) {
    getcontext(&inside);
    inside.uc_stack.ss_sp = stack;
    inside.uc_stack.ss_size = size;
    inside.uc_link = nullptr;
    makecontext(&inside, entry, 0);
  }
  void Enter() { swapcontext(&outside, &inside); }
  void Leave() { swapcontext(&inside, &outside); }
};

#endif

Fiber::Fiber()
    : stack_(std::make_unique_for_overwrite<std::byte[]>(kStackBytes)),
      context_(std::make_unique<Context>()) {}
Fiber::~Fiber() = default;

void Fiber::Start(std::function<void()> function) {
  function_ = std::move(function);
  done_ = false;
  exceptions_ = ExceptionState{};
  context_->Prepare(stack_.get(), kStackBytes, &Fiber::Main);
}

void Fiber::Main() {
  Fiber* const self = starting;
  self->function_();
  self->done_ = true;
  self->Suspend();
  // Nobody resumes a fiber that is done.
  std::abort();
}

void Fiber::Resume() {
  starting = this;
  auto* const globals = reinterpret_cast<std::byte*>(abi::__cxa_get_globals());
  ExceptionState outside;
  std::memcpy(outside.bytes.data(), globals, outside.bytes.size());
  std::memcpy(globals, exceptions_.bytes.data(), exceptions_.bytes.size());
  context_->Enter();
  std::memcpy(exceptions_.bytes.data(), globals, exceptions_.bytes.size());
  std::memcpy(globals, outside.bytes.data(), outside.bytes.size());
}

void Fiber::Suspend() { context_->Leave(); }

}  // namespace model
