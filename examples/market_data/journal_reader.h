#ifndef EXAMPLES_MARKET_DATA_JOURNAL_READER_H_
#define EXAMPLES_MARKET_DATA_JOURNAL_READER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "examples/market_data/journal_format.h"
#include "examples/market_data/read_result.h"

namespace market_data {

struct JournalRecord {
  JournalHeader header;
  std::span<const std::uint8_t> bytes;
};

// JournalReader walks over a journal file held in memory; the memory outlives the records. A file
// that was cut off, or is no journal, gives kError with its offset after all whole records.
class JournalReader {
 public:
  explicit JournalReader(std::span<const std::uint8_t> file) : file_(file) {}

  [[nodiscard]] ReadResult Next(JournalRecord& record);

  // Valid after kError.
  const InputError& error() const { return error_; }

 private:
  ReadResult Fail(const char* text);

  std::span<const std::uint8_t> file_;
  std::size_t offset_ = 0;
  bool failed_ = false;
  InputError error_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_JOURNAL_READER_H_
