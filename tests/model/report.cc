// Explores the programs of tests/model/programs and prints a table of what was explored.
//
//   report                          all of them
//   report --group=publish          one group
//   report --program=TEXT           those whose name contains TEXT
//   report --program=NAME --replay=PATH   one execution again, as a violation printed it
//   report --max_executions=N       a bound on each, 0 for the program's own
//   report --quiet                  only what is wrong
//
// Exit code: 0 when nothing is wrong, 1 when a program is violated, 2 when the command line is.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/model/explore.h"
#include "tests/model/fiber.h"
#include "tests/model/program.h"

namespace model {
namespace {

struct Arguments {
  std::string group;
  std::string program;
  std::string replay;
  std::int64_t max_executions = 0;
  bool quiet = false;
};

bool Parse(int argc, char** argv, Arguments& arguments) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const auto value = [&](std::string_view flag) { return argument.substr(flag.size()); };
    if (argument.starts_with("--group=")) {
      arguments.group = value("--group=");
    } else if (argument.starts_with("--program=")) {
      arguments.program = value("--program=");
    } else if (argument.starts_with("--replay=")) {
      arguments.replay = value("--replay=");
    } else if (argument.starts_with("--max_executions=")) {
      arguments.max_executions = std::atoll(std::string(value("--max_executions=")).c_str());
    } else if (argument == "--quiet") {
      arguments.quiet = true;
    } else {
      std::fprintf(stderr, "unknown argument %s; see the first lines of tests/model/report.cc\n",
                   argv[i]);
      return false;
    }
  }
  return true;
}

std::string Joined(const std::set<std::string>& outcomes) {
  std::string text;
  for (const std::string& outcome : outcomes) text += (text.empty() ? "" : ", ") + outcome;
  return text;
}

// What is wrong with the result, or empty.
std::string Verdict(const Program& program, const Result& result, bool replayed) {
  if (!result.violation.empty()) return result.violation;
  if (result.truncated > 0) {
    return "an execution took more than " + std::to_string(program.options.max_steps) +
           " steps: a loop that waits without model::Waiting, or a bound that is too small\n";
  }
  // A part of the executions may lack some outcomes; none may have others.
  for (const std::string& outcome : result.outcomes) {
    if (!program.outcomes.empty() && program.outcomes.count(outcome) == 0) {
      return "forbidden outcome: " + outcome + "\n";
    }
  }
  if (result.complete && !replayed && result.outcomes != program.outcomes &&
      !program.outcomes.empty()) {
    return "outcomes " + Joined(result.outcomes) + " instead of " + Joined(program.outcomes) + "\n";
  }
  return "";
}

struct Totals {
  int programs = 0;
  int bounded = 0;
  int violated = 0;
  std::int64_t executions = 0;
};

void Run(const std::string& group, const Program& program, const Arguments& arguments,
         Totals& totals) {
  Options options = program.options;
  options.replay = arguments.replay;
  if (arguments.max_executions > 0) options.max_executions = arguments.max_executions;
  const auto start = std::chrono::steady_clock::now();
  const Result result = Explore(program.body, options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const std::string wrong = Verdict(program, result, !arguments.replay.empty());
  ++totals.programs;
  totals.executions += result.executions;
  totals.violated += wrong.empty() ? 0 : 1;
  totals.bounded += result.complete || !wrong.empty() ? 0 : 1;
  if (!arguments.quiet) {
    std::printf("%-9s %-38s %10lld %10lld %6lld %7.2f  %-9s %s\n", group.c_str(),
                program.name.c_str(), static_cast<long long>(result.executions),
                static_cast<long long>(result.discarded),
                static_cast<long long>(result.longest_steps), took.count(),
                result.complete ? "complete" : "bounded", wrong.empty() ? "none" : "VIOLATED");
  }
  if (!wrong.empty()) std::printf("%s: %s", program.name.c_str(), wrong.c_str());
  std::fflush(stdout);
}

int Main(int argc, char** argv) {
  Arguments arguments;
  if (!Parse(argc, argv, arguments)) return 2;
  if (!kFibersWork) {
    std::printf("skipped: the checker switches stacks, which this sanitizer forbids\n");
    return 0;
  }
  if (!arguments.quiet) {
    std::printf("%-9s %-38s %10s %10s %6s %7s  %-9s %s\n", "group", "program", "executions",
                "discarded", "steps", "seconds", "explored", "violations");
  }
  Totals totals;
  for (const auto& [group, programs] : ProgramGroup::All()) {
    if (!arguments.group.empty() && arguments.group != group) continue;
    for (const Program& program : programs) {
      if (program.name.find(arguments.program) == std::string::npos) continue;
      Run(group, program, arguments, totals);
    }
  }
  if (totals.programs == 0) {
    std::fprintf(stderr, "no such program\n");
    return 2;
  }
  if (!arguments.quiet) {
    std::printf("%d programs, %lld executions, %d bounded, %d violated\n", totals.programs,
                static_cast<long long>(totals.executions), totals.bounded, totals.violated);
  }
  return totals.violated == 0 ? 0 : 1;
}

}  // namespace
}  // namespace model

int main(int argc, char** argv) { return model::Main(argc, argv); }
