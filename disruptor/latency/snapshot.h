#ifndef DISRUPTOR_LATENCY_SNAPSHOT_H_
#define DISRUPTOR_LATENCY_SNAPSHOT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "disruptor/latency/histogram.h"
#include "disruptor/latency/histogram_geometry.h"

namespace disruptor::latency {

// Percentile is the answer of Snapshot::ValueAt.
struct Percentile {
  enum class Kind : std::uint8_t {
    kValue,         // `value` is at least as large as the percentile, by less than a slot width
    kAboveHighest,  // the rank falls among the values that no slot holds: print "> `value`"
    kNoSamples,     // `value` is 0 and means nothing
  };
  Kind kind = Kind::kNoSamples;
  std::int64_t value = 0;

  friend bool operator==(const Percentile&, const Percentile&) = default;
};

// Snapshot is an immutable copy of a histogram's counts, and everything that is computed from them.
//
//   Threads  Of() may run while the writer records; the result belongs to the caller.
//   Agrees   with itself: samples() is the sum of the slots that were copied, not a counter read at
//            another moment.
//   Out of range  samples above the highest value take part in ranks (a percentile among them is
//            "> highest") but not in the mean; negative ones take part in nothing. Both are
//            counted.
class Snapshot {
 public:
  // No samples.
  explicit Snapshot(const HistogramGeometry& geometry = HistogramGeometry());

  // Of copies `histogram` as it is now. Allocates and reads every slot: not for the writer.
  static Snapshot Of(const Histogram& histogram);

  // Merge is the counts of both, as if one histogram had recorded all of it. Counts merge;
  // percentiles never average.
  //   Fails  InvalidArgument naming both geometries where they differ.
  static absl::StatusOr<Snapshot> Merge(const Snapshot& a, const Snapshot& b);

  // Since is what was recorded after `earlier`, which must be a snapshot of the same histogram
  // taken before this one: how a warm-up is left out. The maximum of the result is exact where it
  // is the maximum of this snapshot too, else the highest value of its slot.
  //   Fails  InvalidArgument where geometries differ or a count would be below zero.
  absl::StatusOr<Snapshot> Since(const Snapshot& earlier) const;

  const HistogramGeometry& geometry() const { return geometry_; }

  // All samples that are not negative: in a slot or above the highest value.
  std::uint64_t samples() const { return in_range_ + overflow_; }
  std::uint64_t overflow() const { return overflow_; }
  std::uint64_t negative() const { return negative_; }
  std::uint64_t CountAt(std::size_t slot) const { return counts_[slot]; }

  // ValueAt is the percentile `percent` (clamped to 0..100): the highest value of the slot that
  // holds the sample of rank max(1, ceil(percent * samples / 100)), and for 0 the lowest value of
  // the first slot.
  Percentile ValueAt(double percent) const;

  // min is the lowest value of the first slot in use; max is exact. Both 0 without samples.
  std::int64_t min() const;
  std::int64_t max() const { return max_; }

  // Mean and population standard deviation of the samples in slots, each taken as the middle of its
  // slot; 0 where no slot is in use. With overflow() > 0 both are too low, and a report says so.
  double Mean() const;
  double StdDev() const;

 private:
  // Adds up the slots and brings the maximum into agreement with them.
  void Settle(std::int64_t max_seen);

  double MiddleOf(std::size_t slot) const;

  HistogramGeometry geometry_;
  std::vector<std::uint64_t> counts_;
  std::uint64_t in_range_ = 0;
  std::uint64_t overflow_ = 0;
  std::uint64_t negative_ = 0;
  std::int64_t max_ = 0;
};

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_SNAPSHOT_H_
