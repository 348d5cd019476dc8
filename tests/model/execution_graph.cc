#include "tests/model/execution_graph.h"

#include <algorithm>

#include "tests/model/sequential_consistency.h"

namespace model {
namespace {

bool IsScEvent(const Event& event) {
  return event.thread != 0 &&
         (event.order == Order::kSeqCst || event.kind == EventKind::kLightBarrier);
}

}  // namespace

void ExecutionGraph::Reset() {
  events_.clear();
  location_count_ = 0;
  threads_.fill(ThreadClocks{});
  sc_events_ = 0;
}

// One step further than the last event, so that plain accesses behind it are known, too.
void ExecutionGraph::Start(int thread) {
  VectorClock& body = Thread(0).now;
  body.Set(0, body[0] + 1);
  Thread(thread).now.Join(body);
}
void ExecutionGraph::Join(int thread) {
  VectorClock last = Now(thread);
  last.Set(thread, last[thread] + 1);
  Thread(0).now.Join(last);
}

int ExecutionGraph::AddLocation(int thread, const void* address, int signed_bytes,
                                std::uint64_t initial) {
  const int id = location_count_++;
  if (static_cast<std::size_t>(id) == locations_.size()) locations_.emplace_back();
  Location& place = Place(id);
  place.address = address;
  place.signed_bytes = signed_bytes;
  place.writes.clear();
  place.accesses.clear();
  Event& event = NewEvent(thread, EventKind::kStore, Order::kPlain);
  event.location = id;
  event.written = initial;
  // Handing the object to another thread is the creator's business: reading the initial value
  // synchronises with nothing.
  InsertWrite(static_cast<int>(events_.size()) - 1, 0);
  return id;
}

int ExecutionGraph::Floor(int location, const VectorClock& known) const {
  int floor = 0;
  for (const int id : this->location(location).accesses) {
    const Event& access = event(id);
    if (!HappensBefore(access, known)) continue;
    const int write = access.Writes() ? id : access.reads_from;
    floor = std::max(floor, event(write).position);
  }
  return floor;
}

bool ExecutionGraph::FollowedByReadModifyWrite(int write) const {
  const std::vector<int>& writes = location(event(write).location).writes;
  const auto next = static_cast<std::size_t>(event(write).position) + 1;
  return next < writes.size() && event(writes[next]).kind == EventKind::kReadModifyWrite;
}

bool ExecutionGraph::MayNeedScCheck(int thread, Order order) const {
  return thread != 0 && sc_events_ + (order == Order::kSeqCst ? 1 : 0) >= 2;
}

std::vector<int> ExecutionGraph::ReadableWrites(int thread, int location, Order order,
                                                bool for_write, const VectorClock& known) {
  VectorClock clock = Now(thread);
  clock.Join(known);
  std::vector<int> readable;
  const std::vector<int> writes = this->location(location).writes;
  for (auto i = static_cast<std::size_t>(Floor(location, clock)); i < writes.size(); ++i) {
    const int write = writes[i];
    if (for_write && FollowedByReadModifyWrite(write)) continue;
    // What reads the latest write has nothing behind it yet, so it cannot close a cycle.
    if (i + 1 < writes.size() && MayNeedScCheck(thread, order)) {
      const ThreadClocks before = Thread(thread);
      if (for_write) {
        AddReadModifyWrite(thread, location, order, write, 0);
      } else {
        AddLoad(thread, location, order, write);
      }
      const bool consistent = IsSequentiallyConsistent(*this);
      Undo(before);
      if (!consistent) continue;
    }
    readable.push_back(write);
  }
  return readable;
}

std::vector<int> ExecutionGraph::StorePositions(int thread, int location, Order order) {
  std::vector<int> positions;
  const int count = static_cast<int>(this->location(location).writes.size());
  const int floor = Floor(location, Now(thread));
  for (int position = count; position > floor; --position) {
    if (position < count) {
      const auto before_it = static_cast<std::size_t>(position) - 1;
      if (FollowedByReadModifyWrite(this->location(location).writes[before_it])) continue;
      if (MayNeedScCheck(thread, order)) {
        const ThreadClocks before = Thread(thread);
        AddStore(thread, location, order, 0, position);
        const bool consistent = IsSequentiallyConsistent(*this);
        Undo(before);
        if (!consistent) continue;
      }
    }
    positions.push_back(position);
  }
  return positions;
}

Event& ExecutionGraph::NewEvent(int thread, EventKind kind, Order order) {
  ThreadClocks& clocks = Thread(thread);
  const std::int32_t index = clocks.now[thread] + 1;
  clocks.now.Set(thread, index);
  Event& event = events_.emplace_back(Event{kind, order, thread, index});
  event.clock = clocks.now;
  if (IsScEvent(event)) ++sc_events_;
  return event;
}

void ExecutionGraph::InsertWrite(int id, int position) {
  Location& place = Place(At(id).location);
  place.writes.insert(place.writes.begin() + position, id);
  place.accesses.push_back(id);
  for (auto i = static_cast<std::size_t>(position); i < place.writes.size(); ++i) {
    At(place.writes[i]).position = static_cast<int>(i);
  }
}

void ExecutionGraph::Undo(const ThreadClocks& before) {
  const Event last = events_.back();
  Location& place = Place(last.location);
  place.accesses.pop_back();
  if (last.Writes()) {
    place.writes.erase(place.writes.begin() + last.position);
    for (auto i = static_cast<std::size_t>(last.position); i < place.writes.size(); ++i) {
      At(place.writes[i]).position = static_cast<int>(i);
    }
  }
  if (IsScEvent(last)) --sc_events_;
  events_.pop_back();
  Thread(last.thread) = before;
}

int ExecutionGraph::AddLoad(int thread, int location, Order order, int write) {
  const int id = static_cast<int>(events_.size());
  ThreadClocks& clocks = Thread(thread);
  Event& load = NewEvent(thread, EventKind::kLoad, order);
  const Event& source = event(write);
  load.location = location;
  load.reads_from = write;
  load.read = source.written;
  (Acquires(order) ? clocks.now : clocks.at_acquire_fence).Join(source.message);
  load.clock = clocks.now;
  Place(location).accesses.push_back(id);
  return id;
}

int ExecutionGraph::AddStore(int thread, int location, Order order, std::uint64_t value,
                             int position) {
  const int id = static_cast<int>(events_.size());
  const ThreadClocks& clocks = Thread(thread);
  Event& store = NewEvent(thread, EventKind::kStore, order);
  store.location = location;
  store.written = value;
  store.message = Releases(order) ? clocks.now : clocks.release_fence;
  InsertWrite(id, position);
  return id;
}

int ExecutionGraph::AddReadModifyWrite(int thread, int location, Order order, int write,
                                       std::uint64_t value) {
  const int id = static_cast<int>(events_.size());
  ThreadClocks& clocks = Thread(thread);
  Event& update = NewEvent(thread, EventKind::kReadModifyWrite, order);
  const Event& source = event(write);
  update.location = location;
  update.reads_from = write;
  update.read = source.written;
  update.written = value;
  (Acquires(order) ? clocks.now : clocks.at_acquire_fence).Join(source.message);
  update.clock = clocks.now;
  update.message = Releases(order) ? clocks.now : clocks.release_fence;
  // A read-modify-write continues the release sequence of what it read.
  update.message.Join(source.message);
  InsertWrite(id, source.position + 1);
  return id;
}

int ExecutionGraph::AddBarrier(int thread, EventKind kind, Order order) {
  const int id = static_cast<int>(events_.size());
  ThreadClocks& clocks = Thread(thread);
  Event& barrier = NewEvent(thread, kind, order);
  if (kind == EventKind::kLightBarrier) return id;
  if (Acquires(order)) clocks.now.Join(clocks.at_acquire_fence);
  if (Releases(order)) clocks.release_fence = clocks.now;
  barrier.clock = clocks.now;
  return id;
}

int ExecutionGraph::AddNote(int thread, EventKind kind, int location) {
  const int id = static_cast<int>(events_.size());
  NewEvent(thread, kind, Order::kPlain).location = location;
  return id;
}

}  // namespace model
