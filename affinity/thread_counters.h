#ifndef AFFINITY_THREAD_COUNTERS_H_
#define AFFINITY_THREAD_COUNTERS_H_

#include <cstdint>
#include <optional>
#include <string>

namespace affinity {

// ThreadStat is what pin_check needs of /proc/<pid>/task/<tid>/stat.
struct ThreadStat {
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  int cpu = 0;
};

// ParseThreadStat stands every thread name, also "a) R 1 (b": the fields are counted from the last
// parenthesis. Absent when the text is not such a file.
std::optional<ThreadStat> ParseThreadStat(const std::string& text);

// ParseCounter finds the line that starts with `key` and returns the first unsigned number after
// it and any blanks and colons: "nonvoluntary_ctxt_switches:\t12", "se.nr_migrations  :   3".
std::optional<std::uint64_t> ParseCounter(const std::string& text, const std::string& key);

}  // namespace affinity

#endif  // AFFINITY_THREAD_COUNTERS_H_
