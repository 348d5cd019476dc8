#ifndef AFFINITY_NODE_MEMORY_H_
#define AFFINITY_NODE_MEMORY_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace affinity {

// Wish is how much a property of memory is wanted.
enum class Wish {
  kNever,
  // As well as possible; what could not be had is a sentence in NodeMemoryReport::notes.
  kTry,
  // Or fail, with the command that makes it possible.
  kRequire,
};

// NodeMemoryRequest is what the memory should be.
struct NodeMemoryRequest {
  std::size_t bytes = 0;
  // The memory node to hold every page. Without one, pages come from the node of the thread that
  // allocates, because prefaulting is the first touch.
  std::optional<int> node = std::nullopt;
  // How strictly `node` is meant: kTry lets a full node overflow into another instead of killing
  // the process, kRequire binds and fails when a page is elsewhere, kNever ignores `node`.
  Wish bind = Wish::kTry;
  // Pages of 2 MiB on most machines: reserved ones (hugetlb) first, transparent ones second.
  Wish huge_pages = Wish::kTry;
  // Keep it from being swapped out.
  Wish lock = Wish::kNever;
};

// NodeMemoryReport is what the memory became, by the kernel's own account.
struct NodeMemoryReport {
  std::size_t bytes = 0;
  // The size of the pages the mapping consists of, and how many bytes of an ordinary mapping lie on
  // transparent huge pages.
  std::size_t page_bytes = 0;
  std::size_t transparent_huge_bytes = 0;
  // Pages by node, counted in page_bytes.
  std::map<int, std::size_t> pages_on_node;
  // Pages whose place the kernel did not tell, and why.
  std::size_t pages_unknown = 0;
  std::string unverified;
  bool locked = false;
  // Sentences: wishes that were not fulfilled.
  std::vector<std::string> notes;

  // Text is one line, such as "64 MiB in 32 pages of 2 MiB, all on node 1", then the notes.
  [[nodiscard]] std::string Text() const;
};

// NodeMemory owns zeroed anonymous memory that is present from the first moment: every page is
// touched before Allocate returns, so that no page fault happens later.
//
// THREADS  Like std::unique_ptr. Allocate on the thread that will use the memory, or name a node.
class NodeMemory {
 public:
  // Allocate maps, binds, prefaults, locks, and then asks the kernel where each page is.
  //
  //   Fails    when there is not enough memory, or a wish with kRequire is not fulfilled.
  //   Cost     zeroes the memory and makes a system call per 4,096 pages: start-up only.
  static absl::StatusOr<NodeMemory> Allocate(const NodeMemoryRequest& request);

  // An object without memory.
  NodeMemory() = default;
  NodeMemory(NodeMemory&& other) noexcept;
  NodeMemory& operator=(NodeMemory&& other) noexcept;
  ~NodeMemory();

  // Aligned to the page size.
  [[nodiscard]] void* data() const { return data_; }
  // The bytes asked for, rounded up to whole pages.
  [[nodiscard]] std::size_t size() const { return report_.bytes; }
  // Report is as of the allocation; Locate asks again.
  [[nodiscard]] const NodeMemoryReport& report() const { return report_; }

  // Locate asks the kernel where the pages are now: a changed cpuset may have moved them.
  [[nodiscard]] NodeMemoryReport Locate() const;

 private:
  absl::Status MapReservedHugePages(const NodeMemoryRequest& request);
  absl::Status MapOrdinaryPages(const NodeMemoryRequest& request);
  absl::Status Prepare(const NodeMemoryRequest& request);
  absl::Status Lock(const NodeMemoryRequest& request);
  void Unmap();

  void* data_ = nullptr;
  // What was mapped: more than the memory itself, where the start had to be aligned.
  void* mapping_ = nullptr;
  std::size_t mapping_bytes_ = 0;
  NodeMemoryReport report_;
};

}  // namespace affinity

#endif  // AFFINITY_NODE_MEMORY_H_
