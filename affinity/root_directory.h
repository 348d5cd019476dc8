#ifndef AFFINITY_ROOT_DIRECTORY_H_
#define AFFINITY_ROOT_DIRECTORY_H_

#include <string>
#include <vector>

namespace affinity {

// FileText is what a small file held, or why it could not be read. The three states are kept apart
// because a missing file is normal on many kernels and an unreadable one is worth a warning.
struct FileText {
  enum class State { kRead, kMissing, kUnreadable };

  State state = State::kMissing;
  std::string text;
  // With kUnreadable: one clause.
  std::string problem;

  [[nodiscard]] bool ok() const { return state == State::kRead; }
};

// RootDirectory reads the small text files of /sys and /proc, either the live ones (root "/") or a
// recorded copy. Paths are relative to the root and start without a slash.
//
// Recordings come from strangers: only regular files are opened, so that a FIFO or a device cannot
// block or act, and at most kMaxBytes are read. Links are followed, as /sys consists of them.
class RootDirectory {
 public:
  static constexpr int kMaxBytes = 1 << 20;

  explicit RootDirectory(std::string root);

  [[nodiscard]] FileText Read(const std::string& path) const;
  // Names lists a directory in ascending order, without "." and ".."; empty when there is none.
  [[nodiscard]] std::vector<std::string> Names(const std::string& path) const;
  // NumberedNames returns the N of all entries "<prefix>N", ascending, N a plain decimal number
  // below `limit`: the cpu0, cpu1, ... of a directory that also holds cpufreq.
  [[nodiscard]] std::vector<int> NumberedNames(const std::string& path, const std::string& prefix,
                                               int limit) const;

 private:
  std::string root_;
};

}  // namespace affinity

#endif  // AFFINITY_ROOT_DIRECTORY_H_
