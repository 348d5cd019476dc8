#ifndef TESTS_STRESS_PAYLOAD_H_
#define TESTS_STRESS_PAYLOAD_H_

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tests::stress {

// Payload is an event of four fields that check one another, so that a slot read half-written, one
// lap too late or one lap too early shows; and a mark of each stage, which the stages behind it and
// the producer of the next lap look for.
//
// THREADS  construction and destruction: one. The fields: whoever has been given the slot; stages
//          side by side write their own mark only.
class Payload {
 public:
  static constexpr std::size_t kStages = 4;
  static constexpr std::int64_t kNotYet = -1;

  Payload() noexcept {
    marks_.fill(kNotYet);
    ++live;
  }
  Payload(const Payload&) = delete;
  Payload& operator=(const Payload&) = delete;
  ~Payload() { --live; }

  void Write(std::int64_t sequence) noexcept {
    sequence_ = sequence;
    plus_13_ = sequence + 13;
    text_size_ = static_cast<std::size_t>(
        std::to_chars(text_.data(), text_.data() + text_.size(), sequence).ptr - text_.data());
    minus_7_ = sequence - 7;
  }

  [[nodiscard]] bool Holds(std::int64_t sequence) const noexcept {
    std::array<char, 24> text;
    const char* const end = std::to_chars(text.data(), text.data() + text.size(), sequence).ptr;
    return sequence_ == sequence && plus_13_ == sequence + 13 && minus_7_ == sequence - 7 &&
           std::string_view(text_.data(), text_size_) ==
               std::string_view(text.data(), static_cast<std::size_t>(end - text.data()));
  }

  void Mark(std::size_t stage, std::int64_t sequence) noexcept { marks_[stage] = sequence; }
  [[nodiscard]] std::int64_t mark(std::size_t stage) const noexcept { return marks_[stage]; }

  static inline int live = 0;

 private:
  std::int64_t sequence_ = kNotYet;
  std::int64_t plus_13_ = 0;
  std::array<char, 24> text_{};
  std::size_t text_size_ = 0;
  std::int64_t minus_7_ = 0;
  std::array<std::int64_t, kStages> marks_;
};

}  // namespace tests::stress

#endif  // TESTS_STRESS_PAYLOAD_H_
