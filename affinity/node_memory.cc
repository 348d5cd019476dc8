#include "affinity/node_memory.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <limits>
#include <utility>

#include "affinity/huge_pages.h"
#include "affinity/numa_calls.h"
#include "affinity/os_status.h"

namespace affinity {
namespace {

#ifdef MADV_POPULATE_WRITE
constexpr int kPopulateWrite = MADV_POPULATE_WRITE;
#else
constexpr int kPopulateWrite = 23;
#endif

std::size_t BasePageBytes() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

std::size_t RoundUp(std::size_t bytes, std::size_t page) {
  return (bytes + page - 1) / page * page;
}

std::string MemoryLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0) return "unknown";
  return limit.rlim_cur == RLIM_INFINITY ? "unlimited" : FormatBytes(limit.rlim_cur);
}

// Populate makes every page present. The system call is preferred to touching, because it returns
// an error where a touch would kill the process: out of huge pages on the bound node.
absl::Status Populate(void* data, std::size_t bytes, bool may_touch) {
  int result = 0;
  do {
    result = ::madvise(data, bytes, kPopulateWrite);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return absl::OkStatus();
  // Kernels before 5.14 do not know the request.
  if (errno == EINVAL && may_touch) {
    for (std::size_t offset = 0; offset < bytes; offset += BasePageBytes()) {
      char* const byte = static_cast<char*>(data) + offset;
      *byte = 0;
      // The compiler must believe that somebody reads it, or it drops the write.
      asm volatile("" ::"r"(byte) : "memory");
    }
    return absl::OkStatus();
  }
  return OsStatus(errno, "prefaulting " + FormatBytes(bytes),
                  "the node or the memory limit of the container has too little free memory");
}

}  // namespace

absl::StatusOr<NodeMemory> NodeMemory::Allocate(const NodeMemoryRequest& request) {
  // Room for rounding up to any page size.
  if (request.bytes == 0 || request.bytes > std::numeric_limits<std::size_t>::max() / 4) {
    return absl::InvalidArgumentError("cannot allocate " + std::to_string(request.bytes) +
                                      " bytes of memory");
  }
  NodeMemory memory;
  absl::Status status = memory.MapReservedHugePages(request);
  if (!status.ok()) {
    const std::string reserved(status.message());
    status = memory.MapOrdinaryPages(request);
    if (!status.ok() && request.huge_pages == Wish::kRequire) {
      return absl::Status(status.code(), std::string(status.message()) + "; reserved: " + reserved);
    }
  }
  if (!status.ok()) return status;
  status = memory.Lock(request);
  if (!status.ok()) return status;
  memory.report_ = memory.Locate();
  if (request.node && request.bind == Wish::kRequire) {
    for (const auto& [node, pages] : memory.report_.pages_on_node) {
      if (node == *request.node) continue;
      return absl::FailedPreconditionError(std::to_string(pages) + " pages are on memory node " +
                                           std::to_string(node) + " instead of node " +
                                           std::to_string(*request.node));
    }
  }
  return memory;
}

absl::Status NodeMemory::MapReservedHugePages(const NodeMemoryRequest& request) {
  const std::size_t page = ReservedHugePageBytes();
  const bool wanted = request.huge_pages == Wish::kRequire ||
                      (request.huge_pages == Wish::kTry && request.bytes >= page);
  if (!wanted || page == 0) return absl::UnavailableError("no reserved huge pages");
  const std::size_t bytes = RoundUp(request.bytes, page);
  void* mapping = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
  if (mapping == MAP_FAILED) {
    return OsStatus(errno, "mapping " + FormatBytes(bytes) + " of huge pages",
                    "reserve them: echo " + std::to_string(bytes / page) +
                        " | sudo tee -a /sys/kernel/mm/hugepages/hugepages-" +
                        std::to_string(page / 1024) + "kB/nr_hugepages");
  }
  mapping_ = data_ = mapping;
  mapping_bytes_ = report_.bytes = bytes;
  report_.page_bytes = page;
  absl::Status status = Prepare(request);
  if (status.ok()) status = Populate(data_, bytes, /*may_touch=*/false);
  if (!status.ok()) Unmap();
  return status;
}

absl::Status NodeMemory::MapOrdinaryPages(const NodeMemoryRequest& request) {
  const std::size_t page = BasePageBytes();
  const std::size_t huge = request.huge_pages == Wish::kNever ? 0 : TransparentHugePageBytes();
  const bool try_huge =
      huge != 0 && (request.bytes >= huge || request.huge_pages == Wish::kRequire);
  const std::size_t align = try_huge ? huge : page;
  const std::size_t bytes =
      RoundUp(request.bytes, request.huge_pages == Wish::kRequire ? align : page);
  // An inaccessible page on either side keeps the kernel from merging this mapping with others,
  // which would make its huge pages uncountable; it also catches overruns.
  mapping_bytes_ = bytes + align + 2 * page;
  mapping_ = ::mmap(nullptr, mapping_bytes_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping_ == MAP_FAILED) {
    mapping_ = nullptr;
    return OsStatus(errno, "mapping " + FormatBytes(bytes) + " of memory");
  }
  const auto start = reinterpret_cast<std::uintptr_t>(mapping_) + page;
  data_ = reinterpret_cast<void*>(RoundUp(start, align));
  report_.bytes = bytes;
  report_.page_bytes = page;
  if (::mprotect(data_, bytes, PROT_READ | PROT_WRITE) != 0) {
    const absl::Status failure = OsStatus(errno, "allocating " + FormatBytes(bytes));
    Unmap();
    return failure;
  }
  // Advice: it fails on kernels without transparent huge pages, where there is nothing to advise.
  (void)::madvise(data_, bytes, try_huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
  absl::Status status = Prepare(request);
  if (status.ok()) status = Populate(data_, bytes, /*may_touch=*/true);
  if (status.ok() && try_huge) {
    const std::size_t got = CountTransparentHugeBytes(data_);
    report_.transparent_huge_bytes = got;
    if (got < bytes / huge * huge) {
      const std::string text = FormatBytes(got) + " of " + FormatBytes(bytes) +
                               " are on transparent huge pages; echo madvise | sudo tee "
                               "/sys/kernel/mm/transparent_hugepage/enabled, or free memory";
      if (request.huge_pages == Wish::kTry) report_.notes.push_back("only " + text);
      if (request.huge_pages == Wish::kRequire) {
        status = absl::FailedPreconditionError("huge pages are required, but only " + text);
      }
    }
  } else if (status.ok() && request.huge_pages == Wish::kRequire) {
    status = absl::FailedPreconditionError(
        "huge pages are required, but this kernel has no transparent ones");
  }
  if (!status.ok()) Unmap();
  return status;
}

// Prepare binds fresh memory before anything touches it.
absl::Status NodeMemory::Prepare(const NodeMemoryRequest& request) {
  if (!request.node || request.bind == Wish::kNever) return absl::OkStatus();
  const bool strict = request.bind == Wish::kRequire;
  const absl::Status status = BindPages(data_, report_.bytes, *request.node, strict);
  if (status.ok() || strict) return status;
  report_.notes.push_back(std::string(status.message()) +
                          "; the pages are on the node of the allocating thread instead");
  return absl::OkStatus();
}

absl::Status NodeMemory::Lock(const NodeMemoryRequest& request) {
  if (request.lock == Wish::kNever) return absl::OkStatus();
  report_.locked = ::mlock(data_, report_.bytes) == 0;
  if (report_.locked) return absl::OkStatus();
  const absl::Status failure =
      OsStatus(errno, "locking " + FormatBytes(report_.bytes) + " in memory",
               "the limit is " + MemoryLimit() +
                   "; raise it with ulimit -l, LimitMEMLOCK= of the systemd unit or docker "
                   "--ulimit memlock=-1");
  if (request.lock == Wish::kRequire) return failure;
  report_.notes.push_back("not locked: " + std::string(failure.message()));
  return absl::OkStatus();
}

NodeMemoryReport NodeMemory::Locate() const {
  NodeMemoryReport report = report_;
  if (data_ == nullptr) return report;
  PageLocations locations = LocatePages(data_, report.bytes, report.page_bytes);
  report.pages_on_node = std::move(locations.on_node);
  report.pages_unknown = locations.unknown;
  report.unverified = std::move(locations.problem);
  return report;
}

void NodeMemory::Unmap() {
  if (mapping_ != nullptr) ::munmap(mapping_, mapping_bytes_);
  mapping_ = data_ = nullptr;
  mapping_bytes_ = 0;
  report_ = {};
}

NodeMemory::NodeMemory(NodeMemory&& other) noexcept { *this = std::move(other); }

NodeMemory& NodeMemory::operator=(NodeMemory&& other) noexcept {
  if (this == &other) return *this;
  Unmap();
  data_ = std::exchange(other.data_, nullptr);
  mapping_ = std::exchange(other.mapping_, nullptr);
  mapping_bytes_ = std::exchange(other.mapping_bytes_, 0);
  report_ = std::exchange(other.report_, {});
  return *this;
}

NodeMemory::~NodeMemory() { Unmap(); }

std::string NodeMemoryReport::Text() const {
  if (page_bytes == 0) return "no memory";
  std::string text = FormatBytes(bytes) + " in " + std::to_string(bytes / page_bytes) +
                     (bytes == page_bytes ? " page of " : " pages of ") + FormatBytes(page_bytes);
  if (transparent_huge_bytes > 0) {
    text += " (" + FormatBytes(transparent_huge_bytes) + " of it on transparent huge pages)";
  }
  const bool one_node = pages_on_node.size() == 1 && pages_unknown == 0;
  if (one_node) text += ", all on node " + std::to_string(pages_on_node.begin()->first);
  for (const auto& [node, pages] : pages_on_node) {
    if (!one_node) text += ", " + std::to_string(pages) + " on node " + std::to_string(node);
  }
  if (pages_unknown > 0) {
    text += ", " + std::to_string(pages_unknown) + " not verified (" + unverified + ")";
  }
  if (locked) text += ", locked";
  for (const std::string& note : notes) text += "\nnote: " + note;
  return text;
}

}  // namespace affinity
