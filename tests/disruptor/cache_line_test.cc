#include "disruptor/cache_line.h"

#include "gtest/gtest.h"

namespace disruptor {
namespace {

TEST(CacheLineTest, IsAPowerOfTwoAndAtLeastALine) {
  EXPECT_EQ(kFalseSharingBytes & (kFalseSharingBytes - 1), 0u);
  EXPECT_GE(kFalseSharingBytes, 64u);
}

}  // namespace
}  // namespace disruptor
