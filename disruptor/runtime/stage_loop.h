#ifndef DISRUPTOR_RUNTIME_STAGE_LOOP_H_
#define DISRUPTOR_RUNTIME_STAGE_LOOP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "disruptor/busy_spin_wait_strategy.h"
#include "disruptor/pipeline.h"
#include "disruptor/runtime/plan.h"
#include "disruptor/runtime/worker_group.h"
#include "disruptor/stage.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_strategy.h"
#include "disruptor/yielding_wait_strategy.h"

namespace disruptor::runtime {

// StageLoop runs the stages of one worker on its thread.
//
// A single stage runs in its own loop, made for its handler and wait strategy. Several are visited
// in the order of the graph, a batch each: one indirect call for each batch, none for each event.
//
// THREADS  Run: the worker's. Doing: the same thread, after Run has thrown.
template <typename Event, typename Probe>
class StageLoop {
 public:
  // kSharedBatch bounds a visit, so that what one stage has touched is still in the cache when the
  // next one comes to it (benchmarks/shared_batch.cc).
  static constexpr std::int64_t kSharedBatch = 256;

  StageLoop(Pipeline<Event, Probe>& pipeline, const WorkerPlan& plan, const StopSignal& stop)
      : pipeline_(pipeline), plan_(plan), stop_(stop) {}

  void OnStart() {
    for (visiting_ = 0; visiting_ < plan_.stages.size(); ++visiting_) At(visiting_).OnStart();
    visiting_ = 0;
  }
  void OnStop() {
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      visiting_ = i;
      At(i).OnStop();
    }
  }

  void Run() {
    if (plan_.stages.size() == 1) {
      At(0).Run(plan_.wait, stop_);
    } else if (plan_.wait == WaitKind::kBusySpin) {
      BusySpinWaitStrategy wait;
      RunShared(wait);
    } else {
      YieldingWaitStrategy wait;
      RunShared(wait);
    }
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

  template <WaitStrategy Wait>
  void RunShared(Wait& wait) {
    while (true) {
      std::int64_t handled = 0;
      for (visiting_ = 0; visiting_ < plan_.stages.size(); ++visiting_) {
        handled += At(visiting_).Step(kSharedBatch);
      }
      if (handled > 0) {
        wait.Worked();
        if (stop_.halted()) return;
      } else if (Finished()) {
        return;
      } else {
        wait.Idle();
      }
    }
  }

  [[nodiscard]] bool Finished() {
    for (std::size_t i = 0; i < plan_.stages.size(); ++i) {
      if (!stop_.StopsBefore(At(i).next())) return false;
    }
    return true;
  }

  Pipeline<Event, Probe>& pipeline_;
  const WorkerPlan& plan_;
  const StopSignal& stop_;
  std::size_t visiting_ = 0;
};

// MakeWorkerTask wraps a loop for a WorkerGroup. What is passed by reference outlives the group.
template <typename Event, typename Probe>
WorkerTask MakeWorkerTask(Pipeline<Event, Probe>& pipeline, const WorkerPlan& plan,
                          const StopSignal& stop) {
  auto loop = std::make_shared<StageLoop<Event, Probe>>(pipeline, plan, stop);
  return {.name = plan.name,
          .cpu = plan.cpu,
          .start = [loop] { loop->OnStart(); },
          .run = [loop] { loop->Run(); },
          .stop = [loop] { loop->OnStop(); },
          .doing = [loop] { return loop->Doing(); }};
}

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_STAGE_LOOP_H_
