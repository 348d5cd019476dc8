#include "affinity/node_memory.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "affinity/huge_pages.h"
#include "affinity/pin_check.h"
#include "gtest/gtest.h"

namespace affinity {
namespace {

std::size_t PageBytes() { return static_cast<std::size_t>(sysconf(_SC_PAGESIZE)); }

std::size_t Located(const NodeMemoryReport& report) {
  std::size_t pages = report.pages_unknown;
  for (const auto& [node, count] : report.pages_on_node) pages += count;
  return pages;
}

// A node that the calling thread's own memory comes from exists and may be used.
int AnyNode() {
  const absl::StatusOr<NodeMemory> memory = NodeMemory::Allocate({.bytes = 1});
  if (!memory.ok() || memory->report().pages_on_node.empty()) return -1;
  return memory->report().pages_on_node.begin()->first;
}

TEST(NodeMemoryTest, GivesZeroedWritableWholePages) {
  absl::StatusOr<NodeMemory> memory =
      NodeMemory::Allocate({.bytes = 100001, .huge_pages = Wish::kNever});
  ASSERT_TRUE(memory.ok()) << memory.status();
  EXPECT_EQ(memory->size(), (100001 + PageBytes() - 1) / PageBytes() * PageBytes());
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory->data()) % PageBytes(), 0u);
  auto* bytes = static_cast<unsigned char*>(memory->data());
  for (std::size_t i = 0; i < memory->size(); ++i) ASSERT_EQ(bytes[i], 0) << i;
  std::memset(bytes, 0xFF, memory->size());
  EXPECT_EQ(memory->report().page_bytes, PageBytes());
  EXPECT_EQ(memory->report().transparent_huge_bytes, 0u);
}

TEST(NodeMemoryTest, KnowsWhereEveryPageIsOrWhyNot) {
  const absl::StatusOr<NodeMemory> memory =
      NodeMemory::Allocate({.bytes = 40 << 20, .huge_pages = Wish::kNever});
  ASSERT_TRUE(memory.ok()) << memory.status();
  const NodeMemoryReport& report = memory->report();
  EXPECT_EQ(Located(report), report.bytes / report.page_bytes);
  EXPECT_EQ(report.unverified.empty(), report.pages_unknown == 0) << report.Text();
  EXPECT_EQ(report.Text().find("40 MiB in "), 0u) << report.Text();
}

TEST(NodeMemoryTest, TouchesEveryPageBeforehand) {
  absl::StatusOr<NodeMemory> memory =
      NodeMemory::Allocate({.bytes = 32 << 20, .huge_pages = Wish::kNever});
  ASSERT_TRUE(memory.ok()) << memory.status();
  const absl::StatusOr<PinEvidence> before = SnapshotThread();
  for (std::size_t i = 0; i < memory->size(); i += PageBytes()) {
    // The kernel writes, because a sanitizer would add the faults of its shadow memory to ours.
    ASSERT_EQ(syscall(SYS_getrandom, static_cast<char*>(memory->data()) + i, 1, 0), 1);
  }
  const absl::StatusOr<PinEvidence> after = SnapshotThread();
  ASSERT_TRUE(before.ok() && after.ok());
  // 8,192 pages without prefaulting; some faults belong to the measurement itself, and to the
  // shadow memory of a sanitizer that watches it.
  EXPECT_LT(*after->minor_faults - *before->minor_faults, 1'000u);
}

TEST(NodeMemoryTest, BindsToANodeWhereTheKernelAllowsIt) {
  const int node = AnyNode();
  if (node < 0) GTEST_SKIP() << "move_pages is not available here";
  const absl::StatusOr<NodeMemory> memory =
      NodeMemory::Allocate({.bytes = 1 << 20, .node = node, .bind = Wish::kRequire});
  if (memory.status().code() == absl::StatusCode::kPermissionDenied) {
    GTEST_SKIP() << memory.status();
  }
  ASSERT_TRUE(memory.ok()) << memory.status();
  ASSERT_EQ(memory->report().pages_on_node.size(), 1u) << memory->report().Text();
  EXPECT_EQ(memory->report().pages_on_node.begin()->first, node);
  EXPECT_NE(memory->report().Text().find(", all on node " + std::to_string(node)),
            std::string::npos);
}

TEST(NodeMemoryTest, SaysThatANodeCannotBeHadAndUsesTheFirstTouch) {
  const absl::StatusOr<NodeMemory> memory = NodeMemory::Allocate({.bytes = 4096, .node = 1000});
  ASSERT_TRUE(memory.ok()) << memory.status();
  ASSERT_EQ(memory->report().notes.size(), 1u);
  EXPECT_EQ(memory->report().notes[0].find("mbind to memory node 1000: "), 0u)
      << memory->report().notes[0];
  EXPECT_NE(memory->report().notes[0].find("on the node of the allocating thread instead"),
            std::string::npos);
}

TEST(NodeMemoryTest, FailsWhenARequiredNodeCannotBeHad) {
  const absl::StatusOr<NodeMemory> memory =
      NodeMemory::Allocate({.bytes = 4096, .node = 1000, .bind = Wish::kRequire});
  ASSERT_FALSE(memory.ok());
  EXPECT_EQ(memory.status().message().find("mbind to memory node 1000: "), 0u) << memory.status();
  EXPECT_FALSE(NodeMemory::Allocate({.bytes = 4096, .node = -1, .bind = Wish::kRequire}).ok());
  EXPECT_TRUE(NodeMemory::Allocate({.bytes = 4096, .node = -1, .bind = Wish::kNever}).ok());
}

TEST(NodeMemoryTest, TriesHugePagesAndSaysWhatItGot) {
  const absl::StatusOr<NodeMemory> memory = NodeMemory::Allocate({.bytes = 8 << 20});
  ASSERT_TRUE(memory.ok()) << memory.status();
  const NodeMemoryReport& report = memory->report();
  const bool reserved = report.page_bytes > PageBytes();
  const bool transparent = report.transparent_huge_bytes >= 8u << 20;
  const bool possible = TransparentHugePageBytes() != 0 && TransparentHugePageBytes() <= 8 << 20;
  EXPECT_TRUE(reserved || transparent || !possible || !report.notes.empty()) << report.Text();
  EXPECT_LE(report.transparent_huge_bytes, report.bytes);
}

TEST(NodeMemoryTest, RequiredHugePagesAreHugeOrAnError) {
  const absl::StatusOr<NodeMemory> memory =
      NodeMemory::Allocate({.bytes = 3 << 20, .huge_pages = Wish::kRequire});
  if (!memory.ok()) {
    EXPECT_NE(memory.status().message().find("huge pages"), std::string::npos) << memory.status();
    EXPECT_NE(memory.status().message().find("sudo tee"), std::string::npos) << memory.status();
    return;
  }
  const NodeMemoryReport& report = memory->report();
  EXPECT_TRUE(report.page_bytes > PageBytes() || report.transparent_huge_bytes == report.bytes)
      << report.Text();
  EXPECT_GE(report.bytes, 3u << 20);
}

TEST(NodeMemoryTest, LocksOrSaysWhyNot) {
  const absl::StatusOr<NodeMemory> memory =
      NodeMemory::Allocate({.bytes = 4096, .lock = Wish::kTry});
  ASSERT_TRUE(memory.ok()) << memory.status();
  EXPECT_NE(memory->report().locked, !memory->report().notes.empty()) << memory->report().Text();
}

TEST(NodeMemoryTest, RefusesImpossibleSizes) {
  EXPECT_EQ(NodeMemory::Allocate({.bytes = 0}).status().message(),
            "cannot allocate 0 bytes of memory");
  EXPECT_FALSE(NodeMemory::Allocate({.bytes = ~std::size_t{0}}).ok());
  // More than the address space of any CPU.
  const absl::StatusOr<NodeMemory> memory = NodeMemory::Allocate({.bytes = std::size_t{1} << 60});
  EXPECT_EQ(memory.status().message().find("mapping 1073741824 GiB of memory: "), 0u)
      << memory.status();
}

TEST(NodeMemoryTest, MovingMovesTheMemory) {
  absl::StatusOr<NodeMemory> first = NodeMemory::Allocate({.bytes = 4096});
  ASSERT_TRUE(first.ok());
  void* data = first->data();
  NodeMemory second = *std::move(first);
  EXPECT_EQ(second.data(), data);
  EXPECT_EQ(second.size(), PageBytes());
  second = NodeMemory();
  EXPECT_EQ(second.data(), nullptr);
  EXPECT_EQ(second.Locate().Text(), "no memory");
}

TEST(NodeMemoryDeathTest, AnOverrunMeetsAGuardPage) {
  absl::StatusOr<NodeMemory> memory =
      NodeMemory::Allocate({.bytes = 4096, .huge_pages = Wish::kNever});
  ASSERT_TRUE(memory.ok());
  char* const beyond = static_cast<char*>(memory->data()) + memory->size();
  const auto overrun = [beyond] {
    *beyond = 1;
    asm volatile("" ::"r"(beyond) : "memory");
  };
  EXPECT_DEATH(overrun(), "");
}

TEST(NodeMemoryReportTest, TextNamesEveryNodeAndWhatIsUnknown) {
  NodeMemoryReport report;
  report.bytes = 8 << 20;
  report.page_bytes = 2 << 20;
  report.pages_on_node = {{0, 1}, {3, 2}};
  report.pages_unknown = 1;
  report.unverified = "move_pages: Operation not permitted";
  report.locked = true;
  report.notes = {"a note"};
  EXPECT_EQ(report.Text(),
            "8 MiB in 4 pages of 2 MiB, 1 on node 0, 2 on node 3, 1 not verified (move_pages: "
            "Operation not permitted), locked\nnote: a note");
}

TEST(FormatBytesTest, UsesTheLargestUnitThatDivides) {
  EXPECT_EQ(FormatBytes(0), "0 bytes");
  EXPECT_EQ(FormatBytes(1025), "1025 bytes");
  EXPECT_EQ(FormatBytes(3 << 10), "3 KiB");
  EXPECT_EQ(FormatBytes(std::size_t{5} << 40), "5120 GiB");
}

}  // namespace
}  // namespace affinity
