#include "gtest/gtest.h"
#include "tests/stress/stress.h"

namespace tests::stress {
namespace {

// C04, C13, C14, C15, C43, C49, C60: one producer and one stage. The edges E1 (the event is there
// when the stage sees its sequence) and E2 (the slot is free when the producer gets it again).
TEST(StressTest, OneToOne) { RunStress({{}}); }

}  // namespace
}  // namespace tests::stress
