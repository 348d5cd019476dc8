#include "examples/market_data/progress.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

#include "examples/market_data/number_text.h"

namespace market_data {

Progress::Progress(std::string what, std::uint64_t total, std::string unit,
                   std::function<std::uint64_t()> done)
    : what_(std::move(what)),
      total_(std::max<std::uint64_t>(total, 1)),
      unit_(std::move(unit)),
      done_(std::move(done)),
      on_(isatty(STDERR_FILENO) == 1) {
  if (on_) thread_ = std::thread([this] { Draw(); });
}

Progress::~Progress() {
  if (!on_) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopped_.notify_all();
  thread_.join();
  // Back to the start of the line, and clear to its end.
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
}

void Progress::Draw() {
  constexpr auto kEvery = std::chrono::milliseconds(200);
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, kEvery, [this] { return stop_; })) {
    const std::uint64_t done = std::min(done_(), total_);
    std::fprintf(stderr, "\r\033[K%s  %3d %%  %s of %s %s", what_.c_str(),
                 static_cast<int>(done * 100 / total_), WithCommas(done).c_str(),
                 WithCommas(total_).c_str(), unit_.c_str());
    std::fflush(stderr);
  }
}

}  // namespace market_data
