#ifndef TESTS_MODEL_PROGRAM_H_
#define TESTS_MODEL_PROGRAM_H_

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/model/explore.h"

namespace model {

// Program is a small use of the shipped headers, whose every execution is explored.
struct Program {
  std::string name;
  std::function<void()> body;
  // What the executions together must have observed, no more and no less. Empty: not compared.
  std::set<std::string> outcomes{};
  Options options{};
};

// The programs in programs/, one group a file.
std::vector<Program> SequencePrograms();
std::vector<Program> PublishPrograms();
std::vector<Program> StagePrograms();
std::vector<Program> StopPrograms();

}  // namespace model

#endif  // TESTS_MODEL_PROGRAM_H_
