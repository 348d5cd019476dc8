#include "disruptor/claim_result.h"

#include "gtest/gtest.h"

namespace disruptor {
namespace {

TEST(ClaimResultTest, NamesEveryStatus) {
  EXPECT_STREQ(ToString(ClaimStatus::kOk), "ok");
  EXPECT_STREQ(ToString(ClaimStatus::kFull), "full");
  EXPECT_STREQ(ToString(ClaimStatus::kInvalidCount), "invalid count");
  EXPECT_STREQ(ToString(ClaimStatus::kStopped), "stopped");
  EXPECT_TRUE((ClaimResult{ClaimStatus::kOk, 0}.ok()));
  EXPECT_FALSE((ClaimResult{ClaimStatus::kFull, 0}.ok()));
}

}  // namespace
}  // namespace disruptor
