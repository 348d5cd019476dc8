#ifndef TESTS_MODEL_NAMES_H_
#define TESTS_MODEL_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace model {

// Names says what the objects of a program are called, for printed schedules.
class Names {
 public:
  void Clear() noexcept { ranges_.clear(); }
  void Add(const void* object, std::size_t size, std::string name) {
    ranges_.push_back({reinterpret_cast<std::uintptr_t>(object), size, std::move(name)});
  }

  // The name of the smallest object around `address`, with the offset where it is not the start.
  [[nodiscard]] std::string Of(const void* address) const {
    const auto at = reinterpret_cast<std::uintptr_t>(address);
    const Range* best = nullptr;
    for (const Range& range : ranges_) {
      if (at < range.begin || at >= range.begin + range.size) continue;
      if (best == nullptr || range.size < best->size) best = &range;
    }
    if (best == nullptr) return "";
    return at == best->begin ? best->name : best->name + "+" + std::to_string(at - best->begin);
  }

 private:
  struct Range {
    std::uintptr_t begin;
    std::size_t size;
    std::string name;
  };

  std::vector<Range> ranges_;
};

}  // namespace model

#endif  // TESTS_MODEL_NAMES_H_
