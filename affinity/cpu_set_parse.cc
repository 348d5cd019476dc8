// The two text forms of CpuSet, apart from the set itself because they read untrusted input.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "affinity/cpu_set.h"

namespace affinity {
namespace {

constexpr std::size_t kQuotedBytes = 60;

// No set of kMaxCpus ids needs more in either form ("0,2,4,..." is 190 kB). The bound keeps the
// time for hostile text, where every few bytes may name all CPUs again, below a second.
constexpr std::size_t kMaxTextBytes = 256 * 1024;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Trimmed drops the trailing NULs and the white space around what a kernel file held.
std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == '\0' || IsSpace(text.back()))) text.remove_suffix(1);
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  return text;
}

// Quoted makes untrusted text safe and short enough for a message.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text.substr(0, kQuotedBytes)) {
    const bool printable = c >= ' ' && c <= '~' && c != '"' && c != '\\';
    quoted += printable ? c : '?';
  }
  quoted += '"';
  if (text.size() > kQuotedBytes) quoted += "...";
  return quoted;
}

absl::Status CheckLength(std::string_view form, std::string_view text) {
  if (text.size() <= kMaxTextBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(std::string(form) + " " + Quoted(text) + ": has " +
                                    std::to_string(text.size()) + " bytes, at most " +
                                    std::to_string(kMaxTextBytes) + " are read");
}

// Cursor walks over the text and builds every error with the position it stands at.
class Cursor {
 public:
  Cursor(std::string_view form, std::string_view text) : form_(form), text_(text) {}

  bool AtEnd() const { return position_ == text_.size(); }
  char Peek() const { return AtEnd() ? '\0' : text_[position_]; }
  void Advance() { ++position_; }
  bool Take(char c) {
    if (AtEnd() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  // Number reads a decimal number of at most `limit`.
  absl::StatusOr<int> Number(int limit, std::string_view what) {
    if (!IsDigit(Peek())) return Unexpected(std::string(what));
    int value = 0;
    const std::size_t start = position_;
    while (IsDigit(Peek())) {
      value = value * 10 + (Peek() - '0');
      if (value > limit) {
        position_ = start;
        return Error(std::string(what) + " must be at most " + std::to_string(limit));
      }
      Advance();
    }
    return value;
  }

  // Unexpected is for what stands at the position, Error for what is wrong although it is a number.
  absl::Status Unexpected(const std::string& expected) const {
    return Error("expected " + expected +
                 (AtEnd() ? ", found the end" : ", found " + Quoted(text_.substr(position_, 1))));
  }
  absl::Status Error(const std::string& problem) const {
    return absl::InvalidArgumentError(std::string(form_) + " " + Quoted(text_) + ", position " +
                                      std::to_string(position_) + ": " + problem);
  }

 private:
  std::string_view form_;
  std::string_view text_;
  std::size_t position_ = 0;
};

// ParseRange reads one element of a list: "a", "a-b" or "a-b:used/group".
absl::Status ParseRange(Cursor& cursor, CpuSet& set) {
  constexpr int kLastId = CpuSet::kMaxCpus - 1;
  const absl::StatusOr<int> first = cursor.Number(kLastId, "a CPU id");
  if (!first.ok()) return first.status();
  if (!cursor.Take('-')) {
    set.Add(*first);
    return absl::OkStatus();
  }
  const absl::StatusOr<int> last = cursor.Number(kLastId, "the last CPU id of a range");
  if (!last.ok()) return last.status();
  if (*last < *first) return cursor.Error("a range must not end before it starts");
  if (!cursor.Take(':')) {
    set |= CpuSet::Range(*first, *last);
    return absl::OkStatus();
  }
  const absl::StatusOr<int> used = cursor.Number(CpuSet::kMaxCpus, "the number of CPUs used");
  if (!used.ok()) return used.status();
  if (!cursor.Take('/')) return cursor.Unexpected("\"/\" and the group size");
  const absl::StatusOr<int> group = cursor.Number(CpuSet::kMaxCpus, "the group size");
  if (!group.ok()) return group.status();
  if (*used < 1 || *group < *used) {
    return cursor.Error("a stride used/group needs 1 <= used <= group");
  }
  for (int start = *first; start <= *last; start += *group) {
    const int end = std::min(*last, start + *used - 1);
    for (int cpu = start; cpu <= end; ++cpu) set.Add(cpu);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CpuSet> CpuSet::ParseList(std::string_view text) {
  text = Trimmed(text);
  CpuSet set;
  if (text.empty() || text == "(null)") return set;
  if (const absl::Status status = CheckLength("CPU list", text); !status.ok()) return status;
  Cursor cursor("CPU list", text);
  while (true) {
    const absl::Status status = ParseRange(cursor, set);
    if (!status.ok()) return status;
    if (cursor.AtEnd()) return set;
    if (!cursor.Take(',')) return cursor.Unexpected("\",\" or the end");
  }
}

absl::StatusOr<CpuSet> CpuSet::ParseMask(std::string_view text) {
  constexpr int kGroupDigits = 8;
  text = Trimmed(text);
  CpuSet set;
  if (text.empty() || text == "(null)") return set;
  if (const absl::Status status = CheckLength("CPU mask", text); !status.ok()) return status;

  // Forward over the groups for errors with positions, then backward for the bits, because the
  // value of a digit depends on how many follow.
  Cursor cursor("CPU mask", text);
  std::size_t digits = 0;
  for (int group_digits = 0, groups = 0; !cursor.AtEnd(); cursor.Advance()) {
    if (HexValue(cursor.Peek()) >= 0) {
      ++digits;
      if (++group_digits > kGroupDigits) {
        return cursor.Unexpected("\",\" after eight hexadecimal digits");
      }
      continue;
    }
    if (cursor.Peek() != ',') return cursor.Unexpected("a hexadecimal digit or \",\"");
    if (group_digits == 0) return cursor.Unexpected("a hexadecimal digit");
    if (groups > 0 && group_digits != kGroupDigits) {
      return cursor.Unexpected("eight hexadecimal digits in every group but the first");
    }
    ++groups;
    group_digits = 0;
  }
  const std::size_t last_comma = text.rfind(',');
  if (last_comma != std::string_view::npos && text.size() - last_comma - 1 != kGroupDigits) {
    return cursor.Unexpected("eight hexadecimal digits in the last group");
  }

  std::size_t nibble = digits;
  // The highest digits come first, so the first Add allocates all words.
  for (const char c : text) {
    if (c == ',') continue;
    --nibble;
    for (int bit = 3; bit >= 0; --bit) {
      if (((HexValue(c) >> bit) & 1) == 0) continue;
      const std::size_t cpu = nibble * 4 + static_cast<std::size_t>(bit);
      if (cpu >= static_cast<std::size_t>(kMaxCpus)) {
        return absl::InvalidArgumentError("CPU mask " + Quoted(text) + ": names CPU " +
                                          std::to_string(cpu) + ", ids must be at most " +
                                          std::to_string(kMaxCpus - 1));
      }
      set.Add(static_cast<int>(cpu));
    }
  }
  return set;
}

}  // namespace affinity
