// The hot paths as functions that a disassembler can find: hot_paths_test reads the result. Each is
// what a user's loop would contain, with the header code inlined into it.

#include <atomic>
#include <cstdint>

#include "disruptor/claim_result.h"
#include "disruptor/publisher.h"
#include "disruptor/sequence_barrier.h"
#include "disruptor/single_producer_sequencer.h"
#include "disruptor/stop_signal.h"

using disruptor::ClaimStatus;

extern "C" {

// Only optimised code without instrumentation and debug checks is worth looking at.
#if defined(__OPTIMIZE__) && defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
void MarkerLook() {}
#else
void MarkerSkip() {}
#define MarkerLook MarkerSkip
#endif

// May call sched_yield, on the full ring only.
bool HotPublish(disruptor::Publisher<std::int64_t>& publisher, std::int64_t value) {
  return publisher.Publish([value](std::int64_t& event) noexcept { event = value; }) ==
         ClaimStatus::kOk;
}

bool HotTryPublish(disruptor::Publisher<std::int64_t>& publisher, std::int64_t value) {
  return publisher.TryPublish([value](std::int64_t& event) noexcept { event = value; }) ==
         ClaimStatus::kOk;
}

std::int64_t HotTryClaim(disruptor::SingleProducerSequencer& sequencer) {
  return sequencer.TryClaim(1).last;
}

std::int64_t HotPoll(const disruptor::SequenceBarrier& barrier) { return barrier.Poll(); }

bool HotStopCheck(const disruptor::StopSignal& stop, std::int64_t next) {
  return stop.halted() || stop.StopsBefore(next);
}

// What must be found, or the test finds nothing.
void ControlFullBarrierStore(std::atomic<std::int64_t>& sequence) { sequence = 1; }
void ControlReadModifyWrite(std::atomic<std::int64_t>& sequence) { ++sequence; }
void ControlFence() {
#if defined(__x86_64__)
  asm volatile("mfence" ::: "memory");
#endif
}
std::int64_t ControlCall(std::int64_t (*callee)()) { return callee() + 1; }

}  // extern "C"

// The linker drops what nobody refers to, and the compiler a reference that nobody looks at.
int main() {
  void* const kept[] = {
      reinterpret_cast<void*>(&MarkerLook),
      reinterpret_cast<void*>(&HotPublish),
      reinterpret_cast<void*>(&HotTryPublish),
      reinterpret_cast<void*>(&HotTryClaim),
      reinterpret_cast<void*>(&HotPoll),
      reinterpret_cast<void*>(&HotStopCheck),
      reinterpret_cast<void*>(&ControlFullBarrierStore),
      reinterpret_cast<void*>(&ControlReadModifyWrite),
      reinterpret_cast<void*>(&ControlFence),
      reinterpret_cast<void*>(&ControlCall),
  };
  asm volatile("" : : "r"(&kept) : "memory");
  return 0;
}
