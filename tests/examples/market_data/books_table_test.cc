#include "examples/market_data/books_table.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace market_data {
namespace {

TEST(BooksTableTest, PricesHaveTwoDecimalsOrAsManyAsTheyNeed) {
  EXPECT_EQ(FormatPrice(5'856'900, 10'000), "585.69");
  EXPECT_EQ(FormatPrice(5'850'000, 10'000), "585.00");
  EXPECT_EQ(FormatPrice(5'856'951, 10'000), "585.6951");
  EXPECT_EQ(FormatPrice(1, 10'000), "0.0001");
  EXPECT_EQ(FormatPrice(4'810'250'000'000, 1'000'000'000), "4810.25");
  EXPECT_EQ(FormatPrice(-37'630'000'000, 1'000'000'000), "-37.63");
  EXPECT_EQ(FormatPrice(-1, 1'000'000'000), "-0.000000001");
  EXPECT_EQ(FormatPrice(7, 1), "7.00");
  EXPECT_EQ(FormatPrice(kNoPrice, 10'000), "-");
  EXPECT_EQ(FormatPrice(kNoPrice + 1, 10'000), "-922337203685477.5807");
}

std::vector<InstrumentSummary> Summaries(std::uint32_t count) {
  std::vector<InstrumentSummary> summaries(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    summaries[i].instrument = 4'000'000'000u + i;
    summaries[i].counters.by_kind[1] = 1000 * (i + 1);
    summaries[i].live_orders = i;
    summaries[i].counters.unknown_references = 2;
  }
  return summaries;
}

std::vector<std::string> Lines(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(BooksTableTest, ShowsOneInstrument) {
  std::vector<InstrumentSummary> one = Summaries(1);
  one[0].symbol = "AAPL";
  one[0].top = {5'856'900, 5'859'500, 10, 100, 1, 1};
  one[0].live_orders = 380;
  one[0].counters.duplicate_adds = 3;
  one[0].counters.over_reductions = 4;
  // clang-format off
  EXPECT_EQ(BooksTable(one, {.price_scale = 10'000}),
      "  instrument    messages    best bid   size       best ask   size      orders "
      "unknown refs  faults\n"
      "  AAPL              1000      585.69 x 10           585.95 x 100          380 "
      "           2       7\n");
  // clang-format on
}

TEST(BooksTableTest, ShowsTheBusiestAndSumsUpTheOthers) {
  const std::vector<std::string> lines = Lines(BooksTable(Summaries(10), {.max_rows = 3}));
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(lines[1].find("  #4000000009      10000"), 0u) << lines[1];
  EXPECT_EQ(lines[3].find("  #4000000007       8000"), 0u) << lines[3];
  EXPECT_EQ(lines[4].find("  7 others         28000"), 0u) << lines[4];
  EXPECT_NE(lines[4].find(" 21           14       0"), std::string::npos) << lines[4];
}

TEST(BooksTableTest, FitsInto100ColumnsAndLinesUp) {
  std::vector<InstrumentSummary> rows = Summaries(20);
  rows[19].top = {5'856'900, kNoPrice, 1'234'567, 0, 9, 0};
  const std::vector<std::string> lines = Lines(BooksTable(rows, {}));
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 100u) << line;
    EXPECT_EQ(line.size(), lines[0].size()) << line;
  }
}

TEST(BooksTableTest, NoInstrumentsIsATitleOnly) { EXPECT_EQ(Lines(BooksTable({}, {})).size(), 1u); }

}  // namespace
}  // namespace market_data
