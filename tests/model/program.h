#ifndef TESTS_MODEL_PROGRAM_H_
#define TESTS_MODEL_PROGRAM_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
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

// ProgramGroup adds the programs of one file in programs/ to those of the binary, so that a binary
// holds whatever is linked into it.
class ProgramGroup {
 public:
  using Groups = std::map<std::string, std::vector<Program>>;

  ProgramGroup(std::string name, std::vector<Program> programs) {
    Registered().emplace(std::move(name), std::move(programs));
  }

  [[nodiscard]] static const Groups& All() { return Registered(); }

 private:
  static Groups& Registered() {
    static Groups groups;
    return groups;
  }
};

}  // namespace model

#endif  // TESTS_MODEL_PROGRAM_H_
