#ifndef DISRUPTOR_LATENCY_HISTOGRAM_GEOMETRY_H_
#define DISRUPTOR_LATENCY_HISTOGRAM_GEOMETRY_H_

#include <bit>
#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"

namespace disruptor::latency {

// HistogramGeometry maps values to slots: the log-linear layout of HdrHistogram, so that files
// written from it mean the same to every reader of that format.
//
// A bucket covers a power of two and is cut into equal sub-buckets. Bucket 0 uses all
// `sub_bucket_count` of them; each later bucket spans twice the range of the one before and only
// its upper half is new:
//
//   s = 2, L = 1: 256 sub-buckets       values                slot width   slots
//   bucket 0                            0 .. 255                       1   0 .. 255
//   bucket 1                            256 .. 511                     2   256 .. 383
//   bucket 2                            512 .. 1,023                   4   384 .. 511
//   bucket k                            2^(7+k) .. 2^(8+k) - 1       2^k   128 each
//
// Worst relative slot width is 2 / sub_bucket_count:
//
//   significant digits      1       2        3        4         5
//   sub_bucket_count       32     256    2,048   32,768   262,144
//   worst slot width    6.3 %  0.79 %  0.098 %  0.006 %  0.0008 %
//   slots for 10 s        496   3,584   25,600  344,064  2,359,296
class HistogramGeometry {
 public:
  // Two digits, 1 ns to 10 s when the unit is a nanosecond.
  static constexpr int kDefaultDigits = 2;
  static constexpr std::int64_t kDefaultLowest = 1;
  static constexpr std::int64_t kDefaultHighest = 10'000'000'000;

  constexpr HistogramGeometry() noexcept
      : HistogramGeometry(kDefaultDigits, kDefaultLowest, kDefaultHighest) {}

  // Create checks its arguments: significant_digits in 1..5, lowest >= 1, highest >= 2 * lowest and
  // at most 2^62, and a sub-bucket range (sub_bucket_count times the unit) of at most 2^62.
  //   Fails  InvalidArgument naming the argument and its range.
  static absl::StatusOr<HistogramGeometry> Create(int significant_digits, std::int64_t lowest,
                                                  std::int64_t highest);

  [[nodiscard]] constexpr int significant_digits() const noexcept { return significant_digits_; }
  [[nodiscard]] constexpr std::int64_t lowest() const noexcept { return lowest_; }
  [[nodiscard]] constexpr std::int64_t highest() const noexcept { return highest_; }
  [[nodiscard]] constexpr int unit_magnitude() const noexcept { return unit_magnitude_; }
  [[nodiscard]] constexpr std::int64_t sub_bucket_count() const noexcept {
    return std::int64_t{2} << half_magnitude_;
  }
  [[nodiscard]] constexpr int bucket_count() const noexcept { return bucket_count_; }
  [[nodiscard]] constexpr std::size_t slot_count() const noexcept {
    return (static_cast<std::size_t>(bucket_count_) + 1) << half_magnitude_;
  }

  // The slot of `value`, which must be in 0..highest(). The general formula,
  // ((bucket + 1) << half_magnitude) + (sub - half), with the two halves cancelled.
  [[nodiscard]] constexpr std::size_t SlotOf(std::uint64_t value) const noexcept {
    // The 1 changes no width, because the mask is never 0; it spares the compiler a test for 0.
    const int width = static_cast<int>(std::bit_width(value | sub_bucket_mask_ | 1));
    const int bucket = width - bucket0_width_;
    const std::uint64_t sub = value >> (bucket + unit_magnitude_);
    return (static_cast<std::size_t>(bucket) << half_magnitude_) + static_cast<std::size_t>(sub);
  }

  // The lowest value that falls into `slot`.
  [[nodiscard]] constexpr std::int64_t LowestOf(std::size_t slot) const noexcept {
    const int bucket = BucketOf(slot);
    const std::size_t sub = slot - (static_cast<std::size_t>(bucket) << half_magnitude_);
    return static_cast<std::int64_t>(sub) << (bucket + unit_magnitude_);
  }

  // How many values fall into `slot`.
  [[nodiscard]] constexpr std::int64_t WidthOf(std::size_t slot) const noexcept {
    return std::int64_t{1} << (BucketOf(slot) + unit_magnitude_);
  }

  // The highest value that falls into `slot`: what percentiles report.
  [[nodiscard]] constexpr std::int64_t HighestOf(std::size_t slot) const noexcept {
    return LowestOf(slot) + (WidthOf(slot) - 1);
  }

  friend bool operator==(const HistogramGeometry&, const HistogramGeometry&) = default;

 private:
  constexpr HistogramGeometry(int digits, std::int64_t lowest, std::int64_t highest) noexcept
      : lowest_(lowest),
        highest_(highest),
        significant_digits_(digits),
        unit_magnitude_(static_cast<int>(std::bit_width(static_cast<std::uint64_t>(lowest))) - 1),
        half_magnitude_(HalfMagnitude(digits)),
        bucket0_width_(unit_magnitude_ + half_magnitude_ + 1),
        sub_bucket_mask_(((std::uint64_t{2} << half_magnitude_) - 1) << unit_magnitude_),
        bucket_count_(1) {
    const auto top = static_cast<std::uint64_t>(highest);
    while ((std::uint64_t{1} << (bucket0_width_ + bucket_count_ - 1)) <= top) ++bucket_count_;
  }

  // ceil(log2(2 * 10^digits)) - 1.
  static constexpr int HalfMagnitude(int digits) noexcept {
    std::uint64_t resolution = 2;
    for (int i = 0; i < digits; ++i) resolution *= 10;
    return static_cast<int>(std::bit_width(resolution - 1)) - 1;
  }

  constexpr int BucketOf(std::size_t slot) const noexcept {
    const int bucket = static_cast<int>(slot >> half_magnitude_) - 1;
    return bucket < 0 ? 0 : bucket;
  }

  std::int64_t lowest_;
  std::int64_t highest_;
  int significant_digits_;
  int unit_magnitude_;
  int half_magnitude_;
  // Bits of the largest value of bucket 0.
  int bucket0_width_;
  std::uint64_t sub_bucket_mask_;
  int bucket_count_;
};

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_HISTOGRAM_GEOMETRY_H_
