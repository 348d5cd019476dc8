#ifndef TESTS_EXAMPLES_MARKET_DATA_DBN_SAMPLES_H_
#define TESTS_EXAMPLES_MARKET_DATA_DBN_SAMPLES_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "tests/examples/market_data/hex_bytes.h"

namespace market_data {

// DbnFileHeader is written out by hand from the specification's table: version 1, schema mbo, one
// symbol and one mapping, so that the first record stands at 206.
inline std::vector<std::uint8_t> DbnFileHeader() {
  std::string zeros;
  for (int i = 0; i < 64; ++i) zeros += "00";
  const auto zero = [&zeros](std::size_t bytes) { return zeros.substr(0, 2 * bytes); };
  const std::string symbol = "'QXZ4'" + zero(18);
  return HexBytes("'DBN' 01 c6000000 'TEST.FEED'" + zero(7) + "0000" +  // dataset, schema
                  zero(8) + "ffffffffffffffff" + zero(8) +              // start, end, limit
                  "ffffffffffffffff 01 00 00" + zero(47) +  // count, symbol types, ts_out
                  "00000000 01000000" + symbol +            // definition, symbols
                  "00000000 00000000" +                     // partial, not found
                  "01000000" + symbol + "01000000" +        // mappings, its intervals
                  "39b43401 3ab43401 '17077'" + zero(17));
}

inline constexpr std::size_t kDbnFileHeaderBytes = 206;

// DbnRecord is one market-by-order record; every number has another value in every byte.
inline std::vector<std::uint8_t> DbnRecord(char action, char side, const char* flags = "80",
                                           const char* price = "0807060504030201") {
  return HexBytes(std::string("0e a0 0201 a4a3a2a1 1817161514131211 2827262524232221 ") + price +
                  "34333231" + flags + "07 '" + action + side +
                  "' 4847464544434241 54535251 64636261");
}

inline std::vector<std::uint8_t> Joined(std::initializer_list<std::vector<std::uint8_t>> parts) {
  std::vector<std::uint8_t> joined;
  for (const std::vector<std::uint8_t>& part : parts) {
    joined.insert(joined.end(), part.begin(), part.end());
  }
  return joined;
}

// A record of another type, as a trading status is, of `words` 4-byte words.
inline std::vector<std::uint8_t> DbnOtherRecord(std::uint8_t words) {
  std::vector<std::uint8_t> record(std::size_t{4} * words, 0x11);
  record[0] = words;
  record[1] = 0x12;
  return record;
}

}  // namespace market_data

#endif  // TESTS_EXAMPLES_MARKET_DATA_DBN_SAMPLES_H_
