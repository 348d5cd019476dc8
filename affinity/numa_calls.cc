#include "affinity/numa_calls.h"

#include <numa.h>
#include <numaif.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <vector>

#include "affinity/os_status.h"

namespace affinity {
namespace {

// The kernel's MPOL_F_STATIC_NODES: a later change of cpuset.mems must not move the policy to
// another node. <numaif.h> lacks it, and <linux/mempolicy.h> does not compile beside it.
constexpr int kStaticNodes = 1 << 15;

// The highest number of nodes that a kernel can be built for.
constexpr int kMaxNodes = 1024;

std::string FixFor(int error_number) {
  if (error_number == EPERM || error_number == ENOSYS) {
    return "the container's seccomp profile forbids it; start it with --cap-add SYS_NICE";
  }
  return "the node must exist, have memory and be in Mems_allowed_list of /proc/self/status; "
         "numactl --hardware lists the nodes";
}

}  // namespace

absl::Status BindPages(void* data, std::size_t bytes, int node, bool strict) {
  const std::string tried = "mbind to memory node " + std::to_string(node);
  if (node < 0 || node >= kMaxNodes) {
    return absl::InvalidArgumentError(tried + ": node ids are 0 to " +
                                      std::to_string(kMaxNodes - 1));
  }
  if (numa_available() < 0) return OsStatus(ENOSYS, tried, FixFor(ENOSYS));
  constexpr int kWordBits = sizeof(unsigned long) * CHAR_BIT;
  std::vector<unsigned long> nodes(kMaxNodes / kWordBits, 0);
  nodes[static_cast<std::size_t>(node / kWordBits)] |= 1UL << (node % kWordBits);
  const int mode = (strict ? MPOL_BIND : MPOL_PREFERRED) | kStaticNodes;
  const unsigned flags = strict ? MPOL_MF_STRICT | MPOL_MF_MOVE : MPOL_MF_MOVE;
  // One bit more than there are, because the kernel takes one off.
  if (mbind(data, bytes, mode, nodes.data(), kMaxNodes + 1, flags) != 0) {
    return OsStatus(errno, tried, FixFor(errno));
  }
  return absl::OkStatus();
}

PageLocations LocatePages(void* data, std::size_t bytes, std::size_t page_bytes) {
  constexpr std::size_t kPagesPerCall = 4096;
  PageLocations locations;
  const std::size_t pages = bytes / page_bytes;
  std::vector<void*> addresses;
  std::vector<int> nodes;
  for (std::size_t first = 0; first < pages; first += kPagesPerCall) {
    const std::size_t count = std::min(kPagesPerCall, pages - first);
    addresses.resize(count);
    nodes.assign(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
      addresses[i] = static_cast<char*>(data) + (first + i) * page_bytes;
    }
    // Without target nodes the call moves nothing and only reports.
    if (move_pages(0, count, addresses.data(), nullptr, nodes.data(), 0) != 0) {
      locations.unknown += pages - first;
      locations.problem = "move_pages: " + std::string(std::strerror(errno)) + "; " +
                          FixFor(errno == EPERM ? EPERM : ENOSYS);
      return locations;
    }
    for (const int node : nodes) {
      if (node >= 0) {
        ++locations.on_node[node];
        continue;
      }
      // A negative node is an error number; "no such file" means that the page is not present.
      ++locations.unknown;
      locations.problem = node == -ENOENT ? "pages are not present" : std::strerror(-node);
    }
  }
  return locations;
}

}  // namespace affinity
