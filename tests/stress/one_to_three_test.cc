#include "gtest/gtest.h"
#include "tests/stress/stress.h"

namespace tests::stress {
namespace {

// C14, C39, C43: three stages side by side, each at its own pace; the slowest is the gate.
TEST(StressTest, OneToThree) { RunStress({{}, {}, {}}); }

}  // namespace
}  // namespace tests::stress
