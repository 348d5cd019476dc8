#ifndef EXAMPLES_MARKET_DATA_DIGEST_H_
#define EXAMPLES_MARKET_DATA_DIGEST_H_

#include <cstdint>

namespace market_data {

// Digest is a running 64-bit fingerprint of a series of integers. It tells two runs apart that
// differ in any one value or in their order; it is no defence against somebody who wants a
// collision. Bytes are for zlib's crc32, which everybody can check with other tools.
//
//   Cost  one multiplication a word.
class Digest {
 public:
  void Add(std::uint64_t word) {
    // Every step can be undone, so two series that differ in one word never meet again.
    value_ = (value_ ^ word) * 0x9E3779B97F4A7C15u;
    value_ ^= value_ >> 32;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325u;
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_DIGEST_H_
