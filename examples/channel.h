#ifndef EXAMPLES_CHANNEL_H_
#define EXAMPLES_CHANNEL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

namespace examples {

// Channel is the ordinary way to hand values from one thread to another, to compare a ring with: a
// bounded queue under a mutex, with a condition variable for each direction.
//
// THREADS  any number of senders and receivers.
template <typename T>
class Channel {
 public:
  explicit Channel(std::size_t capacity) : capacity_(capacity) {}

  // Blocks while the channel is full.
  void Send(T value) {
    {
      std::unique_lock lock(mutex_);
      not_full_.wait(lock, [this] { return queue_.size() < capacity_; });
      queue_.push_back(std::move(value));
    }
    not_empty_.notify_one();
  }

  // Blocks while the channel is empty.
  T Receive() {
    T value;
    {
      std::unique_lock lock(mutex_);
      not_empty_.wait(lock, [this] { return !queue_.empty(); });
      value = std::move(queue_.front());
      queue_.pop_front();
    }
    not_full_.notify_one();
    return value;
  }

 private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable not_full_;
  std::condition_variable not_empty_;
  std::deque<T> queue_;
};

}  // namespace examples

#endif  // EXAMPLES_CHANNEL_H_
