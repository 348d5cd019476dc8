#ifndef DISRUPTOR_STAGE_H_
#define DISRUPTOR_STAGE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "disruptor/batch_event_processor.h"
#include "disruptor/blocking_wait_strategy.h"
#include "disruptor/check.h"
#include "disruptor/event_handler.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/sequence_group.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_choice.h"
#include "disruptor/wait_strategy.h"
#include "disruptor/wake_list.h"

namespace disruptor {

// AnyStage is a stage whose handler type has been forgotten, so that a pipeline can hold stages of
// all kinds. What is virtual here is called at start and stop, and Step() once for each batch when
// several stages share a thread; never for each event.
//
// THREADS  Attach: set-up. OnStart, Run, Step, OnStop: the stage's thread. sequence: any.
template <typename Event, typename Probe>
class AnyStage {
 public:
  virtual ~AnyStage() = default;

  // Attach connects the stage to the ring; before anything below.
  virtual void Attach(RingBuffer<Event>& ring, SequenceBarrier barrier) = 0;
  // SetProbe sets what watches the events of this stage.
  virtual void SetProbe(Probe probe) = 0;
  // Its number among the threads that may sleep.
  [[nodiscard]] virtual std::size_t sleeper() const = 0;
  // AllowSleep says where the stage's thread sleeps, and lets others sleep on its sequence.
  virtual void AllowSleep(SleeperTable& sleepers, std::size_t number) = 0;
  virtual void OnStart() = 0;
  virtual void OnStop() = 0;

  // Run handles events until `stop`, in a loop made for `wait`; kAuto counts as kYielding.
  virtual void Run(WaitKind wait, const StopSignal& stop) = 0;
  // Step handles at most `limit` of the events that are available; returns how many that were.
  virtual std::int64_t Step(std::int64_t limit) = 0;
  // Ready: would Step find something now?
  [[nodiscard]] virtual bool Ready() const = 0;
  // What Step waits for.
  [[nodiscard]] virtual const SequenceGroup& follows() const = 0;
  [[nodiscard]] virtual std::int64_t next() const = 0;
  [[nodiscard]] virtual const Sequence& sequence() const = 0;
};

// Unwrap lets a stage run a handler that lives elsewhere: pipeline.Stage("book", std::ref(book)).
template <typename Handler>
Handler& Unwrap(Handler& handler) {
  return handler;
}
template <typename Handler>
Handler& Unwrap(std::reference_wrapper<Handler>& handler) {
  return handler.get();
}

// HandlerStage is the stage for one type of handler, called directly from its loops.
template <typename Event, typename Probe, typename Holder>
class HandlerStage final : public AnyStage<Event, Probe> {
 public:
  explicit HandlerStage(Holder handler) : holder_(std::move(handler)) {}

  void Attach(RingBuffer<Event>& ring, SequenceBarrier barrier) override {
    processor_.emplace(ring, std::move(barrier), Unwrap(holder_));
  }
  void SetProbe(Probe probe) override { processor_->probe() = std::move(probe); }
  void AllowSleep(SleeperTable& sleepers, std::size_t number) override {
    sleepers_ = &sleepers;
    number_ = number;
    processor_->sequence().wakes().Connect(&sleepers);
  }
  std::size_t sleeper() const override { return number_; }
  void OnStart() override { InvokeOnStart(Unwrap(holder_)); }
  void OnStop() override { InvokeOnStop(Unwrap(holder_)); }

  void Run(WaitKind wait, const StopSignal& stop) override {
    PINWHEEL_CHECK(processor_.has_value(), "a stage runs only once its pipeline is assembled");
    WithWaitStrategy(
        wait, [this] { return Blocking(); },
        [this, &stop](auto& strategy) { processor_->Run(strategy, stop); });
  }
  std::int64_t Step(std::int64_t limit) override { return processor_->Step(limit); }
  bool Ready() const override { return processor_->Ready(); }
  const SequenceGroup& follows() const override { return processor_->follows(); }
  std::int64_t next() const override { return processor_->next(); }
  const Sequence& sequence() const override { return processor_->sequence(); }

 private:
  using Handler = std::remove_reference_t<decltype(Unwrap(std::declval<Holder&>()))>;
  static_assert(EventHandler<Handler, Event>,
                "a handler takes (Event&), (Event&, std::int64_t sequence) or "
                "(Event&, std::int64_t sequence, bool end_of_batch)");

  BlockingWaitStrategy Blocking() {
    PINWHEEL_CHECK(sleepers_ != nullptr, "a stage may sleep only after Pipeline::AllowSleep");
    return BlockingWaitStrategy(*sleepers_, number_, follows().members());
  }

  Holder holder_;
  SleeperTable* sleepers_ = nullptr;
  std::size_t number_ = 0;
  std::optional<BatchEventProcessor<Event, Handler, Probe>> processor_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_STAGE_H_
