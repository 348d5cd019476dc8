#ifndef TESTS_PURITY_STEADY_STATE_H_
#define TESTS_PURITY_STEADY_STATE_H_

#include <cstddef>
#include <cstdint>

#include "disruptor/claim_result.h"
#include "disruptor/pipeline.h"
#include "disruptor/stop_signal.h"

namespace tests::purity {

// SteadyState is a diamond of stages over a ring, driven by one thread: each Run publishes in every
// form, steps every stage, asks whether to stop, and meets an empty ring, a full one and the wrap.
//
// THREADS  one.
class SteadyState {
 public:
  static constexpr std::int64_t kCapacity = 1024;

  struct Event {
    std::int64_t value;
    std::int64_t sum;
  };

  SteadyState() : pipeline_({.name = "steady", .capacity = kCapacity}) {
    const auto top = pipeline_.Stage(
        "top", [](Event& event, std::int64_t sequence) { event.value += sequence; });
    const auto left =
        pipeline_.Stage("left", [](Event& event) { event.sum = event.value; }).After(top);
    const auto right = pipeline_.Stage("right", [](Event&) {}).After(top);
    pipeline_.Stage("join", [this](Event& event, std::int64_t, bool) { sum_ += event.sum; })
        .After(left, right);
    ready_ = pipeline_.Assemble().ok();
  }

  // Each lap is a quarter for each form of publishing. False when anything was refused.
  bool Run(std::int64_t laps) {
    auto publisher = pipeline_.MakePublisher();
    const auto fill = [](Event& event, std::int64_t sequence) { event.value = sequence; };
    bool ok = ready_;
    for (std::int64_t lap = 0; lap < laps; ++lap) {
      for (std::int64_t i = 0; i < kCapacity / 4; ++i) {
        ok &= publisher.Publish(fill) == disruptor::ClaimStatus::kOk;
        ok &= publisher.TryPublish(fill) == disruptor::ClaimStatus::kOk;
      }
      ok &= publisher.PublishBatch(kCapacity / 4, fill) == disruptor::ClaimStatus::kOk;
      ok &= publisher.TryPublishBatch(kCapacity / 4, fill) == disruptor::ClaimStatus::kOk;
      ok &= publisher.TryPublish(fill) == disruptor::ClaimStatus::kFull;
      ok &= publisher.TryPublishBatch(0, fill) == disruptor::ClaimStatus::kInvalidCount;
      for (std::size_t stage = 0; stage < 4; ++stage) {
        ok &= pipeline_.stage(stage).Step(kCapacity) == kCapacity;
        ok &= pipeline_.stage(stage).Step(kCapacity) == 0;
        ok &= !stop_.StopsBefore(pipeline_.stage(stage).next()) && !stop_.halted();
      }
    }
    return ok;
  }

 private:
  disruptor::Pipeline<Event> pipeline_;
  disruptor::StopSignal stop_;
  std::int64_t sum_ = 0;
  bool ready_ = false;
};

}  // namespace tests::purity

#endif  // TESTS_PURITY_STEADY_STATE_H_
