#ifndef DISRUPTOR_RUNTIME_LATENCY_TRACK_H_
#define DISRUPTOR_RUNTIME_LATENCY_TRACK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "disruptor/latency/clock.h"
#include "disruptor/latency/histogram.h"

namespace disruptor::runtime {

// StageTrack is what one stage records; written by that stage's thread alone.
struct StageTrack {
  // From when the event could have been handled (published, or done by what the stage follows)
  // until its handling began.
  latency::Histogram queueing;
  // The handler itself.
  latency::Histogram service;
  // From when the event was due until this stage was done with it: the latency up to here.
  latency::Histogram response;

  // When the event in each slot was done here, in ticks.
  std::vector<std::uint64_t> done;
  // Stamps of what the stage follows: other stages' `done`, or the producer's.
  std::vector<const std::uint64_t*> ready;
};

// LatencyTrack holds the stamps and histograms of one pipeline.
//
// THREADS
//   role      may call
//   set-up    constructor; before the pipeline runs
//   producer  StampPublished
//   stage i   RecordStage with its own track
//   any       reading histograms (histogram.h says what a reader sees)
// ORDERING  a stamp is plain memory: it is written before the writer's publish or commit of that
//           sequence and read after the barrier that acquires it (E1, E3), and its slot is written
//           again only after every stage has committed it (E2). So a stamp needs no order of its
//           own, and adds no edge.
class LatencyTrack {
 public:
  // `after[i]` lists the stages that stage i follows; empty: it follows the producer.
  LatencyTrack(latency::Clock clock, std::int64_t capacity,
               const std::vector<std::vector<std::size_t>>& after)
      : clock_(clock), mask_(capacity - 1), intended_(capacity), published_(capacity) {
    for (std::size_t i = 0; i < after.size(); ++i) {
      stages_.push_back(std::make_unique<StageTrack>());
      stages_.back()->done.resize(published_.size());
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
      for (const std::size_t upstream : after[i]) {
        stages_[i]->ready.push_back(stages_[upstream]->done.data());
      }
      if (after[i].empty()) stages_[i]->ready.push_back(published_.data());
    }
  }

  void StampPublished(std::int64_t sequence, std::uint64_t intended, std::uint64_t now) noexcept {
    const auto slot = static_cast<std::size_t>(sequence & mask_);
    intended_[slot] = intended;
    published_[slot] = now;
    lateness_.Record(Nanos(intended, now));
  }

  void RecordStage(StageTrack& stage, std::int64_t sequence, std::uint64_t seen,
                   std::uint64_t done) noexcept {
    const auto slot = static_cast<std::size_t>(sequence & mask_);
    std::uint64_t ready = 0;
    for (const std::uint64_t* stamps : stage.ready) ready = std::max(ready, stamps[slot]);
    stage.done[slot] = done;
    stage.queueing.Record(Nanos(ready, seen));
    stage.service.Record(Nanos(seen, done));
    stage.response.Record(Nanos(intended_[slot], done));
  }

  [[nodiscard]] const latency::Clock& clock() const noexcept { return clock_; }
  [[nodiscard]] StageTrack& stage(std::size_t index) noexcept { return *stages_[index]; }
  [[nodiscard]] std::size_t stages() const noexcept { return stages_.size(); }
  // How much later than due events were published: the producer's own delay and a full ring.
  [[nodiscard]] const latency::Histogram& lateness() const noexcept { return lateness_; }

 private:
  [[nodiscard]] std::int64_t Nanos(std::uint64_t from, std::uint64_t to) const noexcept {
    // Counters of two CPUs may disagree: a negative difference is kept, and counted as such.
    return clock_.ToNanos(static_cast<std::int64_t>(to - from));
  }

  const latency::Clock clock_;
  const std::int64_t mask_;
  // By slot, in ticks: when the event was due, and when it was published.
  std::vector<std::uint64_t> intended_;
  std::vector<std::uint64_t> published_;
  latency::Histogram lateness_;
  std::vector<std::unique_ptr<StageTrack>> stages_;
};

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_LATENCY_TRACK_H_
