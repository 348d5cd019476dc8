#ifndef TESTS_EXAMPLES_MARKET_DATA_HEX_BYTES_H_
#define TESTS_EXAMPLES_MARKET_DATA_HEX_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace market_data {

// HexBytes reads input for tests as it stands in a specification: pairs of hex digits, with text in
// single quotes and spaces wherever they help: "53 0000 'O'".
inline std::vector<std::uint8_t> HexBytes(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  bool quoted = false;
  std::string digits;
  for (const char c : text) {
    if (c == '\'') {
      quoted = !quoted;
    } else if (quoted) {
      bytes.push_back(static_cast<std::uint8_t>(c));
    } else if (c != ' ') {
      digits += c;
      if (digits.size() == 2) {
        std::size_t used = 0;
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(digits, &used, 16)));
        if (used != 2) throw std::invalid_argument("not hex: " + digits);
        digits.clear();
      }
    }
  }
  if (quoted || !digits.empty()) throw std::invalid_argument("odd hex text");
  return bytes;
}

// Framed puts the 2-byte big-endian length in front of each message and joins them.
inline std::vector<std::uint8_t> Framed(const std::vector<std::vector<std::uint8_t>>& messages) {
  std::vector<std::uint8_t> bytes;
  for (const std::vector<std::uint8_t>& message : messages) {
    bytes.push_back(static_cast<std::uint8_t>(message.size() >> 8));
    bytes.push_back(static_cast<std::uint8_t>(message.size() & 0xff));
    bytes.insert(bytes.end(), message.begin(), message.end());
  }
  return bytes;
}

}  // namespace market_data

#endif  // TESTS_EXAMPLES_MARKET_DATA_HEX_BYTES_H_
