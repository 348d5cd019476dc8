#ifndef AFFINITY_HUGE_PAGES_H_
#define AFFINITY_HUGE_PAGES_H_

#include <cstddef>
#include <string>

namespace affinity {

// ReservedHugePageBytes is the page size of MAP_HUGETLB; 0 when the kernel has none.
std::size_t ReservedHugePageBytes();

// TransparentHugePageBytes is the size of a transparent huge page; 0 when the kernel has none.
std::size_t TransparentHugePageBytes();

// CountTransparentHugeBytes returns how much of the mapping that begins exactly at `data` lies on
// transparent huge pages, by /proc/self/smaps.
std::size_t CountTransparentHugeBytes(const void* data);

// FormatBytes writes a size in the largest binary unit that divides it: "64 MiB", "100 bytes".
std::string FormatBytes(std::size_t bytes);

}  // namespace affinity

#endif  // AFFINITY_HUGE_PAGES_H_
