#ifndef TESTS_MODEL_EXECUTION_GRAPH_H_
#define TESTS_MODEL_EXECUTION_GRAPH_H_

#include <array>
#include <cstdint>
#include <vector>

#include "tests/model/event.h"

namespace model {

// ExecutionGraph is what has happened so far in one execution: the events of each thread, what each
// read reads from, and each location's modification order. It says which reads and which places for
// a write the memory model RC11 allows next, and adds the one that was chosen.
//
// Events are added in an order that agrees with program order and reads-from; everything else is
// free. In particular a write may go in before others in the modification order, and a read may
// read any write that coherence and the order of sequentially consistent events leave.
class ExecutionGraph {
 public:
  struct Location {
    const void* address;
    // The size of its type if that is signed, else 0.
    int signed_bytes;
    // Its writes, in modification order, and everything that accesses it, in the order of adding.
    std::vector<int> writes;
    std::vector<int> accesses;
  };

  void Reset();

  // Happens-before from thread 0 to the start of `thread`, and from the end of `thread` to thread
  // 0.
  void Start(int thread);
  void Join(int thread);

  int AddLocation(int thread, const void* address, int signed_bytes, std::uint64_t initial);

  // Writes of `location` that a read of `thread` may take its value from now, oldest first. With
  // `for_write` those that a read-modify-write may follow. `known` tells the reader of more writes
  // than its own past does.
  std::vector<int> ReadableWrites(int thread, int location, Order order, bool for_write,
                                  const VectorClock& known);
  // Positions in the modification order that a store of `thread` may take now, last one first.
  std::vector<int> StorePositions(int thread, int location, Order order);

  // These return the new event.
  int AddLoad(int thread, int location, Order order, int write);
  int AddStore(int thread, int location, Order order, std::uint64_t value, int position);
  int AddReadModifyWrite(int thread, int location, Order order, int write, std::uint64_t value);
  int AddBarrier(int thread, EventKind kind, Order order);
  // For the schedule only.
  int AddNote(int thread, EventKind kind, int location);

  [[nodiscard]] const std::vector<Event>& events() const noexcept { return events_; }
  [[nodiscard]] const Event& event(int id) const { return events_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Location& location(int id) const {
    return locations_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] int location_count() const noexcept { return location_count_; }
  [[nodiscard]] int LatestWrite(int location) const {
    return this->location(location).writes.back();
  }
  // What happens before the next event of `thread`.
  [[nodiscard]] const VectorClock& Now(int thread) const { return Thread(thread).now; }

 private:
  struct ThreadClocks {
    VectorClock now;
    // Messages of relaxed reads, which an acquire fence makes count.
    VectorClock at_acquire_fence;
    // What was known at the last release fence, which relaxed writes carry from then on.
    VectorClock release_fence;
  };

  [[nodiscard]] const ThreadClocks& Thread(int thread) const {
    return threads_[static_cast<std::size_t>(thread)];
  }
  ThreadClocks& Thread(int thread) { return threads_[static_cast<std::size_t>(thread)]; }
  Event& At(int id) { return events_[static_cast<std::size_t>(id)]; }
  Location& Place(int id) { return locations_[static_cast<std::size_t>(id)]; }

  // The position of the oldest write that coherence leaves for whoever knows `known`.
  [[nodiscard]] int Floor(int location, const VectorClock& known) const;
  [[nodiscard]] bool FollowedByReadModifyWrite(int write) const;
  [[nodiscard]] bool MayNeedScCheck(int thread, Order order) const;

  Event& NewEvent(int thread, EventKind kind, Order order);
  void InsertWrite(int id, int position);
  // Takes the last event back; `before` is its thread's state from before.
  void Undo(const ThreadClocks& before);

  std::vector<Event> events_;
  // More than location_count_ keep their memory for the next execution.
  std::vector<Location> locations_;
  int location_count_ = 0;
  std::array<ThreadClocks, kMaxThreads> threads_;
  // Sequentially consistent accesses, fences and barriers outside thread 0.
  int sc_events_ = 0;
};

}  // namespace model

#endif  // TESTS_MODEL_EXECUTION_GRAPH_H_
