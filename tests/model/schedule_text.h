#ifndef TESTS_MODEL_SCHEDULE_TEXT_H_
#define TESTS_MODEL_SCHEDULE_TEXT_H_

#include <string>
#include <vector>

#include "tests/model/execution_graph.h"
#include "tests/model/names.h"

namespace model {

// ScheduleText prints the events of an execution in an order in which they can have happened, one a
// line: thread, operation, location, order, value, and for a read that is not the latest by how
// many writes it is behind.
[[nodiscard]] std::string ScheduleText(const ExecutionGraph& graph,
                                       const std::vector<std::string>& threads, const Names& names);

// PlaceName is what a location is called there.
[[nodiscard]] std::string PlaceName(const ExecutionGraph& graph, int location, const Names& names);

}  // namespace model

#endif  // TESTS_MODEL_SCHEDULE_TEXT_H_
