#include "disruptor/latency/report_json.h"

#include "disruptor/latency/histogram.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

TEST(ReportJsonTest, CarriesCountsGeometryAndPercentiles) {
  Histogram histogram;
  histogram.RecordN(4'999, 1'500);
  histogram.RecordN(HistogramGeometry::kDefaultHighest + 7, 500);
  histogram.RecordN(-1, 3);
  PercentileTable table("latency");
  table.AddRow("decode", Snapshot::Of(histogram));
  table.AddRow("batch", Snapshot(), PercentileTable::Unit::kCount);

  // Through text, as a consumer sees it.
  const nlohmann::json json = nlohmann::json::parse(PercentileTableJson(table).dump());
  EXPECT_EQ(json["title"], "latency");
  ASSERT_EQ(json["metrics"].size(), 2u);
  const nlohmann::json& decode = json["metrics"][0];
  EXPECT_EQ(decode["name"], "decode");
  EXPECT_EQ(decode["unit"], "ns");
  EXPECT_EQ(decode["samples"], 2'000);
  EXPECT_EQ(decode["overflow"], 500);
  EXPECT_EQ(decode["negative"], 3);
  EXPECT_EQ(decode["significant_digits"], 2);
  EXPECT_EQ(decode["lowest"], 1);
  EXPECT_EQ(decode["highest"], HistogramGeometry::kDefaultHighest);
  EXPECT_EQ(decode["min"], 4'992);
  EXPECT_EQ(decode["mean"], 5'008.0);
  EXPECT_EQ(decode["stddev"], 0.0);
  EXPECT_EQ(decode["max"], HistogramGeometry::kDefaultHighest + 7);

  const nlohmann::json& percentiles = decode["percentiles"];
  ASSERT_EQ(percentiles.size(), kReportPercentiles.size());
  EXPECT_EQ(percentiles[0]["percentile"], 50.0);
  EXPECT_EQ(percentiles[0]["value"], 5'023);
  EXPECT_FALSE(percentiles[0].contains("above_highest"));
  EXPECT_EQ(percentiles[1]["value"], nullptr);
  EXPECT_EQ(percentiles[1]["above_highest"], true);
  EXPECT_EQ(percentiles[2]["value"], nullptr);
  EXPECT_FALSE(percentiles[2].contains("above_highest"));
  EXPECT_EQ(percentiles[2]["samples_needed"], 10'000);

  EXPECT_EQ(json["metrics"][1]["unit"], "count");
  EXPECT_EQ(json["metrics"][1]["samples"], 0);
}

}  // namespace
}  // namespace disruptor::latency
