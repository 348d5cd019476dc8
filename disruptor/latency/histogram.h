#ifndef DISRUPTOR_LATENCY_HISTOGRAM_H_
#define DISRUPTOR_LATENCY_HISTOGRAM_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "disruptor/cache_line.h"
#include "disruptor/latency/histogram_geometry.h"

namespace disruptor::latency {

// Histogram counts values (latencies in nanoseconds, batch sizes, depths) for exactly one writing
// thread, while any thread may read the counts.
//
// THREADS
//   role    count      may call
//   writer  exactly 1  Record, RecordN
//   reader  any        geometry, CountAt, overflow, negative, max (snapshot.h copies them all)
//   May run at once: every pair except the writer's own calls with each other.
//   The writer's role may move to another thread if the hand-over itself is a happens-before.
//
// CACHE LINES  (range = kFalseSharingBytes; static_asserts at the end)
//   range  written by   read by          holds                           when written
//   R0     constructor  everyone         geometry_, slots_               never after construction
//   R1     writer       writer, readers  max_, overflow_, negative_      a new maximum, out of
//   range slots  writer       writer, readers  own allocation, own ranges      every Record 50 ns
//   to 5 us touches about 6 kB of the default geometry's 28.7 kB of slots.
//
// ORDERING
//   None, all accesses are relaxed. Each counter has one writer, so load, add, store loses nothing
//   without a locked instruction; the counts only grow, so what a reader sees is a count that was
//   true a moment ago. Counters of one histogram may be seen at different moments: a snapshot sums
//   the slots that it copied, and so agrees with itself. A reader that needs the last sample joins
//   the writer first.
//
// PROGRESS  Record is wait-free: no allocation, no system call, no locked instruction, no exception
//           (tests/disruptor/latency/histogram_codegen_test).
// RANGE     A value above highest() or below 0 goes to a counter of its own and to no slot: it is
//           reported as lost, never clamped.
class alignas(kFalseSharingBytes) Histogram {
 public:
  // Allocates all slots, zeroed and therefore in memory before the first Record.
  explicit Histogram(const HistogramGeometry& geometry = HistogramGeometry())
      : geometry_(geometry), slots_(Allocate(geometry.slot_count())) {}

  Histogram(const Histogram&) = delete;
  Histogram& operator=(const Histogram&) = delete;

  // Record counts one value.
  //   Caller   the writer only.
  //   Touches  one slot line; R1 only for a new maximum or a value out of range.
  //   Cost     benchmarks/latency_recording.cc.
  void Record(std::int64_t value) noexcept { RecordN(value, 1); }

  // RecordN counts `value` `count` times, as one update.
  void RecordN(std::int64_t value, std::uint64_t count) noexcept {
    // One comparison for both ends: a negative value is a huge unsigned one.
    const auto magnitude = static_cast<std::uint64_t>(value);
    if (magnitude > static_cast<std::uint64_t>(geometry_.highest())) [[unlikely]] {
      Add(value < 0 ? negative_ : overflow_, count);
    } else {
      Add(slots_[geometry_.SlotOf(magnitude)], count);
    }
    if (value > max_.load(std::memory_order_relaxed)) [[unlikely]] {
      max_.store(value, std::memory_order_relaxed);
    }
  }

  [[nodiscard]] const HistogramGeometry& geometry() const noexcept { return geometry_; }

  // Count of `slot`, below geometry().slot_count().
  [[nodiscard]] std::uint64_t CountAt(std::size_t slot) const noexcept {
    return slots_[slot].load(std::memory_order_relaxed);
  }

  // Values above geometry().highest().
  [[nodiscard]] std::uint64_t overflow() const noexcept {
    return overflow_.load(std::memory_order_relaxed);
  }

  // Values below 0.
  [[nodiscard]] std::uint64_t negative() const noexcept {
    return negative_.load(std::memory_order_relaxed);
  }

  // The exact largest value, those above highest() included; 0 before the first one.
  [[nodiscard]] std::int64_t max() const noexcept { return max_.load(std::memory_order_relaxed); }

 private:
  using Counter = std::atomic<std::uint64_t>;
  static_assert(Counter::is_always_lock_free, "a locked counter would block the writer");

  struct Release {
    void operator()(Counter* slots) const noexcept {
      // Counters need no destructor call.
      ::operator delete[](static_cast<void*>(slots), std::align_val_t{kFalseSharingBytes});
    }
  };
  using Slots = std::unique_ptr<Counter[], Release>;

  static Slots Allocate(std::size_t count) {
    // Whole ranges, so that a neighbouring allocation never shares one.
    const std::size_t bytes = (count * sizeof(Counter) + kFalseSharingBytes - 1) /
                              kFalseSharingBytes * kFalseSharingBytes;
    void* memory = ::operator new[](bytes, std::align_val_t{kFalseSharingBytes});
    auto* slots = static_cast<Counter*>(memory);
    for (std::size_t i = 0; i < count; ++i) new (&slots[i]) Counter(0);
    return Slots(slots);
  }

  // Relaxed: one owner adds, and a reader only needs a count that was once true.
  static void Add(Counter& counter, std::uint64_t count) noexcept {
    counter.store(counter.load(std::memory_order_relaxed) + count, std::memory_order_relaxed);
  }

  // R0
  const HistogramGeometry geometry_;
  const Slots slots_;
  // R1
  alignas(kFalseSharingBytes) std::atomic<std::int64_t> max_{0};
  Counter overflow_{0};
  Counter negative_{0};
};

static_assert(sizeof(Histogram) == 2 * kFalseSharingBytes,
              "R0 is read on every Record and must not share a range with R1, which is written");
static_assert(alignof(Histogram) == kFalseSharingBytes, "R0 must start a range");

}  // namespace disruptor::latency

#endif  // DISRUPTOR_LATENCY_HISTOGRAM_H_
