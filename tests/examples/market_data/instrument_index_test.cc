#include "examples/market_data/instrument_index.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace market_data {
namespace {

TEST(InstrumentIndexTest, NumbersInTheOrderOfFirstAppearance) {
  InstrumentIndex index(10);
  EXPECT_EQ(index.Find(0), InstrumentIndex::kNone);
  EXPECT_EQ(index.FindOrAdd(0xFFFFFFFFu), 0u);
  EXPECT_EQ(index.FindOrAdd(0), 1u);
  EXPECT_EQ(index.FindOrAdd(0xFFFFFFFFu), 0u);
  EXPECT_EQ(index.Find(0), 1u);
  EXPECT_EQ(index.size(), 2u);
}

TEST(InstrumentIndexTest, GivesNoNumberBeyondItsBound) {
  for (const std::uint32_t bound : {1u, 2u, 3u, 1000u, 65'536u}) {
    InstrumentIndex index(bound);
    for (std::uint32_t i = 0; i < bound; ++i) ASSERT_EQ(index.FindOrAdd(i << 12 | i >> 20), i);
    EXPECT_EQ(index.FindOrAdd(0xDEADBEEF), InstrumentIndex::kNone);
    EXPECT_EQ(index.Find(0xDEADBEEF), InstrumentIndex::kNone);
    for (std::uint32_t i = 0; i < bound; ++i) ASSERT_EQ(index.Find(i << 12 | i >> 20), i);
  }
}

TEST(InstrumentIndexTest, ABoundOfNoneIsOne) {
  InstrumentIndex index(0);
  EXPECT_EQ(index.FindOrAdd(5), 0u);
  EXPECT_EQ(index.FindOrAdd(6), InstrumentIndex::kNone);
}

}  // namespace
}  // namespace market_data
