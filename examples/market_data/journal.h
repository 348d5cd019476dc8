#ifndef EXAMPLES_MARKET_DATA_JOURNAL_H_
#define EXAMPLES_MARKET_DATA_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "examples/market_data/journal_format.h"

namespace market_data {

// Journal keeps a record of every message: appended to preallocated memory, written to a file when
// a batch ends or the memory is full (layout: journal_format.h). Without a file it only counts and
// digests, which is the same work without the disk.
//
//   Threads  one.
//   Errors   a failed write is remembered, and nothing more is written; counts and digest go on, so
//            that a full disk does not stop the market data. Close() reports it.
//   Cost     Append: a copy. Flush: a CRC-32 over the new bytes and one write(2). No allocation.
class Journal {
 public:
  // Open creates or empties `path`; an empty path means no file. Errors name the path and the
  // reason.
  static absl::StatusOr<std::unique_ptr<Journal>> Open(const std::string& path,
                                                       std::size_t buffer_bytes = 1u << 20);
  // Closes the file without a word; call Close() to know how that went.
  ~Journal();

  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Append adds a record. A message longer than kMaxJournalPayload is cut to it.
  void Append(std::int64_t sequence, std::uint64_t time_ns, char type,
              std::span<const std::uint8_t> bytes);

  // Flush writes what was appended since the last flush.
  void Flush();

  // Close flushes and closes the file; later calls return the same status. On a write error it says
  // the path, the reason, and how many bytes of how many are in the file.
  absl::Status Close();

  std::uint64_t records() const { return records_; }
  // Bytes appended, the file header included, whether they reached the file or not.
  std::uint64_t bytes() const { return bytes_; }
  // CRC-32 of everything flushed: that of the whole file when there is one.
  std::uint64_t digest() const { return digest_; }

 private:
  Journal(std::string path, int file, std::size_t buffer_bytes);

  std::string path_;
  int file_;
  std::vector<std::uint8_t> buffer_;
  std::size_t used_ = 0;
  std::uint64_t records_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t written_ = 0;
  std::uint64_t digest_ = 0;
  // The errno of the first failed write, 0 before.
  int error_ = 0;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_JOURNAL_H_
