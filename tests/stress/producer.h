#ifndef TESTS_STRESS_PRODUCER_H_
#define TESTS_STRESS_PRODUCER_H_

#include <sched.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "disruptor/pipeline.h"
#include "tests/stress/jitter.h"
#include "tests/stress/payload.h"

namespace tests::stress {

// Producer publishes payloads in every form there is, until it has enough or is stopped.
//
// THREADS  one.
class Producer {
 public:
  static constexpr std::int64_t kEndless = std::numeric_limits<std::int64_t>::max();

  Producer(disruptor::Pipeline<Payload>& pipeline, std::uint64_t seed)
      : publisher_(pipeline.MakePublisher(pipeline.sleepers() == nullptr
                                              ? disruptor::ProducerWait()
                                              : pipeline.SleepingProducer())),
        capacity_(pipeline.options().capacity),
        stages_(pipeline.graph().size()),
        jitter_(seed) {}

  // Returns kOk after `count` events, or what stopped it.
  disruptor::ClaimStatus Publish(std::int64_t count) {
    while (published_ < count) {
      const std::int64_t batch = std::min(
          count - published_,
          1 + static_cast<std::int64_t>(jitter_.Below(static_cast<std::uint64_t>(capacity_))));
      const disruptor::ClaimStatus status = PublishOnce(batch);
      if (status == disruptor::ClaimStatus::kFull) {
        sched_yield();
      } else if (status != disruptor::ClaimStatus::kOk) {
        return status;
      }
      jitter_.Pause();
    }
    return disruptor::ClaimStatus::kOk;
  }

  [[nodiscard]] std::int64_t published() const { return published_; }
  // False when a slot was given out that some stage had not handled.
  [[nodiscard]] bool slots_were_free() const { return slots_were_free_; }

 private:
  struct Refused {};

  disruptor::ClaimStatus PublishOnce(std::int64_t batch) {
    const bool refuse = jitter_.OneIn(64);
    std::int64_t filled = 0;
    const auto fill = [&](Payload& payload, std::int64_t sequence) {
      if (refuse && jitter_.OneIn(4)) throw Refused();
      slots_were_free_ &= sequence == published_ + filled && HandledByAll(payload, sequence);
      payload.Write(sequence);
      ++filled;
    };
    try {
      disruptor::ClaimStatus status = disruptor::ClaimStatus::kOk;
      switch (jitter_.Below(4)) {
        case 0:
          status = publisher_.Publish(fill);
          break;
        case 1:
          status = publisher_.TryPublish(fill);
          break;
        case 2:
          status = publisher_.PublishBatch(batch, fill);
          break;
        default:
          status = publisher_.TryPublishBatch(batch, fill);
          break;
      }
      published_ += filled;
      return status;
    } catch (const Refused&) {
      return disruptor::ClaimStatus::kOk;
    }
  }

  [[nodiscard]] bool HandledByAll(const Payload& payload, std::int64_t sequence) const {
    const std::int64_t lap_before = sequence < capacity_ ? Payload::kNotYet : sequence - capacity_;
    for (std::size_t stage = 0; stage < stages_; ++stage) {
      if (payload.mark(stage) != lap_before) return false;
    }
    return true;
  }

  disruptor::Publisher<Payload> publisher_;
  std::int64_t capacity_;
  std::size_t stages_;
  Jitter jitter_;
  std::int64_t published_ = 0;
  bool slots_were_free_ = true;
};

}  // namespace tests::stress

#endif  // TESTS_STRESS_PRODUCER_H_
