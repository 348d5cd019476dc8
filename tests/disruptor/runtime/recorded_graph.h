#ifndef TESTS_DISRUPTOR_RUNTIME_RECORDED_GRAPH_H_
#define TESTS_DISRUPTOR_RUNTIME_RECORDED_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "disruptor/pipeline.h"
#include "tests/disruptor/runtime/stage_recorder.h"

namespace disruptor::runtime {

// Topology lists for each stage those that it follows; none: the producer.
using Topology = std::vector<std::vector<std::size_t>>;

inline const Topology kChain = {{}, {0}, {1}};
inline const Topology kParallel = {{}, {}, {}};
// top -> left, right -> join
inline const Topology kDiamond = {{}, {0}, {0}, {1, 2}};

// RecordedGraph is the recorders of a topology; stages are named "s0", "s1", ...
class RecordedGraph {
 public:
  explicit RecordedGraph(const Topology& topology) : topology_(topology) {
    for (std::size_t i = 0; i < topology.size(); ++i) {
      recorders_.push_back(std::make_unique<StageRecorder>(i, topology[i]));
    }
  }

  template <typename Probe = NoProbe>
  [[nodiscard]] Pipeline<MarkedEvent, Probe> MakePipeline(std::int64_t capacity) {
    Pipeline<MarkedEvent, Probe> pipeline({.name = "recorded", .capacity = capacity});
    std::vector<StageRef> refs;
    for (std::size_t i = 0; i < topology_.size(); ++i) {
      refs.push_back(pipeline.Stage("s" + std::to_string(i), std::ref(*recorders_[i])));
      for (const std::size_t upstream : topology_[i]) refs[i].After(refs[upstream]);
    }
    return pipeline;
  }

  StageRecorder& operator[](std::size_t i) { return *recorders_[i]; }
  [[nodiscard]] std::size_t size() const { return recorders_.size(); }

  // Every stage was started and stopped once, and saw sound events.
  [[nodiscard]] bool sound() const {
    for (const auto& recorder : recorders_) {
      if (!recorder->sound() || recorder->starts != 1 || recorder->stops != 1) return false;
    }
    return true;
  }

 private:
  Topology topology_;
  std::vector<std::unique_ptr<StageRecorder>> recorders_;
};

}  // namespace disruptor::runtime

#endif  // TESTS_DISRUPTOR_RUNTIME_RECORDED_GRAPH_H_
