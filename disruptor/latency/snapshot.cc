#include "disruptor/latency/snapshot.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"

namespace disruptor::latency {
namespace {

std::string Describe(const HistogramGeometry& geometry) {
  return absl::StrFormat("%d significant digits from %d to %d", geometry.significant_digits(),
                         geometry.lowest(), geometry.highest());
}

absl::Status CheckSameGeometry(const Snapshot& a, const Snapshot& b) {
  if (a.geometry() == b.geometry()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "snapshots combine only with equal geometry: one has %s, the other %s; construct both "
      "histograms with the same HistogramGeometry",
      Describe(a.geometry()), Describe(b.geometry())));
}

}  // namespace

Snapshot::Snapshot(const HistogramGeometry& geometry)
    : geometry_(geometry), counts_(geometry.slot_count()) {}

Snapshot Snapshot::Of(const Histogram& histogram) {
  Snapshot snapshot(histogram.geometry());
  for (std::size_t slot = 0; slot < snapshot.counts_.size(); ++slot) {
    snapshot.counts_[slot] = histogram.CountAt(slot);
  }
  snapshot.overflow_ = histogram.overflow();
  snapshot.negative_ = histogram.negative();
  snapshot.Settle(histogram.max());
  return snapshot;
}

absl::StatusOr<Snapshot> Snapshot::Merge(const Snapshot& a, const Snapshot& b) {
  if (absl::Status status = CheckSameGeometry(a, b); !status.ok()) return status;
  Snapshot merged = a;
  for (std::size_t slot = 0; slot < merged.counts_.size(); ++slot) {
    merged.counts_[slot] += b.counts_[slot];
  }
  merged.overflow_ += b.overflow_;
  merged.negative_ += b.negative_;
  merged.Settle(std::max(a.max_, b.max_));
  return merged;
}

absl::StatusOr<Snapshot> Snapshot::Since(const Snapshot& earlier) const {
  if (absl::Status status = CheckSameGeometry(*this, earlier); !status.ok()) return status;
  Snapshot since = *this;
  bool grew = overflow_ >= earlier.overflow_ && negative_ >= earlier.negative_;
  for (std::size_t slot = 0; slot < counts_.size(); ++slot) {
    grew = grew && counts_[slot] >= earlier.counts_[slot];
    since.counts_[slot] -= earlier.counts_[slot];
  }
  if (!grew) {
    return absl::InvalidArgumentError(
        "Snapshot::Since: a count is smaller than in the earlier snapshot; the earlier one must "
        "come first and from the same histogram");
  }
  since.overflow_ -= earlier.overflow_;
  since.negative_ -= earlier.negative_;
  // The maximum so far bounds that of the interval, and Settle brings it down to the top slot.
  since.Settle(max_);
  return since;
}

void Snapshot::Settle(std::int64_t max_seen) {
  in_range_ = 0;
  std::size_t top = 0;
  for (std::size_t slot = 0; slot < counts_.size(); ++slot) {
    in_range_ += counts_[slot];
    if (counts_[slot] != 0) top = slot;
  }
  // The writer's maximum may have been read a record too early or too late for these slots.
  if (overflow_ != 0) {
    max_ = std::max(max_seen, geometry_.highest() + 1);
  } else if (in_range_ != 0) {
    max_ = std::clamp(max_seen, geometry_.LowestOf(top), geometry_.HighestOf(top));
  } else {
    max_ = 0;
  }
}

Percentile Snapshot::ValueAt(double percent) const {
  const std::uint64_t total = samples();
  if (total == 0) return {Percentile::Kind::kNoSamples, 0};
  const double wanted = std::clamp(percent, 0.0, 100.0);
  // One step down first: 16.1 * 1000 / 100 is a little above 161 in binary, and would give rank
  // 162.
  const double stepped = std::nextafter(wanted, -1.0);
  const double exact_rank = std::ceil(stepped * static_cast<double>(total) / 100.0);
  const std::uint64_t rank =
      exact_rank > 1 ? std::min(static_cast<std::uint64_t>(exact_rank), total) : 1;
  std::uint64_t seen = 0;
  for (std::size_t slot = 0; slot < counts_.size(); ++slot) {
    seen += counts_[slot];
    if (seen < rank) continue;
    return {Percentile::Kind::kValue,
            wanted == 0.0 ? geometry_.LowestOf(slot) : geometry_.HighestOf(slot)};
  }
  return {Percentile::Kind::kAboveHighest, geometry_.highest()};
}

std::int64_t Snapshot::min() const {
  for (std::size_t slot = 0; slot < counts_.size(); ++slot) {
    if (counts_[slot] != 0) return geometry_.LowestOf(slot);
  }
  return overflow_ != 0 ? geometry_.highest() + 1 : 0;
}

double Snapshot::MiddleOf(std::size_t slot) const {
  return static_cast<double>(geometry_.LowestOf(slot) + geometry_.WidthOf(slot) / 2);
}

double Snapshot::Mean() const {
  if (in_range_ == 0) return 0;
  double sum = 0;
  for (std::size_t slot = 0; slot < counts_.size(); ++slot) {
    if (counts_[slot] != 0) sum += static_cast<double>(counts_[slot]) * MiddleOf(slot);
  }
  return sum / static_cast<double>(in_range_);
}

double Snapshot::StdDev() const {
  if (in_range_ == 0) return 0;
  const double mean = Mean();
  double squares = 0;
  for (std::size_t slot = 0; slot < counts_.size(); ++slot) {
    if (counts_[slot] == 0) continue;
    const double distance = MiddleOf(slot) - mean;
    squares += static_cast<double>(counts_[slot]) * distance * distance;
  }
  return std::sqrt(squares / static_cast<double>(in_range_));
}

}  // namespace disruptor::latency
