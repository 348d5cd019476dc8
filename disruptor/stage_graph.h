#ifndef DISRUPTOR_STAGE_GRAPH_H_
#define DISRUPTOR_STAGE_GRAPH_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "disruptor/wait_strategy.h"

namespace disruptor {

// Priority is how much a stage's latency matters: critical stages get the best CPUs, background
// stages are the first to share one.
enum class Priority { kCritical, kNormal, kBackground };

// StageConfig is what is known of a stage before it starts.
struct StageConfig {
  static constexpr int kAnyCpu = -1;

  std::string name;
  // Indices of the stages that must have handled an event first; empty: the producer alone.
  std::vector<std::size_t> after;
  WaitKind wait = WaitKind::kAuto;
  Priority priority = Priority::kNormal;
  int cpu = kAnyCpu;
};

// StageGraph is the stages of a pipeline and who follows whom, without their handlers.
//
// THREADS  set-up only, one thread.
class StageGraph {
 public:
  // Add appends a stage that follows the producer, and returns it; it stays where it is.
  StageConfig& Add(std::string name) {
    stages_.push_back(std::make_unique<StageConfig>());
    stages_.back()->name = std::move(name);
    return *stages_.back();
  }

  // ReportMisuse keeps the first error of building the graph until Validate tells it.
  void ReportMisuse(std::string error) {
    if (misuse_.empty()) misuse_ = std::move(error);
  }

  // TopologicalOrder checks the graph and lists the stages so that each comes after all that it
  // follows, in the order of declaration where that leaves a choice. The error names the stage.
  [[nodiscard]] absl::StatusOr<std::vector<std::size_t>> TopologicalOrder() const {
    if (absl::Status names = CheckNames(); !names.ok()) return names;
    std::vector<std::size_t> order;
    std::vector<bool> placed(stages_.size(), false);
    while (order.size() < stages_.size()) {
      const std::size_t next = FirstReady(placed);
      if (next == stages_.size()) return CycleError(placed);
      placed[next] = true;
      order.push_back(next);
    }
    return order;
  }

  // Leaves are the stages that nobody follows: once they have passed an event all have, so they
  // alone hold the producer back.
  [[nodiscard]] std::vector<std::size_t> Leaves() const {
    std::vector<bool> followed(stages_.size(), false);
    for (const auto& stage : stages_) {
      for (const std::size_t upstream : stage->after) followed[upstream] = true;
    }
    std::vector<std::size_t> leaves;
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      if (!followed[i]) leaves.push_back(i);
    }
    return leaves;
  }

  [[nodiscard]] std::size_t size() const noexcept { return stages_.size(); }
  [[nodiscard]] StageConfig& operator[](std::size_t index) { return *stages_[index]; }
  [[nodiscard]] const StageConfig& operator[](std::size_t index) const { return *stages_[index]; }

 private:
  [[nodiscard]] absl::Status CheckNames() const {
    if (!misuse_.empty()) return absl::InvalidArgumentError(misuse_);
    if (stages_.empty()) {
      return absl::InvalidArgumentError(
          "the pipeline has no stages; add one with pipeline.Stage(\"name\", handler)");
    }
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      if (stages_[i]->name.empty()) {
        return absl::InvalidArgumentError("stage number " + std::to_string(i) +
                                          " has no name; reports and errors need one");
      }
      for (std::size_t j = 0; j < i; ++j) {
        if (stages_[j]->name == stages_[i]->name) {
          return absl::InvalidArgumentError("two stages are named \"" + stages_[i]->name +
                                            "\"; give each its own name");
        }
      }
    }
    return absl::OkStatus();
  }

  // FirstReady is the first stage not placed yet whose upstream stages all are, or size().
  [[nodiscard]] std::size_t FirstReady(const std::vector<bool>& placed) const {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      const auto& after = stages_[i]->after;
      if (!placed[i] && std::all_of(after.begin(), after.end(),
                                    [&](std::size_t stage) { return placed[stage]; })) {
        return i;
      }
    }
    return stages_.size();
  }

  // IsFollowed: is there a stage that follows `stage`, other than those in `except`?
  [[nodiscard]] bool IsFollowed(std::size_t stage, const std::vector<bool>& except) const {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      const auto& after = stages_[i]->after;
      if (!except[i] && std::find(after.begin(), after.end(), stage) != after.end()) return true;
    }
    return false;
  }

  [[nodiscard]] absl::Status CycleError(const std::vector<bool>& placed) const {
    // Stages that only follow the circle are not placed either, and not to blame.
    std::vector<bool> blameless = placed;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < stages_.size(); ++i) {
        if (blameless[i] || IsFollowed(i, blameless)) continue;
        blameless[i] = changed = true;
      }
    }
    std::string names;
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      if (!blameless[i]) names += (names.empty() ? "\"" : ", \"") + stages_[i]->name + "\"";
    }
    return absl::InvalidArgumentError("stages that wait for one another in a circle: " + names +
                                      "; remove one of their After() calls");
  }

  // Each stage is allocated on its own, so that a reference to it survives the next Add.
  std::vector<std::unique_ptr<StageConfig>> stages_;
  std::string misuse_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_STAGE_GRAPH_H_
