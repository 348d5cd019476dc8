#ifndef EXAMPLES_MARKET_DATA_CHECKPOINT_LOG_H_
#define EXAMPLES_MARKET_DATA_CHECKPOINT_LOG_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "examples/market_data/order_book.h"
#include "examples/market_data/session_result.h"

namespace market_data {

// CheckpointLog copies the state of one instrument's book after given numbers of messages.
//
//   Threads  that of the books.
//   Cost     one comparison a message; no allocation after construction except for the comparison
//            of symbols at a checkpoint.
class CheckpointLog {
 public:
  // `positions` are strictly increasing. `symbol` is the instrument's name; when empty, it is the
  // one with the most messages so far.
  CheckpointLog(std::vector<std::int64_t> positions, std::string symbol)
      : positions_(std::move(positions)), symbol_(std::move(symbol)) {
    checkpoints_.reserve(positions_.size());
    next_ = positions_.empty() ? kNever : positions_.front();
  }

  // AfterMessage is called with the sequence of each message after the books have taken it.
  void AfterMessage(std::int64_t sequence, const Books& books) {
    if (sequence + 1 >= next_) [[unlikely]]
      Record(sequence + 1, books);
  }

  const std::vector<Checkpoint>& checkpoints() const { return checkpoints_; }

 private:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  void Record(std::int64_t position, const Books& books) {
    Checkpoint checkpoint;
    checkpoint.position = position;
    const std::uint32_t number = books.NumberOf(symbol_);
    if (number != InstrumentIndex::kNone) {
      checkpoint.instrument = books.InstrumentId(number);
      checkpoint.top = books.Top(number);
      checkpoint.live_orders = books.LiveOrders(number);
    }
    checkpoints_.push_back(checkpoint);
    ++reached_;
    next_ = reached_ < positions_.size() ? positions_[reached_] : kNever;
  }

  std::vector<std::int64_t> positions_;
  std::string symbol_;
  std::vector<Checkpoint> checkpoints_;
  std::size_t reached_ = 0;
  std::int64_t next_ = kNever;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_CHECKPOINT_LOG_H_
