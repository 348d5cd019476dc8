#ifndef AFFINITY_CPU_SET_H_
#define AFFINITY_CPU_SET_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace affinity {

// CpuSet is a set of logical CPU ids, in the kernel's meaning of the number.
//
// The C library's cpu_set_t ends at CPU 1023; this one grows with the highest id it holds, up to
// kMaxCpus. The bound is there so that a damaged or hostile list ("0-4000000000") is refused
// instead of filling the memory. Cold path only: operations allocate.
//
// Thread roles: a value, like std::vector; no thread may change it while another one reads it.
class CpuSet {
 public:
  static constexpr int kMaxCpus = 1 << 16;

  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = int;
    using difference_type = std::ptrdiff_t;
    using pointer = const int*;
    using reference = int;

    Iterator() = default;
    int operator*() const { return cpu_; }
    Iterator& operator++() {
      cpu_ = set_->NextAfter(cpu_);
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.cpu_ == b.cpu_; }

   private:
    friend class CpuSet;
    Iterator(const CpuSet* set, int cpu) : set_(set), cpu_(cpu) {}
    const CpuSet* set_ = nullptr;
    int cpu_ = kNone;
  };

  // kNone is what First, Last and NextAfter return when there is no such CPU.
  static constexpr int kNone = -1;

  CpuSet() = default;
  // Every id must satisfy IsValidId, here and in Range and Add: anything else aborts, because ids
  // from outside go through the parsers or IsValidId first.
  CpuSet(std::initializer_list<int> cpus);
  // Range holds first..last, both included; last < first gives the empty set.
  static CpuSet Range(int first, int last);

  // ParseList reads the kernel's list form, as in /sys/devices/system/cpu/online and taskset -c.
  //
  //   "0-3,8-11"   ranges and single ids, in any order, overlapping or not
  //   "0-31:2/4"   of every 4 CPUs from 0 to 31 the first 2
  //   "" "\n" "  (null)\n" and trailing NUL bytes: the empty set, as the kernel prints it
  //
  // Refuses everything else with the text, the position and what was expected there.
  static absl::StatusOr<CpuSet> ParseList(std::string_view text);

  // ParseMask reads the kernel's mask form, as in .../topology/core_cpus and /proc/irq/*: groups of
  // up to eight hexadecimal digits joined by commas, most significant first; the first group may be
  // shorter ("fffff", "ff,00000000"). Blank text is the empty set.
  static absl::StatusOr<CpuSet> ParseMask(std::string_view text);

  // IsValidId tells whether a set can hold `cpu`; it says nothing about any machine.
  static constexpr bool IsValidId(int cpu) { return cpu >= 0 && cpu < kMaxCpus; }

  void Add(int cpu);
  // Remove does nothing when `cpu` is not in the set.
  void Remove(int cpu);
  [[nodiscard]] bool Contains(int cpu) const;
  [[nodiscard]] bool ContainsAll(const CpuSet& other) const;
  [[nodiscard]] bool Intersects(const CpuSet& other) const;
  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] int size() const;
  [[nodiscard]] int First() const { return NextAfter(kNone); }
  [[nodiscard]] int Last() const;
  // NextAfter returns the lowest member above `cpu`.
  [[nodiscard]] int NextAfter(int cpu) const;

  // Iteration is in ascending order; changing the set ends the validity of its iterators.
  [[nodiscard]] Iterator begin() const { return Iterator(this, First()); }
  [[nodiscard]] Iterator end() const { return Iterator(this, kNone); }

  // Format writes the shortest list form, "0-3,8"; the empty set is "".
  [[nodiscard]] std::string Format() const;
  // Describe is Format for sentences: the empty set is "none".
  [[nodiscard]] std::string Describe() const;

  CpuSet& operator|=(const CpuSet& other);
  CpuSet& operator&=(const CpuSet& other);
  CpuSet& operator-=(const CpuSet& other);
  friend CpuSet operator|(CpuSet a, const CpuSet& b) { return a |= b; }
  friend CpuSet operator&(CpuSet a, const CpuSet& b) { return a &= b; }
  friend CpuSet operator-(CpuSet a, const CpuSet& b) { return a -= b; }
  friend bool operator==(const CpuSet& a, const CpuSet& b) = default;
  // Sets are ordered as the sequences of their ids: {} < {0} < {0,1} < {0,2} < {1}.
  friend std::strong_ordering operator<=>(const CpuSet& a, const CpuSet& b);

 private:
  void Trim();

  // CPU c is bit c % 64 of word c / 64. The last word is never 0, so that equal sets have equal
  // words.
  std::vector<std::uint64_t> words_;
};

}  // namespace affinity

#endif  // AFFINITY_CPU_SET_H_
