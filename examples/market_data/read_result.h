#ifndef EXAMPLES_MARKET_DATA_READ_RESULT_H_
#define EXAMPLES_MARKET_DATA_READ_RESULT_H_

#include <cstdint>
#include <string>

namespace market_data {

// ReadResult is what a reader's Next() found. kEnd and kError are final: every later call gives the
// same answer.
enum class ReadResult : std::uint8_t { kMessage, kEnd, kError };

// InputError says where the input stopped making sense. `offset` counts bytes from the start of the
// input to the first byte of the thing that is wrong (the length field of a framed message, the
// first byte of a record, the field of a file header); everything before it was delivered.
struct InputError {
  std::uint64_t offset = 0;
  // What was found and what was expected; a part of a sentence, without the offset.
  std::string text;

  // ToString gives "byte OFFSET: TEXT".
  [[nodiscard]] std::string ToString() const {
    return "byte " + std::to_string(offset) + ": " + text;
  }
};

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_READ_RESULT_H_
