#ifndef DISRUPTOR_RING_MEMORY_H_
#define DISRUPTOR_RING_MEMORY_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <new>
#include <utility>

#include "disruptor/cache_line.h"

namespace disruptor {

// RingMemory is the memory that a ring's slots live in, with the way to give it back.
//
// The core never decides where memory comes from: the runtime supplies pages bound to a NUMA node
// and touched in advance, a test a plain array, and whoever has no wish takes Heap().
//
// THREADS  set-up and tear-down only, one thread at a time.
class RingMemory {
 public:
  using Release = std::function<void(std::byte*)>;

  RingMemory() = default;
  // Takes `size` bytes at `data`, aligned to at least kFalseSharingBytes; `release` runs once.
  RingMemory(std::byte* data, std::size_t size, Release release)
      : data_(data), size_(size), release_(std::move(release)) {}
  RingMemory(RingMemory&& other) noexcept { *this = std::move(other); }
  RingMemory& operator=(RingMemory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(release_, other.release_);
    return *this;
  }
  ~RingMemory() {
    if (data_ != nullptr && release_) release_(data_);
  }

  // Heap allocates with operator new, aligned to `alignment` and at least to kFalseSharingBytes;
  // throws std::bad_alloc as that does.
  static RingMemory Heap(std::size_t size, std::size_t alignment = kFalseSharingBytes) {
    const std::align_val_t at{std::max(alignment, kFalseSharingBytes)};
    auto* data = static_cast<std::byte*>(::operator new(size, at));
    return RingMemory(data, size, [at](std::byte* p) { ::operator delete(p, at); });
  }

  [[nodiscard]] std::byte* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  Release release_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_RING_MEMORY_H_
