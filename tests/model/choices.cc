#include "tests/model/choices.h"

#include <cstdlib>

namespace model {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
static_assert(kDigits.size() == Choices::kMaxOptions);

}  // namespace

int Choices::Choose(int options) {
  if (options < 1 || options > kMaxOptions) std::abort();
  if (next_ == forks_.size()) forks_.push_back({0, options});
  Fork& fork = forks_[next_++];
  fork.options = options;
  // A path that was written for another program, or another version of this one.
  if (fork.taken >= options) fork.taken = options - 1;
  return fork.taken;
}

bool Choices::Advance() {
  forks_.resize(next_);
  while (!forks_.empty() && forks_.back().taken + 1 == forks_.back().options) forks_.pop_back();
  if (forks_.empty()) return false;
  ++forks_.back().taken;
  return true;
}

std::string Choices::Path() const {
  std::string path;
  for (std::size_t i = 0; i < next_; ++i) {
    path += kDigits[static_cast<std::size_t>(forks_[i].taken)];
  }
  return path;
}

bool Choices::Follow(std::string_view path) {
  forks_.clear();
  for (const char c : path) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return false;
    forks_.push_back({static_cast<int>(digit), kMaxOptions});
  }
  return true;
}

}  // namespace model
