#include "affinity/huge_pages.h"

#include <cstdint>
#include <cstdio>
#include <fstream>

#include "affinity/root_directory.h"
#include "affinity/thread_counters.h"

namespace affinity {

std::size_t ReservedHugePageBytes() {
  const std::string text = RootDirectory("/").Read("proc/meminfo").text;
  return ParseCounter(text, "Hugepagesize").value_or(0) * 1024;
}

std::size_t TransparentHugePageBytes() {
  const RootDirectory root("/");
  const std::string text = root.Read("sys/kernel/mm/transparent_hugepage/hpage_pmd_size").text;
  return ParseCounter("size " + text, "size").value_or(0);
}

std::size_t CountTransparentHugeBytes(const void* data) {
  char start[32];
  std::snprintf(start, sizeof(start), "%08jx-",
                static_cast<std::uintmax_t>(reinterpret_cast<std::uintptr_t>(data)));
  // A process may have more mappings than RootDirectory reads.
  std::ifstream lines("/proc/self/smaps");
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    // A heading has a dash in its first word, a value line a colon.
    const bool heading = line.find('-') < line.find(' ') && line.find(':') > line.find(' ');
    if (heading) inside = line.rfind(start, 0) == 0;
    if (!inside) continue;
    if (const auto kib = ParseCounter(line, "AnonHugePages")) return *kib * 1024;
  }
  return 0;
}

std::string FormatBytes(std::size_t bytes) {
  const char* const units[] = {" bytes", " KiB", " MiB", " GiB"};
  std::size_t unit = 0;
  while (unit < 3 && bytes != 0 && bytes % 1024 == 0) {
    bytes /= 1024;
    ++unit;
  }
  return std::to_string(bytes) + units[unit];
}

}  // namespace affinity
