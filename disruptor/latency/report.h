#ifndef DISRUPTOR_LATENCY_REPORT_H_
#define DISRUPTOR_LATENCY_REPORT_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "disruptor/latency/snapshot.h"

namespace disruptor::latency {

// kReportPercentiles are the columns of a table, between the name and the maximum.
inline constexpr std::array<double, 5> kReportPercentiles = {50, 90, 99, 99.9, 99.99};

// SamplesNeeded is how many samples a percentile must rest on before a report prints it:
// 100 / (1 - p), so that about a hundred lie beyond it (p50 200, p99 10,000, p99.99 1,000,000).
std::uint64_t SamplesNeeded(double percent);

// ReportedPercentile is Snapshot::ValueAt as reports show it: kNoSamples where it rests on fewer
// than SamplesNeeded, and never above the exact maximum (a slot's highest value can be).
Percentile ReportedPercentile(const Snapshot& snapshot, double percent);

// FormatNanos prints with three digits and the unit that suits: "85 ns", "1.20 us", "15.3 ms",
// "2.00 s". Never wider than 8 characters below 10,000 s.
std::string FormatNanos(std::int64_t nanos);

// PercentileTable is the table that every report ends in: a row per metric, usually a stage.
//
//   latency          p50      p90      p99    p99.9   p99.99      max      samples
//   decode         85 ns   120 ns   310 ns  1.20 us        -  15.3 us      300,000
//   book          410 ns   620 ns  1.93 us  7.10 us        -   142 us      300,000
//   -: too few samples for this percentile; p99.99 needs 1,000,000
//   out of range: none
//
// "-" stands where a percentile rests on too few samples (SamplesNeeded), "> 10.0 s" where it falls
// among values that the histogram does not hold. Samples out of range, above or negative, are
// always accounted for below the table. At most 100 columns; longer names are cut.
class PercentileTable {
 public:
  enum class Unit : std::uint8_t { kNanoseconds, kCount };

  struct Row {
    std::string name;
    Unit unit;
    Snapshot snapshot;
  };

  // `title` heads the column of names.
  explicit PercentileTable(std::string title);

  // Rows keep the order in which they were added.
  void AddRow(std::string name, Snapshot snapshot, Unit unit = Unit::kNanoseconds);

  const std::string& title() const { return title_; }
  const std::vector<Row>& rows() const { return rows_; }

  // ToText ends in a line feed.
  std::string ToText() const;

 private:
  std::string title_;
  std::vector<Row> rows_;
};

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_REPORT_H_
