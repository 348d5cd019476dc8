#ifndef EXAMPLES_MARKET_DATA_BYTE_ORDER_H_
#define EXAMPLES_MARKET_DATA_BYTE_ORDER_H_

#include <cstdint>

// Integers out of bytes at any alignment, on hosts of either byte order. The shifts look slow and
// are not: GCC 12 and Clang 14 turn each function into one load and at most one byte swap, while a
// cast to a struct would be misaligned (the fields of ITCH start at odd offsets) and undefined.
//
// The caller answers for the bytes: LoadBig64 reads bytes[0..8), and so on.

namespace market_data {

[[nodiscard]] inline std::uint16_t LoadBig16(const std::uint8_t* bytes) {
  return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
}

[[nodiscard]] inline std::uint32_t LoadBig32(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

// LoadBig48 is made of two loads because Clang gives up on a 64-bit one that is then masked.
[[nodiscard]] inline std::uint64_t LoadBig48(const std::uint8_t* bytes) {
  return std::uint64_t{LoadBig32(bytes)} << 16 | LoadBig16(bytes + 4);
}

[[nodiscard]] inline std::uint64_t LoadBig64(const std::uint8_t* bytes) {
  return std::uint64_t{bytes[0]} << 56 | std::uint64_t{bytes[1]} << 48 |
         std::uint64_t{bytes[2]} << 40 | std::uint64_t{bytes[3]} << 32 |
         std::uint64_t{bytes[4]} << 24 | std::uint64_t{bytes[5]} << 16 |
         std::uint64_t{bytes[6]} << 8 | std::uint64_t{bytes[7]};
}

[[nodiscard]] inline std::uint16_t LoadLittle16(const std::uint8_t* bytes) {
  return static_cast<std::uint16_t>(bytes[1] << 8 | bytes[0]);
}

[[nodiscard]] inline std::uint32_t LoadLittle32(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[3]} << 24 | std::uint32_t{bytes[2]} << 16 |
         std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[0]};
}

[[nodiscard]] inline std::uint64_t LoadLittle64(const std::uint8_t* bytes) {
  return std::uint64_t{bytes[7]} << 56 | std::uint64_t{bytes[6]} << 48 |
         std::uint64_t{bytes[5]} << 40 | std::uint64_t{bytes[4]} << 32 |
         std::uint64_t{bytes[3]} << 24 | std::uint64_t{bytes[2]} << 16 |
         std::uint64_t{bytes[1]} << 8 | std::uint64_t{bytes[0]};
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_BYTE_ORDER_H_
