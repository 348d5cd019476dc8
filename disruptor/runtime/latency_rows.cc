#include "disruptor/runtime/latency_rows.h"

#include <algorithm>
#include <string>
#include <utility>

#include "disruptor/latency/snapshot.h"

namespace disruptor::runtime {

std::unique_ptr<LatencyTrack> MakeTrack(latency::Clock clock, std::int64_t capacity,
                                        const StageGraph& graph) {
  std::vector<std::vector<std::size_t>> after;
  for (std::size_t i = 0; i < graph.size(); ++i) after.push_back(graph[i].after);
  return std::make_unique<LatencyTrack>(clock, capacity, after);
}

latency::PercentileTable LatencyRows(LatencyTrack& track, const StageGraph& graph,
                                     const std::vector<std::size_t>& order) {
  latency::PercentileTable table("time");
  const auto add = [&](std::string name, const latency::Histogram& histogram) {
    table.AddRow(std::move(name), latency::Snapshot::Of(histogram));
  };
  const std::vector<std::size_t> leaves = graph.Leaves();
  add("publish, after due", track.lateness());
  for (const std::size_t stage : order) {
    const StageTrack& recorded = track.stage(stage);
    const std::string& name = graph[stage].name;
    add(name + ": waiting", recorded.queueing);
    add(name + ": working", recorded.service);
    const bool last = std::find(leaves.begin(), leaves.end(), stage) != leaves.end();
    add(name + (last ? ": end to end" : ": since due"), recorded.response);
  }
  return table;
}

}  // namespace disruptor::runtime
