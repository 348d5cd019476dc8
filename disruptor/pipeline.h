#ifndef DISRUPTOR_PIPELINE_H_
#define DISRUPTOR_PIPELINE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "disruptor/check.h"
#include "disruptor/probe.h"
#include "disruptor/producer_wait.h"
#include "disruptor/publisher.h"
#include "disruptor/ring_buffer.h"
#include "disruptor/ring_memory.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/single_producer_sequencer.h"
#include "disruptor/stage.h"
#include "disruptor/stage_graph.h"
#include "disruptor/stage_ref.h"
#include "disruptor/wait_strategy.h"
#include "disruptor/wake_list.h"

namespace disruptor {

// PipelineOptions: the name is for reports; the capacity is in events, a power of two.
struct PipelineOptions {
  std::string name = "pipeline";
  std::int64_t capacity = 1024;
};

// Pipeline is a ring of events and the stages that they pass: a chain, stages side by side, joins.
//
//   disruptor::Pipeline<Quote> pipeline({.name = "feed", .capacity = 1 << 16});
//   auto decode = pipeline.Stage("decode", Decode{});
//   auto book = pipeline.Stage("book", Book{}).After(decode);
//   pipeline.Stage("journal", Journal{}).After(decode).Background();
//
// It is a description until Assemble() has made the ring and connected the stages; it starts no
// threads. disruptor::runtime::Start() assembles it, places its stages on the machine and runs
// them; a program with threads of its own calls Assemble() and gives each stage to one of them.
//
// THREADS  set-up: one thread. After Assemble, the publisher belongs to the producer thread and
// each
//          stage to the thread that runs it; a pipeline may be moved only before Assemble.
template <typename Event, typename Probe = NoProbe>
class Pipeline {
 public:
  explicit Pipeline(PipelineOptions options = {})
      : options_(std::move(options)), graph_(std::make_unique<StageGraph>()) {}

  // Stage adds a stage. The handler is moved in, or refers to one that outlives the pipeline when
  // passed with std::ref. event_handler.h has the forms that a handler can have.
  template <typename Handler>
  StageRef Stage(std::string name, Handler&& handler) {
    if (ring_ != nullptr) {
      graph_->ReportMisuse("stage \"" + name + "\" was added after the pipeline was assembled");
    }
    graph_->Add(std::move(name));
    using Holder = std::decay_t<Handler>;
    stages_.push_back(std::make_unique<HandlerStage<Event, Probe, Holder>>(
        Holder(std::forward<Handler>(handler))));
    return StageRef(*graph_, stages_.size() - 1);
  }

  // Check says whether the pipeline can be assembled: a valid capacity, at least one stage, names
  // that tell them apart, no circles.
  [[nodiscard]] absl::Status Check() const {
    if (!IsValidCapacity(options_.capacity)) {
      return absl::InvalidArgumentError(
          "pipeline \"" + options_.name + "\": the capacity is " +
          std::to_string(options_.capacity) +
          "; it must be a power of two between 1 and 2^40, such as 1 << 16");
    }
    if (options_.capacity > kMaxRingBytes / static_cast<std::int64_t>(sizeof(Event))) {
      return absl::InvalidArgumentError("pipeline \"" + options_.name +
                                        "\": " + std::to_string(options_.capacity) + " events of " +
                                        std::to_string(sizeof(Event)) +
                                        " bytes need more memory than any address space has");
    }
    for (std::size_t i = 0; i < graph_->size(); ++i) {
      if ((*graph_)[i].wait == WaitKind::kBlocking &&
          graph_->size() >= SleeperTable::kMaxSleepers) {
        return absl::InvalidArgumentError("pipeline \"" + options_.name + "\": stage \"" +
                                          (*graph_)[i].name + "\" may sleep, which works with at " +
                                          "most 63 stages; there are " +
                                          std::to_string(graph_->size()));
      }
    }
    return graph_->TopologicalOrder().status();
  }

  // Assemble constructs the events in `memory` (BytesNeeded() or more; the heap by default) and
  // connects the stages. Once only.
  //
  //   Fails  as Check; InvalidArgument for too little memory, ResourceExhausted when the heap has
  //          none, FailedPrecondition the second time. Nothing has changed then.
  absl::Status Assemble() {
    if (absl::Status ready = CheckUnassembled(); !ready.ok()) return ready;
    try {
      return Assemble(RingMemory::Heap(BytesNeeded(), alignof(Event)));
    } catch (const std::bad_alloc&) {
      return absl::ResourceExhaustedError("pipeline \"" + options_.name + "\": its ring of " +
                                          std::to_string(options_.capacity) + " events needs " +
                                          std::to_string(BytesNeeded()) +
                                          " bytes, more than there are; choose a smaller capacity");
    }
  }
  absl::Status Assemble(RingMemory memory) {
    if (absl::Status ready = CheckUnassembled(); !ready.ok()) return ready;
    if (memory.size() < BytesNeeded()) {
      return absl::InvalidArgumentError("pipeline \"" + options_.name + "\" needs " +
                                        std::to_string(BytesNeeded()) + " bytes for its events; " +
                                        std::to_string(memory.size()) + " were given");
    }
    order_ = *graph_->TopologicalOrder();
    ring_ = std::make_unique<RingBuffer<Event>>(options_.capacity, std::move(memory));
    sequencer_ = std::make_unique<SingleProducerSequencer>(options_.capacity);
    for (const std::size_t index : order_) stages_[index]->Attach(*ring_, BarrierFor(index));
    std::vector<const Sequence*> gates;
    for (const std::size_t leaf : graph_->Leaves()) gates.push_back(&stages_[leaf]->sequence());
    sequencer_->SetGates(SequenceGroup(std::move(gates)));
    for (std::size_t i = 0; i < graph_->size(); ++i) {
      if ((*graph_)[i].wait == WaitKind::kBlocking && sleepers_ == nullptr) AllowSleep();
    }
    return absl::OkStatus();
  }

  // MakePublisher makes the producer's side; one for each pipeline, after Assemble.
  [[nodiscard]] Publisher<Event, Probe> MakePublisher(ProducerWait wait = {},
                                                      Probe probe = Probe{}) {
    PINWHEEL_CHECK(ring_ != nullptr, "a pipeline has a publisher only once it is assembled");
    return Publisher<Event, Probe>(*ring_, *sequencer_, std::move(wait), std::move(probe));
  }

  // AllowSleep makes every thread of the pipeline one that may sleep: before any of them runs,
  // after Assemble. Assemble calls it when a stage asks for WaitKind::kBlocking. From then on
  // whoever advances a sequence looks whether somebody sleeps on it: one plain load, or a
  // read-modify-write in the mode for kernels without membarrier.
  void AllowSleep(SleeperTable::Mode mode = SleeperTable::BestMode(),
                  std::chrono::nanoseconds longest_sleep = SleeperTable::kLongestSleep) {
    PINWHEEL_CHECK(ring_ != nullptr && stages_.size() < SleeperTable::kMaxSleepers,
                   "sleeping needs an assembled pipeline of at most 63 stages");
    sleepers_ = std::make_unique<SleeperTable>(mode, longest_sleep);
    sequencer_->cursor().wakes().Connect(sleepers_.get());
    for (const auto& stage : stages_) stage->AllowSleep(*sleepers_, sleepers_->Add());
    producer_number_ = sleepers_->Add();
  }
  // The threads that may sleep, for StopSignal::Wakes; null before AllowSleep.
  [[nodiscard]] SleeperTable* sleepers() const noexcept { return sleepers_.get(); }

  // SleepingProducer is the wait of a producer that sleeps while the ring is full. After
  // AllowSleep.
  [[nodiscard]] ProducerWait SleepingProducer() const {
    PINWHEEL_CHECK(sleepers_ != nullptr, "a producer may sleep only after AllowSleep");
    return BlockingWaitStrategy(*sleepers_, producer_number_, sequencer_->gates().members());
  }

  [[nodiscard]] std::size_t BytesNeeded() const {
    return RingBuffer<Event>::BytesFor(options_.capacity);
  }
  [[nodiscard]] const PipelineOptions& options() const noexcept { return options_; }
  [[nodiscard]] const StageGraph& graph() const noexcept { return *graph_; }

  // After Assemble:
  [[nodiscard]] AnyStage<Event, Probe>& stage(std::size_t index) { return *stages_[index]; }
  [[nodiscard]] const AnyStage<Event, Probe>& stage(std::size_t index) const {
    return *stages_[index];
  }
  // Indices of the stages, each after all that it follows.
  [[nodiscard]] const std::vector<std::size_t>& order() const noexcept { return order_; }
  [[nodiscard]] SingleProducerSequencer& sequencer() noexcept { return *sequencer_; }
  [[nodiscard]] const SingleProducerSequencer& sequencer() const noexcept { return *sequencer_; }
  [[nodiscard]] RingBuffer<Event>& ring() noexcept { return *ring_; }

 private:
  [[nodiscard]] absl::Status CheckUnassembled() const {
    if (absl::Status valid = Check(); !valid.ok()) return valid;
    if (ring_ == nullptr) return absl::OkStatus();
    return absl::FailedPreconditionError("pipeline \"" + options_.name + "\" is assembled already");
  }

  [[nodiscard]] SequenceBarrier BarrierFor(std::size_t index) const {
    std::vector<const Sequence*> follows;
    for (const std::size_t upstream : (*graph_)[index].after) {
      follows.push_back(&stages_[upstream]->sequence());
    }
    if (follows.empty()) follows.push_back(&sequencer_->cursor());
    return SequenceBarrier(SequenceGroup(std::move(follows)));
  }

  PipelineOptions options_;
  // On the heap, so that a StageRef survives a move of the pipeline.
  std::unique_ptr<StageGraph> graph_;
  // Declared before the stages, so that it outlives them.
  std::unique_ptr<RingBuffer<Event>> ring_;
  std::unique_ptr<SingleProducerSequencer> sequencer_;
  // Declared before the stages as well: their sequences' wake lists refer to it.
  std::unique_ptr<SleeperTable> sleepers_;
  std::size_t producer_number_ = 0;
  std::vector<std::unique_ptr<AnyStage<Event, Probe>>> stages_;
  std::vector<std::size_t> order_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_PIPELINE_H_
