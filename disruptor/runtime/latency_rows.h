#ifndef DISRUPTOR_RUNTIME_LATENCY_ROWS_H_
#define DISRUPTOR_RUNTIME_LATENCY_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "disruptor/latency/clock.h"
#include "disruptor/latency/report.h"
#include "disruptor/runtime/latency_track.h"
#include "disruptor/stage_graph.h"

namespace disruptor::runtime {

// MakeTrack allocates the stamps and histograms for the stages of `graph`.
std::unique_ptr<LatencyTrack> MakeTrack(latency::Clock clock, std::int64_t capacity,
                                        const StageGraph& graph);

// LatencyRows is the table of a track as it is now: the producer's lateness, and for each stage, in
// `order`, its queueing, its service, and the time since the event was due. That is the latency up
// to there, and for a stage that nobody follows the latency from end to end.
latency::PercentileTable LatencyRows(LatencyTrack& track, const StageGraph& graph,
                                     const std::vector<std::size_t>& order);

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_LATENCY_ROWS_H_
