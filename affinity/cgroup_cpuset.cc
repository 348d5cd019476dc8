#include "affinity/cgroup_cpuset.h"

#include <cstddef>
#include <optional>
#include <sstream>

#include "affinity/system_cpus.h"

namespace affinity {
namespace {

// Hierarchy is one mounted cgroup tree and the names of its files, the best first.
struct Hierarchy {
  std::string mount_point;
  std::string group = "/";
  std::vector<std::string> files;
};

struct Mounts {
  std::optional<Hierarchy> version1;
  std::optional<Hierarchy> version2;
};

bool HasItem(const std::string& list, const std::string& item) {
  return ("," + list + ",").find("," + item + ",") != std::string::npos;
}

// Unescaped undoes the kernel's "\040" for a space and the like.
std::string Unescaped(const std::string& text) {
  const auto octal = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '7'; };
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && octal(i + 1) && octal(i + 2) && octal(i + 3)) {
      result += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                  (text[i + 3] - '0'));
      i += 3;
    } else {
      result += text[i];
    }
  }
  return result;
}

Mounts ReadMounts(const RootDirectory& root) {
  Mounts mounts;
  std::istringstream lines(root.Read("proc/mounts").text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string device, mount_point, type, options;
    if (!(fields >> device >> mount_point >> type >> options)) continue;
    mount_point = Unescaped(mount_point);
    // The type "cpuset" is the oldest interface; its files have no prefix either.
    if (type == "cpuset" ||
        (type == "cgroup" && HasItem(options, "noprefix") && HasItem(options, "cpuset"))) {
      mounts.version1 = Hierarchy{mount_point, "/", {"effective_cpus", "cpus"}};
    } else if (type == "cgroup" && HasItem(options, "cpuset")) {
      mounts.version1 = Hierarchy{mount_point, "/", {"cpuset.effective_cpus", "cpuset.cpus"}};
    } else if (type == "cgroup2") {
      mounts.version2 = Hierarchy{mount_point, "/", {"cpuset.cpus.effective"}};
    }
  }
  return mounts;
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

// ReadGroups fills in which group of each hierarchy the process is in.
void ReadGroups(const RootDirectory& root, Mounts& mounts) {
  // The kernel's answer of last resort is the same for both versions.
  const std::string fallback = FirstLine(root.Read("proc/self/cpuset").text);
  std::string version1 = fallback, version2 = fallback;
  std::istringstream lines(root.Read("proc/self/cgroup").text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    if (HasItem(controllers, "cpuset")) version1 = line.substr(second + 1);
    if (line.compare(0, 3, "0::") == 0) version2 = line.substr(second + 1);
  }
  if (mounts.version1) mounts.version1->group = version1;
  if (mounts.version2) mounts.version2->group = version2;
}

bool Search(const RootDirectory& root, const Hierarchy& hierarchy, CgroupCpuset& result) {
  std::string group = hierarchy.group;
  // Seen from another cgroup namespace the path starts with "/..": such a group is not below the
  // mount point. No path of the kernel's is longer than 4096 bytes.
  if (group.find("/..") != std::string::npos || group.size() > 4096) group.clear();
  while (true) {
    while (!group.empty() && group.back() == '/') group.pop_back();
    for (const std::string& name : hierarchy.files) {
      const std::string file = hierarchy.mount_point + group + "/" + name;
      const std::optional<CpuSet> cpus = ReadCpuList(root, file.substr(1), result.notes);
      // Empty means "as the group above" in both versions.
      if (!cpus || cpus->empty()) continue;
      result.found = true;
      result.cpus = *cpus;
      result.file = file;
      return true;
    }
    if (group.empty()) return false;
    group.erase(group.rfind('/') == std::string::npos ? 0 : group.rfind('/'));
  }
}

}  // namespace

CgroupCpuset FindCgroupCpuset(const RootDirectory& root) {
  Mounts mounts = ReadMounts(root);
  ReadGroups(root, mounts);
  CgroupCpuset result;
  if (mounts.version1 && Search(root, *mounts.version1, result)) return result;
  if (mounts.version2) Search(root, *mounts.version2, result);
  return result;
}

}  // namespace affinity
