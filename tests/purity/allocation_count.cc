#include "tests/purity/allocation_count.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local std::int64_t calls = 0;
thread_local bool is_bystander = false;
std::atomic<bool> watching{false};
std::atomic<std::int64_t> watched_calls{0};

void Count() noexcept {
  ++calls;
  if (!is_bystander && watching) ++watched_calls;
}

void* Allocate(std::size_t size, std::size_t alignment) {
  Count();
  // aligned_alloc wants a multiple of the alignment, and never nothing.
  const std::size_t rounded = (size / alignment + 1) * alignment;
  void* const memory = std::aligned_alloc(alignment, rounded);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void Free(void* memory) noexcept {
  Count();
  std::free(memory);
}

}  // namespace

namespace tests::purity {

std::int64_t AllocationCount() noexcept { return calls; }

void StartWatching() noexcept {
  is_bystander = true;
  watched_calls = 0;
  watching = true;
}

std::int64_t StopWatching() noexcept {
  watching = false;
  return watched_calls;
}

}  // namespace tests::purity

// All other forms of the language call one of these.
void* operator new(std::size_t size) { return Allocate(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return Allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { Free(memory); }
void operator delete(void* memory, std::size_t) noexcept { Free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { Free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { Free(memory); }
