#ifndef EXAMPLES_MARKET_DATA_ITCH_READER_H_
#define EXAMPLES_MARKET_DATA_ITCH_READER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "examples/market_data/byte_order.h"
#include "examples/market_data/itch_format.h"
#include "examples/market_data/read_result.h"

namespace market_data {

// ItchReader cuts a NASDAQ ITCH 5.0 file, held in memory, into its messages.
//
//   Checks    the whole of each message is there, its type is known, its length is that of its
//   type.
//             A message that Next() gives can be decoded without looking at its length again.
//   Accepts   an empty input (it ends at once), and a length of 0 in the last two bytes: the
//             end-of-session mark of NASDAQ's BinaryFILE framing.
//   Threads   one at a time. The input must outlive the reader and the spans it gave.
//   Cost      Next() neither allocates nor calls the OS; only the first kError allocates its text.
class ItchReader {
 public:
  enum class UnknownTypes : std::uint8_t {
    kRefuse,  // an error
    kSkip,    // stepped over by their length and counted, for days newer than this reader
  };

  explicit ItchReader(std::span<const std::uint8_t> input,
                      UnknownTypes unknown_types = UnknownTypes::kRefuse)
      : input_(input), unknown_types_(unknown_types) {}

  // Next sets `message`, without its length field, on kMessage; otherwise leaves it alone.
  [[nodiscard]] ReadResult Next(std::span<const std::uint8_t>& message) {
    const std::size_t left = input_.size() - offset_;
    if (left > kItchLengthBytes) [[likely]] {
      const std::uint8_t* const at = input_.data() + offset_;
      const std::size_t length = LoadBig16(at);
      const std::size_t right_length = kItchLengths[at[kItchLengthBytes]];
      // A right length is never 0, so this one comparison also finds unknown types.
      if (length == right_length && length <= left - kItchLengthBytes && length != 0) [[likely]] {
        message = {at + kItchLengthBytes, length};
        offset_ += kItchLengthBytes + length;
        return ReadResult::kMessage;
      }
    }
    return NextUnusual(message);
  }

  // offset is that of the first byte not yet delivered or skipped.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  // skipped is the number of messages of unknown types stepped over so far.
  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }

  // error is meaningful once Next() has given kError.
  [[nodiscard]] const InputError& error() const { return error_; }

 private:
  ReadResult NextUnusual(std::span<const std::uint8_t>& message);
  ReadResult Fail(std::string text);

  std::span<const std::uint8_t> input_;
  std::size_t offset_ = 0;
  UnknownTypes unknown_types_;
  bool failed_ = false;
  std::uint64_t skipped_ = 0;
  InputError error_;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_ITCH_READER_H_
