#ifndef EXAMPLES_MARKET_DATA_ITCH_WRITER_H_
#define EXAMPLES_MARKET_DATA_ITCH_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "examples/market_data/itch_format.h"

namespace market_data {

// ItchWriter appends ITCH 5.0 messages, each behind its 2-byte length, to a vector. Begin() a
// message, then give its fields in the order of the specification: all of them, no more.
class ItchWriter {
 public:
  explicit ItchWriter(std::vector<std::uint8_t>& out) : out_(out) {}

  ItchWriter& Begin(char type, std::uint16_t locate, std::uint64_t time_ns) {
    const std::uint8_t length = kItchLengths[static_cast<std::uint8_t>(type)];
    const std::size_t start = out_.size();
    out_.resize(start + kItchLengthBytes + length);
    at_ = out_.data() + start;
    Put(length, 2);
    Put(static_cast<std::uint8_t>(type), 1);
    Put(locate, 2);
    Put(0, 2);
    Put(time_ns, 6);
    return *this;
  }

  ItchWriter& Char(char value) { return Put(static_cast<std::uint8_t>(value), 1); }
  ItchWriter& U32(std::uint32_t value) { return Put(value, 4); }
  ItchWriter& U64(std::uint64_t value) { return Put(value, 8); }

  // Text is padded with spaces to `width` bytes. Requires text.size() <= width.
  ItchWriter& Text(std::string_view text, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) Char(i < text.size() ? text[i] : ' ');
    return *this;
  }

 private:
  ItchWriter& Put(std::uint64_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      *at_++ = static_cast<std::uint8_t>(value >> shift);
    }
    return *this;
  }

  std::vector<std::uint8_t>& out_;
  std::uint8_t* at_ = nullptr;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_ITCH_WRITER_H_
