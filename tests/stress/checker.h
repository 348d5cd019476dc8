#ifndef TESTS_STRESS_CHECKER_H_
#define TESTS_STRESS_CHECKER_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "tests/stress/jitter.h"
#include "tests/stress/payload.h"

namespace tests::stress {

// Checker is the handler of a stage: it looks for every way in which an event can be wrong.
//
// THREADS  the stage's; the results may be read once that has ended.
class Checker {
 public:
  Checker(std::size_t stage, std::vector<std::size_t> after, std::uint64_t seed)
      : stage_(stage), after_(std::move(after)), jitter_(seed) {}

  void operator()(Payload& payload, std::int64_t sequence, bool end_of_batch) {
    in_order_ &= sequence == handled_;
    whole_ &= payload.Holds(sequence);
    for (const std::size_t upstream : after_) behind_ &= payload.mark(upstream) == sequence;
    jitter_.Pause();
    // Still the same after the pause: nobody overwrites what is being read.
    whole_ &= payload.Holds(sequence);
    payload.Mark(stage_, sequence);
    ++handled_;
    batch_is_open_ = !end_of_batch;
  }

  [[nodiscard]] bool in_order() const { return in_order_; }
  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] bool behind_upstream() const { return behind_; }
  [[nodiscard]] bool batch_is_open() const { return batch_is_open_; }
  [[nodiscard]] std::int64_t handled() const { return handled_; }

 private:
  std::size_t stage_;
  std::vector<std::size_t> after_;
  Jitter jitter_;
  std::int64_t handled_ = 0;
  bool in_order_ = true;
  bool whole_ = true;
  bool behind_ = true;
  bool batch_is_open_ = false;
};

}  // namespace tests::stress

#endif  // TESTS_STRESS_CHECKER_H_
