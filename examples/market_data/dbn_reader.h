#ifndef EXAMPLES_MARKET_DATA_DBN_READER_H_
#define EXAMPLES_MARKET_DATA_DBN_READER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "examples/market_data/dbn_format.h"
#include "examples/market_data/read_result.h"

namespace market_data {

// DbnReader cuts a DBN version 1 file of schema mbo, held in memory, into its records.
//
//   Checks    the file header when constructed (a bad one makes the first Next() give kError);
//             then that the whole of each record is there and that an mbo record has its length.
//             A record that Next() gives can be decoded without looking at its length again.
//   Skips     records of other types (status, symbol mappings, gateway messages) by their length
//             and counts them.
//   Threads   one at a time. The input must outlive the reader and the spans it gave.
//   Cost      Next() neither allocates nor calls the OS; only the first kError allocates its text.
class DbnReader {
 public:
  explicit DbnReader(std::span<const std::uint8_t> input);

  // Next sets `record` on kMessage; otherwise leaves it alone.
  [[nodiscard]] ReadResult Next(std::span<const std::uint8_t>& record) {
    if (input_.size() - offset_ >= record_bytes_) [[likely]] {
      const std::uint8_t* const at = input_.data() + offset_;
      if (at[kDbnRecordTypeOffset] == kDbnMboType &&
          at[kDbnRecordLengthOffset] * kDbnWordBytes == record_bytes_ && !failed_) [[likely]] {
        record = {at, record_bytes_};
        offset_ += record_bytes_;
        return ReadResult::kMessage;
      }
    }
    return NextUnusual(record);
  }

  // offset is that of the first byte not yet delivered or skipped.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  // skipped is the number of records of other types stepped over so far.
  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }

  // error is meaningful once Next() has given kError.
  [[nodiscard]] const InputError& error() const { return error_; }

 private:
  void ReadFileHeader();
  ReadResult NextUnusual(std::span<const std::uint8_t>& record);
  ReadResult Fail(std::size_t offset, std::string text);

  std::span<const std::uint8_t> input_;
  std::size_t offset_ = 0;
  std::size_t record_bytes_ = kDbnMboBytes;
  bool failed_ = false;
  std::uint64_t skipped_ = 0;
  InputError error_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_DBN_READER_H_
