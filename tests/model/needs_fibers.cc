// Skips all tests of a program that is built with a sanitizer under which fibers cannot run.

#include "gtest/gtest.h"
#include "tests/model/fiber.h"

namespace model {
namespace {

class NeedsFibers : public testing::Environment {
 public:
  void SetUp() override {
    if (!kFibersWork) GTEST_SKIP() << "the model checker switches stacks, which this build forbids";
  }
};

[[maybe_unused]] testing::Environment* const kNeedsFibers =
    testing::AddGlobalTestEnvironment(new NeedsFibers);

}  // namespace
}  // namespace model
