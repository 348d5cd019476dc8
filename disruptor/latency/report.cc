#include "disruptor/latency/report.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace disruptor::latency {
namespace {

// 6 values and the samples leave 32 of 100 columns for the name.
constexpr int kValueWidth = 9;
constexpr int kSamplesWidth = 13;
constexpr std::size_t kNameWidthMin = 10;
constexpr std::size_t kNameWidthMax = 32;

// Three significant digits of a value that is below 999.5, or all digits of a larger one.
std::string ThreeDigits(double value) {
  if (value < 9.995) return absl::StrFormat("%.2f", value);
  if (value < 99.95) return absl::StrFormat("%.1f", value);
  return absl::StrFormat("%.0f", value);
}

std::string Grouped(std::uint64_t value) {
  std::string digits = absl::StrCat(value);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string FormatCount(std::int64_t count) {
  if (count < 1'000'000) return Grouped(static_cast<std::uint64_t>(count));
  const double millions = static_cast<double>(count) * 1e-6;
  if (millions < 999.5) return ThreeDigits(millions) + " M";
  return ThreeDigits(millions * 1e-3) + " G";
}

std::string Format(PercentileTable::Unit unit, std::int64_t value) {
  return unit == PercentileTable::Unit::kCount ? FormatCount(value) : FormatNanos(value);
}

std::string FormatCell(const PercentileTable::Row& row, double percent) {
  const Percentile percentile = ReportedPercentile(row.snapshot, percent);
  switch (percentile.kind) {
    case Percentile::Kind::kValue:
      return Format(row.unit, percentile.value);
    case Percentile::Kind::kAboveHighest:
      return "> " + Format(row.unit, percentile.value);
    case Percentile::Kind::kNoSamples:
      break;
  }
  return "-";
}

// Cuts a long name, and never inside a UTF-8 character.
std::string Cut(const std::string& name) {
  if (name.size() <= kNameWidthMax) return name;
  std::size_t end = kNameWidthMax - 2;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return name.substr(0, end) + "..";
}

std::string OutOfRangeLines(const std::vector<PercentileTable::Row>& rows) {
  std::string lines;
  for (const PercentileTable::Row& row : rows) {
    const std::uint64_t overflow = row.snapshot.overflow();
    const std::uint64_t negative = row.snapshot.negative();
    if (overflow == 0 && negative == 0) continue;
    absl::StrAppend(&lines, "out of range: ", Cut(row.name), " ", Grouped(overflow), " above ",
                    Format(row.unit, row.snapshot.geometry().highest()), ", ", Grouped(negative),
                    " negative\n");
  }
  return lines.empty() ? "out of range: none\n" : lines;
}

// The legend of "-": the lowest percentile that some row lacks. A row without samples needs none.
std::string TooFewLine(const std::vector<PercentileTable::Row>& rows) {
  for (const double percent : kReportPercentiles) {
    const std::uint64_t needed = SamplesNeeded(percent);
    for (const PercentileTable::Row& row : rows) {
      if (row.snapshot.samples() == 0 || row.snapshot.samples() >= needed) continue;
      return absl::StrFormat("-: too few samples for this percentile; p%g needs %s\n", percent,
                             Grouped(needed));
    }
  }
  return "";
}

}  // namespace

std::uint64_t SamplesNeeded(double percent) {
  if (percent >= 100) return 1;
  return static_cast<std::uint64_t>(std::llround(10'000 / (100 - percent)));
}

Percentile ReportedPercentile(const Snapshot& snapshot, double percent) {
  if (snapshot.samples() < SamplesNeeded(percent)) return {};
  Percentile percentile = snapshot.ValueAt(percent);
  if (percentile.kind == Percentile::Kind::kValue) {
    percentile.value = std::min(percentile.value, snapshot.max());
  }
  return percentile;
}

std::string FormatNanos(std::int64_t nanos) {
  if (nanos < 0) return "-" + FormatNanos(-nanos);
  if (nanos < 1000) return absl::StrCat(nanos, " ns");
  const double value = static_cast<double>(nanos);
  if (value * 1e-3 < 999.5) return ThreeDigits(value * 1e-3) + " us";
  if (value * 1e-6 < 999.5) return ThreeDigits(value * 1e-6) + " ms";
  return ThreeDigits(value * 1e-9) + " s";
}

PercentileTable::PercentileTable(std::string title) : title_(std::move(title)) {}

void PercentileTable::AddRow(std::string name, Snapshot snapshot, Unit unit) {
  rows_.push_back({std::move(name), unit, std::move(snapshot)});
}

std::string PercentileTable::ToText() const {
  std::size_t name_width = std::max(kNameWidthMin, Cut(title_).size());
  for (const Row& row : rows_) name_width = std::max(name_width, Cut(row.name).size());
  const int width = static_cast<int>(name_width);

  std::string text = absl::StrFormat("%-*s", width, Cut(title_));
  for (const double percent : kReportPercentiles) {
    absl::StrAppendFormat(&text, "%*s", kValueWidth, absl::StrFormat("p%g", percent));
  }
  absl::StrAppendFormat(&text, "%*s%*s\n", kValueWidth, "max", kSamplesWidth, "samples");

  for (const Row& row : rows_) {
    absl::StrAppendFormat(&text, "%-*s", width, Cut(row.name));
    for (const double percent : kReportPercentiles) {
      absl::StrAppendFormat(&text, "%*s", kValueWidth, FormatCell(row, percent));
    }
    const bool empty = row.snapshot.samples() == 0;
    absl::StrAppendFormat(&text, "%*s%*s\n", kValueWidth,
                          empty ? "-" : Format(row.unit, row.snapshot.max()), kSamplesWidth,
                          Grouped(row.snapshot.samples()));
  }
  return text + TooFewLine(rows_) + OutOfRangeLines(rows_);
}

}  // namespace disruptor::latency
