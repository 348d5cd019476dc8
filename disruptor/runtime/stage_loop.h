#ifndef DISRUPTOR_RUNTIME_STAGE_LOOP_H_
#define DISRUPTOR_RUNTIME_STAGE_LOOP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "disruptor/blocking_wait_strategy.h"
#include "disruptor/check.h"
#include "disruptor/pipeline.h"
#include "disruptor/runtime/plan.h"
#include "disruptor/runtime/worker_group.h"
#include "disruptor/sequence.h"
#include "disruptor/stage.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_choice.h"
#include "disruptor/wait_strategy.h"

namespace disruptor::runtime {

// StageLoop runs the stages of one worker on its thread.
//
// A single stage runs in its own loop, made for its handler and wait strategy. Several are visited
// in the order of the graph, a batch each: one indirect call for each batch, none for each event.
//
// A stage that throws handles nothing more. The others go on, until they have handled the events
// before the one that it threw at: no event is left half way through the graph.
//
// THREADS  the worker's. on_failure is called on it as well.
template <typename Event, typename Probe>
class StageLoop {
 public:
  // kSharedBatch bounds a visit, so that what one stage has touched is still in the cache when the
  // next one comes to it: 256 events of 128 bytes fill a first-level cache of 32 KiB.
  static constexpr std::int64_t kSharedBatch = 256;

  // Called with the last event that the stage which threw has handled; makes `stop` follow.
  using OnFailure = std::function<void(std::int64_t last)>;

  StageLoop(Pipeline<Event, Probe>& pipeline, const WorkerPlan& plan, const StopSignal& stop,
            OnFailure on_failure)
      : pipeline_(pipeline),
        plan_(plan),
        stop_(stop),
        on_failure_(std::move(on_failure)),
        failed_(plan.stages.size(), false) {}

  // OnStart starts all stages or none: when one throws, those before it are stopped again.
  void OnStart() {
    visiting_ = 0;
    try {
      for (; visiting_ < plan_.stages.size(); ++visiting_) At(visiting_).OnStart();
    } catch (...) {
      // What goes wrong while cleaning up is not the cause.
      std::size_t failing = 0;
      (void)StopFirst(visiting_, failing);
      throw;
    }
    visiting_ = 0;
  }
  // OnStop stops all stages, and then throws what the first one of them threw.
  void OnStop() {
    std::size_t failing = 0;
    if (const std::exception_ptr error = StopFirst(plan_.stages.size(), failing)) {
      visiting_ = failing;
      std::rethrow_exception(error);
    }
  }

  // Run returns when the stages that have not failed are done.
  void Run() {
    if (plan_.stages.size() == 1) {
      At(0).Run(plan_.wait, stop_);
    } else {
      WithWaitStrategy(
          plan_.wait, [this] { return Blocking(); },
          [this](auto& strategy) { this->RunShared(strategy); });
    }
  }

  // AfterException retires the stage that threw out of Run, and says whether others are left to
  // Run.
  bool AfterException() {
    failed_[visiting_] = true;
    on_failure_(At(visiting_).next() - 1);
    return std::find(failed_.begin(), failed_.end(), false) != failed_.end();
  }

  // Doing names the stage that was being run and the event it was at.
  [[nodiscard]] std::string Doing() {
    return "stage \"" + pipeline_.graph()[plan_.stages[visiting_]].name + "\" at event " +
           std::to_string(At(visiting_).next());
  }

 private:
  [[nodiscard]] AnyStage<Event, Probe>& At(std::size_t i) {
    return pipeline_.stage(plan_.stages[i]);
  }

  // Stops the first `count` stages; the first exception, if any, is that of stage `failing`.
  [[nodiscard]] std::exception_ptr StopFirst(std::size_t count, std::size_t& failing) {
    std::exception_ptr first;
    for (std::size_t i = 0; i < count; ++i) {
      try {
        At(i).OnStop();
      } catch (...) {
        if (first == nullptr) {
          first = std::current_exception();
          failing = i;
        }
      }
    }
    return first;
  }

  template <WaitStrategy Wait>
  void RunShared(Wait& wait) {
    while (true) {
      std::int64_t handled = 0;
      for (visiting_ = 0; visiting_ < plan_.stages.size(); ++visiting_) {
        if (!failed_[visiting_]) handled += At(visiting_).Step(kSharedBatch);
      }
      if (handled > 0) {
        TellWorked(wait, handled);
        if (stop_.halted()) return;
      } else if (Finished()) {
        return;
      } else {
        IdleUntil(wait, [this] { return AnyReady() || Finished(); });
      }
    }
  }

  // The thread sleeps under the number of its first stage, on all that its stages follow. Those
  // that it advances itself are among them, which costs nothing: it does not sleep while it does.
  BlockingWaitStrategy Blocking() {
    std::vector<const Sequence*> awaited;
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      const std::vector<const Sequence*>& follows = At(i).follows().members();
      awaited.insert(awaited.end(), follows.begin(), follows.end());
    }
    PINWHEEL_CHECK(pipeline_.sleepers() != nullptr, "the pipeline does not allow sleep");
    return BlockingWaitStrategy(*pipeline_.sleepers(), At(0).sleeper(), std::move(awaited));
  }

  [[nodiscard]] bool AnyReady() {
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      if (!failed_[i] && At(i).Ready()) return true;
    }
    return false;
  }

  // A stage that has failed is finished, too: on_failure has made the stop come before its event.
  [[nodiscard]] bool Finished() {
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      if (!stop_.StopsBefore(At(i).next())) return false;
    }
    return true;
  }

  Pipeline<Event, Probe>& pipeline_;
  const WorkerPlan& plan_;
  const StopSignal& stop_;
  OnFailure on_failure_;
  // The stage being run, and those that have thrown, by their place in the plan.
  std::size_t visiting_ = 0;
  std::vector<bool> failed_;
};

// MakeWorkerTask wraps a loop for a WorkerGroup. What is passed by reference outlives the group.
template <typename Event, typename Probe>
WorkerTask MakeWorkerTask(Pipeline<Event, Probe>& pipeline, const WorkerPlan& plan,
                          const StopSignal& stop,
                          typename StageLoop<Event, Probe>::OnFailure on_failure) {
  auto loop =
      std::make_shared<StageLoop<Event, Probe>>(pipeline, plan, stop, std::move(on_failure));
  return {.name = plan.name,
          .cpu = plan.cpu,
          .start = [loop] { loop->OnStart(); },
          .run = [loop] { loop->Run(); },
          .after_exception = [loop] { return loop->AfterException(); },
          .stop = [loop] { loop->OnStop(); },
          .doing = [loop] { return loop->Doing(); }};
}

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_STAGE_LOOP_H_
