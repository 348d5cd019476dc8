#include "affinity/thread_counters.h"

#include <charconv>
#include <cstddef>
#include <sstream>
#include <vector>

namespace affinity {
namespace {

// Fields are numbered as in proc(5), where the state after the name is field 3.
constexpr std::size_t kFirstField = 3;
constexpr std::size_t kMinorFaults = 10;
constexpr std::size_t kMajorFaults = 12;
constexpr std::size_t kProcessor = 39;

template <typename Number>
std::optional<Number> ParseNumber(const char* begin, const char* end) {
  Number number = 0;
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<ThreadStat> ParseThreadStat(const std::string& text) {
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream words(text.substr(name_end + 1));
  std::vector<std::string> fields;
  for (std::string word; words >> word;) fields.push_back(word);
  if (fields.size() <= kProcessor - kFirstField) return std::nullopt;
  const auto number = [&](std::size_t field) {
    const std::string& word = fields[field - kFirstField];
    return ParseNumber<std::uint64_t>(word.data(), word.data() + word.size());
  };
  const auto minor = number(kMinorFaults);
  const auto major = number(kMajorFaults);
  const auto cpu = number(kProcessor);
  if (!minor || !major || !cpu || *cpu > 1u << 20) return std::nullopt;
  return ThreadStat{*minor, *major, static_cast<int>(*cpu)};
}

std::optional<std::uint64_t> ParseCounter(const std::string& text, const std::string& key) {
  std::size_t at = text.find(key);
  while (at != std::string::npos && at > 0 && text[at - 1] != '\n') at = text.find(key, at + 1);
  if (at == std::string::npos) return std::nullopt;
  const std::size_t value = text.find_first_not_of(" \t:", at + key.size());
  if (value == std::string::npos || value == at + key.size()) return std::nullopt;
  return ParseNumber<std::uint64_t>(text.data() + value, text.data() + text.size());
}

}  // namespace affinity
