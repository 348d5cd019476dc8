#ifndef TESTS_DISRUPTOR_RUNTIME_STAGE_RECORDER_H_
#define TESTS_DISRUPTOR_RUNTIME_STAGE_RECORDER_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace disruptor::runtime {

// MarkedEvent carries its own number and, for each stage that has handled it, that number again.
struct MarkedEvent {
  static constexpr std::size_t kMostStages = 8;

  std::int64_t number = -1;
  std::array<std::int64_t, kMostStages> marks{};
};

// StageRecorder is a handler that checks what it is given and remembers it; it may be told to
// throw. Pass it with std::ref.
//
// THREADS  the stage's, until the run has stopped or Start has returned; counters at any time.
class StageRecorder {
 public:
  static constexpr std::int64_t kNever = -1;

  // `after` are the recorders' indices of the stages that this one follows.
  explicit StageRecorder(std::size_t index = 0, std::vector<std::size_t> after = {})
      : index_(index), after_(std::move(after)) {}

  // The handler throws at that event.
  StageRecorder& ThrowAt(std::int64_t sequence) {
    throw_at_ = sequence;
    return *this;
  }

  void OnStart() {
    thread_ = std::this_thread::get_id();
    ++starts;
    if (throws_on_start) throw std::runtime_error("start refused");
  }

  void operator()(MarkedEvent& event, std::int64_t sequence) {
    if (sequence == throw_at_) throw std::runtime_error("a bad event");
    sound_ &= starts == 1 && stops == 0 && std::this_thread::get_id() == thread_;
    sound_ &= sequence == handled && event.number == sequence;
    for (const std::size_t upstream : after_) sound_ &= event.marks[upstream] == sequence;
    event.marks[index_] = sequence;
    ++handled;
  }

  void OnStop() {
    sound_ &= std::this_thread::get_id() == thread_;
    ++stops;
    if (throws_on_stop) throw std::runtime_error("stop refused");
  }

  // Every event was whole, in order, once, behind all that the stage follows; everything was called
  // on one thread.
  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] std::thread::id thread() const { return thread_; }

  std::atomic<std::int64_t> handled{0};
  std::atomic<int> starts{0};
  std::atomic<int> stops{0};
  bool throws_on_start = false;
  bool throws_on_stop = false;

 private:
  std::size_t index_;
  std::vector<std::size_t> after_;
  std::int64_t throw_at_ = kNever;
  std::thread::id thread_;
  bool sound_ = true;
};

// Number is the fill function of MarkedEvent.
inline void Number(MarkedEvent& event, std::int64_t sequence) { event.number = sequence; }

}  // namespace disruptor::runtime

#endif  // TESTS_DISRUPTOR_RUNTIME_STAGE_RECORDER_H_
