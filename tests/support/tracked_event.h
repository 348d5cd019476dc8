#ifndef TESTS_SUPPORT_TRACKED_EVENT_H_
#define TESTS_SUPPORT_TRACKED_EVENT_H_

#include <cstdint>
#include <set>
#include <stdexcept>

namespace tests {

// TrackedEvent knows where each of its kind lives, so that a test sees an event that is destroyed
// twice, never, or while it does not exist; and it can refuse to be constructed.
//
// THREADS  one: the registry has no lock.
class TrackedEvent {
 public:
  TrackedEvent() {
    if (constructions_left == 0) throw std::runtime_error("no more events");
    --constructions_left;
    if (!live.insert(this).second) ++mistakes;
  }
  TrackedEvent(const TrackedEvent&) = delete;
  TrackedEvent& operator=(const TrackedEvent&) = delete;
  ~TrackedEvent() {
    if (live.erase(this) != 1) ++mistakes;
  }

  static void Reset(int constructions = 1 << 20) {
    live.clear();
    mistakes = 0;
    constructions_left = constructions;
  }

  std::int64_t value = 0;

  static inline std::set<const TrackedEvent*> live;
  static inline int mistakes = 0;
  static inline int constructions_left = 1 << 20;
};

}  // namespace tests

#endif  // TESTS_SUPPORT_TRACKED_EVENT_H_
