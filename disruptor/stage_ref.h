#ifndef DISRUPTOR_STAGE_REF_H_
#define DISRUPTOR_STAGE_REF_H_

#include <algorithm>
#include <cstddef>
#include <string>

#include "disruptor/stage_graph.h"

namespace disruptor {

// StageRef names a stage of a pipeline that is being built; what Pipeline::Stage returns.
//
//   auto book = pipeline.Stage("book", Book{}).After(decode);
//   pipeline.Stage("journal", Journal{}).After(decode).Background();
//
// THREADS  set-up only. A StageRef is a small value; it stays valid when its pipeline is moved, and
//          is of no use once the pipeline has started.
class StageRef {
 public:
  StageRef(StageGraph& graph, std::size_t index) : graph_(&graph), index_(index) {}

  // After makes this stage see an event only when all of `upstream` have handled it. A stage
  // without After follows the producer. A stage of another pipeline is an error, told at start.
  template <typename... Upstream>
  StageRef After(const Upstream&... upstream) {
    (Follow(upstream), ...);
    return *this;
  }

  // Critical stages are placed first, on the best CPUs; Background stages share first.
  StageRef Critical() {
    return With([](StageConfig& c) { c.priority = Priority::kCritical; });
  }
  StageRef Background() {
    return With([](StageConfig& c) { c.priority = Priority::kBackground; });
  }

  // Wait fixes how the stage waits instead of leaving it to its placement.
  StageRef Wait(WaitKind kind) {
    return With([kind](StageConfig& c) { c.wait = kind; });
  }

  // OnCpu asks for that CPU; the start fails when it cannot be had.
  StageRef OnCpu(int cpu) {
    if (cpu < 0) {
      graph_->ReportMisuse("stage \"" + (*graph_)[index_].name + "\" asks for CPU " +
                           std::to_string(cpu) + "; CPUs count from 0");
    }
    return With([cpu](StageConfig& c) { c.cpu = cpu; });
  }

  [[nodiscard]] std::size_t index() const noexcept { return index_; }

 private:
  template <typename Change>
  StageRef With(Change change) {
    change((*graph_)[index_]);
    return *this;
  }

  void Follow(const StageRef& upstream) {
    StageConfig& self = (*graph_)[index_];
    if (upstream.graph_ != graph_) {
      graph_->ReportMisuse("stage \"" + self.name + "\" is to follow \"" +
                           (*upstream.graph_)[upstream.index_].name +
                           "\", which belongs to another pipeline");
      return;
    }
    if (std::find(self.after.begin(), self.after.end(), upstream.index_) == self.after.end()) {
      self.after.push_back(upstream.index_);
    }
  }

  StageGraph* graph_;
  std::size_t index_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_STAGE_REF_H_
