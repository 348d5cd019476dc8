#include "disruptor/latency/report.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "disruptor/latency/histogram.h"
#include "gtest/gtest.h"

namespace disruptor::latency {
namespace {

constexpr std::int64_t kHighest = HistogramGeometry::kDefaultHighest;

Snapshot Repeated(std::int64_t value, std::uint64_t count) {
  Histogram histogram;
  histogram.RecordN(value, count);
  return Snapshot::Of(histogram);
}

TEST(SamplesNeededTest, IsAHundredBeyondThePercentile) {
  EXPECT_EQ(SamplesNeeded(50), 200u);
  EXPECT_EQ(SamplesNeeded(90), 1'000u);
  EXPECT_EQ(SamplesNeeded(99), 10'000u);
  EXPECT_EQ(SamplesNeeded(99.9), 100'000u);
  EXPECT_EQ(SamplesNeeded(99.99), 1'000'000u);
}

TEST(ReportedPercentileTest, NeedsTheSamplesOfItsNine) {
  EXPECT_EQ(ReportedPercentile(Repeated(10, 9'999), 99).kind, Percentile::Kind::kNoSamples);
  EXPECT_EQ(ReportedPercentile(Repeated(10, 10'000), 99).kind, Percentile::Kind::kValue);
}

TEST(ReportedPercentileTest, NeverExceedsTheMaximum) {
  EXPECT_EQ(ReportedPercentile(Repeated(4'999, 1'000), 50).value, 4'999);
}

TEST(FormatNanosTest, ShowsThreeDigitsInTheUnitThatSuits) {
  EXPECT_EQ(FormatNanos(0), "0 ns");
  EXPECT_EQ(FormatNanos(999), "999 ns");
  EXPECT_EQ(FormatNanos(1'000), "1.00 us");
  EXPECT_EQ(FormatNanos(9'994), "9.99 us");
  EXPECT_EQ(FormatNanos(9'996), "10.0 us");
  EXPECT_EQ(FormatNanos(99'960), "100 us");
  EXPECT_EQ(FormatNanos(999'400), "999 us");
  EXPECT_EQ(FormatNanos(999'600), "1.00 ms");
  EXPECT_EQ(FormatNanos(15'312'000), "15.3 ms");
  EXPECT_EQ(FormatNanos(2'000'000'000), "2.00 s");
  EXPECT_EQ(FormatNanos(3'600'000'000'000), "3600 s");
  EXPECT_EQ(FormatNanos(-1'500), "-1.50 us");
}

TEST(PercentileTableTest, AlignsRowsAndMarksWhatLacksSamples) {
  Histogram decode;
  decode.RecordN(85, 1'999'000);
  decode.RecordN(1'200, 900);
  decode.RecordN(15'312, 100);
  PercentileTable table("latency");
  table.AddRow("decode", Snapshot::Of(decode));
  table.AddRow("book", Repeated(410, 10'000));
  table.AddRow("signal", Snapshot());
  table.AddRow("batch", Repeated(64, 1'000), PercentileTable::Unit::kCount);
  EXPECT_EQ(table.ToText(),
            "latency         p50      p90      p99    p99.9   p99.99      max      samples\n"
            "decode        85 ns    85 ns    85 ns    85 ns  1.21 us  15.3 us    2,000,000\n"
            "book         410 ns   410 ns   410 ns        -        -   410 ns       10,000\n"
            "signal            -        -        -        -        -        -            0\n"
            "batch            64       64        -        -        -       64        1,000\n"
            "-: too few samples for this percentile; p99 needs 10,000\n"
            "out of range: none\n");
}

TEST(PercentileTableTest, AccountsForSamplesOutOfRange) {
  Histogram histogram;
  histogram.RecordN(100, 985);
  histogram.RecordN(kHighest + 1, 1'015);
  histogram.RecordN(-1, 2);
  PercentileTable table("latency");
  table.AddRow("risk", Snapshot::Of(histogram));
  EXPECT_EQ(table.ToText(),
            "latency         p50      p90      p99    p99.9   p99.99      max      samples\n"
            "risk       > 10.0 s > 10.0 s        -        -        -   10.0 s        2,000\n"
            "-: too few samples for this percentile; p99 needs 10,000\n"
            "out of range: risk 1,015 above 10.0 s, 2 negative\n");
}

TEST(PercentileTableTest, StaysWithinAHundredColumns) {
  PercentileTable table(std::string(60, 't'));
  Histogram histogram;
  histogram.RecordN(kHighest + 1, 9'999'999'999);
  histogram.RecordN(-1, 9'999'999'999);
  // A cut at a fixed byte would split one of these two-byte characters.
  std::string name = "x";
  for (int i = 0; i < 30; ++i) name += "\xc3\xa9";
  table.AddRow(name, Snapshot::Of(histogram));
  const std::string text = table.ToText();
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    EXPECT_LE(end - begin, 100u) << text.substr(begin, end - begin);
    begin = end + 1;
  }
  EXPECT_EQ(begin, text.size());
  EXPECT_NE(text.find("\xc3\xa9.."), std::string::npos) << text;
}

TEST(PercentileTableTest, ShortensLargeCounts) {
  PercentileTable table("depth");
  const auto wide = HistogramGeometry::Create(3, 1, std::int64_t{1} << 40);
  ASSERT_TRUE(wide.ok());
  Histogram histogram(*wide);
  histogram.RecordN(65'536, 1'000);
  histogram.Record(12'345'678'901);
  table.AddRow("ring", Snapshot::Of(histogram), PercentileTable::Unit::kCount);
  const std::string text = table.ToText();
  EXPECT_NE(text.find(" 65,5"), std::string::npos) << text;
  EXPECT_NE(text.find(" 12.3 G "), std::string::npos) << text;
}

}  // namespace
}  // namespace disruptor::latency
