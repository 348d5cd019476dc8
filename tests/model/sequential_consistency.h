#ifndef TESTS_MODEL_SEQUENTIAL_CONSISTENCY_H_
#define TESTS_MODEL_SEQUENTIAL_CONSISTENCY_H_

#include "tests/model/execution_graph.h"

namespace model {

// IsSequentiallyConsistent: can the sequentially consistent accesses and fences of the graph, and
// its asymmetric barriers, be put into one order that the rest agrees with? It is the condition
// "psc is acyclic" of RC11 (Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing Sequential Consistency
// in C/C++11, PLDI 2017), which C++20 adopted in its own words.
//
// A heavy barrier counts as a sequentially consistent fence. A light barrier counts as one towards
// heavy barriers only: nothing orders two light barriers, or a light one and an ordinary fence.
//
// Thread 0 is left out: all it does happens before or after everything else.
[[nodiscard]] bool IsSequentiallyConsistent(const ExecutionGraph& graph);

}  // namespace model

#endif  // TESTS_MODEL_SEQUENTIAL_CONSISTENCY_H_
