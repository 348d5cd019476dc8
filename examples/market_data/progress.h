#ifndef EXAMPLES_MARKET_DATA_PROGRESS_H_
#define EXAMPLES_MARKET_DATA_PROGRESS_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace market_data {

// Progress redraws one line on standard error, five times a second, while something long runs:
//
//   latency run   38 %  152,331 of 400,000 messages
//
// It draws nothing unless standard error is a terminal. Its thread belongs to no stage and runs
// wherever there is room; it only reads counters.
//
// THREADS  constructor and destructor: the owner. `done` is called from the line's own thread.
class Progress {
 public:
  Progress(std::string what, std::uint64_t total, std::string unit,
           std::function<std::uint64_t()> done);
  // Clears the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void Draw();

  std::string what_;
  std::uint64_t total_;
  std::string unit_;
  std::function<std::uint64_t()> done_;
  bool on_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_PROGRESS_H_
