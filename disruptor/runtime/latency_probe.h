#ifndef DISRUPTOR_RUNTIME_LATENCY_PROBE_H_
#define DISRUPTOR_RUNTIME_LATENCY_PROBE_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "disruptor/latency/clock.h"
#include "disruptor/latency/sequence_sampler.h"
#include "disruptor/runtime/latency_track.h"

namespace disruptor::runtime {

// LatencyProbe stamps sampled events at the producer and around each handler, and records where
// their time went. A pipeline has it when its type says so:
//
//   disruptor::Pipeline<Quote, disruptor::runtime::LatencyProbe> pipeline(...);
//
// THREADS  each copy belongs to one thread: the producer's, or one stage's.
// COST     an event that is not sampled: the sampler's arithmetic and two predicted branches. One
//          that is: two clock readings, three histogram updates and one stamp for each stage
//          (benchmarks/latency_recording.cc).
class LatencyProbe {
 public:
  // Records nothing.
  LatencyProbe() = default;
  // The producer's probe of `track`, or a stage's.
  LatencyProbe(LatencyTrack& track, latency::SequenceSampler sampler)
      : track_(&track), sampler_(sampler), clock_(track.clock()) {}
  LatencyProbe(LatencyTrack& track, latency::SequenceSampler sampler, std::size_t stage)
      : LatencyProbe(track, sampler) {
    stage_ = &track.stage(stage);
  }

  // Intend sets the time, in ticks of the track's clock, at which the next event was due; its
  // latency counts from then, whenever it is really published. 0, the default: from the publish.
  void Intend(std::uint64_t ticks) noexcept { intended_ = ticks; }

  void Published(std::int64_t sequence) noexcept {
    if (!sampler_.Picks(sequence)) [[likely]] {
      return;
    }
    const std::uint64_t now = clock_.Now();
    track_->StampPublished(sequence, intended_ == 0 ? now : intended_, now);
  }

  template <typename Handle>
  void Around(std::int64_t sequence, Handle&& handle) {
    const bool sampled = sampler_.Picks(sequence);
    std::uint64_t seen = 0;
    if (sampled) [[unlikely]] {
      seen = clock_.Now();
    }
    std::forward<Handle>(handle)();
    if (sampled) [[unlikely]] {
      track_->RecordStage(*stage_, sequence, seen, clock_.Now());
    }
  }

 private:
  LatencyTrack* track_ = nullptr;
  StageTrack* stage_ = nullptr;
  latency::SequenceSampler sampler_;
  latency::Clock clock_;
  std::uint64_t intended_ = 0;
};

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_LATENCY_PROBE_H_
