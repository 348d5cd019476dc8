#ifndef DISRUPTOR_SEQUENCE_GROUP_H_
#define DISRUPTOR_SEQUENCE_GROUP_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "disruptor/sequence.h"

namespace disruptor {

// SequenceGroup is a fixed set of sequences whose lowest member matters: the gates of a producer,
// or the stages that another stage follows.
//
// THREADS  built before start; Minimum() from the one thread that waits for the group.
// COST     Minimum() loads one foreign line for each member.
class SequenceGroup {
 public:
  // What the minimum over no members is: nobody holds anybody back.
  static constexpr std::int64_t kEmptyMinimum = std::numeric_limits<std::int64_t>::max();

  SequenceGroup() = default;
  explicit SequenceGroup(std::vector<const Sequence*> members) : members_(std::move(members)) {}

  // MinimumAcquire is the lowest member, or kEmptyMinimum. What the writers of all members did up
  // to that position is visible to the caller; the edge has its label where this is called.
  [[nodiscard]] std::int64_t MinimumAcquire() const noexcept {
    std::int64_t minimum = kEmptyMinimum;
    for (const Sequence* member : members_) {
      const std::int64_t value = member->LoadAcquire();
      minimum = value < minimum ? value : minimum;
    }
    return minimum;
  }

  [[nodiscard]] std::size_t size() const noexcept { return members_.size(); }
  [[nodiscard]] const std::vector<const Sequence*>& members() const noexcept { return members_; }

 private:
  std::vector<const Sequence*> members_;
};

}  // namespace disruptor

#endif  // DISRUPTOR_SEQUENCE_GROUP_H_
