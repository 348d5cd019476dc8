#ifndef TESTS_MODEL_PLAIN_H_
#define TESTS_MODEL_PLAIN_H_

#include <cstdint>
#include <string>

#include "tests/model/execution.h"

namespace model {

// Plain is an ordinary variable whose accesses are checked for data races: two accesses by
// different threads, at least one of them a write, neither of which happens before the other.
//
// A value that is read without a race is always the one written last, so there is nothing to
// choose.
template <typename T>
class Plain {
 public:
  Plain() : Plain(T{}) {}
  Plain(T value) : value_(value) { CheckWrite(); }  // NOLINT: stands for a T
  Plain(const Plain& other) : Plain(other.Get()) {}
  Plain& operator=(const Plain& other) { return *this = other.Get(); }
  Plain& operator=(T value) {
    CheckWrite();
    value_ = value;
    return *this;
  }
  operator T() const { return Get(); }  // NOLINT: stands for a T

  [[nodiscard]] T Get() const {
    CheckRead();
    return value_;
  }

 private:
  void CheckRead() const {
    if (!Fresh()) return;
    Execution& execution = *Execution::Current();
    if (execution.Now()[writer_] < written_) Race("written", writer_, "read");
    reads_.Set(execution.thread(), Stamp());
  }
  void CheckWrite() {
    if (!Fresh()) return;
    Execution& execution = *Execution::Current();
    if (execution.Now()[writer_] < written_) Race("written", writer_, "written");
    for (int t = 0; t < kMaxThreads; ++t) {
      if (execution.Now()[t] < reads_[t]) Race("read", t, "written");
    }
    writer_ = execution.thread();
    written_ = Stamp();
  }
  // Forgets what belongs to an earlier execution. False outside of all.
  bool Fresh() const {
    const Execution* const execution = Execution::Current();
    if (execution == nullptr) return false;
    if (execution_ != execution->Number()) {
      execution_ = execution->Number();
      writer_ = 0;
      written_ = 0;
      reads_ = VectorClock();
    }
    return true;
  }
  // The first event of this thread from which on others know of the access. A thread knows its own
  // accesses without any event in between.
  [[nodiscard]] std::int32_t Stamp() const {
    const Execution& execution = *Execution::Current();
    return execution.Now()[execution.thread()] + 1;
  }
  void Race(const char* first, int other, const char* second) const {
    Execution& execution = *Execution::Current();
    if (other == execution.thread()) return;
    const std::string name = execution.names().Of(this);
    execution.Fail("data race on " + (name.empty() ? "a plain variable" : name) + ": " + first +
                   " by " + execution.NameOf(other) + " and " + second + " by " +
                   execution.NameOf(execution.thread()) + ", in no order");
  }

  T value_;
  mutable std::uint32_t execution_ = 0;
  mutable int writer_ = 0;
  mutable std::int32_t written_ = 0;
  mutable VectorClock reads_;
};

}  // namespace model

#endif  // TESTS_MODEL_PLAIN_H_
