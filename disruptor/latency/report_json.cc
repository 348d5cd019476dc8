#include "disruptor/latency/report_json.h"

#include <utility>

#include "disruptor/latency/snapshot.h"

namespace disruptor::latency {
namespace {

nlohmann::json PercentilesJson(const Snapshot& snapshot) {
  nlohmann::json percentiles = nlohmann::json::array();
  for (const double percent : kReportPercentiles) {
    const Percentile percentile = ReportedPercentile(snapshot, percent);
    nlohmann::json entry = {
        {"percentile", percent}, {"value", nullptr}, {"samples_needed", SamplesNeeded(percent)}};
    if (percentile.kind == Percentile::Kind::kValue) entry["value"] = percentile.value;
    if (percentile.kind == Percentile::Kind::kAboveHighest) entry["above_highest"] = true;
    percentiles.push_back(std::move(entry));
  }
  return percentiles;
}

}  // namespace

nlohmann::json PercentileTableJson(const PercentileTable& table) {
  nlohmann::json metrics = nlohmann::json::array();
  for (const PercentileTable::Row& row : table.rows()) {
    const Snapshot& snapshot = row.snapshot;
    const HistogramGeometry& geometry = snapshot.geometry();
    metrics.push_back({
        {"name", row.name},
        {"unit", row.unit == PercentileTable::Unit::kCount ? "count" : "ns"},
        {"samples", snapshot.samples()},
        {"overflow", snapshot.overflow()},
        {"negative", snapshot.negative()},
        {"significant_digits", geometry.significant_digits()},
        {"lowest", geometry.lowest()},
        {"highest", geometry.highest()},
        {"min", snapshot.min()},
        {"mean", snapshot.Mean()},
        {"stddev", snapshot.StdDev()},
        {"max", snapshot.max()},
        {"percentiles", PercentilesJson(snapshot)},
    });
  }
  return {{"title", table.title()}, {"metrics", std::move(metrics)}};
}

}  // namespace disruptor::latency
