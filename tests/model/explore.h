#ifndef TESTS_MODEL_EXPLORE_H_
#define TESTS_MODEL_EXPLORE_H_

#include <cstdint>
#include <functional>
#include <set>
#include <string>

namespace model {

// Options bound an exploration. Every bound that was met shows in the result.
struct Options {
  std::int64_t max_executions = 5'000'000;
  // Steps of one execution. A loop that waits without telling is cut here, which ends it all.
  int max_steps = 1'000;
  // Walk this one path only, as a violation printed it.
  std::string replay{};
  // Follow a thread that waits (model::Waiting) through every attempt that fails, not only through
  // one that sees the newest values.
  bool every_attempt = true;
  // Try all orders of all steps instead of each graph once: for testing the checker itself.
  bool every_interleaving = false;
};

struct Result {
  // Executions that ran to their end, or to the violation.
  std::int64_t executions = 0;
  // Paths given up because a read waited for a write that never came.
  std::int64_t discarded = 0;
  // Executions cut at max_steps.
  std::int64_t truncated = 0;
  std::int64_t longest_steps = 0;
  // Nothing was cut: there is no other execution.
  bool complete = false;
  // Empty, or what went wrong, with the schedule and how to replay it.
  std::string violation{};
  // What model::Observe was told, over all executions.
  std::set<std::string> outcomes{};
};

// Explore runs `body` once for each execution that the memory model allows, until one violates
// something. The body sets its objects up, calls model::RunThreads with its threads, and checks
// what is left; see docs/model_checking.md. It must do the same thing whenever it is given the same
// values.
Result Explore(const std::function<void()>& body, const Options& options = {});

}  // namespace model

#endif  // TESTS_MODEL_EXPLORE_H_
