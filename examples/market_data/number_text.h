#ifndef EXAMPLES_MARKET_DATA_NUMBER_TEXT_H_
#define EXAMPLES_MARKET_DATA_NUMBER_TEXT_H_

#include <cstdint>
#include <string>

namespace market_data {

// WithCommas writes a number in groups of three digits: "400,000".
inline std::string WithCommas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

}  // namespace market_data

#endif  // EXAMPLES_MARKET_DATA_NUMBER_TEXT_H_
