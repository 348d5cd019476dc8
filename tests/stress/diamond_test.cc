#include "gtest/gtest.h"
#include "tests/stress/stress.h"

namespace tests::stress {
namespace {

// C43, C54: two branches that are joined again.
TEST(StressTest, Diamond) { RunStress({{}, {0}, {0}, {1, 2}}); }

}  // namespace
}  // namespace tests::stress
