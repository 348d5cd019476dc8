#ifndef DISRUPTOR_RUNTIME_RUNTIME_H_
#define DISRUPTOR_RUNTIME_RUNTIME_H_

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "disruptor/pipeline.h"
#include "disruptor/producer_wait.h"
#include "disruptor/runtime/latency_probe.h"
#include "disruptor/runtime/latency_rows.h"
#include "disruptor/runtime/options.h"
#include "disruptor/runtime/preparation.h"
#include "disruptor/runtime/run_report.h"
#include "disruptor/runtime/stage_loop.h"
#include "disruptor/runtime/worker_group.h"
#include "disruptor/single_producer_sequencer.h"
#include "disruptor/stop_signal.h"
#include "disruptor/wait_strategy.h"
#include "disruptor/yielding_wait_strategy.h"

namespace disruptor::runtime {

// Runtime is a running pipeline: its threads, each on its CPU, and its publisher.
//
//   auto run = disruptor::runtime::Start(std::move(pipeline), {});
//   if (!run.ok()) ...
//   run->publisher().Publish([](Quote& q) { ... });
//   run->DrainAndStop(std::chrono::seconds(1));
//   std::cout << run->Report().ToText();
//
//   running --DrainAndStop--> every published event handled, threads gone
//      |  \---Halt----------> threads gone after the batches in their hands
//      \--a handler throws-->  publishers get kStopped, every stage behind it handles the events
//                              before the one it threw at, DrainAndStop tells the reason
//
// THREADS
//   role       may call
//   owner      Start, RunSource, DrainAndStop, Report, destructor
//   publisher  publisher(); may be the owner. DrainAndStop delivers what was published before it
//              was called; call it when the publishing thread is done, or from that thread.
//   any        Halt, Progress
// The destructor halts and waits for the threads; it waits as long as a handler does not return.
template <typename Event, typename Probe = NoProbe>
class Runtime {
 public:
  Runtime(Runtime&&) noexcept = default;
  // The old run ends as in the destructor, before this returns.
  Runtime& operator=(Runtime&& other) noexcept {
    Runtime taken(std::move(other));
    std::swap(state_, taken.state_);
    return *this;
  }
  ~Runtime() {
    if (state_ != nullptr) Halt();
  }

  [[nodiscard]] Publisher<Event, Probe>& publisher() { return *state_->publisher; }

  // The CPU that is kept for the publishing thread, if there is one to spare.
  [[nodiscard]] std::optional<int> publisher_cpu() const {
    return state_->preparation.plan.publisher_cpu;
  }
  // True when the publishing thread has no CPU of its own: while it waits for anything it should
  // yield, or the stages do not run.
  [[nodiscard]] bool publisher_shares_cpu() const {
    return state_->preparation.plan.publisher_shares;
  }

  // RunSource runs `source`, which publishes, on a new thread pinned to the publisher's CPU, and
  // returns when it is done; the report then has that thread as well. A program that publishes from
  // a thread of its own pins that itself, with affinity::PinThisThread(*publisher_cpu()): not the
  // main thread, whose mask is what a later Start() takes for the CPUs it may use.
  //
  //   Fails  when the thread cannot be started, or pinned under Pinning::kRequire; Aborted when
  //          `source` throws, with what it threw: the pipeline goes on with what was published.
  absl::Status RunSource(std::function<void()> source) {
    // The publisher's role goes to the new thread and comes back.
    SingleProducerSequencer& sequencer = state_->pipeline.sequencer();
    sequencer.ForgetProducerThread();
    WorkerTask task{.name = "publisher",
                    .cpu = publisher_cpu(),
                    .start = [] {},
                    .run = std::move(source),
                    .stop = [] {},
                    .work = "publishing"};
    auto group = WorkerGroup::Start({std::move(task)}, state_->pinning, state_->preparation.usable);
    if (!group.ok()) return group.status();
    (*group)->JoinUntil(std::chrono::steady_clock::time_point::max());
    sequencer.ForgetProducerThread();
    state_->source = (*group)->reports().front();
    return (*group)->failure();
  }

  // DrainAndStop lets every stage handle what was published and ends the threads. Idempotent: a
  // further call returns the same.
  //
  //   Returns  OK, also when the run had been halted; the reason, if a handler had stopped the
  //            pipeline; DeadlineExceeded when stages were still behind after `timeout`, naming
  //            them and how far they are. In that case the run is halted, and the call returns once
  //            the handlers have. Any timeout may be given, std::chrono::nanoseconds::max() too.
  absl::Status DrainAndStop(std::chrono::nanoseconds timeout) {
    using Clock = std::chrono::steady_clock;
    State& state = *state_;
    const Clock::time_point now = Clock::now();
    const bool endless = timeout >= Clock::time_point::max() - now;
    const Clock::time_point deadline = endless ? Clock::time_point::max() : now + timeout;
    state.pipeline.sequencer().Close();
    // E1 acquire <- SingleProducerSequencer::Publish: stages may be told to stop after this event
    // only if they can see it.
    state.StopAfter(state.pipeline.sequencer().cursor().LoadAcquire());
    if (!state.workers->JoinUntil(deadline)) {
      state.late = LateStages(timeout);
      state.stop.Halt();
      state.workers->JoinUntil(Clock::time_point::max());
    }
    return Outcome();
  }

  // Halt stops now: claims answer kStopped, each stage returns after the batch in its hands, and
  // what was published behind that is not handled. Does not wait. Idempotent.
  void Halt() noexcept {
    state_->pipeline.sequencer().Close();
    state_->stop.Halt();
  }

  // Progress is how many events the last stages have all handled.
  [[nodiscard]] std::int64_t Progress() const {
    std::int64_t least = state_->pipeline.sequencer().CursorApprox();
    for (const std::size_t leaf : state_->pipeline.graph().Leaves()) {
      least = std::min(least, state_->pipeline.stage(leaf).sequence().LoadRelaxed());
    }
    return least + 1;
  }

  // Report says where everything ran and where the time went; complete after the stop.
  [[nodiscard]] RunReport Report() const {
    const State& state = *state_;
    RunReport report{.pipeline = state.pipeline.options().name,
                     .outcome = Outcome(),
                     .published = state.pipeline.sequencer().CursorApprox() + 1};
    const std::vector<WorkerReport> workers = state.workers->reports();
    for (std::size_t i = 0; i < workers.size(); ++i) {
      report.workers.push_back({state.preparation.plan.workers[i], workers[i]});
      for (const std::size_t stage : state.preparation.plan.workers[i].stages) {
        report.stages.push_back({state.pipeline.graph()[stage].name, i,
                                 state.pipeline.stage(stage).sequence().LoadRelaxed() + 1});
      }
    }
    report.publisher_cpu = state.preparation.plan.publisher_cpu;
    report.source = state.source;
    report.warnings = state.preparation.plan.warnings;
    report.ring_memory = state.ring_description;
    report.clock = state.clock_description;
    if (state.track != nullptr && state.records_latency) {
      report.latency = LatencyRows(*state.track, state.pipeline.graph(), state.pipeline.order());
    }
    return report;
  }

  // The clock of the latencies, for Publisher::probe().Intend().
  [[nodiscard]] const latency::Clock& clock() const requires std::is_same_v<Probe, LatencyProbe> {
    return state_->track->clock();
  }

 private:
  template <typename E, typename P>
  friend absl::StatusOr<Runtime<E, P>> Start(Pipeline<E, P> pipeline, RuntimeOptions options);

  // On the heap: the threads refer to it.
  struct State {
    explicit State(Pipeline<Event, Probe> p) : pipeline(std::move(p)) {}

    Pipeline<Event, Probe> pipeline;
    StopSignal stop;
    // The last event that every stage is to handle, and who may change it: the owner who drains, a
    // stage that fails. The lower wish counts, or a stage would wait for events that never come.
    std::mutex last_mutex;
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    // Why the drain was given up; the owner's.
    absl::Status late;
    Pinning pinning = Pinning::kTry;
    Preparation preparation;
    std::string ring_description;
    std::string clock_description;
    std::unique_ptr<LatencyTrack> track;
    bool records_latency = false;
    std::optional<Publisher<Event, Probe>> publisher;
    // The thread of RunSource, once it is done.
    std::optional<WorkerReport> source;
    // Last, so that the threads are gone before what they use.
    std::unique_ptr<WorkerGroup> workers;

    void StopAfter(std::int64_t sequence) {
      const std::lock_guard lock(last_mutex);
      last = std::min(last, sequence);
      stop.StopAfter(last);
    }
  };

  explicit Runtime(std::unique_ptr<State> state) : state_(std::move(state)) {}

  // Why the run ended before it was asked to, or later.
  [[nodiscard]] absl::Status Outcome() const {
    absl::Status failure = state_->workers->failure();
    return failure.ok() ? state_->late : failure;
  }

  [[nodiscard]] absl::Status LateStages(std::chrono::nanoseconds timeout) const {
    const State& state = *state_;
    const std::int64_t published = state.pipeline.sequencer().CursorApprox() + 1;
    std::string late;
    for (const std::size_t i : state.pipeline.order()) {
      const std::int64_t done = state.pipeline.stage(i).sequence().LoadRelaxed() + 1;
      if (done >= published) continue;
      late += (late.empty() ? "stage \"" : ", \"") + state.pipeline.graph()[i].name + "\" at " +
              std::to_string(done);
    }
    if (late.empty()) {
      for (const std::string& thread : state.workers->Running()) {
        late +=
            (late.empty() ? "all were handled, but OnStop has not returned on thread \"" : ", \"") +
            thread + "\"";
      }
    }
    return absl::DeadlineExceededError(
        "pipeline \"" + state.pipeline.options().name + "\" was not drained within " +
        std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(timeout).count()) +
        " ms: of " + std::to_string(published) + " events, " + late +
        "; allow more time, or find out what these wait for");
  }

  std::unique_ptr<State> state_;
};

// Start places the pipeline on this machine, assembles it in memory near its first stage, and
// starts its threads: all of them or none. It returns when every stage's OnStart() has returned.
//
//   Fails  InvalidArgument for a pipeline that cannot be (Pipeline::Check) or a CPU that cannot be
//          had; Aborted when an OnStart() throws; with Pinning::kRequire also when a thread could
//          not be pinned. Nothing is left running.
//   Blocks about 100 ms longer where latencies are recorded and no clock is given: one is
//   calibrated.
template <typename Event, typename Probe>
absl::StatusOr<Runtime<Event, Probe>> Start(Pipeline<Event, Probe> pipeline,
                                            RuntimeOptions options = {}) {
  using Run = Runtime<Event, Probe>;
  if (absl::Status valid = pipeline.Check(); !valid.ok()) return valid;
  auto preparation = Prepare(pipeline.graph(), options);
  if (!preparation.ok()) return preparation.status();
  auto place = PlaceRing(pipeline.BytesNeeded(), *preparation);
  if (!place.ok()) return place.status();

  auto state = std::make_unique<typename Run::State>(std::move(pipeline));
  state->pinning = options.pinning;
  state->preparation = *std::move(preparation);
  state->ring_description = std::move(place->description);
  if (absl::Status ready = state->pipeline.Assemble(std::move(place->memory)); !ready.ok()) {
    return ready;
  }

  Probe publisher_probe{};
  if constexpr (std::is_same_v<Probe, LatencyProbe>) {
    latency::ClockChoice choice = options.clock ? *options.clock : latency::ChooseClock();
    state->clock_description = std::move(choice.description);
    state->track =
        MakeTrack(choice.clock, state->pipeline.options().capacity, state->pipeline.graph());
    const latency::SequenceSampler sampler(options.latency_every);
    for (const std::size_t stage : state->pipeline.order()) {
      state->pipeline.stage(stage).SetProbe(LatencyProbe(*state->track, sampler, stage));
    }
    publisher_probe = LatencyProbe(*state->track, sampler);
    state->records_latency = options.latency_every != 0;
  }
  if (options.publisher_wait == WaitKind::kBlocking && state->pipeline.sleepers() == nullptr) {
    state->pipeline.AllowSleep();
  }
  state->stop.Wakes(state->pipeline.sleepers());
  // A publisher that shares its CPU with stages has to let them run to get room.
  const int spins =
      state->preparation.plan.publisher_shares ? 0 : YieldingWaitStrategy::kDefaultSpins;
  ProducerWait wait = options.publisher_wait == WaitKind::kBlocking
                          ? state->pipeline.SleepingProducer()
                          : ProducerWait(YieldingWaitStrategy(spins));
  state->publisher.emplace(state->pipeline.MakePublisher(std::move(wait), publisher_probe));

  std::vector<WorkerTask> tasks;
  const auto on_failure = [raw = state.get()](std::int64_t last) {
    raw->pipeline.sequencer().Close();
    raw->StopAfter(last);
  };
  for (const WorkerPlan& worker : state->preparation.plan.workers) {
    tasks.push_back(MakeWorkerTask(state->pipeline, worker, state->stop, on_failure));
  }
  auto workers = WorkerGroup::Start(std::move(tasks), options.pinning, state->preparation.usable);
  if (!workers.ok()) return workers.status();
  state->workers = *std::move(workers);
  return Run(std::move(state));
}

}  // namespace disruptor::runtime

#endif  // DISRUPTOR_RUNTIME_RUNTIME_H_
