#ifndef TESTS_MODEL_LITMUS_H_
#define TESTS_MODEL_LITMUS_H_

#include <initializer_list>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "tests/model/atomic.h"
#include "tests/model/barrier.h"
#include "tests/model/explore.h"
#include "tests/model/fiber.h"
#include "tests/model/futex.h"
#include "tests/model/plain.h"
#include "tests/model/run.h"
#include "tests/model/waiting.h"

namespace model {

using Outcomes = std::set<std::string>;

inline constexpr StandardOrder kRelaxed = StandardOrder::relaxed;
inline constexpr StandardOrder kAcquire = StandardOrder::acquire;
inline constexpr StandardOrder kRelease = StandardOrder::release;
inline constexpr StandardOrder kAcqRel = StandardOrder::acq_rel;
inline constexpr StandardOrder kSeqCst = StandardOrder::seq_cst;

// Text writes what a program observed as one outcome: "1 0".
inline std::string Text(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += (text.empty() ? "" : " ") + std::to_string(value);
  return text;
}

// OutcomesOf explores `program`, which returns the outcome of one execution, and collects them all:
// once each graph once, and once with every interleaving of all steps, which must be the same set.
template <typename Program>
Outcomes OutcomesOf(const Program& program) {
  Outcomes found, all;
  const Result quick = Explore([&] { found.insert(program()); });
  EXPECT_EQ(quick.violation, "");
  EXPECT_TRUE(quick.complete);
  const Result slow = Explore([&] { all.insert(program()); }, {.every_interleaving = true});
  EXPECT_EQ(slow.violation, "");
  EXPECT_TRUE(slow.complete);
  EXPECT_LE(quick.executions, slow.executions);
  for (const std::string& outcome : all) EXPECT_EQ(found.count(outcome), 1U) << outcome;
  return found;
}

// ViolationOf is the first line of what is wrong with `program`, or empty.
template <typename Program>
std::string ViolationOf(const Program& program) {
  const Result result = Explore(program);
  return result.violation.substr(0, result.violation.find('\n'));
}

}  // namespace model

#endif  // TESTS_MODEL_LITMUS_H_
