#ifndef TESTS_MODEL_FOOTPRINT_H_
#define TESTS_MODEL_FOOTPRINT_H_

#include <set>
#include <tuple>

namespace model {

// Footprint remembers which thread has ever written which location in any execution so far. A read
// is put off in favour of a later write only where some other thread may still write: without that
// most executions would end waiting for writes that never come.
//
// When an execution adds to the footprint, the exploration starts again: it counts as complete only
// if it ran from beginning to end with a footprint that covers everything it met.
class Footprint {
 public:
  enum class Use { kWrite, kFutex };

  // Locations that were created before the threads started have the same number in every
  // execution. Of the others any thread may write any.
  void SetStable(int locations) noexcept { stable_ = locations; }

  void Add(int thread, int location, Use use) {
    if (location < stable_ && uses_.insert({thread, location, use}).second) grown_ = true;
  }
  [[nodiscard]] bool May(int thread, int location, Use use) const {
    return anything_ || location >= stable_ || uses_.count({thread, location, use}) > 0;
  }

  // True once after something was added.
  [[nodiscard]] bool TakeGrown() noexcept {
    const bool grown = grown_;
    grown_ = false;
    return grown;
  }
  // For following a given path: every thread may do anything, so that no fork lacks an option.
  void AssumeAnything() noexcept { anything_ = true; }

 private:
  std::set<std::tuple<int, int, Use>> uses_;
  int stable_ = 0;
  bool grown_ = false;
  bool anything_ = false;
};

}  // namespace model

#endif  // TESTS_MODEL_FOOTPRINT_H_
