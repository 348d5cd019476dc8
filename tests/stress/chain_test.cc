#include "gtest/gtest.h"
#include "tests/stress/stress.h"

namespace tests::stress {
namespace {

// C43, C47: three stages in a row, each looking for the mark of the one before. The edge E3 (what a
// stage wrote is there for the next), and E2 over two steps, as only the last one is a gate.
TEST(StressTest, ChainOfThree) { RunStress({{}, {0}, {1}}); }

}  // namespace
}  // namespace tests::stress
