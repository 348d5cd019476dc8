#ifndef TESTS_MODEL_RUN_H_
#define TESTS_MODEL_RUN_H_

#include <string>
#include <utility>
#include <vector>

#include "tests/model/execution.h"

namespace model {

// RunThreads lets `threads` run against one another and returns when all have ended. A body calls
// it once.
inline void RunThreads(std::vector<Thread> threads) {
  Execution::Current()->Run(std::move(threads));
}

// Require ends the exploration with a violation unless `holds`.
inline void Require(bool holds, const std::string& what) {
  if (!holds) Execution::Current()->Fail(what);
}

// Observe adds to the outcomes that the exploration returns.
inline void Observe(std::string outcome) { Execution::Current()->Observe(std::move(outcome)); }

// Name says what `object` and what lies inside it are called in printed schedules.
template <typename T>
void Name(const T& object, std::string name) {
  Execution::Current()->Name(&object, sizeof(T), std::move(name));
}

}  // namespace model

#endif  // TESTS_MODEL_RUN_H_
