#ifndef AFFINITY_NUMA_CALLS_H_
#define AFFINITY_NUMA_CALLS_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/status/status.h"

namespace affinity {

// BindPages makes [data, data + bytes) come from `node` when it is touched for the first time:
// exactly from there with `strict`, else preferably. Pages that are present already move.
absl::Status BindPages(void* data, std::size_t bytes, int node, bool strict);

// PageLocations is where pages are.
struct PageLocations {
  std::map<int, std::size_t> on_node;
  std::size_t unknown = 0;
  // Why pages are unknown; empty when there are none.
  std::string problem;
};

// LocatePages asks the kernel for the node of every page of `page_bytes` in [data, data + bytes).
PageLocations LocatePages(void* data, std::size_t bytes, std::size_t page_bytes);

}  // namespace affinity

#endif  // AFFINITY_NUMA_CALLS_H_
