#include "examples/market_data/itch_reader.h"

#include <string>
#include <utility>

namespace market_data {
namespace {

std::string Quoted(std::uint8_t type) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex = {'0', 'x', kDigits[type >> 4], kDigits[type & 15]};
  if (type <= ' ' || type > '~') return hex;
  return std::string("'") + static_cast<char>(type) + "' (" + hex + ")";
}

std::string Bytes(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

}  // namespace

ReadResult ItchReader::NextUnusual(std::span<const std::uint8_t>& message) {
  if (failed_) return ReadResult::kError;
  while (offset_ < input_.size()) {
    const std::size_t left = input_.size() - offset_;
    if (left < kItchLengthBytes) {
      return Fail("the input ends within a message length: 1 byte left, 2 expected");
    }
    const std::uint8_t* const at = input_.data() + offset_;
    const std::size_t length = LoadBig16(at);
    const std::size_t behind_length = left - kItchLengthBytes;
    if (length == 0) {
      if (behind_length == 0) {
        offset_ += kItchLengthBytes;
        return ReadResult::kEnd;
      }
      return Fail("message length 0 with " + Bytes(behind_length) +
                  " behind it; only the last two bytes of an input may be 0, to end the session");
    }
    if (behind_length == 0) {
      return Fail("the input ends before a message: length " + std::to_string(length) +
                  " and no byte behind it");
    }
    const std::uint8_t type = at[kItchLengthBytes];
    const std::size_t right_length = kItchLengths[type];
    if (right_length == 0 && unknown_types_ == UnknownTypes::kRefuse) {
      return Fail("unknown message type " + Quoted(type) + " with length " +
                  std::to_string(length) + "; expected one of the 23 types of ITCH 5.0");
    }
    if (right_length != 0 && length != right_length) {
      return Fail("message type " + Quoted(type) + ", " + ItchMessageName(static_cast<char>(type)) +
                  ", with length " + std::to_string(length) + "; expected " +
                  std::to_string(right_length));
    }
    if (length > behind_length) {
      return Fail("the input ends within a message: type " + Quoted(type) + " with length " +
                  std::to_string(length) + ", " + Bytes(behind_length) + " left");
    }
    offset_ += kItchLengthBytes + length;
    if (right_length != 0) {
      message = {at + kItchLengthBytes, length};
      return ReadResult::kMessage;
    }
    ++skipped_;
  }
  return ReadResult::kEnd;
}

ReadResult ItchReader::Fail(std::string text) {
  failed_ = true;
  error_ = {offset_, std::move(text)};
  return ReadResult::kError;
}

}  // namespace market_data
