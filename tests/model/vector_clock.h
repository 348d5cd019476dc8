#ifndef TESTS_MODEL_VECTOR_CLOCK_H_
#define TESTS_MODEL_VECTOR_CLOCK_H_

#include <algorithm>
#include <array>
#include <cstdint>

namespace model {

// kMaxThreads counts the thread of the body, which is thread 0.
inline constexpr int kMaxThreads = 8;

// VectorClock says how many events of each thread happen before a point.
class VectorClock {
 public:
  [[nodiscard]] std::int32_t operator[](int thread) const noexcept {
    return counts_[static_cast<std::size_t>(thread)];
  }
  void Set(int thread, std::int32_t count) noexcept {
    counts_[static_cast<std::size_t>(thread)] = count;
  }
  void Join(const VectorClock& other) noexcept {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      counts_[i] = std::max(counts_[i], other.counts_[i]);
    }
  }

 private:
  std::array<std::int32_t, kMaxThreads> counts_{};
};

}  // namespace model

#endif  // TESTS_MODEL_VECTOR_CLOCK_H_
