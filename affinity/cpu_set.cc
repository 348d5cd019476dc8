#include "affinity/cpu_set.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>

namespace affinity {
namespace {

constexpr int kWordBits = 64;

void RequireValid(int cpu) {
  if (CpuSet::IsValidId(cpu)) return;
  std::fprintf(stderr, "CpuSet: CPU id %d is not in 0..%d\n", cpu, CpuSet::kMaxCpus - 1);
  std::abort();
}

}  // namespace

CpuSet::CpuSet(std::initializer_list<int> cpus) {
  for (const int cpu : cpus) Add(cpu);
}

CpuSet CpuSet::Range(int first, int last) {
  CpuSet set;
  if (last < first) return set;
  RequireValid(first);
  RequireValid(last);
  // By words, so that a long list of wide ranges stays cheap to read.
  const auto low = static_cast<std::size_t>(first / kWordBits);
  const auto high = static_cast<std::size_t>(last / kWordBits);
  set.words_.resize(high + 1, 0);
  for (std::size_t word = low; word <= high; ++word) set.words_[word] = ~std::uint64_t{0};
  set.words_[low] &= ~std::uint64_t{0} << (first % kWordBits);
  set.words_[high] &= ~std::uint64_t{0} >> (kWordBits - 1 - last % kWordBits);
  return set;
}

void CpuSet::Add(int cpu) {
  RequireValid(cpu);
  const auto word = static_cast<std::size_t>(cpu / kWordBits);
  if (word >= words_.size()) words_.resize(word + 1, 0);
  words_[word] |= std::uint64_t{1} << (cpu % kWordBits);
}

void CpuSet::Remove(int cpu) {
  if (!Contains(cpu)) return;
  words_[static_cast<std::size_t>(cpu / kWordBits)] &= ~(std::uint64_t{1} << (cpu % kWordBits));
  Trim();
}

bool CpuSet::Contains(int cpu) const {
  if (cpu < 0) return false;
  const auto word = static_cast<std::size_t>(cpu / kWordBits);
  return word < words_.size() && ((words_[word] >> (cpu % kWordBits)) & 1) != 0;
}

bool CpuSet::ContainsAll(const CpuSet& other) const { return (other - *this).empty(); }

bool CpuSet::Intersects(const CpuSet& other) const { return !(*this & other).empty(); }

int CpuSet::size() const {
  int count = 0;
  for (const std::uint64_t word : words_) count += std::popcount(word);
  return count;
}

int CpuSet::Last() const {
  if (words_.empty()) return kNone;
  return static_cast<int>(words_.size()) * kWordBits - 1 - std::countl_zero(words_.back());
}

int CpuSet::NextAfter(int cpu) const {
  const int next = cpu < 0 ? 0 : cpu + 1;
  auto word = static_cast<std::size_t>(next / kWordBits);
  if (word >= words_.size()) return kNone;
  std::uint64_t bits = words_[word] & (~std::uint64_t{0} << (next % kWordBits));
  while (bits == 0) {
    if (++word == words_.size()) return kNone;
    bits = words_[word];
  }
  return static_cast<int>(word) * kWordBits + std::countr_zero(bits);
}

std::string CpuSet::Format() const {
  std::string text;
  for (int first = First(); first != kNone;) {
    int last = first;
    while (Contains(last + 1)) ++last;
    if (!text.empty()) text += ',';
    text += std::to_string(first);
    if (last > first) text += '-' + std::to_string(last);
    first = NextAfter(last);
  }
  return text;
}

std::string CpuSet::Describe() const { return empty() ? "none" : Format(); }

CpuSet& CpuSet::operator|=(const CpuSet& other) {
  if (words_.size() < other.words_.size()) words_.resize(other.words_.size(), 0);
  for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

CpuSet& CpuSet::operator&=(const CpuSet& other) {
  if (words_.size() > other.words_.size()) words_.resize(other.words_.size());
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  Trim();
  return *this;
}

CpuSet& CpuSet::operator-=(const CpuSet& other) {
  const std::size_t common = std::min(words_.size(), other.words_.size());
  for (std::size_t i = 0; i < common; ++i) words_[i] &= ~other.words_[i];
  Trim();
  return *this;
}

std::strong_ordering operator<=>(const CpuSet& a, const CpuSet& b) {
  return std::lexicographical_compare_three_way(a.begin(), a.end(), b.begin(), b.end());
}

void CpuSet::Trim() {
  while (!words_.empty() && words_.back() == 0) words_.pop_back();
}

}  // namespace affinity
