#include "tests/model/explore.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "tests/model/choices.h"
#include "tests/model/execution.h"
#include "tests/model/footprint.h"

namespace model {
namespace {

// A check of the code under test aborts: say on which schedule before the process ends.
void PrintScheduleOfAbort(int signal) {
  std::signal(signal, SIG_DFL);
  if (const Execution* execution = Execution::Current(); execution != nullptr) {
    std::fprintf(stderr, "aborted on this schedule:%s", execution->Report().c_str());
  }
  std::raise(signal);
}

void RunOnce(const std::function<void()>& body, Execution& execution,
             std::set<std::string>& outcomes) {
  execution.Begin();
  try {
    body();
    execution.Complete();
    outcomes.insert(execution.observed().begin(), execution.observed().end());
  } catch (const Abandoned&) {
    // The execution's outcome says why.
  }
}

void Count(const Execution& execution, Result& result) {
  result.longest_steps = std::max(result.longest_steps, execution.steps());
  switch (execution.outcome()) {
    case Execution::Outcome::kDiscarded:
      ++result.discarded;
      return;
    case Execution::Outcome::kTruncated:
      ++result.truncated;
      return;
    case Execution::Outcome::kViolated:
      result.violation = execution.Report();
      ++result.executions;
      return;
    default:
      ++result.executions;
  }
}

}  // namespace

Result Explore(const std::function<void()>& body, const Options& options) {
  Choices choices;
  Footprint footprint;
  const bool replays = !options.replay.empty();
  if (replays) {
    footprint.AssumeAnything();
    if (!choices.Follow(options.replay)) return {.violation = "not a path: " + options.replay};
  }
  Execution execution(choices, footprint, options);
  auto* const old_handler = std::signal(SIGABRT, PrintScheduleOfAbort);
  Result result;
  for (;;) {
    RunOnce(body, execution, result.outcomes);
    Count(execution, result);
    if (replays || !result.violation.empty() || result.truncated > 0) break;
    if (footprint.TakeGrown() && !options.every_interleaving) {
      choices = Choices();
      result = Result();
      continue;
    }
    if (!choices.Advance()) {
      result.complete = result.truncated == 0;
      break;
    }
    if (result.executions + result.discarded + result.truncated >= options.max_executions) break;
  }
  std::signal(SIGABRT, old_handler);
  return result;
}

}  // namespace model
