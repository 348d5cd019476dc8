#include "examples/market_data/journal.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace market_data {

absl::StatusOr<std::unique_ptr<Journal>> Journal::Open(const std::string& path,
                                                       std::size_t buffer_bytes) {
  int file = -1;
  if (!path.empty()) {
    file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) {
      const int error = errno;
      return absl::ErrnoToStatus(error, absl::StrCat("cannot open journal ", path, " for writing"));
    }
  }
  return std::unique_ptr<Journal>(new Journal(path, file, buffer_bytes));
}

Journal::Journal(std::string path, int file, std::size_t buffer_bytes)
    : path_(std::move(path)),
      file_(file),
      buffer_(std::max(buffer_bytes, sizeof(JournalHeader) + kMaxJournalPayload)) {
  std::memcpy(buffer_.data(), kJournalMagic, sizeof(kJournalMagic));
  used_ = sizeof(kJournalMagic);
  bytes_ = used_;
}

Journal::~Journal() {
  if (file_ >= 0) close(file_);
}

void Journal::Append(std::int64_t sequence, std::uint64_t time_ns, char type,
                     std::span<const std::uint8_t> bytes) {
  const std::size_t length = std::min(bytes.size(), kMaxJournalPayload);
  const JournalHeader header = {.sequence = sequence,
                                .time_ns = time_ns,
                                .length = static_cast<std::uint32_t>(length),
                                .type = type};
  const std::size_t record = sizeof(header) + length;
  if (record > buffer_.size() - used_) Flush();
  std::memcpy(buffer_.data() + used_, &header, sizeof(header));
  // An empty span may have no address, which memcpy must not be given.
  if (length != 0) std::memcpy(buffer_.data() + used_ + sizeof(header), bytes.data(), length);
  used_ += record;
  bytes_ += record;
  ++records_;
}

void Journal::Flush() {
  digest_ = crc32(digest_, buffer_.data(), static_cast<uInt>(used_));
  std::size_t done = 0;
  while (file_ >= 0 && error_ == 0 && done < used_) {
    const ssize_t wrote = write(file_, buffer_.data() + done, used_ - done);
    if (wrote > 0) {
      done += static_cast<std::size_t>(wrote);
      written_ += static_cast<std::uint64_t>(wrote);
    } else if (wrote == 0 || errno != EINTR) {
      // A write that takes nothing and says nothing would otherwise be tried for ever.
      error_ = wrote == 0 ? EIO : errno;
    }
  }
  used_ = 0;
}

absl::Status Journal::Close() {
  if (used_ != 0) Flush();
  if (file_ >= 0) {
    const int failed = close(file_);
    if (failed != 0 && error_ == 0) error_ = errno;
    file_ = -1;
  }
  if (error_ == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(
      error_, absl::StrCat("journal ", path_, " is incomplete: ", written_, " of ", bytes_,
                           " bytes written; free space there or choose another path"));
}

}  // namespace market_data
