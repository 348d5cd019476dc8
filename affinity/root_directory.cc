#include "affinity/root_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace affinity {
namespace {

FileText Unreadable(std::string problem) {
  return {FileText::State::kUnreadable, "", std::move(problem)};
}

FileText Failed(int error_number) {
  if (error_number == ENOENT || error_number == ENOTDIR) return {};
  return Unreadable(std::strerror(error_number));
}

FileText ReadAll(int fd) {
  FileText file;
  file.state = FileText::State::kRead;
  char buffer[4096];
  while (true) {
    const ssize_t count = ::read(fd, buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed(errno);
    if (count == 0) return file;
    file.text.append(buffer, static_cast<std::size_t>(count));
    if (file.text.size() > RootDirectory::kMaxBytes) return Unreadable("longer than 1 MiB");
  }
}

}  // namespace

RootDirectory::RootDirectory(std::string root) : root_(std::move(root)) {
  if (root_.empty() || root_.back() != '/') root_ += '/';
}

FileText RootDirectory::Read(const std::string& path) const {
  const std::string full = root_ + path;
  struct stat info;
  // Before opening: opening a device may already act on it.
  if (::stat(full.c_str(), &info) != 0) return Failed(errno);
  if (!S_ISREG(info.st_mode)) return Unreadable("not a regular file");
  const int fd = ::open(full.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return Failed(errno);
  FileText file = ReadAll(fd);
  ::close(fd);
  return file;
}

std::vector<std::string> RootDirectory::Names(const std::string& path) const {
  std::vector<std::string> names;
  DIR* directory = ::opendir((root_ + path).c_str());
  if (directory == nullptr) return names;
  while (const dirent* entry = ::readdir(directory)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  ::closedir(directory);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<int> RootDirectory::NumberedNames(const std::string& path, const std::string& prefix,
                                              int limit) const {
  std::vector<int> numbers;
  for (const std::string& name : Names(path)) {
    if (name.size() <= prefix.size() || name.compare(0, prefix.size(), prefix) != 0) continue;
    long long number = 0;
    for (std::size_t i = prefix.size(); i < name.size() && number >= 0; ++i) {
      const char c = name[i];
      number = c >= '0' && c <= '9' ? number * 10 + (c - '0') : -1;
      if (number >= limit) number = -1;
    }
    if (number >= 0) numbers.push_back(static_cast<int>(number));
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace affinity
